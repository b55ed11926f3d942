// What waits to be sent: kept in this browser per sheet, sent one at a time, tried again until the server has it.
// An entry is {value, base, text}: value and base are plain decimals or null; base is what the server held when typing began.
window.TieuBieu = window.TieuBieu || {};
window.TieuBieu.Queue = class {
  constructor({ key, url, version, told }) {
    Object.assign(this, { url, version, told, storageKey: `phieu:${key}`, tries: 0, sending: false, stopped: false });
    this.entries = this.load();
    this.isKept = true;
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.hurry(); });
  }

  load() {
    try { return JSON.parse(localStorage.getItem(this.storageKey)) || {}; } catch { return {}; }
  }

  keep() {
    try {
      if (Object.keys(this.entries).length) localStorage.setItem(this.storageKey, JSON.stringify(this.entries));
      else localStorage.removeItem(this.storageKey);
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  // Only legal values are sent; what is not legal yet is kept as it was typed.
  put(criterion, entry) {
    this.entries[criterion] = entry;
    this.keep();
    if (entry.sendable) this.soon(900);
  }

  drop(criterion) {
    delete this.entries[criterion];
    this.keep();
  }

  waiting() {
    return Object.keys(this.entries).filter((criterion) => this.entries[criterion].sendable);
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
    const [criterion] = this.waiting();
    if (!criterion || this.sending || this.stopped) return;
    this.sending = true;
    const sent = this.entries[criterion];
    const answer = await this.ask(criterion, sent.value);
    this.sending = false;
    this.take(criterion, sent, answer);
  }

  async ask(criterion, value) {
    const token = document.querySelector("meta[name=csrf-token]");
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token ? token.content : "" },
        body: JSON.stringify({ criterion, value, version: this.version }),
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

  take(criterion, sent, { status, body }) {
    if (status === 200) return this.saved(criterion, sent, body);
    if (status === 422) return this.refused(criterion, sent, body);
    if (status === 0 || status === 408 || status === 429 || status >= 500) return this.again(status);
    this.stopped = true;
    this.told.stopped(status, body.message || "");
  }

  saved(criterion, sent, body) {
    this.version = body.version;
    this.tries = 0;
    const now = this.entries[criterion];
    // Typed on while the answer was under way: the newer value still waits, on top of what the server now has.
    if (now === sent) this.drop(criterion);
    else if (now) { now.base = sent.value; this.keep(); }
    this.told.saved(criterion, sent.value, body.total);
    this.soon(0);
  }

  refused(criterion, sent, body) {
    const complaint = body.message || "Máy chủ không nhận điểm này.";
    if (this.entries[criterion] === sent) {
      Object.assign(sent, { sendable: false, complaint });
      this.keep();
      this.told.refused(criterion, complaint);
    }
    this.soon(0);
  }

  again(status) {
    this.tries += 1;
    this.told.unreachable(status);
    this.soon(Math.min(60000, 1000 * 2 ** this.tries));
  }
};
