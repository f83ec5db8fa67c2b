// What a section gains where scripts run: conditional questions appear at once, computed values follow. Saving as one types is kernel/web's autosave.js.
// Everything here also happens on the server; without scripts the form works the same, a submit later.
(function () {
  "use strict";
  const logic = window.santaiLogic;

  function put(data, path, value) {
    const steps = path.split(".");
    let here = data;
    steps.slice(0, -1).forEach((step, i) => {
      const empty = /^\d+$/.test(steps[i + 1]) ? [] : {};
      if (here[step] === undefined || here[step] === null || typeof here[step] !== "object") here[step] = empty;
      here = here[step];
    });
    const last = steps[steps.length - 1];
    if (value === null) delete here[last];
    else here[last] = value;
  }

  // Only what decides conditions and sums is read here; the server reads every entry again, and properly.
  function valueOf(input) {
    const text = input.value.normalize("NFKC").trim();
    if (text === "") return null;
    switch (input.dataset.widget) {
      case "integer": case "number": case "money": case "percent": {
        const plain = text.replace(/[,\s%]/g, "");
        return /^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(plain) ? Number(plain) : text;
      }
      case "yes_no": case "checkbox":
        return text === "true" ? true : text === "false" ? false : text;
      default:
        return text;
    }
  }

  function gather(section) {
    const data = JSON.parse(section.dataset.formData || "{}");
    for (const input of section.querySelectorAll("[data-widget][name]")) {
      if (input.type === "file") continue;
      if (input.dataset.widget === "checkboxes") {
        const chosen = section.querySelectorAll(`[name="${CSS.escape(input.name)}"]:checked`);
        put(data, input.name, chosen.length ? Array.from(chosen, (one) => one.value) : null);
      } else if (input.type === "radio") {
        const chosen = section.querySelector(`[name="${CSS.escape(input.name)}"]:checked`);
        put(data, input.name, chosen ? valueOf(chosen) : null);
      } else if (input.type === "checkbox") put(data, input.name, input.checked ? true : null);
      else put(data, input.name, valueOf(input));
    }
    return data;
  }

  const seenFrom = (element, data) => {
    const row = element.dataset.inRow || (element.closest("[data-row]") || { dataset: {} }).dataset.row;
    return row ? logic.withRow(data, logic.valueAt(data, row)) : data;
  };

  function refresh(section) {
    const data = gather(section);
    for (let round = 0; round < 3; round += 1) {
      for (const output of section.querySelectorAll("[data-compute]")) {
        const value = logic.evaluate(JSON.parse(output.dataset.compute), seenFrom(output.closest(".field"), data));
        put(data, output.dataset.name, value);
        const shown = value === null || value === "" ? "—" : typeof value === "number" ? value.toLocaleString("zh-CN", { maximumFractionDigits: 6 }) : String(value);
        const unit = output.dataset.unit || "";
        const text = shown === "—" || !unit ? shown : `${shown}${unit === "%" ? "" : " "}${unit}`;
        if (output.textContent !== text && !output.dataset.labelled) output.textContent = text;
      }
    }
    for (const element of section.querySelectorAll("[data-when]")) {
      element.hidden = !logic.holds(JSON.parse(element.dataset.when), seenFrom(element, data));
    }
  }

  function start(root) {
    for (const section of root.querySelectorAll("[data-form-section]")) {
      if (section.dataset.started) continue;
      section.dataset.started = "1";
      section.addEventListener("input", () => refresh(section));
      section.addEventListener("change", () => refresh(section));
      refresh(section);
    }
  }

  start(document);
  document.addEventListener("htmx:afterSwap", () => start(document));
  document.addEventListener("htmx:after:swap", () => start(document));
})();
