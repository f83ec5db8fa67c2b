// Copying, and showing a masked identifier: the server answers the whole one and records who asked.
async function copied(button, text) {
  await navigator.clipboard.writeText(text);
  const word = button.querySelector("span") ?? button;
  const before = word.textContent;
  word.textContent = document.documentElement.lang === "en" ? "Copied" : "已复制";
  setTimeout(() => (word.textContent = before), 2000);
}

export function identifiers(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copied(button, button.dataset.copy));
  for (const box of root.querySelectorAll(".identifier-box")) {
    const shown = box.querySelector("[data-shown]");
    box.querySelector("[data-copy-from]")?.addEventListener("click", (event) => copied(event.currentTarget, shown.textContent.replaceAll(" ", "")));
    const link = box.querySelector("[data-reveal-link]");
    link?.addEventListener("click", async (event) => {
      event.preventDefault();
      const answer = await fetch(link.href, { headers: { accept: "text/plain" }, credentials: "same-origin" });
      if (!answer.ok || !(answer.headers.get("content-type") ?? "").startsWith("text/plain")) {
        location.assign(link.href);
        return;
      }
      shown.textContent = (await answer.text()).trim();
      link.remove();
      shown.tabIndex = -1;
      shown.focus();
    });
  }
}
