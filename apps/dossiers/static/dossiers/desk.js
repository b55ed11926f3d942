// The desk by keyboard: move, choose, act. Everything here also works with the mouse and without this file.
(() => {
  "use strict";

  const OFF = "ban-kiem-tra:tat-phim";

  function areOn() {
    try { return localStorage.getItem(OFF) !== "1"; } catch { return true; }
  }

  function turn(on) {
    try { if (on) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); } catch { /* for this page only */ }
  }

  const rows = () => [...document.querySelectorAll("[data-row]")];
  const boxes = () => [...document.querySelectorAll("[data-row] input[type=checkbox]")];

  function sayChosen() {
    const told = document.querySelector("[data-chosen]");
    if (!told) return;
    const count = boxes().filter((box) => box.checked).length;
    told.textContent = count ? `Đã chọn ${count} hồ sơ` : "Chưa chọn hồ sơ nào";
    const all = document.querySelector("[data-all]");
    all.checked = count > 0 && count === boxes().length;
    all.indeterminate = count > 0 && count < boxes().length;
  }

  function here() {
    return rows().findIndex((row) => row.contains(document.activeElement));
  }

  function step(by) {
    const all = rows();
    if (!all.length) return;
    const at = here();
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    const link = all[next].querySelector("[data-open]");
    link.focus();
    link.scrollIntoView({ block: "nearest" });
  }

  function choose() {
    const box = rows()[here()]?.querySelector("input[type=checkbox]");
    if (!box) return;
    box.checked = !box.checked;
    sayChosen();
  }

  // A key may be given to any link, button or field of the page by data-key.
  function press(key) {
    const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && !one.disabled);
    if (!wanted) return false;
    if (wanted.matches("input, select, textarea")) wanted.focus(); else wanted.click();
    return true;
  }

  const isTyping = (target) =>
    target.closest("textarea, select, [contenteditable]") || target.matches("input:not([type=checkbox], [type=radio])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !areOn()) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const isList = rows().length > 0;
    if (isList && event.key === "j") step(1);
    else if (isList && event.key === "k") step(-1);
    else if (isList && event.key === "x") choose();
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("[data-keys-on]")) turn(event.target.checked);
    if (event.target.closest("[data-desk]")) sayChosen();
  });

  // Only the photo or paper that is asked for is loaded at its full size.
  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-show]");
    const view = document.querySelector("[data-view]");
    if (!asked || !view || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const isPicture = asked.dataset.show === "photo";
    const shown = document.createElement(isPicture ? "img" : "iframe");
    shown.src = asked.href;
    if (isPicture) shown.alt = asked.dataset.label; else shown.title = asked.dataset.label;
    view.replaceChildren(shown);
    const whole = document.querySelector("[data-whole]");
    whole.href = asked.href;
    whole.hidden = false;
    document.querySelectorAll("[data-show]").forEach((one) => one.removeAttribute("aria-current"));
    asked.setAttribute("aria-current", "true");
  });

  document.addEventListener("DOMContentLoaded", () => {
    const on = document.querySelector("[data-keys-on]");
    if (on) on.checked = areOn();
    sayChosen();
  });
})();
