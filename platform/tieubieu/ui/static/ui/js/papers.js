// Photos and papers on the page: a file is taken as soon as it is chosen, shown, sent on with its progress, tried again.
(() => {
  "use strict";
  const { PaperQueue } = window.TieuBieu;
  const SIDE = 120;

  class Papers {
    constructor(root) {
      this.root = root;
      const { key, uploadUrl } = root.dataset;
      this.queue = new PaperQueue({ key, url: uploadUrl, told: this.listener() });
      root.querySelectorAll("[data-slot]").forEach((slot) => this.dress(slot));
    }

    slotOf(job) { return this.root.querySelector(`[data-slot="${job.slot}"]`); }
    lineOf(job) { return document.getElementById(`cho-${job.id}`); }

    dress(slot) {
      slot.querySelectorAll("[data-plain-upload]").forEach((button) => { button.hidden = true; });
      slot.querySelectorAll("input[data-takes]").forEach((input) => {
        input.hidden = false;
        input.addEventListener("change", () => this.takeAll(slot, input));
      });
    }

    // Whoever takes another photo has read why the last one was refused.
    async forgetRefused(slot) {
      for (const job of this.queue.jobs.filter((one) => one.refused && one.slot === slot.dataset.slot)) {
        await this.queue.drop(job);
        this.lineOf(job)?.remove();
      }
    }

    async takeAll(slot, input) {
      const files = [...input.files];
      if (files.length && "photo" in slot.dataset) await this.forgetRefused(slot);
      for (const file of files) {
        try {
          await this.queue.add(slot.dataset.slot, file, input.dataset.replaces || "");
        } catch {
          this.say(slot, `Không đọc được tệp “${file.name}” trên máy này. Xin chọn lại, hoặc mở tệp một lần rồi chọn.`);
        }
      }
      input.value = "";
      this.count();
    }

    say(slot, text) {
      const line = document.createElement("li");
      line.className = "file file-refused";
      line.setAttribute("role", "alert");
      line.textContent = text;
      slot.querySelector("[data-pending]").append(line);
    }

    listener() {
      return {
        waiting: (job) => { this.draw(job); this.count(); },
        progress: (job, share) => this.progress(job, share),
        done: (job, html) => this.done(job, html),
        refused: (job) => { this.mark(job, job.refused, false); this.count(); },
        unreachable: (job, status) => this.unreachable(job, status),
        stopped: (status) => this.stopped(status),
        count: () => this.count(),
      };
    }

    draw(job) {
      const slot = this.slotOf(job);
      if (!slot || this.lineOf(job)) return;
      const line = document.createElement("li");
      line.className = "file";
      line.id = `cho-${job.id}`;
      const words = document.createElement("div");
      words.className = "file-words";
      const name = document.createElement("p");
      name.textContent = job.name;
      const told = document.createElement("p");
      told.className = "quiet";
      told.setAttribute("role", "status");
      const bar = document.createElement("progress");
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute("aria-label", `Đang tải ${job.name}`);
      words.append(name, told, bar, this.acts(job));
      line.append(words);
      slot.querySelector("[data-pending]").append(line);
      if ("photo" in slot.dataset) this.preview(job, line);
      this.mark(job, this.queue.isKept ? "Đã lưu ở máy này, đang chờ tải lên." : "Đang chờ tải lên; xin đừng đóng trang này.", true);
    }

    acts(job) {
      const row = document.createElement("div");
      row.className = "file-acts";
      row.append(this.act("Thử lại", () => { this.mark(job, "Đang tải lại.", true); this.queue.retry(job); }, "retry"));
      row.append(this.act("Bỏ tệp này", async () => { await this.queue.drop(job); this.lineOf(job)?.remove(); }, "drop"));
      return row;
    }

    act(label, does, name) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.textContent = label;
      button.dataset.act = name;
      button.addEventListener("click", does);
      return button;
    }

    // Drawn on a canvas, so no address of the picture is needed.
    async preview(job, line) {
      try {
        const picture = await createImageBitmap(job.blob, { resizeWidth: SIDE });
        const canvas = document.createElement("canvas");
        canvas.width = picture.width;
        canvas.height = picture.height;
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", `Ảnh đang tải: ${job.name}`);
        canvas.getContext("2d").drawImage(picture, 0, 0);
        line.prepend(canvas);
      } catch { /* a kind this browser cannot draw, HEIC for one; the server can */ }
    }

    progress(job, share) {
      const line = this.lineOf(job);
      if (!line) return;
      const bar = line.querySelector("progress");
      bar.hidden = false;
      bar.value = Math.round(share * 100);
      const told = share < 1 ? `Đang tải lên ${Math.round(share * 100)}%.` : "Đã tải lên, đang kiểm tra tệp.";
      if (line.querySelector("[role=status]").textContent !== told) line.querySelector("[role=status]").textContent = told;
    }

    mark(job, text, isWaiting) {
      const line = this.lineOf(job);
      if (!line) return;
      line.classList.toggle("file-refused", !isWaiting);
      line.querySelector("[role=status]").textContent = text;
      line.querySelector("progress").hidden = !isWaiting;
      line.querySelector("[data-act=retry]").hidden = isWaiting;
    }

    done(job, html) {
      this.line(true);
      const slot = this.slotOf(job);
      if (slot) {
        const waiting = [...slot.querySelectorAll("[data-pending] > li")].filter((line) => line.id !== `cho-${job.id}`);
        slot.innerHTML = html;
        document.dispatchEvent(new CustomEvent("ui:drawn", { detail: { part: slot } }));
        slot.querySelector("[data-pending]").append(...waiting);
        this.dress(slot);
      }
      this.count();
    }

    unreachable(job, status) {
      this.line(status !== 0);
      this.mark(job, status === 0 ? "Mất kết nối khi đang tải. Tệp vẫn ở máy này và tự tải lại khi có mạng." : "Máy chủ đang bận. Tệp vẫn ở máy này và tự tải lại sau ít giây.", true);
      this.count();
    }

    stopped(status) {
      const told = this.root.querySelector("[data-told]");
      told.hidden = false;
      const kept = this.queue.isKept ? " Tệp đã chọn vẫn được giữ ở máy này." : "";
      this.root.querySelector("[data-told-text]").textContent = (status === 401 ? "Phiên đăng nhập đã hết." : "Trang này đã cũ.") + kept;
      const link = this.root.querySelector("[data-told-link]");
      link.hidden = false;
      link.href = status === 401 ? this.root.dataset.signInUrl : location.href;
      link.textContent = status === 401 ? "Đăng nhập lại rồi quay về trang này" : "Tải lại trang";
    }

    line(reachable) { document.dispatchEvent(new CustomEvent("ui:line", { detail: { reachable } })); }

    count() {
      document.dispatchEvent(new CustomEvent("ui:waiting", { detail: { of: "papers", count: this.queue.waiting().length } }));
    }
  }

  document.querySelectorAll("[data-dossier]:not([data-closed])").forEach((root) => new Papers(root));
})();
