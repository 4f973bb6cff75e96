// Puts what the server tells of a chat and of the list of chats on the page: see pieces.py.
(() => {
  const { act } = window.page;
  const known = new Map(); // digest → HTML
  const shown = { chat: null, history: null }; // the last news of each place
  const grown = new Map(); // turn → HTML of its answer so far
  const MOST_KNOWN = 3000;
  const WAIT_MS = 600;
  let asked;

  // Gradio calls this with each message; `place` is "chat" or "history".
  function take(place, text) {
    if (!text) return;
    const news = JSON.parse(text);
    if (news.grow) return grow(...news.grow);
    for (const [digest, html] of Object.entries(news.new)) known.set(digest, html);
    if (shown[place] && news.at < shown[place].at) return draw("chat"), draw("history");
    shown[place] = news;
    draw(place);
    if (known.size > MOST_KNOWN) forget();
  }

  function forget() {
    const used = new Set([...(shown.chat?.order ?? []), ...(shown.history?.order ?? [])]);
    for (const digest of known.keys()) if (!used.has(digest)) known.delete(digest);
    act("redraw", ""); // so that the server knows what is still here
  }

  function draw(place) {
    const news = shown[place];
    const at = document.getElementById(place === "chat" ? "turns" : "history-list");
    if (!news || !at) return;
    if (!news.order.every((each) => known.has(each))) {
      // It may be under way in another event; else it was lost.
      clearTimeout(asked);
      asked = setTimeout(() => {
        const order = shown[place].order;
        if (order.every((each) => known.has(each))) draw(place);
        else act("redraw", "");
      }, WAIT_MS);
      return;
    }
    if (place === "history") {
      const html = news.order.map((each) => known.get(each)).join("");
      if (at.shownHtml !== html) at.innerHTML = at.shownHtml = html;
      return;
    }
    drawTurns(at, news.order);
  }

  // Turns that did not change stay as they are, with what was opened or typed in them.
  function drawTurns(at, order) {
    const before = at.childElementCount;
    const followed = isAtEnd(at);
    order.forEach((digest, number) => {
      const there = at.children[number];
      if (there?.dataset.digest === digest) return;
      const holder = document.createElement("template");
      holder.innerHTML = known.get(digest);
      const turn = holder.content.firstElementChild;
      turn.dataset.digest = digest;
      if (there) there.replaceWith(turn);
      else at.append(turn);
    });
    while (at.childElementCount > order.length) at.lastElementChild.remove();
    document.documentElement.dataset.chat = order.length ? "some" : "none";
    if (followed || order.length > before) toEnd(at);
  }

  function grow(turn, from, text) {
    const html = (grown.get(turn) ?? "").slice(0, from) + text;
    grown.clear();
    grown.set(turn, html);
    const at = document.getElementById("turns");
    const answer = at?.querySelector(`[data-turn="${CSS.escape(turn)}"] .growing`);
    if (!answer) return;
    const followed = isAtEnd(at);
    answer.innerHTML = html;
    if (followed) toEnd(at);
  }

  const scrolled = (at) => at.closest("#chat > .html-container");
  const isAtEnd = (at) => scrolled(at).scrollHeight - scrolled(at).scrollTop - scrolled(at).clientHeight < 80;
  const toEnd = (at) => { scrolled(at).scrollTop = scrolled(at).scrollHeight; };

  // A question is edited in its place: Enter asks it anew, Escape gives up.
  window.page.here.revise = (turn, link) => {
    const message = link.closest(".message");
    if (message.querySelector("form")) return;
    const words = window.pageWords;
    const form = document.createElement("form");
    form.className = "rewrite";
    const area = document.createElement("textarea");
    area.value = message.querySelector(".said").textContent;
    area.setAttribute("aria-label", words.edit_question);
    const send = Object.assign(document.createElement("button"), { textContent: words.page_send, title: words.page_send });
    const giveUp = Object.assign(document.createElement("button"), { type: "button", textContent: words.give_up });
    const end = () => { form.remove(); message.classList.remove("revising"); };
    giveUp.onclick = end;
    form.append(area, send, giveUp);
    form.onsubmit = (event) => {
      event.preventDefault();
      const text = area.value;
      end();
      act("revise", turn, text);
    };
    form.onkeydown = (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
      if (event.key === "Escape") { event.stopPropagation(); end(); }
    };
    message.classList.add("revising");
    message.append(form);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  };

  if (new URLSearchParams(location.search).get("chat")) document.documentElement.dataset.chat = "some";
  Object.assign(window.page, { take, draw });
})();
