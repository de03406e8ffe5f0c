/* Filters that act at once. Without this file, or when a request fails, the same form and links load whole pages.

   The server answers the whole page and knows nothing of this; the parts named here are taken out of the answer. */
(() => {
  "use strict";
  const PARTS = ["search-page", "languages"];
  const PATIENCE = 20000;
  const page = () => document.getElementById(PARTS[0]);
  if (!page()) return;

  const results = () => document.getElementById("results");
  const folds = () => [...page().querySelectorAll("details[data-name]")];
  const shown = () => window.location.pathname + window.location.search;
  let address = shown();
  let request = null;
  document.documentElement.classList.add("live-filters");

  // A control is known by its id, a box by its name and value: ids for hundreds of boxes would weigh more than this file.
  const control = (element) =>
    element?.id ? `#${CSS.escape(element.id)}` :
    element?.name ? `[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]` : "";

  const load = async (url, closed = "") => {
    request?.abort();
    const asked = new AbortController();
    request = asked;
    const late = setTimeout(() => window.location.assign(url), PATIENCE);
    results()?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal: asked.signal });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !found.getElementById(PARTS[0])) throw new Error(answer.statusText);
      show(found, answer.url, closed);
    } catch {
      // A request that a newer one replaced is no failure; after any other the browser goes there itself.
      if (request === asked) window.location.assign(url);
    } finally {
      clearTimeout(late);
      if (request === asked) results()?.removeAttribute("aria-busy");
    }
  };

  const show = (found, url, closed) => {
    const open = folds().filter((fold) => fold.open).map((fold) => fold.dataset.name);
    const focused = closed ? "" : control(page().contains(document.activeElement) ? document.activeElement : null);
    for (const id of PARTS) document.getElementById(id)?.replaceWith(document.adoptNode(found.getElementById(id)));
    document.title = found.title;
    window.history.pushState(null, "", url);
    address = shown();
    for (const fold of folds()) fold.open ||= fold.dataset.name !== closed && open.includes(fold.dataset.name);
    focus(focused && page().querySelector(focused));
    const heading = document.getElementById("results-heading");
    const announcement = document.querySelector("[data-announcement]");
    if (heading && announcement) announcement.textContent = heading.textContent.replace(/\s+/g, " ").trim();
    document.dispatchEvent(new Event("page-changed"));
  };

  // Focus stays on the control that was used; where that is gone, it goes to the results.
  const focus = (element) => {
    (element || results())?.focus({ preventScroll: true });
    if (!element) results()?.scrollIntoView({ block: "start" });
  };

  // Fields that say nothing do not belong into the address.
  const asked = (form) => {
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(fields).toString();
    return form.getAttribute("action") + (query && `?${query}`);
  };

  document.addEventListener("change", ({ target }) => {
    const form = target.closest(".filters__facets") && target.form;
    if (form) load(asked(form));
  });

  // “Apply” ends choosing: the drawer closes and the results are in sight.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#search-page form.filters")) return;
    event.preventDefault();
    load(asked(event.target), event.submitter?.dataset.close);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#search-page [data-live] a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented) return;
    event.preventDefault();
    load(link.href);
  });

  // Going back shows the page as the server has it now; a jump within the page is none.
  window.addEventListener("popstate", () => {
    if (shown() !== address) window.location.reload();
  });

  // A browser that cannot show what a closed fold holds gets the drawer open where there is room for it.
  const drawer = page().querySelector(".drawer:not([open])");
  if (drawer && !CSS.supports("selector(::details-content)") && window.matchMedia("(width >= 60rem)").matches) {
    drawer.open = true;
  }
})();
