// A click on a citation opens its sentence in the article beside the chat, on a narrow screen in a new tab.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="/article/"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const frame = document.getElementById("article");
  if (!frame || window.innerWidth < 800) return;
  event.preventDefault();
  event.stopPropagation();
  document.getElementById("article-hint").hidden = true;
  frame.hidden = false;
  frame.src = link.href;
}, true);
