// The picture of the printed page beside an article: turns pages, marks what is cited, is folded and enlarged.
(() => {
  const view = document.getElementById("page-view");
  const data = JSON.parse(view.dataset.pages);
  const picture = view.querySelector("img"), paper = view.querySelector(".paper");
  const marks = view.querySelector(".marks"), line = view.querySelector(".notice");
  const button = (name) => view.querySelector(`[data-page="${name}"]`);
  const KEPT = "page-view-folded";
  const AGAIN_MS = 2000, MOST_TRIES = 30;
  let page = data.shown, tries = 0;

  const blanks = (words) => words.replace("{page}", page).replace("{last}", data.last);
  const say = (words) => { line.textContent = words; line.hidden = !words; };

  function show() {
    document.getElementById("page-at").textContent = blanks(data.marks[page] ? data.words.cited : data.words.at);
    button("before").disabled = page <= data.first;
    button("after").disabled = page >= data.last;
    button("back").disabled = page === data.shown;
    if (view.classList.contains("folded")) return;
    const sharp = paper.clientWidth * (view.classList.contains("large") ? 2.2 : 1) * devicePixelRatio;
    const width = data.widths.find((each) => each >= sharp) ?? data.widths[data.widths.length - 1];
    const address = `${data.address}${page}?width=${width}&lang=${data.language}`;
    marks.replaceChildren();
    say(data.recognised.includes(page) ? data.words.recognised : "");
    if (picture.getAttribute("src") === address && picture.complete) return picture.naturalWidth ? mark() : fail();
    picture.src = address;
    picture.alt = blanks(data.words.alt);
    view.classList.remove("failed");
  }

  function mark() {
    const boxes = (data.marks[page] ?? []).map(([left, top, right, bottom]) => {
      const box = document.createElement("i");
      const edges = { left, top, width: right - left, height: bottom - top };
      for (const [name, share] of Object.entries(edges)) box.style[name] = `${100 * share}%`;
      return box;
    });
    marks.replaceChildren(...boxes);
    const first = boxes[0];
    paper.scrollTo(first
      ? { left: first.offsetLeft - 24, top: first.offsetTop + first.offsetHeight / 2 - paper.clientHeight / 2 }
      : { left: 0, top: 0 });
  }

  // Why there is no picture the server tells in words; where only too many were asked for at once, it is asked again.
  async function fail() {
    const asked = page;
    view.classList.add("failed");
    marks.replaceChildren();
    let words = data.words.failed;
    try {
      const reply = await fetch(picture.src);
      if (!reply.ok) words = (await reply.json()).detail ?? words;
      if ((reply.ok || reply.status === 503) && ++tries < MOST_TRIES) setTimeout(() => {
        if (asked !== page) return;
        picture.removeAttribute("src");
        show();
      }, AGAIN_MS);
    } catch { /* the words that are there say enough */ }
    if (asked === page) say(words);
  }

  function turn(to) {
    tries = 0;
    page = Math.max(data.first, Math.min(to, data.last));
    show();
    if (page === data.shown) return cited();
    const start = data.starts[page];
    if (start === undefined) return;
    let found = null;
    for (const each of document.querySelectorAll("main [data-at]")) {
      if (Number(each.dataset.at) > start) break;
      found = each;
    }
    found?.scrollIntoView({ block: "start" });
  }

  const cited = () => document.querySelector("mark")?.scrollIntoView({ block: "center" });

  function fold(away) {
    view.classList.toggle("folded", away);
    button("fold").setAttribute("aria-expanded", !away);
    button("fold").textContent = away ? "▸" : "▾";
    document.body.classList.toggle("paged", !away);
    show();
    if (!away) cited();
  }

  picture.addEventListener("load", mark);
  picture.addEventListener("error", fail);
  view.addEventListener("click", (event) => {
    const name = event.target.closest("[data-page]")?.dataset.page;
    if (name === "before") turn(page - 1);
    if (name === "after") turn(page + 1);
    if (name === "back") turn(data.shown);
    if (name === "zoom") {
      const large = view.classList.toggle("large");
      button("zoom").setAttribute("aria-pressed", large);
      show();
    }
    if (name === "fold") {
      const away = !view.classList.contains("folded");
      try { localStorage.setItem(KEPT, away ? "yes" : ""); } catch { /* it is not kept then */ }
      fold(away);
    }
  });
  let kept = "";
  try { kept = localStorage.getItem(KEPT) ?? ""; } catch { /* nothing is kept */ }
  fold(kept === "yes");
})();
