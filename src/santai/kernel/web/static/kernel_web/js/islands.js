// Islands on top of pages that work without them. Each looks for its own data- attribute and does nothing elsewhere.
import { autosave } from "./autosave.js";
import { display } from "./display.js";
import { dropZones } from "./drop.js";
import { identifiers } from "./identifiers.js";
import { keys } from "./keys.js";
import { dialogs } from "./dialogs.js";
import { tables } from "./tables.js";

const islands = [autosave, display, dropZones, identifiers, dialogs, tables];

function wake(root) {
  for (const island of islands) island(root);
}

wake(document);
keys();
// What htmx brings in later is woken as well.
for (const name of ["htmx:after:swap", "htmx:afterSwap"]) document.addEventListener(name, (event) => wake(event.target instanceof Element ? event.target : document));
document.querySelector("[data-errors]")?.focus();
for (const link of document.querySelectorAll("[data-errors] a[href^='#']")) {
  link.addEventListener("click", (event) => {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const field = target.closest(".field") ?? target;
    field.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  });
}
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
