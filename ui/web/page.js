// What the page does in the browser: links in answers and lists are deeds, citations open beside the chat.
(() => {
  const english = location.pathname.startsWith("/en");
  const words = window.pageWords; // from assistant/messages, put there by ui/web/server.py
  const narrow = () => window.innerWidth < 800;
  const language = english ? "en" : "zh";

  // -- deeds: links "#act/NAME/OF"; most are sent to the server, some are done here

  const here = {
    edit(of) {
      document.querySelector('#tabs [role="tab"][data-tab-id="chat"]')?.click();
      const box = document.querySelector("#question textarea");
      box.value = decodeURIComponent(of);
      box.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(() => box.focus()); // by then its tab is shown
    },
    async copy(of, link) {
      try {
        const reply = await fetch(`/turns/${of}/footnotes?lang=${language}`);
        if (!reply.ok) throw new Error(reply.statusText);
        await copied(await reply.text());
        told(link, words.copied);
      } catch {
        told(link, words.not_copied);
      }
    },
    how(of) { show(`/turns/${of}/how?lang=${language}`, null); },
    export(form, link) {
      const chat = document.querySelector("#history .history")?.dataset.current;
      if (!chat) return told(link, words.ask_first);
      // Not by location.href: that would end the page's connections.
      const file = document.createElement("a");
      Object.assign(file, { href: `/chats/${chat}/export.${form}?lang=${language}`, download: "" });
      file.click();
    },
    sort(of, link) {
      const head = link.closest("th");
      const body = link.closest("table").tBodies[0];
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = [...body.rows].map((row) => [amount(cellText(row.cells[of])), row]);
      const order = ([one], [other]) => one === "—" || other === "—" ? (one === "—") - (other === "—")
        : (down ? -1 : 1) * (one < other ? -1 : one > other ? 1 : 0);
      body.append(...keyed.sort(order).map(([, row]) => row));
    },
    async copytable(of, link) {
      const rows = [...link.closest(".answer").querySelector("table").rows];
      try {
        await copied(rows.map((row) => [...row.cells].map((cell) => harmless(cellText(cell))).join("\t")).join("\n"));
        told(link, words.copied);
      } catch {
        told(link, words.not_copied);
      }
    },
    table(of) {
      const [form, turn] = of.split("/");
      const file = document.createElement("a");
      Object.assign(file, { href: `/turns/${turn}/table.${form}`, download: "" });
      file.click();
    },
    rename(of, link) {
      const row = link.closest("li");
      inPlace(row, row.querySelector(".open").textContent, words.new_title, (text) => act("rename", of, text));
    },
    bad(of, link) {
      if (link.classList.contains("chosen")) return act("bad", of);
      inPlace(link.parentElement, "", words.verdict_reason, (text) => act("bad", of, text));
    },
    without(of) {
      const [turn, chip] = of.split("/");
      act("without", turn, decodeURIComponent(chip));
    },
    ask(question) { act("ask", "", decodeURIComponent(question)); },
  };

  function act(name, of, text = "") { window.act?.({ name, of, text }); }

  // A cell's words without the marks of its citations.
  function cellText(cell) {
    const bare = cell.cloneNode(true);
    bare.querySelectorAll(".cite, .unsupported").forEach((each) => each.remove());
    return bare.textContent.replace(/\s+/g, " ").trim();
  }

  // What a cell is sorted by: its figure with its scale, else its words.
  function amount(text) {
    const figure = text.match(/-?\d[\d,]*(?:\.\d+)?\s*(万亿|亿|万)?/);
    const scale = { 万: 1e4, 亿: 1e8, 万亿: 1e12 }[figure?.[1]] ?? 1;
    return figure && /^\D{0,6}\d/.test(text) ? parseFloat(figure[0].replace(/,/g, "")) * scale : text;
  }

  // As evals/formats/cells.py: a spreadsheet runs no cell as a formula.
  function harmless(text) {
    return /^['\s]*[=+\-@＝＋－＠]/.test(text) && !/^[+-]?\d[\d,]*(?:\.\d+)?%?$/.test(text) ? `'${text}` : text;
  }

  // The clipboard is there over https and on this machine only; elsewhere a selection is copied the old way.
  async function copied(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("not copied");
  }

  function told(link, text) {
    const words = link.querySelector("span") ?? link; // its icon stays
    const before = words.textContent;
    words.textContent = text;
    setTimeout(() => { words.textContent = before; }, 2000);
  }

  // A small form in the place of, or under, an element: Enter saves, Escape gives up.
  function inPlace(parent, value, label, save) {
    parent.querySelector("form.in-place")?.remove();
    const form = document.createElement("form");
    form.className = "in-place";
    const input = document.createElement("input");
    Object.assign(input, { value, placeholder: label, maxLength: 500 });
    input.setAttribute("aria-label", label);
    const button = document.createElement("button");
    button.textContent = words.save;
    form.append(input, button);
    form.onsubmit = (event) => { event.preventDefault(); form.remove(); save(input.value); };
    form.onkeydown = (event) => { if (event.key === "Escape") form.remove(); };
    parent.append(form);
    input.focus();
    input.select();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="#act/"], a[data-chat]');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (link.dataset.chat) {
      if (narrow()) document.querySelector(".sidebar.open .toggle-button")?.click();
      return act("open", link.dataset.chat);
    }
    const [, name, ...of] = link.getAttribute("href").slice(link.getAttribute("href").indexOf("#act/")).split("/");
    const rest = of.join("/");
    if (here[name]) here[name](rest, link);
    else act(name, rest);
  }, true);

  // -- the reader: an article beside the chat, on a narrow screen over it

  let cited = [];
  let at = -1;

  function show(address, link) {
    const frame = document.getElementById("article");
    if (!frame) return;
    document.getElementById("reader").classList.add("open");
    frame.hidden = false;
    frame.src = looking(address);
    const answer = link?.closest(".answer, .found");
    cited = answer ? [...answer.querySelectorAll("a.cite:not(.sources a)")] : [];
    at = cited.findIndex((each) => each.href === link.href);
    turnTo();
  }

  function turnTo() {
    document.querySelectorAll("a.cite.shown").forEach((each) => each.classList.remove("shown"));
    cited[at]?.classList.add("shown");
    const mark = cited[at]?.textContent.trim().match(/^.{0,20}\[\d+\]$/)?.[0] ?? ""; // a hit of a search has none
    document.getElementById("reader-at").textContent = at >= 0 ? `${mark} ${at + 1}/${cited.length}` : "";
    document.querySelector('[data-reader="before"]').disabled = at <= 0;
    document.querySelector('[data-reader="after"]').disabled = at < 0 || at >= cited.length - 1;
  }

  // Citations that ‹ and › go through from now on.
  function follow(links, link) {
    cited = links;
    at = links.indexOf(link);
    turnTo();
  }

  function close() {
    document.getElementById("reader").classList.remove("open");
    document.getElementById("article").hidden = true;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="/article/"]');
    if (!link || link.closest("#library, #notebook") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!document.getElementById("article")) return;
    event.preventDefault();
    event.stopPropagation();
    // A point of a chart is a link of SVG, whose address is no text.
    show(link.href.baseVal ?? link.href, link);
  }, true);

  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-reader]")?.dataset.reader;
    if (name === "close") close();
    else if (name) {
      at += name === "after" ? 1 : -1;
      document.getElementById("article").src = looking(cited[at].href);
      turnTo();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.getElementById("article")?.hidden) close();
  });

  // The article's page tells what was selected in it and is to be asked about.
  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin) return;
    if (event.data?.escaped) return close();
    if (typeof event.data?.askAbout !== "string") return;
    here.edit(encodeURIComponent(`“${event.data.askAbout.slice(0, 200)}”`));
    if (narrow()) close();
  });

  // What opens in the reader looks as the page does.
  function looking(address) {
    const dark = document.body.classList.contains("dark");
    const [path, query = ""] = address.split("?");
    const asked = new URLSearchParams(query);
    asked.set("look", dark ? "dark" : "light");
    return `${path}?${asked}`;
  }

  // -- the language that was chosen is kept

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#language");
    if (link) link.search = location.search; // the chat that is shown
    if (link) document.cookie = `lang=${english ? "zh" : "en"}; path=/; max-age=31536000; samesite=lax`;
  });

  // -- the address names the chat that is shown, so that a reload opens it again

  new MutationObserver(() => {
    const current = document.querySelector("#history .history")?.dataset.current;
    if (current === undefined) return;
    const address = new URL(location.href);
    if ((address.searchParams.get("chat") ?? "") === current) return;
    if (current) address.searchParams.set("chat", current);
    else address.searchParams.delete("chat");
    history.replaceState(null, "", address);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-current"] });

  window.page = { here, act, inPlace, told, show, follow, looking, language, narrow }; // for the scripts after this one
})();
