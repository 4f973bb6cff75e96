// Keys: a list of them, a new chat, the box, and Enter and ↑ where Gradio has none.
(() => {
  const { here } = window.page;
  const words = window.pageWords;
  const box = () => document.querySelector("#question textarea, #question input");
  const isTyping = (at) => at?.closest?.("input, textarea, select, [contenteditable=true], [role=combobox]");

  function list() {
    document.getElementById("keys-list")?.remove();
    const dialog = document.createElement("dialog");
    dialog.id = "keys-list";
    dialog.setAttribute("aria-label", words.keys);
    const rows = document.createElement("dl");
    for (const line of words.keys_list.split("\n")) {
      const [key, does] = line.split("\t");
      const head = document.createElement("dt");
      const sign = document.createElement("kbd");
      sign.textContent = key;
      head.append(sign);
      const told = document.createElement("dd");
      told.textContent = does;
      rows.append(head, told);
    }
    const button = document.createElement("button");
    button.textContent = words.close;
    button.onclick = () => dialog.close();
    dialog.append(rows, button);
    dialog.onkeydown = (event) => event.stopPropagation();
    dialog.onclose = () => dialog.remove();
    (document.querySelector(".gradio-container") ?? document.body).append(dialog);
    dialog.showModal();
  }
  here.keys = list;

  function toBox() {
    document.querySelector('#tabs button[role="tab"]')?.click();
    setTimeout(() => box()?.focus(), 50);
  }

  function begin() {
    document.querySelector("#new-chat")?.click();
    toBox();
  }

  // The button that was clicked goes away: who has a keyboard goes on in the box.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#send, #stop") && matchMedia("(hover: hover)").matches) box()?.focus();
  });

  // The pencil of the last question.
  function editLast() {
    [...document.querySelectorAll("#turns .revise")].at(-1)?.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyN") {
      event.preventDefault();
      return begin();
    }
    if (event.target === box()) {
      if (event.key === "ArrowUp" && plain && !event.shiftKey && !box().value) {
        event.preventDefault();
        editLast();
      } else if (event.key === "Escape" && document.getElementById("article")?.hidden) box().blur();
      return;
    }
    if (!plain || isTyping(event.target)) return;
    const does = { "?": list, "？": list, n: begin, "/": toBox }[event.key];
    if (does) { event.preventDefault(); does(); }
  }, true);
})();
