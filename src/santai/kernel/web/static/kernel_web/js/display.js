// Theme, elder mode and menus: the same cookies the server sets, without a page load.
const YEAR = 365 * 24 * 3600;

function keep(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

export function display(root) {
  for (const button of root.querySelectorAll("[data-theme-switch]")) {
    const darkNow = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    button.setAttribute("aria-pressed", String(darkNow()));
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const theme = darkNow() ? "light" : "dark";
      document.documentElement.dataset.theme = theme;
      button.setAttribute("aria-pressed", String(theme === "dark"));
      keep("santai_theme", theme);
    });
  }
  for (const button of root.querySelectorAll("[data-elder-switch]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const on = document.documentElement.dataset.elder !== "on";
      if (on) document.documentElement.dataset.elder = "on";
      else delete document.documentElement.dataset.elder;
      button.setAttribute("aria-pressed", String(on));
      keep("santai_elder", on ? "on" : "off");
    });
  }
  for (const menu of root.querySelectorAll("[data-menu]")) {
    document.addEventListener("click", (event) => {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
}
