// Lets autosave miss nothing. Wagtail's own watch begins two seconds after the page, and after each save takes what
// was typed during the save for saved. Both are noticed here, and the watch is told that there is something to save.
(() => {
  const NOT_CONTENT = new Set(["csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "next"]);
  let saved = null; // what the server has, as text; null while the editor is being built
  let sent = null;
  let touched = false;

  const form = () => document.querySelector("form[data-edit-form]");
  const isContent = (name) => !NOT_CONTENT.has(name) && !name.startsWith("comments-") && name !== "overwrite_revision_id";
  const textOf = (data) =>
    JSON.stringify([...data].filter(([name]) => isContent(name)).map(([name, value]) => [name, `${value.name ?? value}`]));
  const now = () => textOf(new FormData(form()));
  const save = () => form().setAttribute("data-w-unsaved-force-value", "true");

  const start = () => {
    if (!form()?.matches('[data-controller~="w-autosave"]')) return;
    for (const kind of ["input", "change"])
      form().addEventListener(kind, (event) => { touched ||= event.isTrusted; }, true);
    document.addEventListener("w-unsaved:watch-edits", () => {
      if (saved !== null) return;
      saved = now();
      if (touched) save();
    });
    document.addEventListener("w-autosave:save", (event) => { sent = textOf(event.detail.formData); });
    document.addEventListener("w-autosave:success", () => {
      // The answer may have given new rows their keys: what was sent counts, with these keys.
      const current = now();
      saved = current;
      if (sent !== null && withoutKeys(current) !== withoutKeys(sent)) {
        saved = sent;
        save();
      }
    });
    window.addEventListener("beforeunload", (event) => {
      const leaving = form()?.dataset.wUnsavedConfirmationValue === "true";
      if (leaving && saved !== null && withoutKeys(now()) !== withoutKeys(saved)) event.preventDefault();
    });
  };

  // Keys and counts of child rows, which a save changes by itself.
  const withoutKeys = (text) =>
    JSON.stringify(JSON.parse(text).filter(([name]) => !/-(id|INITIAL_FORMS)$/.test(name)));

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
