// Dialogs, forms and file boxes, on every page. Everything here improves what already works without it.
(() => {
  "use strict";

  function openDialog(id) {
    const dialog = document.getElementById(id);
    dialog.showModal();
    // A final act must not be one careless Enter away: start at what is asked, or at the way back.
    const asked = dialog.querySelector("textarea, select, input:not([type=hidden])");
    (asked || dialog.querySelector("[data-closes]")).focus();
  }

  // An act that was refused: its dialog opens again, with the words and with what was typed.
  const refused = document.querySelector("dialog[data-opened]");
  if (refused) openDialog(refused.id);

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) openDialog(opener.dataset.opens);
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog").close();
    if (event.target.closest("[data-prints]")) window.print();
  });

  // A form is sent once. Buttons are put out only after the browser has read which one was pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(() => setButtons(form, true), 0);
  });

  function setButtons(form, disabled) {
    // `elements` holds the buttons that stand elsewhere on the page for this form, too.
    Array.from(form.elements).filter((one) => one.type === "submit").forEach((button) => { button.disabled = disabled; });
  }

  // Coming back with the browser's back button: the form may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      setButtons(form, false);
    });
  });

  // The browser's own words in a file box follow the browser's language, not the page's.
  function dressFileBox(input) {
    const label = document.createElement("label");
    label.className = "button button-plain";
    label.htmlFor = input.id;
    label.textContent = input.dataset.label || (input.multiple ? "Chọn các tệp" : "Chọn tệp");
    const chosen = document.createElement("span");
    const say = () => {
      chosen.textContent = Array.from(input.files, (file) => file.name).join(", ") || "Chưa chọn tệp nào";
    };
    const row = document.createElement("span");
    row.className = "file-choice";
    row.setAttribute("aria-hidden", "true");
    row.append(...("takes" in input.dataset ? [label] : [label, chosen]));
    input.classList.add("unseen");
    input.after(row);
    input.addEventListener("change", say);
    say();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const summary = document.querySelector("[data-error-summary]");
    if (summary) summary.focus();
    document.querySelectorAll("input[type=file][id]").forEach(dressFileBox);
  });
  document.addEventListener("ui:drawn", (event) => {
    event.detail.part.querySelectorAll("input[type=file][id]").forEach(dressFileBox);
  });
})();
