// Proposes the time zone of the browser. Without this file, or where the list lacks it, the first one stays chosen.
(() => {
  "use strict";
  const list = document.querySelector("select[data-own-time-zone]");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (list && [...list.options].some((option) => option.value === own)) list.value = own;
})();
