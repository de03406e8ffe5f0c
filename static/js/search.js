/* Filters that act at once. Without this file, or when a request fails, the same form and links load whole pages. */
(() => {
  "use strict";
  const { htmx } = window;
  if (!htmx) return;
  // A strict content policy stays possible; going back loads the page as the server has it now.
  Object.assign(htmx.config, {
    allowEval: false,
    historyCacheSize: 0,
    includeIndicatorStyles: false,
    refreshOnHistoryMiss: true,
    scrollIntoViewOnBoost: false,
    timeout: 20000,
  });
  const root = document.documentElement;
  root.classList.add("live-filters");
  let unfolded = [];
  let focused = "";
  let done = false;

  const results = () => document.getElementById("results");
  const folds = () => [...document.querySelectorAll("#search-page details[data-name]")];

  // Fields that say nothing do not belong into the address.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const [name, value] of [...detail.formData]) {
      if (value === "") detail.formData.delete(name);
    }
  });

  // A browser that cannot show what a closed fold holds gets the drawer open where there is room for it.
  const shut = document.querySelector("#search-page .drawer:not([open])");
  if (shut && !CSS.supports("selector(::details-content)") && window.matchMedia("(width >= 60rem)").matches) {
    shut.open = true;
  }

  // “Apply” ends choosing: the drawer closes and the results are in sight.
  document.addEventListener("submit", ({ submitter }) => {
    done = submitter?.dataset.close === "drawer";
  }, true);

  document.addEventListener("htmx:beforeRequest", () => results()?.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", () => results()?.removeAttribute("aria-busy"));

  document.addEventListener("htmx:beforeSwap", () => {
    unfolded = folds().filter((fold) => fold.open).map((fold) => fold.dataset.name);
    focused = document.activeElement?.id ?? "";
    if (done) {
      unfolded = unfolded.filter((name) => name !== "drawer");
      focused = "";
    }
    done = false;
  });

  // Focus stays on the control that was used; where that is gone, it goes to the results.
  document.addEventListener("htmx:afterSwap", () => {
    for (const fold of folds()) fold.open ||= unfolded.includes(fold.dataset.name);
    const control = focused && document.getElementById(focused);
    if (control && control.closest("#search-page")) {
      control.focus({ preventScroll: true });
    } else {
      results()?.focus({ preventScroll: true });
      results()?.scrollIntoView({ block: "start" });
    }
    const heading = document.getElementById("results-heading");
    const announcement = document.querySelector("[data-announcement]");
    if (heading && announcement) announcement.textContent = heading.textContent.replace(/\s+/g, " ").trim();
  });

  const load = ({ detail }) => window.location.assign(detail.pathInfo.finalRequestPath);
  for (const trouble of ["htmx:responseError", "htmx:sendError", "htmx:timeout", "htmx:swapError"]) {
    document.addEventListener(trouble, load);
  }
})();
