// What HTML and htmx do not do by themselves. Everything works without this file, with one click more.
(() => {
  "use strict";

  // A suggestion chosen in a list counts at once: browsers only tell it as typing.
  document.addEventListener("input", (event) => {
    const box = event.target;
    const chosen = !event.inputType || event.inputType === "insertReplacementText";
    if (box.list && chosen && [...box.list.options].some((option) => option.value === box.value)) {
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  // A category that is no longer ticked takes its finer needs with it.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("input[type=checkbox]:not(:checked)")) return;
    for (const under of document.querySelectorAll(`input[data-under="${CSS.escape(event.target.id)}"]`)) {
      under.checked = false;
    }
  }, true);

  // « Retour à la liste » goes back in history, so that the list is found where it was left.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-retour]");
    if (link && document.referrer === link.href && history.length > 1) {
      event.preventDefault();
      history.back();
    }
  });

  // Whoever listens to the page learns which box is at fault.
  document.addEventListener("htmx:afterSettle", () => {
    for (const fault of document.querySelectorAll(".fault[id]")) {
      const box = document.getElementById(fault.id.replace(/-faute$/, ""));
      if (fault.textContent.trim()) box?.setAttribute("aria-invalid", "true");
      else box?.removeAttribute("aria-invalid");
    }
  });

  // A request that fails is told, and the next one that arrives takes it back.
  const outage = (shown) => {
    const told = document.getElementById("panne");
    if (told) told.hidden = !shown;
  };
  document.addEventListener("htmx:sendError", () => outage(true));
  document.addEventListener("htmx:responseError", () => outage(true));
  document.addEventListener("htmx:afterSwap", () => outage(false));
})();
