// Keeps the checklist above the editor usable while autosave draws it anew: what was open stays open, the focus stays,
// and a change is announced once. Links to fields open the tab in which the field stands.
(() => {
  // What takes the focus, the first kind that a field has: its text or choice, else what opens or adds to it.
  const CONTROLS = [
    '[contenteditable="true"], input:not([type="hidden"], [type="search"]), select, textarea',
    "summary, button:not([data-comment-add])",
  ];
  let focused = "";
  let heading = "";
  const opened = new Set();

  const frame = () => document.querySelector("[data-entry-status]");
  const headingOf = () => document.getElementById("entry-status-heading");
  const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

  const say = (words) => {
    const place = document.querySelector("[data-entry-said]");
    if (place && words) place.textContent = words;
  };

  const keep = () => {
    for (const details of frame().querySelectorAll("details[id]")) details.open = opened.has(details.id);
    const lost = focused && document.activeElement === document.body;
    if (lost) (frame().querySelector(`a[href="${CSS.escape(focused)}"], a[href="${focused}"]`) ?? headingOf())?.focus();
    const now = text(headingOf());
    if (now !== heading) say(now);
    heading = now;
  };

  const bringIntoView = (field) => {
    const seen = (place) => place.checkVisibility({ visibilityProperty: true });
    for (const kind of CONTROLS) {
      const places = [...field.querySelectorAll(kind), ...field.parentElement.querySelectorAll(kind)];
      const place = places.find(seen);
      if (!place) continue;
      place.focus({ preventScroll: true });
      const show = () => {
        const { top, bottom } = place.getBoundingClientRect();
        if (top < 0 || bottom > innerHeight) place.scrollIntoView({ block: "center", behavior: "instant" });
      };
      field.scrollIntoView({ block: field.clientHeight > innerHeight / 2 ? "start" : "center", behavior: "instant" });
      for (const wait of [0, 300]) setTimeout(show, wait); // a tab that was hidden finds its size a little later
      return;
    }
  };

  const openField = (event) => {
    const link = event.target.closest?.('#entry-status a[href^="#"], .messages a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    const panel = field?.closest('[role="tabpanel"]');
    if (!panel) return;
    event.preventDefault();
    document.getElementById(panel.getAttribute("aria-labelledby"))?.click();
    setTimeout(() => bringIntoView(field), 100); // Wagtail shows the panel only after the click was handled
  };

  // The editor of rich text and that of keywords have no name of their own: the heading of their panel is theirs.
  const nameEditors = () => {
    for (const place of document.querySelectorAll('form[data-edit-form] :is([role="textbox"], .ui-autocomplete-input)')) {
      const title = place.closest("[data-panel]")?.querySelector("[data-panel-heading]")?.id;
      if (title && !place.hasAttribute("aria-labelledby")) place.setAttribute("aria-labelledby", title);
    }
  };

  // A proposal names the draft that it is for: a new draft has its key only once it was saved.
  const nameDraft = (event) => {
    const link = event.target.closest?.("a[data-propose]");
    const key = link && /\/pages\/(\d+)\/edit\//.exec(location.pathname)?.[1];
    if (key) link.search = `?entry=${key}`;
  };

  const start = () => {
    if (!frame()) return;
    heading = text(headingOf());
    document.addEventListener("w-unsaved:watch-edits", nameEditors); // all editors are built by then
    frame().addEventListener("focusin", (event) => { focused = event.target.getAttribute("href") ?? ""; });
    frame().addEventListener("toggle", (event) => {
      if (event.target.isConnected) opened[event.target.open ? "add" : "delete"](event.target.id);
    }, true);
    document.addEventListener("focusin", (event) => { if (!frame().contains(event.target)) focused = ""; });
    document.addEventListener("click", openField);
    document.addEventListener("click", nameDraft, true);
    document.addEventListener("w-autosave:error", (event) => {
      say(`${document.querySelector("[data-entry-said]")?.dataset.paused} ${event.detail.text ?? ""}`);
    });
    new MutationObserver(keep).observe(frame(), { childList: true });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
