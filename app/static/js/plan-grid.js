/* Drags people in the grid of a plan: what each place would cost is shown while dragging, and a
   drop sends the same form as the "move to" page. Without it, that page does everything. */
(() => {
  "use strict";

  const grid = document.querySelector("table.seating[data-choices]");
  const form = document.querySelector("form[data-drop]");
  const says = document.querySelector("[data-drag-says]");
  if (!grid || !form || !says) return;

  let held = null; /* the chip that is dragged */
  let round = "";
  let choices = null; /* where it may go, once the server has said so */

  const chips = (scope) => scope.querySelectorAll("a.chip[data-p]");
  for (const chip of chips(grid)) chip.draggable = true;

  /* Cells and chips of the round in hand, each with the key under which the server speaks of it. */
  const places = () => {
    const found = [];
    for (const cell of grid.querySelectorAll(`td[data-r="${CSS.escape(round)}"]`)) {
      found.push([cell, cell.dataset.t]);
      for (const chip of chips(cell)) if (chip !== held) found.push([chip, chip.dataset.p]);
    }
    return found;
  };

  const paint = () => {
    if (!held || !choices) return;
    for (const [place, key] of places()) {
      if (choices[key]) place.classList.add(choices[key][0]);
    }
  };

  const clear = () => {
    for (const name of ["ok", "care", "no", "over"]) {
      for (const place of grid.querySelectorAll(`.${name}`)) place.classList.remove(name);
    }
  };

  const under = (event) => {
    const cell = event.target.closest?.("td[data-r]");
    if (!held || !choices || !cell || cell.dataset.r !== round) return null;
    const chip = event.target.closest("a.chip[data-p]");
    const place = chip && chip !== held ? chip : cell;
    const key = place === chip ? chip.dataset.p : cell.dataset.t;
    return choices[key] ? { place, key, kind: choices[key][0], words: choices[key][1] } : null;
  };

  const end = () => {
    held?.classList.remove("held");
    grid.classList.remove("dragging");
    held = choices = null;
    clear();
    says.textContent = "";
  };

  const ask = async (chip) => {
    const query = new URLSearchParams({ person: chip.dataset.p, round });
    try {
      const answer = await fetch(`${grid.dataset.choices}?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (held !== chip) return;
      choices = found;
      paint();
    } catch {
      if (held === chip) says.textContent = "Nothing heard from the server. Pick the person instead.";
    }
  };

  grid.addEventListener("dragstart", (event) => {
    const chip = event.target.closest?.("a.chip[data-p]");
    const cell = chip?.closest("td[data-r]");
    if (!cell) return;
    held = chip;
    round = cell.dataset.r;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", chip.textContent.trim());
    chip.classList.add("held");
    grid.classList.add("dragging");
    says.textContent = `${chip.title}: drop on a person to swap, on a table to move.`;
    ask(chip);
  });

  grid.addEventListener("dragover", (event) => {
    const found = under(event);
    for (const place of grid.querySelectorAll(".over")) place.classList.remove("over");
    if (!found) return;
    found.place.classList.add("over");
    const where = found.place.title || found.place.dataset.name;
    const text = `${held.title} → ${where}: ${found.words}`;
    if (says.textContent !== text) says.textContent = text;
    if (found.kind !== "no") event.preventDefault();
  });

  grid.addEventListener("drop", (event) => {
    const found = under(event);
    if (!found || found.kind === "no") return;
    event.preventDefault();
    form.elements.person.value = held.dataset.p;
    form.elements.round.value = round;
    form.elements.to.value = found.key;
    form.submit();
  });

  grid.addEventListener("dragend", end);
})();
