// A click on a citation opens its sentence in the article beside the chat, on a narrow screen in a new tab.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="/article/"]');
  if (!link || link.target === "_blank" && link.closest("#library") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const frame = document.getElementById("article");
  if (!frame || window.innerWidth < 800) return;
  event.preventDefault();
  event.stopPropagation();
  document.getElementById("article-hint").hidden = true;
  frame.hidden = false;
  frame.src = link.href;
}, true);

// "Keep as eval item" under an answer sends which answer it was; the link then tells what became of it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.('a[href^="#keep/"]');
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  const [, answer, verdict] = link.getAttribute("href").split("/");
  const english = location.pathname.startsWith("/en");
  const told = english ? ["kept ✓", "kept before ✓", "not kept"] : ["已收入 from-chat ✓", "已经收过 ✓", "没有收下"];
  try {
    const reply = await fetch("/api/evals/items", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ answer, good: verdict === "good" }),
    });
    if (!reply.ok) throw new Error(reply.statusText);
    link.textContent = (await reply.json()).added ? told[0] : told[1];
  } catch {
    link.textContent = told[2];
  }
}, true);
