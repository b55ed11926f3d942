// Scores typed on another sheet and never sent, because the page was left while the line was down: sent from here.
(() => {
  "use strict";
  const { Queue } = window.TieuBieu;

  class Leftovers {
    constructor(place) {
      this.place = place;
      const { before, after, here } = place.dataset;
      this.names = this.sheets(`phieu:${before}`, after).filter((sheet) => sheet !== here);
      this.queues = this.names.map((sheet) => this.queueOf(sheet));
      this.show();
      this.queues.forEach((queue) => queue.soon(0));
    }

    sheets(before, after) {
      try {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith(before));
        const found = keys.map((key) => key.slice(before.length).split(":")).filter(([, person]) => person === after);
        return [...new Set(found.map(([sheet]) => sheet))];
      } catch {
        return [];
      }
    }

    queueOf(sheet) {
      const { before, after, url } = this.place.dataset;
      const show = () => this.show();
      const bodyOf = (code, { value, base }) => ({ ...(code === "nhan-xet" ? { remark: value } : { criterion: code, value }), base, version: 0 });
      const told = { saved: show, refused: show, changed: show, late: show, unreachable: show, stopped: show };
      return new Queue({ key: `${before}${sheet}:${after}`, url: url.replace("SHEET", sheet), bodyOf, told });
    }

    // What was refused or changed elsewhere waits until its own sheet is opened, where the judge can see and choose.
    show() {
      const left = this.queues.filter((queue) => Object.keys(queue.entries).length);
      this.place.hidden = !left.length;
      this.place.querySelector("[data-left]").textContent = left.length;
      const link = this.place.querySelector("a");
      const first = this.queues.indexOf(left[0]);
      if (link && first >= 0) link.href = this.place.dataset.page.replace("SHEET", this.names[first]);
    }
  }

  document.querySelectorAll("[data-leftovers]").forEach((place) => new Leftovers(place));
})();
