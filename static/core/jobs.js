// Keeps the page of a running job level with it, and draws the page anew when it has ended.
(() => {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  const text = place.querySelector(".job__state");
  const bar = place.querySelector("progress");
  const pause = 1000;

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.job, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const job = await answer.json();
      if (job.ended) {
        window.location.reload();
        return;
      }
      if (text.textContent.trim() !== job.text) text.textContent = job.text;
      if (job.total) {
        bar.max = job.total;
        bar.value = job.done;
      }
      window.setTimeout(ask, pause);
    } catch {
      window.setTimeout(ask, pause * 5);
    }
  };
  window.setTimeout(ask, pause);
})();
