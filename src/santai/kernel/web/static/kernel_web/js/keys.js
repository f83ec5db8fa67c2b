// The workbench by keyboard: j k o a / ? — never while one is typing, never with a modifier.
export function keys() {
  const help = document.getElementById("keys");
  if (!help) return;
  for (const button of document.querySelectorAll("[data-keys-open]")) button.addEventListener("click", () => help.showModal());
  const items = () => [...document.querySelectorAll(".queue__item, table[data-queue-table] tbody tr")];
  let at = items().findIndex((item) => item.matches("[aria-current], .is-selected"));

  function select(index) {
    const all = items();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, index));
    all.forEach((item, i) => item.classList.toggle("is-selected", i === at));
    const link = all[at].querySelector("a");
    link?.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
    const acts = {
      j: () => select(at + 1),
      k: () => select(at - 1),
      o: () => items()[at]?.querySelector("a")?.click(),
      a: () => document.querySelector(".actionbar :is(a, button, summary, input):not([disabled])")?.focus(),
      "/": () => document.querySelector("input[type=search]")?.focus(),
      "?": () => help.showModal(),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
