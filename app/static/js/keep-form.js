/* Keeps what was typed into a form while this tab is open, so that leaving the page by accident
   costs nothing. Without it the form works the same. Never kept: whom somebody would rather not
   sit with, answers that only owners read, and what the page itself hides. */
(() => {
  "use strict";

  const PREFIX = "roundabout:";
  let store;
  try {
    store = window.sessionStorage;
  } catch {
    return; /* the browser keeps nothing for this site */
  }
  if (!store) return;

  const forget = (name) => {
    for (const key of Object.keys(store)) {
      if (key === PREFIX + name || key.startsWith(`${PREFIX}${name}:`)) store.removeItem(key);
    }
  };
  for (const sent of document.querySelectorAll("[data-forget]")) forget(sent.dataset.forget);

  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const key = PREFIX + form.dataset.keep;
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const fields = () =>
    [...form.elements].filter(
      (field) =>
        field.name &&
        !["hidden", "password", "submit", "button"].includes(field.type) &&
        !field.closest("[data-private]"),
    );

  const load = () => {
    try {
      return JSON.parse(store.getItem(key) ?? "null") ?? {};
    } catch {
      return {};
    }
  };

  /* What another role's form holds stays, for who looks at both. */
  const save = () => {
    const values = load();
    for (const field of fields()) values[field.name] = [];
    for (const field of fields()) {
      if (!isChoice(field)) values[field.name].push(field.value);
      else if (field.checked) values[field.name].push(field.value);
    }
    try {
      store.setItem(key, JSON.stringify(values));
    } catch {
      /* full: what is typed stays on the page all the same */
    }
  };

  const fill = (field, values) => {
    if (isChoice(field)) {
      field.checked = values.includes(field.value);
    } else if (field.tagName !== "SELECT") {
      field.value = values[0] ?? "";
    } else if ([...field.options].some((option) => option.value === values[0])) {
      field.value = values[0];
    }
    const more = field.closest("details");
    if (more && !isChoice(field) && field.value) more.open = true;
  };

  const restore = () => {
    const values = load();
    for (const field of fields()) {
      if (Array.isArray(values[field.name])) fill(field, values[field.name]);
    }
  };

  /* A page that came back with something to put right holds what was typed already. */
  if (form.hasAttribute("data-came-back")) save();
  else restore();
  form.addEventListener("input", save);
})();
