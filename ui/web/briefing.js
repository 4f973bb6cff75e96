// "Make a briefing": starts one over articles, tells how far it is, stops it, and offers its files. See api_briefing.py.
(() => {
  const { here, language } = window.page;
  const words = window.pageWords;
  const EVERY_MS = 700;
  let watched = "";

  // `of` are ids with spaces between; in the library those that are ticked, which stand in the link beside.
  here.briefing = async (of, link) => {
    const beside = link.closest(".ticked")?.querySelector("a.ask")?.getAttribute("href") ?? "";
    const articles = decodeURIComponent(of || beside.split("/").at(-1)).split(/\s+/).filter(Boolean);
    const bar = shown();
    try {
      bar.tell(words.briefing_begins);
      const job = await asked("POST", "/api/briefing", { articles });
      watched = job.id;
      bar.follow(job);
    } catch (problem) {
      bar.tell(problem.message, "failed");
    }
  };

  async function asked(method, address, body) {
    const headers = { "content-type": "application/json", "accept-language": language };
    const reply = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
    const told = await reply.json().catch(() => ({}));
    if (!reply.ok) throw new Error(typeof told.detail === "string" ? told.detail : words.briefing_failed);
    return told;
  }

  // The bar at the foot of the page; there is one.
  function shown() {
    document.getElementById("briefing-bar")?.remove();
    const bar = document.createElement("div");
    bar.id = "briefing-bar";
    bar.setAttribute("role", "status");
    (document.querySelector(".gradio-container") ?? document.body).append(bar);
    const button = (text, does) => Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick: does });
    const close = () => button(words.close, () => { watched = ""; bar.remove(); });

    function tell(text, kind = "") {
      const line = document.createElement("span");
      line.textContent = text;
      line.className = kind;
      bar.replaceChildren(line, close());
    }

    async function follow(job) {
      const line = document.createElement("span");
      const progress = document.createElement("progress");
      bar.replaceChildren(line, progress, button(words.page_stop, () => asked("DELETE", `/api/briefing/${job.id}`).catch(() => {})));
      try {
        while (job.phase === "running" && watched === job.id) {
          line.textContent = words.briefing_running.replace("{done}", job.done).replace("{total}", job.total || "…");
          Object.assign(progress, { max: job.total || 1, value: job.done });
          await new Promise((done) => setTimeout(done, EVERY_MS));
          job = await asked("GET", `/api/briefing/${job.id}`);
        }
      } catch (problem) {
        return tell(problem.message, "failed");
      }
      if (watched !== job.id) return;
      if (job.phase !== "finished") return tell(job.problem || words.briefing_stopped, job.problem ? "failed" : "");
      line.textContent = words.briefing_ready.replace("{title}", job.briefing.title);
      const files = [["docx", words.briefing_word], ["md", "Markdown"]].map(([form, name]) =>
        Object.assign(document.createElement("a"), { href: `/api/briefing/${job.id}/file.${form}`, download: "", textContent: name }));
      bar.replaceChildren(line, ...files, close());
    }
    return { tell, follow };
  }
})();
