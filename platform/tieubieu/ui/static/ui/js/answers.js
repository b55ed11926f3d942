// The answers of a dossier: each is kept here as it is typed, sent on by itself, and never overwrites another's unseen.
(() => {
  "use strict";
  const { Queue } = window.TieuBieu;

  // One box: a line, a text, or a row of choices.
  class Box {
    constructor(part) {
      this.part = part;
      this.code = part.dataset.box;
      this.base = part.dataset.base;
      this.inputs = [...part.querySelectorAll(`[name="${this.code}"]`)];
      this.shown = this.text;
    }

    find(selector) { return this.part.querySelector(selector); }
    get isChoice() { return this.inputs[0].type === "radio"; }
    get hasFocus() { return this.inputs.includes(document.activeElement); }

    get text() {
      if (!this.isChoice) return this.inputs[0].value;
      const chosen = this.inputs.find((one) => one.checked);
      return chosen ? chosen.value : "";
    }

    set text(value) {
      if (!this.isChoice) this.inputs[0].value = value;
      else this.inputs.forEach((one) => { one.checked = one.value === value; });
    }

    setBase(value) {
      this.base = value;
      this.find(`input[type=hidden]`).value = value;
    }

    complain(text) {
      const error = this.find("[data-error]");
      error.textContent = text;
      error.hidden = !text;
      this.part.classList.toggle("has-error", Boolean(text));
      this.inputs.forEach((one) => {
        if (text) one.setAttribute("aria-invalid", "true"); else one.removeAttribute("aria-invalid");
      });
    }

    get isAsked() { return !this.find("[data-choice]").hidden; }
  }

  class Answers {
    constructor(root) {
      this.root = root;
      this.boxes = [...root.querySelectorAll("[data-box]")].filter((part) => part.querySelector("[name]:not([type=hidden])")).map((part) => new Box(part));
      this.states = Object.fromEntries([...root.querySelectorAll("template[data-state]")].map((one) => [one.dataset.state, one]));
      const { key, saveUrl } = root.dataset;
      const bodyOf = (code, entry) => ({ code, value: entry.value, base: entry.base });
      this.queue = new Queue({ kind: "ho-so", key, url: saveUrl, bodyOf, told: this.listener() });
      this.boxes.forEach((box) => this.listen(box));
      this.boxes.forEach((box) => this.recover(box));
      this.watchSending();
      this.show();
      if ("closed" in root.dataset) this.tellLeftBehind(); else this.queue.soon(0);
    }

    listen(box) {
      box.inputs.forEach((input) => {
        input.addEventListener("input", () => this.typed(box));
        input.addEventListener("change", () => this.typed(box));
        input.addEventListener("blur", () => this.queue.soon(0));
      });
      box.find("[data-choice]").addEventListener("click", (event) => this.chosen(box, event.target.dataset.keep));
    }

    typed(box) {
      if (box.isAsked && !box.theirs) box.find("[data-choice]").hidden = true;
      box.complain("");
      const waits = this.queue.entries[box.code];
      if (box.text === box.shown && !this.queue.sending && !box.theirs) { if (waits) this.queue.drop(box.code); }
      else this.queue.put(box.code, { value: box.text, base: box.base, text: box.text, sendable: !box.theirs });
      this.show();
    }

    // What was typed before the page was lost: put back and sent on, or asked about when the server changed meanwhile.
    recover(box) {
      const entry = this.queue.entries[box.code];
      if (!entry) return;
      if (entry.value === box.shown || entry.value === box.base) return this.queue.drop(box.code);
      const theirs = box.shown;
      box.text = entry.text;
      if (entry.base === box.base) { if (entry.complaint) box.complain(entry.complaint); return; }
      this.ask(box, { value: box.base, text: theirs, words: theirs });
    }

    // Two people, or two machines, answered the same question.
    ask(box, theirs) {
      box.theirs = theirs;
      const entry = this.queue.entries[box.code];
      if (entry) { entry.sendable = false; this.queue.keep(box.code); }
      const who = theirs.by ? `${theirs.by} đã sửa lúc ${theirs.at}` : "Nội dung ở máy chủ";
      box.find("[data-choice-text]").textContent = `${who}: “${theirs.words || "để trống"}”. Trong ô là nội dung vừa nhập ở máy này. Giữ nội dung nào?`;
      box.find("[data-choice-buttons]").hidden = false;
      box.find("[data-choice]").hidden = false;
    }

    chosen(box, keep) {
      if (!keep || !box.theirs) return;
      const { value, text } = box.theirs;
      box.theirs = null;
      box.setBase(value);
      box.shown = text;
      box.find("[data-choice]").hidden = true;
      if (keep === "there") { box.text = text; this.queue.drop(box.code); box.complain(""); }
      else this.queue.put(box.code, { value: box.text, base: value, text: box.text, sendable: true });
      this.queue.soon(0);
      this.show();
    }

    tellLeftBehind() {
      const left = Object.values(this.queue.entries).map((entry) => entry.text || "để trống");
      if (left.length) this.tell(`Hồ sơ này không còn sửa được. Nội dung ghi ở máy này mà chưa kịp lưu lên máy chủ: ${left.join("; ")}.`);
    }

    listener() {
      return {
        saved: (code, value, body) => this.onSaved(code, value, body),
        refused: (code, message) => { const box = this.boxOf(code); if (box) box.complain(message); this.show(); },
        changed: (code, body) => { const box = this.boxOf(code); if (box) this.ask(box, body); this.show(); },
        unreachable: (status) => { this.line(status !== 0 && status < 500); this.show(); },
        stopped: (status, message) => this.onStopped(status, message),
      };
    }

    boxOf(code) { return this.boxes.find((box) => box.code === code); }

    onSaved(code, value, body) {
      this.line(true);
      const box = this.boxOf(code);
      if (box) {
        const typedOn = this.queue.entries[code];
        box.setBase(value);
        box.shown = body.text;
        if (!typedOn) box.complain(body.fault || "");
        if (!typedOn && !box.hasFocus) box.text = body.text;
        else if (!typedOn) box.shown = box.text;
      }
      this.tell("");
      this.show();
    }

    onStopped(status, message) {
      const kept = "Nội dung vừa nhập vẫn được giữ ở máy này.";
      if (status === 401) this.tell(`Phiên đăng nhập đã hết. ${kept}`, this.signInUrl(), "Đăng nhập lại rồi quay về trang này");
      else this.tell(`${message || "Máy chủ không nhận nội dung của hồ sơ này."} ${kept}`, location.href, "Tải lại trang");
      this.show();
    }

    // Back to the question on the screen, which need not be the one that the page was opened at.
    signInUrl() {
      const url = new URL(this.root.dataset.signInUrl, location.href);
      url.searchParams.set("next", location.pathname + location.search);
      return url.href;
    }

    tell(text, url, label) {
      const told = this.root.querySelector("[data-told]");
      told.hidden = !text;
      this.root.querySelector("[data-told-text]").textContent = text;
      const link = this.root.querySelector("[data-told-link]");
      link.hidden = !url;
      if (url) { link.href = url; link.textContent = label; }
    }

    line(reachable) {
      this.isReachable = reachable;
      document.dispatchEvent(new CustomEvent("ui:line", { detail: { reachable } }));
    }

    show() {
      this.boxes.forEach((box) => this.put(box.find("[data-saved]"), this.stateOf(box)));
      document.dispatchEvent(new CustomEvent("ui:waiting", { detail: { of: "answers", count: this.queue.waiting().length } }));
      this.showUnsent();
    }

    stateOf(box) {
      if (box.theirs) return "";
      const entry = this.queue.entries[box.code];
      if (entry) return entry.sendable && this.queue.isKept ? "saved_here" : "";
      return box.base === "" ? "" : "saved_there";
    }

    put(place, state) {
      if (place.dataset.now === state) return;
      place.dataset.now = state;
      place.replaceChildren(...(state ? [this.states[state].content.cloneNode(true)] : []));
    }

    // A dossier is not sent while an answer is only here: what is sent would lack it.
    watchSending() {
      const form = this.root.querySelector("form[data-submits]");
      if (!form) return;
      form.addEventListener("submit", (event) => {
        if (!this.left()) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        this.showUnsent();
        this.queue.hurry();
      }, true);
    }

    left() { return Object.keys(this.queue.entries).length; }

    showUnsent() {
      const place = this.root.querySelector("[data-unsent]");
      if (!place) return;
      const left = this.left();
      place.hidden = !left;
      if (!left) return;
      const links = Object.keys(this.queue.entries).map((code, number) => {
        const link = document.createElement("a");
        link.href = `${this.root.dataset.stepUrl}${code.split(".")[0]}/?ve=kiem-tra`;
        link.textContent = `câu ${number + 1}`;
        return link;
      });
      place.replaceChildren(`Còn ${left} câu trả lời chỉ lưu ở máy này nên chưa gửi được hồ sơ. Xin chờ lưu xong rồi tải lại trang; nếu vẫn còn, xin mở `, ...links.flatMap((link, number) => (number ? [", ", link] : [link])), ".");
    }

    // Wait until nothing waits, but not longer than a person would.
    async settled(milliseconds) {
      const until = Date.now() + milliseconds;
      while (this.queue.waiting().length && !this.queue.stopped && Date.now() < until) await new Promise((go) => { setTimeout(go, 50); });
      return !this.queue.waiting().length;
    }
  }

  // One question a page, without asking the server for each: the next one lies in the page already.
  class Steps {
    constructor(root, answers) {
      this.root = root;
      this.answers = answers;
      this.forms = [...root.querySelectorAll("[data-question]")];
      this.forms.forEach((form) => form.addEventListener("submit", (event) => this.onwards(event, form)));
      window.addEventListener("popstate", () => this.show(this.formAt(location.pathname) || this.forms[0], false));
    }

    formAt(path) { return this.forms.find((form) => new URL(form.action).pathname === path); }

    async onwards(event, form) {
      event.preventDefault();
      this.answers.queue.soon(0);
      if (await this.isFaulty(form)) return undefined;
      const back = form.querySelector("[name=ve]");
      if (!back && !("ends" in form.dataset)) return this.show(this.next(form));
      const isSaved = await this.answers.settled(4000);
      if (this.hasError(form)) return undefined;
      if (isSaved) { location.href = back ? this.root.dataset.checkUrl : this.root.dataset.listUrl; return undefined; }
      return this.goOnHere(form);
    }

    // What is kept right or wrong is told at once, but nobody waits long for it.
    async isFaulty(form) {
      if (!form.querySelector("[data-checked]")) return false;
      await this.answers.settled(1500);
      return this.hasError(form);
    }

    // The list is on the server; without a line the next section's questions are here all the same.
    goOnHere(form) {
      const next = this.next(form);
      if (next) this.show(next);
      this.answers.tell(next ? "Đang mất kết nối: câu trả lời được giữ ở máy này và tự lưu khi có mạng. Xin làm tiếp mục sau." : "Đang mất kết nối: câu trả lời được giữ ở máy này và tự lưu khi có mạng.");
    }

    hasError(form) { return Boolean(form.querySelector(".has-error, [data-choice]:not([hidden])")); }
    next(form) { return this.forms.find((other) => other.dataset.question === form.dataset.next); }

    show(form, isNew = true) {
      if (!form) return;
      this.forms.forEach((other) => { other.hidden = other !== form; });
      if (isNew) history.pushState(null, "", form.action);
      const heading = form.querySelector("h1");
      document.title = `${heading.firstChild.textContent.trim()} – ${document.title.split(" – ").pop()}`;
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
      this.answers.show();
    }
  }

  document.querySelectorAll("[data-dossier]").forEach((root) => {
    const answers = new Answers(root);
    const steps = root.querySelector("[data-steps]");
    if (steps) new Steps(steps, answers);
  });
})();
