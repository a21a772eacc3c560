/* The desk without a mouse: each key presses what stands beside it. Off while typing, and switched off for good by the
   button that this adds below the list of keys. */
document.addEventListener("DOMContentLoaded", () => {
  const STORED = "desk-keys";
  const isOff = () => localStorage.getItem(STORED) === "off";
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const press = (selector) => {
    const found = document.querySelector(selector);
    if (!found) return false;
    found.focus();
    if (found.matches("a, button, summary")) found.click();
    return true;
  };

  /* Down and up among the reports of the queue */
  const step = (by) => {
    const links = [...document.querySelectorAll("#result_list .field-code a")];
    if (!links.length) return false;
    const at = links.indexOf(document.activeElement) + by;
    links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at))].focus();
    return true;
  };

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    n: () => press("#id_words"),
    d: () => press("#id_code"),
    q: () => press(".breadcrumbs a:nth-of-type(3)"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form");
      const button = form && form.querySelector("[name='_answer'], input[type='submit'].default");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isOff() || isTyping(event.target)) return;
    const act = acts[event.key];
    const isDone = act ? act() : /^[a-z]$/.test(event.key) && press(`[data-key="${event.key}"]`);
    if (isDone) event.preventDefault();
  });

  const place = document.querySelector("[data-keys-switch]");
  if (place) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    const tell = () => { button.textContent = isOff() ? place.dataset.on : place.dataset.off; };
    button.addEventListener("click", () => { localStorage.setItem(STORED, isOff() ? "on" : "off"); tell(); });
    tell();
    place.append(" ", button);
  }

  /* The passage comes into sight in its own box, not by scrolling the page */
  const passage = document.getElementById("passage");
  const box = passage && passage.closest(".desk__text");
  if (box) box.scrollTop = passage.offsetTop - box.clientHeight / 3;
});
