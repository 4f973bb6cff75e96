// The items are kept as data and drawn a page at a time, so that a run of thousands opens at once.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const PAGE = 100;
  const list = document.getElementById("items");
  const more = document.getElementById("more");
  const filters = document.getElementById("filters");
  let chosen = [];
  let drawn = 0;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  const select = (id, options) => {
    const element = make("select", { id });
    for (const [value, text] of options) element.append(make("option", { value }, text));
    element.addEventListener("change", refresh);
    return element;
  };

  const count = make("span", { class: "about", "aria-live": "polite" });
  const outcome = select("outcome", [["", words.all], ["wrong", words.wrong], ["right", words.right], ["refused", words.refused], ["answered", words.answered]]);
  const type = select("type", [["", words.any_type], ...[...new Set(data.items.map((item) => item.type))].map((name) => [name, name])]);
  const cause = select("cause", [["", words.any_cause], ...Object.entries(data.causes).filter(([code]) => data.items.some((item) => item.cause === code))]);
  const search = make("input", { type: "search", id: "search", placeholder: words.search });
  search.addEventListener("input", refresh);
  filters.append(outcome, type, cause, search, count);

  function matches(item) {
    const wanted = search.value.trim();
    return (!type.value || item.type === type.value) && (!cause.value || item.cause === cause.value) &&
      (!outcome.value || (outcome.value === "wrong" && !item.right) || (outcome.value === "right" && item.right) ||
        (outcome.value === "refused" && item.refused) || (outcome.value === "answered" && !item.refused)) &&
      (!wanted || item.id === wanted || item.q.includes(wanted) || item.a.includes(wanted));
  }

  function refresh() {
    chosen = data.items.filter(matches);
    drawn = 0;
    list.replaceChildren();
    drawMore(PAGE);
  }

  function drawMore(most) {
    const end = Math.min(chosen.length, drawn + most);
    const fragment = document.createDocumentFragment();
    for (; drawn < end; drawn++) fragment.append(row(chosen[drawn]));
    list.append(fragment);
    if (!chosen.length) list.replaceChildren(make("p", { class: "about" }, words.no_items));
    count.textContent = words.shown.replace("{shown}", drawn).replace("{total}", chosen.length);
    more.hidden = drawn >= chosen.length;
    more.textContent = words.more;
  }

  function row(item) {
    const element = make("details", { class: "item", id: `item-${item.id}` });
    element.append(make("summary", {},
      make("span", { class: `mark ${item.right ? "good" : "bad"}` }, item.right ? "✓" : "✗"),
      make("span", { class: "q" }, item.q),
      make("span", { class: "tag" }, [item.type, item.cause ? data.causes[item.cause] : item.refused ? words.refused : "", item.id].filter(Boolean).join(" · "))));
    element.addEventListener("toggle", () => { if (element.open) fill(element, item); });
    return element;
  }

  function fill(element, item) {
    if (element.querySelector(".body")) return;
    const lines = make("dl");
    const line = (name, value) => { if (value) lines.append(make("dt", {}, name), make("dd", {}, value)); };
    line(words.standalone, item.s);
    line(words.expected, item.can ? item.facts.join("；") : words.refuse);
    line(words.short, item.short);
    line(words.answer, item.a);
    line(words.citations, item.cites.map((c) => `[${c.n}] ${[c.t, c.h, c.d].filter(Boolean).join(" · ")}\n“${c.q}”`).join("\n"));
    line(words.evidence, item.evidence.map((quote) => `“${quote}”`).join("\n"));
    line(words.cause, item.cause ? data.causes[item.cause] : "");
    line(words.flags, item.flags.join("\n"));
    line(words.confidence, `${item.conf} · ${item.ms} ms`);
    const body = make("div", { class: "body" }, lines);
    for (const part of item.parts) body.append(partOf(part, item));
    element.append(body);
  }

  function partOf(part, item) {
    const ranks = make("div", { class: "ranks" });
    for (const [stage, name] of Object.entries(data.stages)) {
      const rows = part[stage].map((id, rank) => {
        const [where, text] = data.passages[id] || [id, ""];
        const found = item.facts.length && item.can && item.facts.some((group) => group.split(" / ").some((fact) => text.replace(/\s/g, "").includes(fact)));
        return make("li", { class: stage === "fused" && rank < part.read ? "read" : "", title: text },
          make("span", { class: "where" }, where), " ", make("span", found ? { class: "good" } : {}, text.slice(0, 60)));
      });
      ranks.append(make("div", {}, make("b", {}, name), make("ol", {}, ...rows)));
    }
    const seen = part.seen.map((each) => make("div", { class: "seen" }, `${each.s}  ${each.t} `,
      make("span", { class: "why" }, Object.entries(each.w).map(([name, value]) => `${name} ${value}`).join(" · "))));
    return make("details", {}, make("summary", {}, `${words.part}: ${part.q} (${part.conf})`), make("b", {}, words.weighed), ...seen, ranks);
  }

  more.addEventListener("click", () => drawMore(PAGE));
  window.addEventListener("beforeprint", () => {
    drawMore(chosen.length);
    for (const element of list.querySelectorAll("details.item")) element.open = chosen.length <= 300 || element.querySelector(".bad") !== null;
    for (const [number, element] of [...list.querySelectorAll("details.item")].entries()) if (element.open) fill(element, chosen[number]);
  });
  refresh();
  const target = decodeURIComponent(location.hash.slice(1));
  if (target.startsWith("item-")) {
    search.value = target.slice(5);
    refresh();
    const element = document.getElementById(target);
    if (element) { element.open = true; element.scrollIntoView(); }
  }
})();
