// A judge's sheet on the page: boxes, running total, and where each score now is.
(() => {
  "use strict";
  const { marks, Queue } = window.TieuBieu;
  const REMARK = "nhan-xet";

  class Box {
    constructor(row) {
      this.row = row;
      this.code = row.dataset.criterion;
      this.maximum = Number(row.dataset.maximum);
      this.weight = Number(row.dataset.weight);
      this.setUp();
    }

    setUp() {
      this.input = this.row.querySelector("input");
      this.base = marks.plain(marks.read(this.row.dataset.value));
    }

    find(selector) { return this.row.querySelector(selector); }
    get value() { return marks.read(this.input.value); }
    get sent() { return marks.plain(this.value); }
    get isEmpty() { return this.base === null; }
    written(there) { return there === null ? "" : there.replace(".", ","); }
    told(text) { return text || "chưa có điểm"; }
    get complaint() { return marks.complaint(this.input.value, this.maximum); }
    get isLegal() { return this.complaint === ""; }

    complain(text) {
      const error = this.find("[data-error]");
      error.textContent = text;
      error.hidden = !text;
      if (text) this.input.setAttribute("aria-invalid", "true"); else this.input.removeAttribute("aria-invalid");
    }
  }

  // What the judge says in words: kept and sent like a mark, and counted in no sum.
  class Remark extends Box {
    constructor(row) {
      row.dataset.criterion = REMARK;
      super(row);
      this.longest = Number(row.dataset.longest);
    }

    setUp() {
      this.input = this.row.querySelector("textarea");
      this.base = this.input.value;
    }

    get value() { return this.input.value; }
    get sent() { return this.input.value; }
    get isEmpty() { return this.base === ""; }
    get complaint() {
      const over = [...this.input.value].length - this.longest;
      return over > 0 ? `Nhận xét dài quá ${over} ký tự; xin rút gọn.` : "";
    }
    written(there) { return there; }
    told(text) { return text ? `“${text}”` : "chưa có nhận xét"; }
  }

  class Sheet {
    constructor(form) {
      this.form = form;
      this.boxes = [...form.querySelectorAll("[data-criterion]")].filter((row) => row.querySelector("input")).map((row) => new Box(row));
      const remark = form.querySelector("[data-remark]:has(textarea)");
      this.all = remark ? [...this.boxes, new Remark(remark)] : this.boxes;
      this.states = Object.fromEntries([...form.querySelectorAll("template[data-state]")].map((one) => [one.dataset.state, one]));
      this.told = form.querySelector("[data-told]");
      this.version = Number(form.dataset.version);
      const bodyOf = (code, { value, base }) => ({ ...(code === REMARK ? { remark: value } : { criterion: code, value }), base, version: this.version });
      this.queue = new Queue({ key: form.dataset.key, url: form.dataset.saveUrl, bodyOf, told: this.listener() });
      if (!this.boxes.length) {
        this.tellLeftBehind();
        return;
      }
      form.addEventListener("submit", (event) => event.preventDefault());
      this.all.forEach((box, index) => this.listen(box, index));
      this.all.forEach((box) => this.recover(box));
      document.addEventListener("keydown", (event) => this.turn(event));
      this.show();
      this.queue.soon(0);
    }

    listen(box, index) {
      box.input.addEventListener("input", () => this.typed(box));
      box.input.addEventListener("blur", () => this.queue.soon(0));
      if (box instanceof Remark) return;
      box.input.addEventListener("focus", () => box.input.select());
      box.input.addEventListener("keydown", (event) => this.step(event, index));
    }

    // Enter and the arrows walk through the sheet, as in a ledger.
    step(event, index) {
      const move = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const next = this.all[index + move];
      if (next) next.input.focus(); else if (event.key === "Enter") this.focusLock();
    }

    // Alt and Page Down or Page Up turn to the next or the last sheet, as in a bound book.
    turn(event) {
      const way = { PageDown: "next", PageUp: "before" }[event.key];
      const link = event.altKey && way && document.querySelector(`[data-sheet-turn=${way}]`);
      if (!link) return;
      event.preventDefault();
      link.click();
    }

    focusLock() {
      const lock = document.querySelector("[data-sheet-lock]:not(:disabled)");
      if (lock) lock.focus();
    }

    typed(box) {
      const value = box.isLegal ? box.sent : null;
      box.complain(box.complaint);
      if (box.isLegal && value === box.base && !this.queue.sending) this.queue.drop(box.code);
      else this.queue.put(box.code, { value, base: box.base, text: box.input.value, sendable: box.isLegal });
      this.show();
    }

    // What was typed before the page was lost: sent on, forgotten when the server has it, or asked about when both changed.
    recover(box) {
      const entry = this.queue.entries[box.code];
      if (!entry) return;
      if (entry.sendable && entry.value === box.base) return this.queue.drop(box.code);
      if (entry.sendable && entry.base !== box.base) return this.choose(box, entry);
      box.input.value = entry.text;
      box.complain(box.complaint || entry.complaint || "");
    }

    choose(box, entry) {
      entry.sendable = false;
      const choice = box.find("[data-choice]");
      box.find("[data-choice-text]").textContent = `Máy chủ: ${box.told(box.written(box.base))}. Máy này: ${entry.text || "để trống"}.`;
      choice.hidden = false;
      choice.onclick = (event) => {
        const keep = event.target.dataset.keep;
        if (!keep) return;
        choice.hidden = true;
        box.input.value = keep === "here" ? entry.text : box.written(box.base);
        if (keep === "here") this.typed(box); else this.queue.drop(box.code);
        this.show();
      };
    }

    // The sheet was locked while scores still waited here: they no longer count, and the judge must know.
    tellLeftBehind() {
      const left = Object.entries(this.queue.entries).map(([code, entry]) => `${code === REMARK ? "nhận xét" : code}: ${entry.text || "để trống"}`);
      if (left.length) this.tell(`Phiếu đã khóa. Điểm ghi ở máy này mà chưa kịp gửi: ${left.join("; ")}.`);
    }

    listener() {
      return {
        saved: (code, value, body) => this.onSaved(code, value, body),
        refused: (code, message) => { this.boxOf(code).complain(message); this.show(); },
        changed: (code, body) => this.onChanged(code, body),
        late: (code, body) => this.onLate(body),
        unreachable: (status) => { this.line(status !== 0 && status < 500); this.show(); },
        stopped: (status, message) => this.onStopped(status, message),
      };
    }

    // Another machine wrote this box meanwhile: the judge chooses, the other boxes go on.
    onChanged(code, { value, version }) {
      const box = this.boxOf(code);
      this.version = version;
      box.base = value;
      if (this.queue.entries[code]) this.choose(box, this.queue.entries[code]);
      this.show();
    }

    // Scoring is over: what was typed is kept by the server as the judge's own draft, and the sheet can be locked no more.
    onLate({ message }) {
      this.isLate = true;
      this.tell(message, location.href, "Xem bản nháp riêng");
      this.show();
    }

    boxOf(code) { return this.all.find((box) => box.code === code); }

    onSaved(code, value, { version, total }) {
      this.version = version;
      this.boxOf(code).base = value;
      this.line(true);
      this.tell("");
      this.show();
      if (Object.keys(this.queue.entries).length === 0) this.compare(total);
    }

    // Both sides add the same scores; when they differ, nobody should lock.
    compare(total) {
      const number = (text) => Number(text.replaceAll(".", "").replace(",", "."));
      if (total === undefined || number(total) === number(this.form.querySelector("[data-total]").textContent)) return;
      this.queue.stopped = true;
      this.tell(`Tổng điểm ở máy chủ là ${total}, khác với tổng trên trang này.`, location.href, "Tải lại trang");
      this.show();
    }

    onStopped(status, message) {
      const kept = "Điểm vừa ghi vẫn được giữ ở máy này.";
      if (status === 401) this.tell(`Phiên đăng nhập đã hết. ${kept}`, this.form.dataset.signInUrl || location.href, "Đăng nhập lại");
      else if (status === 409) this.tell(`${message} ${kept}`, location.href, "Tải lại trang");
      else this.tell(`${message || "Máy chủ không nhận điểm của phiếu này."} ${kept}`, location.href, "Tải lại trang");
      this.show();
    }

    tell(text, url, label) {
      this.told.hidden = !text;
      this.form.querySelector("[data-told-text]").textContent = text;
      const link = this.form.querySelector("[data-told-link]");
      link.hidden = !url;
      if (url) { link.href = url; link.textContent = label; }
    }

    line(reachable) { document.dispatchEvent(new CustomEvent("ui:line", { detail: { reachable } })); }

    show() {
      const filled = this.boxes.filter((box) => box.isLegal && box.value !== null);
      this.form.querySelector("[data-total]").textContent = marks.total(filled.map((box) => [box.value, box.weight]));
      this.form.querySelector("[data-scored]").textContent = filled.length;
      this.form.querySelectorAll("[data-subtotal]").forEach((place) => {
        const inside = filled.filter((box) => box.row.dataset.group === place.dataset.subtotal);
        place.textContent = marks.total(inside.map((box) => [box.value, box.weight]));
      });
      this.all.forEach((box) => this.put(box.find("[data-saved]"), this.stateOf(box)));
      this.put(this.form.querySelector("[data-sheet-saved]"), this.stateOfAll(filled));
      this.showLock(filled);
      document.dispatchEvent(new CustomEvent("ui:waiting", { detail: { count: this.queue.waiting().length } }));
    }

    // Not legal, or refused: the error text says so, and no word of saving may stand beside it.
    stateOf(box) {
      if (!box.isLegal || !box.find("[data-choice]").hidden) return "";
      const entry = this.queue.entries[box.code];
      if (entry) return entry.sendable && this.queue.isKept ? "saved_here" : "";
      return box.isEmpty ? "" : "saved_there";
    }

    stateOfAll(filled) {
      if (this.queue.waiting().length) return this.queue.isKept ? "saved_here" : "";
      return filled.length && !Object.keys(this.queue.entries).length ? "saved_there" : "";
    }

    put(place, state) {
      if (place.dataset.now === state) return;
      place.dataset.now = state;
      place.replaceChildren(...(state ? [this.states[state].content.cloneNode(true)] : []));
    }

    showLock(filled) {
      const ready = filled.length === this.boxes.length && !Object.keys(this.queue.entries).length && !this.queue.stopped && !this.isLate;
      document.querySelectorAll("[data-sheet-lock]").forEach((button) => { button.disabled = !ready; });
      document.querySelectorAll("[data-lock-why]").forEach((text) => { text.hidden = ready; });
    }
  }

  document.querySelectorAll("form[data-sheet]").forEach((form) => new Sheet(form));
})();
