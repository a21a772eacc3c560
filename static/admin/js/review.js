/* Keys on the review screen: each presses what is there to be pressed. The screen works without them. */
(() => {
  const OFF = "review-keys";
  const form = document.getElementById("summary_form");
  const sheet = document.getElementById("keys");
  const opener = document.querySelector("[data-sheet]");
  const choice = document.querySelector("[data-keys]");
  const points = [...document.querySelectorAll(".point")];
  let current = points.find((point) => `#${point.id}` === location.hash);

  /* Whether keys act: kept in this browser */
  const show = (isOn) => {
    choice.checked = isOn;
    form.classList.toggle("has-keys", isOn);
  };
  show(localStorage.getItem(OFF) !== "off");
  choice.addEventListener("change", () => {
    localStorage.setItem(OFF, choice.checked ? "on" : "off");
    show(choice.checked);
  });
  opener.hidden = false;
  opener.addEventListener("click", () => sheet.showModal());

  const isTyping = (target) => target.matches("textarea, select, input:not([type=checkbox])");
  const choose = (point) => {
    current = point;
    point?.focus();
  };
  const step = (by) => {
    const at = points.indexOf(current) + by;
    if (points[at]) choose(points[at]);
    else if (!points.includes(current)) choose(points[0]);
  };
  const press = (key) => {
    const name = `[aria-keyshortcuts="${key}"]`;
    const found = current?.querySelector(name) ?? form.querySelector(`.review__finish ${name}`);
    if (!found) return;
    if (found.matches("textarea")) found.focus();
    else found.click();
    if (found.matches("summary") && found.parentElement.open) {
      found.parentElement.querySelector("textarea, button").focus();
    }
    if (found.matches("a")) document.querySelector(":target")?.parentElement.querySelector("input")?.focus();
  };

  document.addEventListener("focusin", (event) => {
    current = event.target.closest(".point") ?? current;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || sheet.open) return;
    if (event.key === "Escape" && isTyping(event.target)) choose(event.target.closest(".point") ?? current);
    if (isTyping(event.target)) return;
    if (!choice.checked) return;
    if (event.key === "?") sheet.showModal();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (/^[aeoprsnu]$/.test(event.key)) press(event.key);
    else return;
    event.preventDefault();
  });
})();
