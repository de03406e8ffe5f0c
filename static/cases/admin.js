// Makes long lists of terms shorter while one types, and says what is chosen. Without it every list is plain check boxes.
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

  const tellChosen = (list) => {
    const names = [...list.querySelectorAll(".term input:checked")].map((box) =>
      box.parentElement.querySelector("b").textContent.trim(),
    );
    list.querySelector("[data-terms-chosen]").textContent = names.join(" · ") || list.dataset.noneChosen;
  };

  const narrow = (list, text) => {
    const wanted = fold(text.trim());
    let shown = 0;
    for (const term of list.querySelectorAll(".term")) {
      term.hidden = !(fold(term.textContent).includes(wanted) || term.querySelector("input").checked);
      shown += term.hidden ? 0 : 1;
    }
    for (const region of list.querySelectorAll(".terms-region")) {
      region.hidden = !region.querySelector(".term:not([hidden])");
      if (!("wasOpen" in region.dataset)) region.dataset.wasOpen = region.open;
      region.open = wanted ? !region.hidden : region.dataset.wasOpen === "true";
      if (!wanted) delete region.dataset.wasOpen;
    }
    list.querySelector("[data-terms-empty]").textContent = shown ? "" : list.dataset.empty;
  };

  const addFilter = (list) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const empty = document.createElement("p");
    label.className = "terms-filter";
    label.textContent = list.dataset.filterLabel;
    input.type = "search";
    input.autocomplete = "off";
    empty.dataset.termsEmpty = "";
    empty.setAttribute("role", "status");
    label.append(input);
    list.querySelector("[data-terms-chosen]").after(label, empty);
    // The filter is no part of the form: it must not start a save, and Enter must not send the form.
    for (const kind of ["input", "change", "keyup"]) input.addEventListener(kind, (event) => event.stopPropagation());
    input.addEventListener("input", () => narrow(list, input.value));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  };

  const start = () => {
    for (const list of document.querySelectorAll("[data-terms]:not([data-ready])")) {
      list.dataset.ready = "";
      if (list.dataset.terms === "filter") addFilter(list);
      list.addEventListener("change", () => tellChosen(list));
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
