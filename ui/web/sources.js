// Choosing what a question is asked of: from the library's links, and from the article beside the chat; and the filters.
(() => {
  // A choice made in the library is asked of in the chat.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.('#library a[href*="#act/choose/"]')) return;
    document.querySelector('#tabs button[role="tab"]')?.click();
    setTimeout(() => document.querySelector("#question textarea")?.focus(), 300);
  }, true);

  // The filters lie over the chat while they are open: whoever goes on elsewhere closes them.
  for (const kind of ["focusin", "pointerdown"]) {
    document.addEventListener(kind, (event) => {
      if (!event.target.closest?.("#filters")) document.querySelector("#filters > button.open")?.click();
    });
  }

  // The article's page tells that only it is to be asked.
  window.addEventListener("message", (event) => {
    const article = document.getElementById("article");
    if (event.origin !== location.origin || event.source !== article?.contentWindow) return;
    if (typeof event.data?.askOnly !== "string") return;
    window.act?.({ name: "choose", of: `articles/${event.data.askOnly}`, text: "" });
    if (window.innerWidth < 800) document.querySelector('[data-reader="close"]')?.click();
  });
})();
