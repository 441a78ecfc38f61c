/* Drags people in the grid of a plan, with a mouse, a pen or a finger held still for a moment. What
   each place would cost shows while dragging. A drop that costs nothing sends the same form as the
   "move to" page; any other drop opens that page with the choice in hand, so nothing is spent
   unasked. Without this script that page does everything. */
(() => {
  "use strict";

  const grid = document.querySelector("table.seating[data-choices]");
  const form = document.querySelector("form[data-drop]");
  const says = document.querySelector("[data-drag-says]");
  if (!grid || !form || !says || !window.PointerEvent) return;

  const FAR = 6; /* pixels a mouse goes before a click becomes a drag */
  const LONG = 350; /* milliseconds a finger rests before it takes a person instead of scrolling */
  const EDGE = 56; /* how near the upper or lower edge the page scrolls along */
  const STEP = 14;
  const CHIP = "a.chip[data-p]";
  const rest = grid.querySelector("tr[data-rest]");

  let press = null; /* a pointer that is down on a chip and drags nothing yet */
  let held = null; /* the chip that is dragged */
  let pointer = null;
  let round = "";
  let choices = null; /* where it may go, once the server has said so */
  let ghost = null;
  let at = { x: 0, y: 0 };
  let frame = 0;
  let lastGoal = null;

  for (const hint of document.querySelectorAll("[data-drag-hint]")) hint.hidden = false;
  grid.classList.add("drags");

  /* Cells and chips of the round in hand, each with the key under which the server speaks of it. */
  const paint = () => {
    for (const cell of grid.querySelectorAll(`td[data-r="${CSS.escape(round)}"]`)) {
      if (choices[cell.dataset.t]) cell.classList.add(choices[cell.dataset.t][0]);
      for (const chip of cell.querySelectorAll(CHIP)) {
        if (choices[chip.dataset.p]) chip.classList.add(choices[chip.dataset.p][0]);
      }
    }
  };

  const clear = () => {
    for (const name of ["ok", "care", "no", "over"]) {
      for (const place of grid.querySelectorAll(`.${name}`)) place.classList.remove(name);
    }
  };

  /* Where the pointer is: a person first, then the cell around them. The cell somebody comes from is
     no goal, nor are the people in it. */
  const goalAt = () => {
    const hit = document.elementFromPoint(at.x, at.y);
    const cell = hit?.closest("td[data-r]");
    if (!cell || !grid.contains(cell) || cell.contains(held)) return null;
    if (cell.dataset.r !== round) return { place: cell, isElsewhere: true };
    const place = hit.closest(CHIP) ?? cell;
    const key = place.dataset.p ?? place.dataset.t;
    const [kind, words] = choices?.[key] ?? (choices ? ["no", "Not possible"] : ["", ""]);
    return { place, key, kind, words };
  };

  const outcome = (goal) => {
    if (goal.kind === "ok") return `${goal.words}. Drop to do it; it can be undone.`;
    if (goal.kind === "care") return `${goal.words}. Drop to look at it before you decide.`;
    if (goal.kind === "no") return `not possible. ${goal.words}.`;
    return "drop to see what it would cost.";
  };

  const tell = (text) => {
    if (says.textContent !== text) says.textContent = text;
  };

  const show = () => {
    ghost.style.transform = `translate(${at.x + 12}px, ${at.y + 10}px)`;
    const goal = goalAt();
    if (lastGoal !== (goal?.place ?? null)) {
      lastGoal?.classList.remove("over");
      lastGoal = goal?.place ?? null;
      if (goal && !goal.isElsewhere) lastGoal.classList.add("over");
    }
    if (!goal) {
      tell(`${held.title}: drop on a person to swap, on a table to move. Escape leaves it as it was.`);
    } else if (goal.isElsewhere) {
      tell(`${held.title}: a change stays within the round. This is another one.`);
    } else {
      tell(`${held.title} → ${goal.place.title || goal.place.dataset.name}: ${outcome(goal)}`);
    }
  };

  const scrollAlong = () => {
    const below = window.innerHeight - at.y;
    if (at.y < EDGE) window.scrollBy(0, -STEP);
    else if (below < EDGE) window.scrollBy(0, STEP);
    if (at.y < EDGE || below < EDGE) show();
    frame = requestAnimationFrame(scrollAlong);
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
      show();
    } catch {
      if (held === chip) tell("Nothing heard from the server. A drop opens the page that asks again.");
    }
  };

  const take = () => {
    const { chip } = press;
    release();
    held = chip;
    round = chip.closest("td[data-r]").dataset.r;
    ghost = chip.cloneNode(true);
    ghost.removeAttribute("href");
    ghost.setAttribute("aria-hidden", "true");
    ghost.classList.add("ghost");
    document.body.append(ghost);
    chip.classList.add("held");
    grid.classList.add("dragging");
    document.documentElement.classList.add("drags-now");
    if (rest) rest.hidden = false;
    window.getSelection()?.removeAllRanges();
    show();
    ask(chip);
    frame = requestAnimationFrame(scrollAlong);
  };

  const release = () => {
    if (press) clearTimeout(press.timer);
    press = null;
  };

  const end = () => {
    release();
    if (!held) return;
    cancelAnimationFrame(frame);
    held.classList.remove("held");
    grid.classList.remove("dragging");
    document.documentElement.classList.remove("drags-now");
    if (rest) rest.hidden = true;
    ghost.remove();
    clear();
    held = choices = ghost = pointer = lastGoal = null;
    tell("");
  };

  const drop = () => {
    const goal = goalAt();
    const chip = held;
    const free = goal?.kind === "ok";
    end();
    if (!goal || goal.isElsewhere || goal.kind === "no") return;
    if (!free) {
      const href = new URL(chip.href);
      href.searchParams.set("to", goal.key);
      href.hash = "dock";
      window.location.assign(href);
      return;
    }
    form.elements.person.value = chip.dataset.p;
    form.elements.round.value = round;
    form.elements.to.value = goal.key;
    form.submit();
  };

  /* The click that follows a drag opens nothing. */
  const swallowClick = () => {
    const stop = (event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", stop, { capture: true }), 0);
  };

  grid.addEventListener("pointerdown", (event) => {
    const chip = event.target.closest(CHIP);
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!chip || !event.isPrimary || !isPlain || held) return;
    release();
    pointer = event.pointerId;
    at = { x: event.clientX, y: event.clientY };
    const isFinger = event.pointerType === "touch";
    press = { chip, isFinger, from: at, timer: isFinger ? setTimeout(take, LONG) : 0 };
  });

  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer || (!press && !held)) return;
    at = { x: event.clientX, y: event.clientY };
    if (held) {
      show();
    } else if (Math.hypot(at.x - press.from.x, at.y - press.from.y) > FAR) {
      if (press.isFinger) release();
      else take();
    }
  });

  document.addEventListener("pointerup", (event) => {
    if (event.pointerId !== pointer) return;
    if (!held) return release();
    at = { x: event.clientX, y: event.clientY };
    swallowClick();
    drop();
  });

  document.addEventListener("pointercancel", (event) => {
    if (event.pointerId === pointer) end();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !held) return;
    event.preventDefault();
    end();
  });
  window.addEventListener("blur", end);
  window.addEventListener("pagehide", end);

  /* A browser's own dragging of links, its menu under a resting finger and its scrolling would each
     end ours. */
  grid.addEventListener("dragstart", (event) => event.preventDefault());
  document.addEventListener("contextmenu", (event) => {
    if (held || press?.isFinger) event.preventDefault();
  });
  document.addEventListener(
    "touchmove",
    (event) => {
      if (held && event.cancelable) event.preventDefault();
    },
    { passive: false },
  );
})();
