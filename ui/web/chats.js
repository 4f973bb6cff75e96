// The list of chats: menus, folders, and all sources of the chat that is shown.
(() => {
  const { here, act, inPlace, told, show, follow, looking, language } = window.page;
  const words = window.pageWords;

  // Under the folders, where the form for a folder's name stands.
  function below(link) {
    const nav = link.closest("nav");
    if (nav.nextSibling?.className === "folder-form") return nav.nextSibling;
    const place = document.createElement("div");
    place.className = "folder-form";
    nav.after(place);
    return place;
  }

  Object.assign(here, {
    "folder-new"(of, link) { inPlace(below(link), "", words.folder_name, (text) => act("folder-new", of, text)); },
    "folder-rename"(of, link) {
      const name = link.closest("nav").querySelector(".chosen").dataset.name;
      inPlace(below(link), name, words.folder_name, (text) => act("folder-rename", of, text));
    },
    tofolder(of, link) {
      const row = link.closest("li");
      const folders = [...document.querySelectorAll("#history [data-folder]")].filter((each) => each.dataset.folder);
      const makeOne = () => inPlace(row, "", words.folder_name, (text) => act("folder-new", of, text));
      if (!folders.length) return makeOne();
      choose(row, folders, (folder) => folder === "new" ? makeOne() : act("move", of, folder));
    },
    sources(of, link) {
      const chat = document.querySelector("#history .history")?.dataset.current;
      if (chat) show(`/chats/${chat}/sources?lang=${language}`, null);
      else told(link, words.ask_first);
    },
  });

  // The folders to choose from, in the row of a chat.
  function choose(row, folders, then) {
    row.querySelector("form.in-place")?.remove();
    const form = document.createElement("form");
    form.className = "in-place";
    const select = document.createElement("select");
    select.setAttribute("aria-label", words.move_to_folder);
    select.add(new Option(words.folder_none, ""));
    for (const each of folders) select.add(new Option(each.dataset.name, each.dataset.folder));
    select.add(new Option(`＋ ${words.folder_new}…`, "new"));
    select.value = row.dataset.in;
    const button = document.createElement("button");
    button.textContent = words.save;
    form.append(select, button);
    form.onsubmit = (event) => { event.preventDefault(); form.remove(); then(select.value); };
    form.onkeydown = (event) => {
      if (event.key === "Escape") form.remove();
      if (event.key === "Enter" && event.target === select) { event.preventDefault(); form.requestSubmit(); }
    };
    row.append(form);
    select.focus();
  }

  // One menu at a time; it closes with a click anywhere, and with Escape. It stays open when the list is drawn anew.
  const menus = () => document.querySelectorAll(".chat-menu[open]");
  const chatOf = (menu) => menu.closest("li")?.querySelector("[data-chat]")?.dataset.chat;
  let opened = "";
  function shut(menu) {
    opened = "";
    menu.open = false;
  }
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.(".chat-menu")) return;
    if (event.target.open) opened = chatOf(event.target);
    else if (opened === chatOf(event.target)) opened = "";
  }, true);
  new MutationObserver(() => {
    if (!opened || menus().length) return;
    const again = [...document.querySelectorAll(".chat-menu")].find((each) => chatOf(each) === opened);
    if (again) again.open = true;
  }).observe(document, { subtree: true, childList: true });
  window.addEventListener("click", (event) => {
    const mine = event.target.closest?.(".chat-menu summary") && event.target.closest(".chat-menu");
    for (const each of menus()) if (each !== mine) shut(each);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const each of menus()) {
      shut(each);
      each.querySelector("summary").focus();
      event.stopImmediatePropagation();
    }
  }, true);

  // The marks on the page of sources open as citations do: ‹ and › go from one to the next.
  document.addEventListener("load", (event) => {
    const frame = event.target;
    if (frame.id !== "article" || !frame.contentWindow?.location.pathname.endsWith("/sources")) return;
    const links = [...frame.contentDocument.querySelectorAll("a.cite")];
    for (const link of links) {
      link.onclick = (click) => {
        click.preventDefault();
        frame.src = looking(link.href);
        follow(links, link);
      };
    }
  }, true);
})();
