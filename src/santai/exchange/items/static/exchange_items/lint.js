// Shows what is wrong with an item while it is being edited. <form data-lint="/address/"> is posted there a moment after the last
// keystroke; nothing is saved. The answer's findings stand beside their fields; without scripts they come with 保存.
const PAUSE = 500;

const idOf = (name) => `f-${name.replaceAll(".", "-").replaceAll("[", "-").replaceAll("]", "")}`;

function mark(form, fields) {
  for (const old of form.querySelectorAll("[data-lint-note]")) old.remove();
  for (const box of form.querySelectorAll(".field--wrong")) {
    box.classList.remove("field--wrong");
    for (const stale of box.querySelectorAll(".field__error")) stale.remove();
    for (const control of box.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  }
  for (const [name, finding] of Object.entries(fields)) {
    const control = document.getElementById(idOf(name));
    const box = control?.closest(".field");
    if (!box) continue;
    const note = document.createElement("p");
    note.className = finding.blocks ? "field__error" : "field__help";
    note.id = `${idOf(name)}-lint`;
    note.dataset.lintNote = "";
    note.textContent = finding.text;
    box.append(note);
    if (finding.blocks) {
      box.classList.add("field--wrong");
      control.setAttribute("aria-invalid", "true");
    }
    control.setAttribute("aria-describedby", [...new Set([control.getAttribute("aria-describedby") ?? "", note.id])].join(" ").trim());
  }
}

for (const form of document.querySelectorAll("form[data-lint]")) {
  const line = form.querySelector("[data-lint-said]");
  let timer = 0;
  let asked = 0;

  async function look() {
    const number = ++asked;
    try {
      const answer = await fetch(form.dataset.lint, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (!answer.ok || answer.redirected || number !== asked) return;
      const found = await answer.json();
      mark(form, found.fields);
      if (line) line.textContent = found.said;
    } catch {
      // No line: saving checks again.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
}
