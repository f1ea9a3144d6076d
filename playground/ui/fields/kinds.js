// One maker for each kind of field: makes its box, and gives back how to show a value in it.
// make(row, commit) -> show(field, value); row has id, element, label, box and tell; commit(value) is a hand.

const KINDS = { number: makeTyped, list: makeTyped, text: makeTyped, choice: makeChoice, switch: makeSwitch, many: makeMany };
const DRAG_WAIT = 120; // milliseconds between two hands of a drag

function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

// What is typed: a draft until it is committed, which leaving the field does before a click elsewhere acts.
function makeTyped(row, commit) {
  const input = element("input", { type: "text", id: row.id, autocomplete: "off", spellcheck: "false" });
  const unit = element("span", { class: "unit", "aria-hidden": "true" });
  const frame = element("div", { class: "frame" }, element("span", { class: "value" }, input, unit));
  row.box.append(frame);
  let field = null;
  let shown = "";
  const slider = { show: () => {} };

  const take = (text) => {
    input.value = text;
    row.tell("");
    if (text === shown) return;
    shown = text;
    commit(text);
  };
  const check = () => row.tell(input.value === shown || !input.value.trim() ? "" : wrongWith(input.value, field, shown));
  const finish = () => {
    const text = input.value;
    if (text === shown) return;
    if (!text.trim() && field.kind === "number") take(shown);
    else if (!wrongWith(text, field, shown)) take(field.kind === "number" ? textOf(numberOf(text, field.is_whole)) : text);
  };
  const number = () => {
    const typed = numberOf(input.value, field.is_whole);
    return Number.isNaN(typed) ? Number(shown) : typed;
  };
  const step = (direction, isLarge, isDraft) => {
    const text = textOf(stepped(number(), direction, field, isLarge));
    if (!isDraft) return take(text);
    input.value = text;
    check();
  };
  input.addEventListener("input", check);
  input.addEventListener("blur", finish);
  input.addEventListener("keyup", (event) => event.key.startsWith("Arrow") && field.kind === "number" && finish());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") finish();
    if (event.key === "Escape") take(shown);
    const direction = { ArrowUp: 1, PageUp: 1, ArrowDown: -1, PageDown: -1 }[event.key];
    if (!direction || field.kind !== "number") return;
    event.preventDefault();
    step(direction, event.shiftKey || event.key.startsWith("Page"), event.repeat && event.key.startsWith("Arrow"));
  });

  return (next, value) => {
    if (!field) dress(next);
    field = next;
    const isDraft = input.value !== shown;
    if (!isDraft || (value !== shown && input.getRootNode().activeElement !== input)) {
      if (input.value !== value) input.value = value;
      if (isDraft) row.tell("");
    }
    input.style.minWidth = `calc(${Math.min(value.length, 9)}ch + 14px)`; // the unit gives way first
    shown = value;
    unit.textContent = next.unit ?? "";
    input.disabled = Boolean(next.is_disabled);
    for (const button of frame.querySelectorAll("button")) button.disabled = input.disabled;
    if (next.kind === "number") tellRange(next, value);
    slider.show(next, value);
  };

  // For who hears the page: the value with its unit, and its bounds, which other fields may move.
  function tellRange({ low = 0, high = 0, unit }, value) {
    const said = { valuetext: [value, unit].filter(Boolean).join(" "), valuenow: value, valuemin: low, valuemax: high };
    for (const [name, text] of Object.entries(said)) input.setAttribute(`aria-${name}`, text);
  }

  // What only numbers have: steps by buttons and keys, and a slider where they go in factors of ten.
  function dress(first) {
    if (first.kind !== "number") return;
    input.setAttribute("role", "spinbutton");
    input.setAttribute("inputmode", "decimal");
    for (const [sign, direction, word] of [["−", -1, "less"], ["+", 1, "more"]]) {
      const button = element("button", { type: "button", tabindex: "-1", "aria-label": `${first.label}: ${word}` }, sign);
      button.addEventListener("pointerdown", (event) => event.preventDefault()); // a draft stays one
      button.addEventListener("click", (event) => step(direction, event.shiftKey, false));
      frame.append(button);
    }
    if (first.has_slider) Object.assign(slider, makeSlider(row, first, (text) => take(text), (text) => (input.value = text)));
  }
}

// What is wrong with a text, in one sentence; "" for nothing.
function wrongWith(text, field, stays) {
  const isWrong = { number: () => !isNumber(text, field), list: () => !isList(text, field), text: () => false }[field.kind]();
  return isWrong ? `It ${field.rule}. Until then ${stays || "none"} counts.` : "";
}

function isNumber(text, field) {
  const number = numberOf(text, field.is_whole);
  return within(number, field) === number && !(field.is_whole && !Number.isInteger(number));
}

function isList(text, field) {
  if (["", "none"].includes(text.trim().toLowerCase())) return true;
  const entries = text.split(",");
  return entries.length <= field.most && entries.every((entry) => isNumber(entry, { ...field, is_whole: true }));
}

function makeSlider(row, first, take, draft) {
  const rungs = rungsOf(first);
  const range = element("input", { type: "range", min: 0, max: rungs.length - 1, step: 1, tabindex: "-1", "aria-label": `${first.label}, dragged` });
  row.box.append(range);
  let timer = 0;
  const flush = () => {
    clearTimeout(timer);
    timer = 0;
    take(textOf(rungs[range.value]));
  };
  range.addEventListener("input", () => {
    draft(textOf(rungs[range.value]));
    timer ||= setTimeout(flush, DRAG_WAIT);
  });
  range.addEventListener("change", flush);
  const show = (field, value) => {
    range.disabled = Boolean(field.is_disabled);
    if (!timer) range.value = nearestRung(rungs, Number(value));
    range.setAttribute("aria-valuetext", value);
  };
  return { show };
}

function makeChoice(row, commit) {
  const select = element("select", { id: row.id });
  row.box.append(element("div", { class: "frame choice" }, select));
  let names = "";
  select.addEventListener("change", () => commit(select.value));
  return (field, value) => {
    const now = JSON.stringify(field.options);
    if (now !== names) select.replaceChildren(...field.options.map(([name, label]) => element("option", { value: name }, label)));
    names = now;
    if (select.value !== value) select.value = value;
    select.disabled = Boolean(field.is_disabled);
  };
}

function makeSwitch(row, commit) {
  const box = element("input", { type: "checkbox", role: "switch", id: row.id });
  row.label.before(box);
  row.element.classList.add("switch");
  box.addEventListener("change", () => commit(box.checked));
  return (field, value) => {
    box.checked = value;
    box.disabled = Boolean(field.is_disabled);
  };
}

function makeMany(row, commit) {
  const group = element("div", { role: "group", class: "many", "aria-labelledby": `${row.id}-label` });
  row.box.append(group);
  let names = "";
  let chosen = [];
  const flip = (name) => {
    const isIn = chosen.includes(name);
    chosen = isIn ? chosen.filter((one) => one !== name) : [...chosen, name];
    commit(chosen);
    paint();
  };
  const paint = () => {
    for (const button of group.children) button.setAttribute("aria-pressed", chosen.includes(button.value));
  };
  return (field, value) => {
    const now = JSON.stringify(field.options);
    if (now !== names) {
      const buttons = field.options.map(([name, label]) => element("button", { type: "button", value: name }, label));
      for (const button of buttons) button.addEventListener("click", () => flip(button.value));
      group.replaceChildren(...buttons);
    }
    names = now;
    chosen = value;
    const isFull = field.most && chosen.length >= field.most;
    for (const button of group.children) button.disabled = Boolean(field.is_disabled) || (isFull && !chosen.includes(button.value));
    paint();
  };
}
