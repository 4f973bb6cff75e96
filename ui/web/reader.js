// The pane of the reader: its edge is dragged, or moved with the arrow keys; it is away on tabs that cite nothing.
(() => {
  const KEPT = "reader-width", LEAST = 300, STEP = 40;
  const BESIDE = ["chat", "search"];
  const pane = () => document.getElementById("reader");

  function setWidth(width) {
    const room = document.getElementById("columns").clientWidth;
    const set = Math.round(Math.max(LEAST, Math.min(width, room - LEAST)));
    pane().style.flex = `0 0 ${set}px`;
    tellWidth(set);
    return set;
  }

  function tellWidth(width) { document.getElementById("reader-edge").setAttribute("aria-valuenow", width); }

  const keep = (width) => localStorage.setItem(KEPT, setWidth(width));

  document.addEventListener("pointerdown", (event) => {
    const edge = event.target.closest?.("#reader-edge");
    if (!edge) return;
    event.preventDefault();
    edge.setPointerCapture(event.pointerId); // else the article's frame takes the pointer
    edge.classList.add("held");
    const right = pane().getBoundingClientRect().right;
    edge.onpointermove = (moved) => keep(right - moved.clientX);
    edge.onlostpointercapture = () => { edge.classList.remove("held"); edge.onpointermove = null; };
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "reader-edge" || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    keep(pane().getBoundingClientRect().width + (event.key === "ArrowLeft" ? STEP : -STEP));
  });

  new MutationObserver(() => {
    const reader = pane();
    if (!reader) return;
    if (reader.classList.contains("open") && !document.getElementById("reader-edge").hasAttribute("aria-valuenow")) {
      const kept = Number(localStorage.getItem(KEPT));
      if (kept) setWidth(kept);
      else tellWidth(reader.clientWidth);
    }
    const shown = document.querySelector('#tabs [role="tab"][aria-selected="true"]')?.dataset.tabId;
    const away = !!shown && !BESIDE.includes(shown);
    if (reader.classList.contains("away") !== away) reader.classList.toggle("away", away);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["aria-selected", "class"] });
})();
