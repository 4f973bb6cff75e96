// Runs in the gr.HTML of what a search found: arrows move from hit to hit, the pager turns the page, the address keeps the words.
const box = () => document.querySelector("#search-box :is(input, textarea)");
const hits = () => [...element.querySelectorAll(".hits a.cite")];

function move(event, step) {
  const all = hits();
  const from = document.activeElement?.closest?.("#search-found li")?.querySelector("a.cite");
  const to = all.indexOf(from) + step;
  if (to >= all.length) return;
  event.preventDefault();
  (to < 0 ? box() : all[to])?.focus();
}

element.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event, event.key === "ArrowDown" ? 1 : -1);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && event.target === box() && hits().length) move(event, 1);
});
element.addEventListener("click", (event) => {
  const step = event.target.closest("button")?.dataset.step;
  if (!step) return;
  turned = true;
  trigger("turn", { step });
});

// The words stand in the address while this tab is shown, so that a reload, or a colleague, finds the same.
function keepAddress() {
  const shown = element.offsetParent !== null;
  const found = element.querySelector(".found");
  const address = new URL(location.href);
  for (const [name, value] of [["q", found?.dataset.q], ["by", found?.dataset.by]]) {
    if (shown && value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

let turned = false;
watch("value", () => {
  keepAddress();
  if (turned) document.getElementById("search-row")?.scrollIntoView({ block: "nearest" });
  turned = false;
});
new MutationObserver(() => requestAnimationFrame(keepAddress))
  .observe(document.getElementById("tabs"), { subtree: true, attributes: true, attributeFilter: ["aria-selected"] });
