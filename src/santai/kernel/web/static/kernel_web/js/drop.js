// Files by drag and drop, with a preview of pictures. With data-upload the file goes up in pieces at once and an interrupted upload goes
// on where it stopped: POST {upload}?name=&size=&type= → {"id", "offset"}; PUT {upload}{id}/?offset= piece → {"offset"}; at the end the
// server's answer carries {"digest", "name"}, kept in a hidden input <field>__ref. Without scripts it is a plain file input.
const PIECE = 1024 * 1024;

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function dropZones(root) {
  for (const zone of root.querySelectorAll("[data-drop]:not([data-awake])")) {
    zone.dataset.awake = "";
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector("[data-list]");
    for (const name of ["dragenter", "dragover"])
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("drop--over");
      });
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("drop--over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("change", () => {
      list.replaceChildren();
      for (const file of input.files) show(zone, input, list, file);
    });
  }
}

function show(zone, input, list, file) {
  const item = document.createElement("li");
  item.className = "drop__item";
  if (file.type.startsWith("image/")) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    item.append(picture);
  }
  const words = document.createElement("span");
  words.textContent = `${file.name}（${size(file.size)}）`;
  item.append(words);
  list.append(item);
  if (zone.dataset.upload) upload(zone, input, list, item, file);
}

async function upload(zone, input, list, item, file) {
  const bar = document.createElement("progress");
  bar.max = file.size;
  bar.setAttribute("aria-label", file.name);
  const state = document.createElement("span");
  state.setAttribute("role", "status");
  item.append(bar, state);
  const headers = { "X-CSRFToken": input.form?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" };
  try {
    const about = new URLSearchParams({ name: file.name, size: file.size, type: file.type });
    const begun = await fetch(`${zone.dataset.upload}?${about}`, { method: "POST", headers, credentials: "same-origin" });
    if (!begun.ok) throw new Error((await begun.json().catch(() => ({}))).message ?? "");
    let { id, offset, ...rest } = await begun.json();
    while (offset < file.size) {
      const answer = await fetch(`${zone.dataset.upload}${id}/?offset=${offset}`, {
        method: "PUT", headers: { ...headers, "Content-Type": "application/octet-stream" }, body: file.slice(offset, offset + PIECE), credentials: "same-origin",
      });
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).message ?? "");
      ({ offset, ...rest } = await answer.json());
      bar.value = offset;
    }
    const kept = document.createElement("input");
    kept.type = "hidden";
    kept.name = `${input.name}__ref`;
    kept.value = rest.digest ?? id;
    item.append(kept);
    state.textContent = list.dataset.wordDone;
    input.dispatchEvent(new CustomEvent("santai:uploaded", { bubbles: true, detail: rest }));
    if ([...list.children].every((one) => one.querySelector("input[type=hidden]"))) input.value = ""; // the bytes are there already
  } catch (problem) {
    state.textContent = problem.message || list.dataset.wordFailed;
  }
}
