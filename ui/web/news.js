// The number of new articles on the library's tab; asked for now and then while the page is seen.
(() => {
  const EVERY_MS = 60_000;
  const tab = () => document.querySelector('#tabs [role="tab"][data-tab-id="library"]');

  async function look() {
    if (document.hidden || !tab()) return;
    try {
      const reply = await fetch("/library/new");
      if (!reply.ok) return;
      const { count } = await reply.json();
      for (const each of document.querySelectorAll('#tabs [data-tab-id="library"]')) {
        if (count) each.dataset.newCount = count > 999 ? "999+" : count;
        else delete each.dataset.newCount;
      }
    } catch { /* asked again later */ }
  }

  setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[data-news], [data-tab-id="library"]')) setTimeout(look, 1500);
  });
  let tries = 60;
  const first = setInterval(() => {
    if (tab() || --tries < 0) { clearInterval(first); look(); }
  }, 500);
})();
