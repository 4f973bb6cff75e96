// Two versions side by side: from change to change, only the changes, Escape closes the reader.
(() => {
  const rows = [...document.querySelectorAll("tr.changed, tr.deleted, tr.inserted")];
  const starts = rows.filter((row) => !rows.includes(row.previousElementSibling));
  let at = -1;
  for (const button of document.querySelectorAll("[data-go]")) {
    button.disabled = !starts.length;
    button.addEventListener("click", () => {
      starts[at]?.classList.remove("at");
      at = (at + (button.dataset.go === "after" ? 1 : -1) + starts.length + (at < 0 && button.dataset.go === "before")) % starts.length;
      starts[at].classList.add("at");
      starts[at].scrollIntoView({ block: "center" });
    });
  }
  document.getElementById("only-changes").addEventListener("change", (event) => {
    document.body.classList.toggle("only", event.target.checked);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && window.parent !== window) window.parent.postMessage({ escaped: true }, location.origin);
  });
})();
