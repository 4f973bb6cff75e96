// How the page stands before anything is done on it: light or dark, and the list of chats open or closed.
(() => {
  const { narrow } = window.page;

  // -- light or dark: as the system has it, or as chosen on the settings tab; Gradio's own choice is mended before it is painted

  const byNight = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem("look") ?? "system";
  function look() {
    const dark = chosen() === "dark" || (chosen() !== "light" && byNight.matches);
    if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
  }
  function pressLook() {
    for (const each of document.querySelectorAll("[data-theme]")) each.setAttribute("aria-pressed", each.dataset.theme === chosen());
  }
  look();
  byNight.addEventListener("change", look);
  new MutationObserver(look).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-theme]")?.dataset.theme;
    if (!name) return;
    localStorage.setItem("look", name);
    look();
    pressLook();
  });

  // -- on a narrow screen the list of chats begins closed: Gradio opens it, so it stays out of sight until it is closed again

  const root = document.documentElement;
  function shut() {
    const list = document.querySelector(".sidebar");
    // A click before Gradio listens does nothing: the next frame tries again.
    if (list?.matches(".open")) list.querySelector(".toggle-button").click();
    else if (list && root.dataset.side === "closing") return delete root.dataset.side;
    if (list) root.dataset.side = "closing";
    requestAnimationFrame(shut);
  }
  if (narrow()) {
    root.dataset.side = "shut";
    shut();
  }

  window.page.pressLook = pressLook;
})();
