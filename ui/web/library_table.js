// Runs in the table's gr.HTML: a click on a head sorts, on a row chooses it, on the pager turns the page.
// The server draws the table anew; the button that was pressed gets the focus back, and what was ticked stays ticked.
let pressed = "";
const ticked = new Set();
function showTicks() {
  for (const box of element.querySelectorAll("input[data-tick]")) box.checked = ticked.has(box.dataset.tick);
  const boxes = [...element.querySelectorAll("input[data-tick]")];
  const all = element.querySelector("input[data-tick-all]");
  if (all) all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
  const bar = element.querySelector(".ticked");
  if (!bar) return;
  bar.hidden = ticked.size === 0;
  bar.querySelector("[role=status]").textContent = bar.dataset.told.replace("{count}", ticked.size);
  bar.querySelector("a.ask").href = `#act/choose/articles/${encodeURIComponent([...ticked].join(" "))}`;
}
function tick(box, on) {
  const most = Number(element.querySelector(".ticked")?.dataset.most ?? 0);
  if (!on) ticked.delete(box.dataset.tick);
  else if (ticked.size < most) ticked.add(box.dataset.tick);
}
element.addEventListener("change", (event) => {
  if (event.target.dataset.tick) tick(event.target, event.target.checked);
  else if ("tickAll" in event.target.dataset) {
    for (const box of element.querySelectorAll("input[data-tick]")) tick(box, event.target.checked);
  }
  showTicks();
});
element.addEventListener("click", (event) => {
  if (event.target.closest("td.tick, th.tick")) return;
  const button = event.target.closest("button");
  const row = event.target.closest("tr[data-article]");
  if (button && "news" in button.dataset) {
    trigger("news", {});
  } else if (button?.dataset.bulk === "edit") {
    const form = element.querySelector("form.bulk");
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", !form.hidden);
    if (!form.hidden) form.elements.field.focus();
  } else if (button?.dataset.bulk === "remove") {
    many({ action: "remove" });
  } else if (button && "untick" in button.dataset) {
    ticked.clear();
    showTicks();
  } else if (button?.dataset.order) {
    pressed = `button[data-order="${button.dataset.order}"]`;
    trigger("sort", { order: button.dataset.order });
  } else if (button?.dataset.step) {
    pressed = `button[data-step="${button.dataset.step}"]`;
    trigger("turn", { step: button.dataset.step });
  } else if (row) {
    pressed = `tr[data-article="${row.dataset.article}"] button`;
    trigger("choose", { article: row.dataset.article });
  }
});
function many(change) {
  trigger("bulk", { ...change, articles: [...ticked] });
  // After a change, or where a value was refused, the same articles can be changed further.
  if (change.action === "remove") ticked.clear();
  element.querySelector(".ticked [role=status]").textContent = element.querySelector("form.bulk").dataset.busy;
  for (const each of element.querySelectorAll(".ticked :is(button, input, select)")) each.disabled = true;
}
element.addEventListener("submit", (event) => {
  event.preventDefault();
  const { field, value } = event.target.elements;
  many({ action: "edit", field: field.value, value: value.value });
});
watch("value", () => {
  if (pressed) element.querySelector(pressed)?.focus({ preventScroll: true });
  pressed = "";
  showTicks();
});
