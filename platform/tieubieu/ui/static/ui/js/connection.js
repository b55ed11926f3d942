// Is the line there, what is waiting to be sent, and what came back that no fragment can show.
(() => {
  "use strict";
  let reachable = true;
  const waiting = {};

  const find = (selector) => document.querySelector(selector);

  function showLine() {
    const banner = find("[data-offline]");
    if (!banner) return;
    banner.hidden = reachable && navigator.onLine;
    const count = Object.values(waiting).reduce((sum, some) => sum + some, 0);
    find("[data-waiting]").textContent = count ? `Đang chờ gửi: ${count} mục.` : "";
  }

  function say(text) {
    const banner = find("[data-said]");
    find("[data-said-text]").textContent = text;
    banner.hidden = !text;
  }

  window.addEventListener("online", () => { reachable = true; showLine(); });
  window.addEventListener("offline", showLine);
  document.addEventListener("ui:waiting", (event) => {
    waiting[event.detail.of || ""] = event.detail.count;
    showLine();
  });
  document.addEventListener("ui:line", (event) => { reachable = event.detail.reachable; showLine(); });
  document.addEventListener("DOMContentLoaded", showLine);

  document.addEventListener("htmx:config:request", (event) => {
    const token = find("meta[name=csrf-token]");
    if (token) event.detail.ctx.request.headers["X-CSRFToken"] = token.content;
  });

  // A whole page in answer to a request for a part of one: signed out meanwhile. Load the page we are on; the server leads on.
  document.addEventListener("htmx:after:request", (event) => {
    const { text, response } = event.detail.ctx;
    if (response.status >= 400 || !/^\s*<!doctype/i.test(text)) return;
    event.preventDefault();
    location.reload();
  });

  document.addEventListener("htmx:response:error", (event) => {
    const { text, response } = event.detail.ctx;
    if (response.status === 422) return;
    const told = new DOMParser().parseFromString(text, "text/html").querySelector("[data-message]");
    say(told ? told.textContent.trim() : "Chưa thực hiện được. Xin tải lại trang rồi thử lại.");
  });

  document.addEventListener("htmx:after:swap", () => { reachable = true; showLine(); say(""); });
  document.addEventListener("htmx:error", () => { reachable = false; showLine(); });
})();
