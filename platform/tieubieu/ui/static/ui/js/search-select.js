// A long list gets a search box: select[data-search] stays a plain list where this does not run.
// Diacritics do not count, words may stand in any order.
(() => {
  "use strict";

  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").trim();

  const bare = (folded) => folded.replace(/[^a-z0-9]+/g, "");
  // As the server searches: how a name is spaced and signed does not count (Ca cao, Cacao).
  const holds = (folded, word) => folded.includes(word) || (bare(word) !== "" && bare(folded).includes(bare(word)));

  function dress(select) {
    const options = Array.from(select.options, (option) => ({ option, folded: fold(option.textContent) }));
    if (options.length < 12) return;
    const box = document.createElement("input");
    box.type = "search";
    box.className = "search-select";
    box.autocomplete = "off";
    box.placeholder = select.dataset.search;
    box.setAttribute("aria-label", `Tìm trong danh sách ${select.labels[0]?.textContent || ""}`);
    select.before(box);
    const told = document.createElement("p");
    told.className = "hint";
    told.setAttribute("role", "status");
    select.after(told);

    const narrow = () => {
      const words = fold(box.value).split(/\s+/).filter(Boolean);
      const chosen = select.value;
      const fits = options.filter(({ option, folded }) => !option.value || words.every((word) => holds(folded, word)));
      select.replaceChildren(...fits.map(({ option }) => option));
      const named = fits.filter(({ option }) => option.value);
      if (words.length && named.length === 1) select.value = named[0].option.value;
      else if (fits.some(({ option }) => option.value === chosen)) select.value = chosen;
      else select.selectedIndex = 0;
      told.textContent = words.length ? `${named.length} mục khớp` : "";
    };
    box.addEventListener("input", narrow);
    // Enter chooses the first that fits instead of sending the form half filled in.
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = Array.from(select.options).find((option) => option.value);
      if (first && box.value.trim()) select.value = first.value;
      select.focus();
    });
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("select[data-search]").forEach(dress));
})();
