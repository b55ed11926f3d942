// The reader chooses which columns of a table to see; the browser remembers.
(() => {
  "use strict";

  const keyOf = (table) => `cot:${location.pathname}:${table.dataset.columns}`;

  function remembered(table) {
    try { return new Set(JSON.parse(localStorage.getItem(keyOf(table)) || "[]")); } catch { return new Set(); }
  }

  function remember(table, hidden) {
    try { localStorage.setItem(keyOf(table), JSON.stringify([...hidden])); } catch { /* not remembered, still chosen */ }
  }

  function show(table, hidden) {
    for (const row of table.rows) {
      let column = 0;
      for (const cell of row.cells) {
        if (cell.colSpan === 1) cell.hidden = hidden.has(column);
        column += cell.colSpan;
      }
    }
    spread(table, hidden);
  }

  // A total that spans columns shrinks with them.
  function spread(table, hidden) {
    for (const row of table.rows) {
      let column = 0;
      for (const cell of row.cells) {
        const whole = Number(cell.dataset.span || cell.colSpan);
        if (whole > 1) {
          cell.dataset.span = whole;
          cell.colSpan = Math.max(1, whole - [...hidden].filter((one) => one >= column && one < column + whole).length);
        }
        column += whole;
      }
    }
  }

  function choice(table, index, head, hidden) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !hidden.has(index);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(index); else hidden.add(index);
      show(table, hidden);
      remember(table, hidden);
    });
    label.append(box, head.innerText.replace(/\s+/g, " "));
    const item = document.createElement("li");
    item.append(label);
    return item;
  }

  function offer(table) {
    const heads = [...table.tHead.rows[0].cells];
    const hidden = remembered(table);
    const box = document.createElement("details");
    box.className = "columns-choice";
    const summary = document.createElement("summary");
    summary.textContent = "Chọn cột";
    const list = document.createElement("ul");
    // The row's own heading always stays.
    const heading = [...(table.tBodies[0].rows[0]?.cells || [])].findIndex((cell) => cell.tagName === "TH");
    heads.forEach((head, index) => { if (index !== heading) list.append(choice(table, index, head, hidden)); });
    box.append(summary, list);
    table.closest(".frame").before(box);
    show(table, hidden);
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("table[data-columns]").forEach(offer));
})();
