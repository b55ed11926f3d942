// What waits to be sent: kept in this browser, sent one at a time, tried again until the server has it.
// An entry is {value, base, text, sendable}: base is what the server held when typing began. Each entry is stored under
// a key of its own, so two tabs of one page write over each other only in the same box; what another tab stored there
// last is not taken away with what this one has sent.
window.TieuBieu = window.TieuBieu || {};
window.TieuBieu.Queue = class {
  // bodyOf(code, entry) is what is posted; told hears saved, refused, changed, unreachable and stopped.
  constructor({ key, url, bodyOf, told, kind = "phieu" }) {
    Object.assign(this, { url, bodyOf, told, prefix: `${kind}:${key}:`, tries: 0, sending: false, stopped: false });
    this.entries = this.load();
    this.isKept = true;
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("storage", (event) => this.follow(event));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.hurry(); });
  }

  load() {
    const found = {};
    try {
      for (let place = 0; place < localStorage.length; place += 1) {
        const name = localStorage.key(place);
        if (name.startsWith(this.prefix)) found[name.slice(this.prefix.length)] = JSON.parse(localStorage.getItem(name));
      }
    } catch { /* nothing is kept in this browser */ }
    return found;
  }

  keep(code) {
    try {
      if (this.entries[code]) localStorage.setItem(this.prefix + code, JSON.stringify(this.entries[code]));
      else localStorage.removeItem(this.prefix + code);
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  // Another tab has sent what waited here too.
  follow(event) {
    if (!event.key || !event.key.startsWith(this.prefix) || event.newValue !== null) return;
    const code = event.key.slice(this.prefix.length);
    if (this.entries[code] && JSON.stringify(this.entries[code]) === event.oldValue) delete this.entries[code];
  }

  // Only what may be sent is sent; what is not legal yet is kept as it was typed.
  put(code, entry) {
    this.entries[code] = entry;
    this.keep(code);
    if (entry.sendable) this.soon(900);
  }

  drop(code) {
    const own = JSON.stringify(this.entries[code]);
    delete this.entries[code];
    try {
      if (localStorage.getItem(this.prefix + code) === own) localStorage.removeItem(this.prefix + code);
    } catch { /* nothing is kept in this browser */ }
  }

  waiting() {
    return Object.keys(this.entries).filter((code) => this.entries[code].sendable);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  hurry() {
    this.tries = 0;
    this.soon(0);
  }

  async send() {
    const [code] = this.waiting();
    if (!code || this.sending || this.stopped) return;
    this.sending = true;
    const sent = this.entries[code];
    const answer = await this.ask(this.bodyOf(code, sent));
    this.sending = false;
    this.take(code, sent, answer);
  }

  async ask(asked) {
    const token = document.querySelector("meta[name=csrf-token]");
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token ? token.content : "" },
        body: JSON.stringify(asked),
        redirect: "manual",
        credentials: "same-origin",
        signal: AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined,
      });
      const body = await response.json().catch(() => ({}));
      return { status: response.type === "opaqueredirect" ? 401 : response.status, body };
    } catch {
      return { status: 0, body: {} };
    }
  }

  take(code, sent, { status, body }) {
    if (status === 200) return this.saved(code, sent, body);
    if (status === 422) return this.refused(code, sent, body);
    if (status === 409 && body.late) return this.late(code, sent, body);
    if (status === 409 && body.changed) return this.changed(code, sent, body);
    if (status === 0 || status === 408 || status === 429 || status >= 500) return this.again(status);
    this.stopped = true;
    this.told.stopped(status, body.message || "");
  }

  saved(code, sent, body) {
    this.tries = 0;
    const there = body.value === undefined ? sent.value : body.value;
    const now = this.entries[code];
    // Typed on while the answer was under way: the newer value still waits, on top of what the server now has.
    if (now === sent) this.drop(code);
    else if (now) { now.base = there; this.keep(code); }
    this.told.saved(code, there, body);
    this.soon(0);
  }

  refused(code, sent, body) {
    const complaint = body.message || "Máy chủ không nhận nội dung này.";
    if (this.entries[code] === sent) {
      Object.assign(sent, { sendable: false, complaint });
      this.keep(code);
      this.told.refused(code, complaint);
    }
    this.soon(0);
  }

  // Somebody else wrote the same place: it waits until this person chooses, the others go on.
  changed(code, sent, body) {
    const now = this.entries[code];
    if (now) { now.sendable = false; this.keep(code); }
    this.told.changed(code, body);
    this.soon(0);
  }

  // It came after the end and counts no more, but the server keeps it for its writer: nothing waits here any longer.
  late(code, sent, body) {
    if (this.entries[code] === sent) this.drop(code);
    this.told.late(code, body);
    this.soon(0);
  }

  again(status) {
    this.tries += 1;
    this.told.unreachable(status);
    this.soon(Math.min(60000, 1000 * 2 ** this.tries));
  }
};
