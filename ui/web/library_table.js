// Runs in the table's gr.HTML: a click on a head sorts, on a row chooses it, on the pager turns the page.
// The server draws the table anew; the button that was pressed gets the focus back.
let pressed = "";
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = event.target.closest("tr[data-article]");
  if (button?.dataset.order) {
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
watch("value", () => {
  if (pressed) element.querySelector(pressed)?.focus({ preventScroll: true });
  pressed = "";
});
