// Uploads in pieces that go on after a break. <div data-upload="/kernel/files/uploads/" data-ticket="…" data-field="name"> round an
// <input type="file">. Each finished file leaves <input type="hidden" name="<field>.token" value="…"> for the form. Without scripts the
// form posts the file itself. A form sent while its files are still on their way waits for them and then goes by itself.
(function () {
  "use strict";
  const PIECE = 1024 * 1024;
  const pause = (ms) => new Promise((done) => window.setTimeout(done, ms));

  function csrf(element) {
    const form = element.closest("form");
    const input = form && form.querySelector("[name=csrfmiddlewaretoken]");
    return input ? input.value : "";
  }

  async function send(drop, file, line) {
    const head = { "X-CSRFToken": csrf(drop) };
    const ask = (url, options) => fetch(url, { credentials: "same-origin", ...options });
    const begun = await ask(drop.dataset.upload, {
      method: "POST", headers: { ...head, "Content-Type": "application/json" },
      body: JSON.stringify({ ticket: drop.dataset.ticket, name: file.name, size: file.size }),
    });
    let state = await begun.json();
    if (!begun.ok) throw new Error(state.message);
    const url = `${drop.dataset.upload}${state.id}/`;
    let received = state.received;
    for (let failures = 0; received < file.size;) {
      try {
        const answer = await ask(url, {
          method: "PUT", headers: { ...head, "Upload-Offset": String(received) }, body: file.slice(received, received + PIECE),
        });
        state = await answer.json();
        if (answer.ok || answer.status === 409) received = state.received;
        else throw Object.assign(new Error(state.message), { final: answer.status === 422 });
        failures = 0;
        line.progress.value = received;
      } catch (error) {
        failures += 1;
        if (error.final || failures > 20) throw error;
        await pause(Math.min(1000 * failures, 8000));
      }
    }
    const done = await ask(url, { method: "POST", headers: head });
    state = await done.json();
    if (!done.ok) throw new Error(state.message);
    return state;
  }

  function lineFor(drop, file) {
    let list = drop.querySelector(".drop__list");
    if (!list) {
      list = document.createElement("ul");
      list.className = "drop__list";
      drop.append(list);
    }
    const item = document.createElement("li");
    item.className = "drop__item";
    const name = document.createElement("span");
    name.textContent = file.name;
    const progress = document.createElement("progress");
    progress.max = file.size;
    progress.value = 0;
    progress.setAttribute("aria-label", file.name);
    item.append(name, progress);
    list.append(item);
    return { item, progress };
  }

  const onTheWay = new WeakMap(); // form → {files, button, failed}

  async function take(drop, input) {
    const form = input.form;
    const waiting = onTheWay.get(form) || { files: 0, button: null, failed: false };
    onTheWay.set(form, waiting);
    const files = Array.from(input.files);
    input.value = "";
    waiting.files += files.length;
    for (const file of files) {
      const line = lineFor(drop, file);
      try {
        const state = await send(drop, file, line);
        line.progress.remove();
        const token = document.createElement("input");
        token.type = "hidden";
        token.name = `${drop.dataset.field || input.name}.token`;
        token.value = state.token;
        line.item.append(token);
      } catch (error) {
        line.progress.remove();
        const message = document.createElement("p");
        message.className = "field__error";
        message.setAttribute("role", "alert");
        message.textContent = error.message || "没有传上，请重新选择文件。";
        line.item.append(message);
        waiting.failed = true;
      }
      waiting.files -= 1;
    }
    if (waiting.files || !waiting.button) return;
    const { button, failed } = waiting;
    button.removeAttribute("aria-busy");
    onTheWay.delete(form);
    if (!failed) form.requestSubmit(button);
  }

  document.addEventListener("submit", (event) => {
    const waiting = onTheWay.get(event.target);
    if (!waiting || !waiting.files || !event.submitter) return;
    event.preventDefault();
    waiting.button = event.submitter;
    waiting.failed = false;
    event.submitter.setAttribute("aria-busy", "true");
  });

  document.addEventListener("change", (event) => {
    const drop = event.target.closest && event.target.closest("[data-upload][data-ticket]");
    if (drop && event.target.type === "file") take(drop, event.target);
  });
})();
