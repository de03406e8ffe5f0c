/* The quick exit of pages that tell of violence. Without this file it is a plain link to the neutral page. */
(() => {
  "use strict";
  const TIMES = 3;
  const WITHIN = 2000; // milliseconds between two presses of the key
  const KEYS = new Set(["Escape", "Shift"]);
  const link = document.querySelector("[data-exit]");
  if (!link) return;

  // What is on the screen goes first, for the neutral page may be slow; this page gives its place in the history to it.
  const leave = () => {
    document.title = "\u200b";
    document.body.replaceChildren();
    window.location.replace(link.href);
  };

  let key = "";
  let count = 0;
  let last = 0;
  const press = (event) => {
    if (event.repeat) return;
    const goesOn = event.key === key && event.timeStamp - last < WITHIN;
    count = goesOn ? count + 1 : 1;
    key = KEYS.has(event.key) ? event.key : "";
    last = event.timeStamp;
    if (key && count === TIMES) leave();
  };

  document.addEventListener("keydown", press, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-exit]")) return;
    event.preventDefault();
    leave();
  });
  for (const hint of document.querySelectorAll("[data-exit-keys]")) hint.hidden = false;
})();
