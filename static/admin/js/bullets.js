/* Buttons that move a point up or down by changing the numbers; without script the numbers are typed. */
document.addEventListener("DOMContentLoaded", () => {
  const group = document.getElementById("bullets-group");
  if (!group) return;
  const words = document.getElementById("bullets-words").dataset;
  const order = (row) => row.querySelector("[name$='-order']");
  const isWritten = (row) => row.querySelector("[name$='-text']").value.trim() !== "";
  const rows = () => [...group.querySelectorAll("tr.form-row:not(.empty-form)")].filter((row) => order(row));

  /* Number the written points as they stand; empty rows get no number */
  const renumber = () => {
    let number = 0;
    rows().forEach((row) => { order(row).value = isWritten(row) ? (number += 1) : ""; });
  };

  const move = (row, step) => {
    const all = rows();
    const other = all[all.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row); else other.after(row);
    renumber();
  };

  const button = (row, step, sign, label) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "move";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", () => { move(row, step); made.focus(); });
    return made;
  };

  const equip = (row) => {
    order(row).after(button(row, -1, "↑", words.up), button(row, 1, "↓", words.down));
  };

  /* Rows are shown in the order of their numbers, also after a form came back with errors */
  const sorted = rows().sort((a, b) => (Number(order(a).value) || 1e6) - (Number(order(b).value) || 1e6));
  sorted.forEach((row, at) => { if (at) sorted[at - 1].after(row); });
  rows().forEach(equip);
  document.addEventListener("formset:added", (event) => {
    if (event.detail.formsetName === "bullets") equip(event.target);
  });
});
