// Scores as whole hundredths: what a judge typed, what may be sent, and sums that are never inexact.
window.TieuBieu = window.TieuBieu || {};
window.TieuBieu.marks = (() => {
  "use strict";

  // "35,5" or "35.5" -> 3550; "" -> null (not scored); anything else -> undefined.
  function read(text) {
    const typed = text.trim();
    if (typed === "") return null;
    const found = /^(\d{1,4})(?:[.,](\d{0,2}))?$/.exec(typed);
    return found ? Number(found[1]) * 100 + Number((found[2] || "").padEnd(2, "0")) : undefined;
  }

  // 815000 of 10000ths -> "81,5"
  function write(amount, unit) {
    const digits = String(unit).length - 1;
    const whole = Math.floor(amount / unit);
    const part = String(amount % unit).padStart(digits, "0").replace(/0+$/, "");
    const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ".");
    return part ? `${grouped},${part}` : grouped;
  }

  const written = (hundredths) => write(hundredths, 100);

  // 3550 -> "35.5", as the server reads it
  const plain = (hundredths) => (hundredths === null ? null : written(hundredths).replace(".", "").replace(",", "."));

  // Each line is [hundredths or null, weight in hundredths].
  function total(lines) {
    const sum = lines.reduce((so_far, [value, weight]) => so_far + (value || 0) * weight, 0);
    return write(sum, 10000);
  }

  function complaint(text, maximum) {
    const value = read(text);
    if (value === undefined) return `Điểm là số từ 0 đến ${written(maximum)}, ví dụ 35,5; sau dấu phẩy nhiều nhất hai chữ số.`;
    return value !== null && value > maximum ? `Điểm tối đa của tiêu chí này là ${written(maximum)}.` : "";
  }

  return { read, written, plain, total, complaint };
})();
