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

  const bringIntoView = (field) => {
    const control = '[contenteditable="true"], input:not([type="hidden"]), select, textarea, summary, button';
    field.scrollIntoView({ block: "center" });
    const places = [...field.querySelectorAll(control), ...field.parentElement.querySelectorAll(control)];
    places.find((place) => place.offsetParent)?.focus({ preventScroll: true });
  };

  // A link to a field opens the tab in which the field stands, then brings the field into view.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('#entry-status a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const panel = field.closest('[role="tabpanel"]');
    if (panel) document.getElementById(panel.getAttribute("aria-labelledby"))?.click();
    setTimeout(() => bringIntoView(field), 100); // Wagtail shows the panel only after the click was handled
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
