// Saves a draft a moment after the last keystroke, and when the page is left. <form data-autosave="/address/"> posts its fields there;
// the server answers 2xx. Without scripts the form's own "保存" button does it.
const PAUSE = 1200;

export function autosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]:not([data-awake])")) {
    form.dataset.awake = "";
    const line = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    let timer = 0;
    let dirty = false;
    let running = null;

    const say = (state, text) => {
      if (!line) return;
      line.dataset.state = state;
      line.textContent = text;
    };

    async function save() {
      clearTimeout(timer);
      if (!dirty) return;
      if (running) await running;
      dirty = false;
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name); // files have an upload of their own
      say("saving", line?.dataset.saving ?? "");
      running = fetch(form.dataset.autosave, { method: "POST", body: data, credentials: "same-origin", headers: { "X-Autosave": "1" } });
      try {
        const answer = await running;
        if (answer.status === 409) {
          // Another device saved newer content: saving again cannot help, the page's own button says what to do.
          say("failed", await answer.text());
          return;
        }
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        const now = new Date();
        say("done", `${line?.dataset.done ?? ""} ${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`);
        form.dispatchEvent(new CustomEvent("santai:saved", { bubbles: true }));
      } catch {
        dirty = true;
        say("failed", line?.dataset.failed ?? "");
        timer = setTimeout(save, 10000);
      } finally {
        running = null;
      }
    }

    form.addEventListener("input", () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      dirty = false;
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || !dirty) return;
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      navigator.sendBeacon(form.dataset.autosave, data);
    });
  }
}
