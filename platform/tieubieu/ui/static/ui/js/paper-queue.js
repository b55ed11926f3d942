// Files that wait to be sent: kept in this browser's own database until the server has them, one at a time.
// A job is {id, key, slot, name, blob, replaces}; `replaces` names the paper whose place the file takes. `id` is chosen here, so a file whose answer got lost is not handed in twice.
// A job that was sent is kept for a minute as {id, key, slot, html, settled}, without its bytes: another tab of the same
// dossier draws it then, even one whose page was made before the file arrived and whose script began after.
window.TieuBieu = window.TieuBieu || {};
window.TieuBieu.PaperQueue = class {
  constructor({ key, url, told }) {
    Object.assign(this, { key, url, told, jobs: [], tries: 0, sending: null, stopped: false, isKept: true });
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.hurry(); });
    this.tabs = window.BroadcastChannel ? new BroadcastChannel("tieubieu-giay-to") : null;
    if (this.tabs) this.tabs.onmessage = (event) => { if (event.data.key === this.key) this.follow(event.data); };
    this.ready = this.open().then(() => this.recall());
  }

  open() {
    return new Promise((done) => {
      if (!window.indexedDB) { this.isKept = false; done(); return; }
      const asked = indexedDB.open("tieubieu-giay-to", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("jobs", { keyPath: "id" });
      asked.onsuccess = () => { this.base = asked.result; done(); };
      asked.onerror = () => { this.isKept = false; done(); };
    });
  }

  store(mode) { return this.base.transaction("jobs", mode).objectStore("jobs"); }

  async recall() {
    if (!this.base) return;
    const all = await this.asked(this.store("readonly").getAll()).catch(() => []);
    this.jobs = all.filter((job) => job.key === this.key && !job.settled);
    this.jobs.forEach((job) => this.told.waiting(job));
    all.filter((job) => job.key === this.key && job.settled > performance.timeOrigin).forEach((job) => this.follow(job));
    all.filter((job) => job.settled < Date.now() - 60000).forEach((job) => this.forget(job));
    this.soon(0);
  }

  // Another tab has sent it.
  follow(settled) {
    this.jobs = this.jobs.filter((job) => job.id !== settled.id);
    this.told.done(settled, settled.html);
  }

  asked(request) {
    return new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  }

  // The bytes are read at once: a file of a phone's picker may be gone a moment later.
  async add(slot, file, replaces) {
    const blob = new Blob([await file.arrayBuffer()], { type: file.type });
    const job = { id: this.newId(), key: this.key, slot, name: file.name, blob, replaces };
    this.jobs.push(job);
    await this.keep(job);
    this.told.waiting(job);
    this.soon(0);
  }

  newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
  }

  async keep(job) {
    if (!this.base) return;
    try { await this.asked(this.store("readwrite").put(job)); this.isKept = true; } catch { this.isKept = false; }
  }

  async drop(job) {
    this.jobs = this.jobs.filter((other) => other !== job);
    await this.forget(job);
    this.told.count();
  }

  async forget(job) {
    if (this.base) await this.asked(this.store("readwrite").delete(job.id)).catch(() => {});
  }

  async settle(job, html) {
    const settled = { id: job.id, key: job.key, slot: job.slot, html, settled: Date.now() };
    this.jobs = this.jobs.filter((other) => other.id !== job.id);
    await this.keep(settled);
    if (!this.isKept) await this.forget(job);
    this.tabs?.postMessage(settled);
    this.told.done(job, html);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  hurry() {
    this.tries = 0;
    this.soon(0);
  }

  retry(job) {
    job.refused = "";
    this.hurry();
  }

  waiting() { return this.jobs.filter((job) => !job.refused); }

  async send() {
    const [job] = this.waiting();
    if (!job || this.sending || this.stopped) return;
    this.sending = job;
    const answer = await this.ask(job);
    this.sending = null;
    await this.take(job, answer);
  }

  ask(job) {
    const token = document.querySelector("meta[name=csrf-token]");
    const form = new FormData();
    form.append("muc", job.slot);
    form.append("ma", job.id);
    if (job.replaces) form.append("thay", job.replaces);
    form.append("tep", job.blob, job.name);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.url);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", token ? token.content : "");
      request.timeout = 300000;
      request.upload.onprogress = (event) => { if (event.lengthComputable) this.told.progress(job, event.loaded / event.total); };
      request.onload = () => done({ status: this.isElsewhere(request) ? 401 : request.status, text: request.responseText });
      request.onerror = () => done({ status: 0, text: "" });
      request.ontimeout = request.onerror;
      request.send(form);
    });
  }

  // Followed to the sign-in page: nothing was handed in.
  isElsewhere(request) { return request.responseURL !== "" && new URL(request.responseURL).pathname !== this.url; }

  async take(job, { status, text }) {
    if (status === 200) {
      this.tries = 0;
      await this.settle(job, text);
      return this.soon(0);
    }
    if (status === 401 || status === 403) { this.stopped = true; return this.told.stopped(status); }
    if (status === 0 || status === 408 || status === 429 || status >= 500) return this.again(job, status);
    job.refused = this.messageIn(text) || "Máy chủ không nhận tệp này. Xin chọn tệp khác.";
    this.told.refused(job);
    return this.soon(0);
  }

  messageIn(text) {
    try { return JSON.parse(text).message; } catch { return ""; }
  }

  again(job, status) {
    this.tries += 1;
    this.told.unreachable(job, status);
    this.soon(Math.min(60000, 1000 * 2 ** this.tries));
  }
};
