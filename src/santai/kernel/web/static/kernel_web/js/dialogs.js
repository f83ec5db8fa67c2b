// An unfolding confirmation becomes a real dialog. The form inside stays where the server put it, so a button keeps its form.
export function dialogs(root) {
  for (const fold of root.querySelectorAll("details[data-confirm]:not([data-awake])")) {
    fold.dataset.awake = "";
    const body = fold.querySelector(".confirm__body");
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const title = document.createElement("h2");
    title.textContent = body.dataset.title;
    title.id = `confirm-${Math.random().toString(36).slice(2)}`;
    dialog.setAttribute("aria-labelledby", title.id);
    fold.after(dialog);
    dialog.append(title, body);
    fold.querySelector("summary").addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
      body.querySelector("[data-close]").focus(); // the harmless answer first
    });
    body.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  }
}
