// The notebook: what is collected from answers and articles, and the forms for what one writes about it.
(() => {
  const { here } = window.page;
  const words = window.pageWords;
  const send = (name, of, text = "", quote = "") => window.note?.({ name, of, text, quote });

  // A form for a note of one's own: Enter saves, Shift+Enter is a new line, Escape gives up.
  function write(parent, value, save) {
    parent.querySelector("form.note-form")?.remove();
    const form = document.createElement("form");
    form.className = "note-form";
    const area = document.createElement("textarea");
    Object.assign(area, { value, placeholder: words.note_ask_text, maxLength: 2000, rows: 3 });
    area.setAttribute("aria-label", words.note_ask_text);
    const button = document.createElement("button");
    button.textContent = words.save;
    form.append(area, button);
    form.onsubmit = (event) => { event.preventDefault(); form.remove(); save(area.value); };
    form.onkeydown = (event) => {
      if (event.key === "Escape") { event.stopPropagation(); form.remove(); }
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === area) {
        event.preventDefault();
        form.requestSubmit();
      }
    };
    parent.append(form);
    area.focus();
  }

  Object.assign(here, {
    note(of, link) { write(link.closest("li"), "", (text) => send("cite", of, text)); },
    "note-write"(of, link) {
      const note = link.closest(".note");
      write(note, note.querySelector(".own")?.dataset.text ?? "", (text) => send("write", of, text));
    },
  });
  for (const name of ["up", "down", "remove", "undo", "more"]) here[`note-${name}`] = (of) => send(name, of);

  // The article's page tells what was selected in it and is to be collected.
  window.addEventListener("message", (event) => {
    const frame = document.getElementById("article");
    if (event.origin !== location.origin || event.source !== frame?.contentWindow) return;
    if (typeof event.data?.collect !== "string") return;
    const article = decodeURIComponent(event.source.location.pathname.split("/article/")[1] ?? "");
    const bar = document.getElementById("reader-note");
    if (event.data.collect.length >= 2) {
      write(bar, "", (text) => send("collect", article, text, event.data.collect.slice(0, 4000)));
    } else bar.textContent = words.note_short;
  });
})();
