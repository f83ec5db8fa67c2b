// Runs before the first paint: tells the style sheets that scripts run. Everything else is in islands.js, after the page.
document.documentElement.classList.add("js");
