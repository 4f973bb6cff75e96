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
    for (const [digest, told] of Object.entries(news.new)) {
      const html = typeof told === "string" ? told : madeOf(...told);
      if (html !== undefined) known.set(digest, html);
    }
    if (shown[place] && news.at < shown[place].at) return draw("chat"), draw("history");
    shown[place] = news;
    draw(place);
    if (known.size > MOST_KNOWN) forget();
  }

  // A piece that is told as what differs from another; nothing where that one was lost: then all is asked for.
  function madeOf(digest, begins, ends, between) {
    const before = known.get(digest);
    return before === undefined ? undefined : before.slice(0, begins) + between + before.slice(before.length - ends);
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
      later(() => shown[place].order.every((each) => known.has(each)), () => draw(place));
      return;
    }
    if (place === "history") {
      const html = news.order.map((each) => known.get(each)).join("");
      if (at.shownHtml !== html) at.innerHTML = at.shownHtml = html;
      return;
    }
    drawTurns(at, news.order);
  }

  // After a moment: what is to be done if all came by then, else asks for all.
  function later(came, then) {
    clearTimeout(asked);
    asked = setTimeout(() => came() ? then() : act("redraw", ""), WAIT_MS);
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
      if (there) renew(there, turn);
      else at.append(turn);
    });
    while (at.childElementCount > order.length) at.lastElementChild.remove();
    document.documentElement.dataset.chat = order.length ? "some" : "none";
    if (followed || order.length > before) toEnd(at);
  }

  function grow(turn, from, text, length) {
    const before = grown.get(turn) ?? "";
    if (length && before.length !== length) return; // a message was missed: the next whole one mends it
    const html = before.slice(0, from) + text;
    grown.clear();
    grown.set(turn, html);
    const at = document.getElementById("turns");
    const found = () => at?.querySelector(`[data-turn="${CSS.escape(turn)}"]`);
    if (at && !found()) return later(found, () => {});
    const answer = found()?.querySelector(".growing");
    if (!answer) return;
    const followed = isAtEnd(at);
    const holder = answer.cloneNode(false);
    holder.innerHTML = html;
    patch(answer, holder);
    if (followed) toEnd(at);
  }

  // A turn as it is now told, with what the reader did there: a form begun, a part opened, a citation read.
  function renew(old, now) {
    const form = old.dataset.turn === now.dataset.turn ? old.querySelector("form.in-place, form.rewrite") : null;
    const within = form?.parentElement;
    const focused = form?.contains(document.activeElement) && document.activeElement;
    const place = focused && [focused.selectionStart, focused.selectionEnd];
    const cited = now.querySelectorAll("a.cite");
    old.querySelectorAll("a.cite").forEach((each, number) => {
      if (each.classList.contains("shown") && cited[number]?.getAttribute("href") === each.getAttribute("href")) cited[number].classList.add("shown");
    });
    const parts = now.querySelectorAll("details");
    old.querySelectorAll("details").forEach((each, number) => { if (parts[number] && each.open) parts[number].open = true; });
    if (form) form.remove();
    if (within?.matches(".revising")) now.querySelector(".message.user")?.classList.add("revising");
    patch(old, now);
    if (!form) return;
    (within.isConnected ? within : old.querySelector(form.matches(".rewrite") ? ".message.user" : ".deeds"))?.append(form);
    if (!focused) return;
    focused.focus();
    focused.setSelectionRange?.(...place);
  }

  // Makes an element what another is; what is alike at its beginning and end stays.
  function patch(old, now) {
    if (old.isEqualNode(now)) return;
    if (old.nodeType !== Node.ELEMENT_NODE || old.nodeName !== now.nodeName) return old.replaceWith(now);
    for (const { name } of [...old.attributes]) if (!now.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of [...now.attributes]) old.setAttribute(name, value);
    const [before, after] = [[...old.childNodes], [...now.childNodes]];
    let from = 0;
    while (from < Math.min(before.length, after.length) && before[from].isEqualNode(after[from])) from += 1;
    let end = 0;
    while (end < Math.min(before.length, after.length) - from && before.at(-1 - end).isEqualNode(after.at(-1 - end))) end += 1;
    const gone = before.slice(from, before.length - end);
    const come = after.slice(from, after.length - end);
    while (gone.length && come.length) patch(gone.shift(), come.shift());
    const next = before[before.length - end] ?? null;
    gone.forEach((each) => each.remove());
    come.forEach((each) => old.insertBefore(each, next));
  }

  const scrolled = (at) => at.closest("#chat > .html-container");
  const isAtEnd = (at) => scrolled(at).scrollHeight - scrolled(at).scrollTop - scrolled(at).clientHeight < 80;
  // As far down as the last question stays in sight: a long answer is read from its beginning.
  function toEnd(at) {
    const box = scrolled(at);
    const last = at.lastElementChild;
    if (last) box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top;
  }

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
