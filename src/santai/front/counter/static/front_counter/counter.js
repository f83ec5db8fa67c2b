// The window by keyboard: 1 2 3 give the verdict of the paper one stands in, Ctrl+Enter takes in, Ctrl+S saves.
const form = document.querySelector("[data-intake]");

function verdict(paper, number) {
  const choice = paper.querySelectorAll("[data-verdict] input")[number - 1];
  if (!choice) return;
  choice.checked = true;
  const copies = paper.querySelector(".paper__copies input");
  if (number === 1) {
    if (copies && !copies.value && !paper.querySelector(".paper__files")) copies.value = "1";
    choice.focus();
  } else {
    paper.querySelector(".paper__remark input")?.focus();
  }
}

form?.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key.toLowerCase() === "s")) {
    event.preventDefault();
    const act = event.key === "Enter" ? "file" : "save";
    form.requestSubmit(document.querySelector(`.actionbar button[name=act][value=${act}]`));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !["1", "2", "3"].includes(event.key)) return;
  const paper = event.target.closest(".paper");
  if (!paper || event.target.closest(".paper__copies, .paper__remark")) return;
  event.preventDefault();
  verdict(paper, Number(event.key));
});
