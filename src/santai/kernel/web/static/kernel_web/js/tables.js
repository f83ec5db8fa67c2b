// Sorting a table that is wholly on the page. Tables with more pages sort on the server by links in their heads.
const compare = new Intl.Collator("zh-Hans", { numeric: true }).compare;

export function tables(root) {
  stack(root);
  for (const table of root.querySelectorAll("table[data-sort]:not([data-awake])")) {
    table.dataset.awake = "";
    table.querySelectorAll("thead th").forEach((head, column) => {
      if (head.querySelector("a, button") || !head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "table__sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, head, column));
    });
  }
}

// What content.css makes of a row on a phone: each cell says which column it stands in. A wide table of marks stays as it is.
function stack(root) {
  for (const table of root.querySelectorAll(".table-scroll > .table:not(.table--stack, .table--narrow, .table--wide)")) {
    const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((head) => (head.querySelector(".visually-hidden") ? "" : head.textContent.trim()));
    if (!names.length || table.closest(".chart")) continue;
    for (const body of table.tBodies) {
      for (const row of body.rows) {
        [...row.cells].forEach((cell, column) => {
          if (column && names[column] && (column > 1 || names[0]) && cell.textContent.trim() && !cell.dataset.label) cell.dataset.label = names[column];
        });
      }
    }
    table.classList.add("table--stack");
  }
}

function sort(table, head, column) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const key = (row) => row.cells[column]?.dataset.sortValue ?? row.cells[column]?.textContent.trim().replaceAll(",", "") ?? "";
  const rows = [...body.rows].sort((a, b) => (down ? -1 : 1) * compare(key(a), key(b)));
  body.append(...rows);
}
