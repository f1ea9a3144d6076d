// A list of fields, in tabs where there are groups; runs behind numbers, hands, help and kinds.

const LATE = 700; // milliseconds without an answer after which a field says so
const tabs = new Map(); // key of a component -> the group that is looked at; a reload finds it with the browser's tab

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".fields");
  if (!root) return;
  const isNew = !root.form;
  root.form ??= makeForm(root, data.key);
  root.form.hands.hear(data, setStateValue, isNew);
  root.form.show(data);
}

function makeForm(root, key) {
  const hands = handsOf(key);
  const rows = new Map();
  let latest = null;
  let problems = {};
  root.append(element("style", {}, STYLE));
  const over = root.appendChild(element("div", { class: "grid" }));
  const bar = root.appendChild(element("div", { class: "tabs", role: "tablist", "aria-label": "Groups of settings" }));
  const panels = new Map();
  for (const kind of ["keydown", "keyup"]) {
    // The page has letters of its own, which would act while one types.
    root.addEventListener(kind, (event) => event.target.matches("input[type=text], select") && event.stopPropagation());
  }

  function commit(name, value) {
    problems = { ...problems, [name]: "" };
    hands.add(name, value);
    showRow(latest.fields.find((field) => field.name === name));
    setTimeout(() => rows.get(name)?.late(hands.of(name)), LATE + 50);
  }

  function showRow(field) {
    const row = rows.get(field.name);
    const hand = hands.of(field.name);
    row.show(field, hand ? hand[2] : field.value, hand, problems[field.name] ?? "");
  }

  function show(data) {
    latest = data;
    problems = data.problems;
    root.style.colorScheme = isDark(root) ? "dark" : "light";
    const groups = [...new Set(data.fields.map((field) => field.group ?? ""))].filter(Boolean);
    showTabs(groups);
    for (const group of ["", ...groups]) {
      const place = group ? panels.get(group).grid : over;
      place.style.setProperty("--columns", data.columns);
      const fields = data.fields.filter((field) => (field.group ?? "") === group);
      arrange(place, fields.map(rowOf));
    }
    for (const [name, row] of rows) {
      if (data.fields.some((field) => field.name === name)) continue;
      row.hideHelp();
      rows.delete(name);
    }
    data.fields.forEach(showRow);
  }

  function rowOf(field) {
    const known = rows.get(field.name);
    if (known?.kind === field.kind) return known.element;
    const row = makeRow(field, (value) => commit(field.name, value));
    rows.set(field.name, row);
    return row.element;
  }

  function showTabs(groups) {
    bar.hidden = groups.length < 2;
    if (groups.join() === [...panels.keys()].join()) return;
    for (const { tab, panel } of panels.values()) [tab, panel].forEach((one) => one.remove());
    panels.clear();
    groups.forEach((group, index) => {
      const tab = element("button", { type: "button", role: "tab", id: `tab-${index}`, "aria-controls": `panel-${index}` }, group);
      const grid = element("div", { class: "grid" });
      const panel = element("div", { role: "tabpanel", id: `panel-${index}`, "aria-labelledby": `tab-${index}` }, grid);
      tab.addEventListener("click", () => open(group));
      tab.addEventListener("keydown", (event) => moveTab(event, groups, index));
      bar.append(tab);
      root.append(panel);
      panels.set(group, { tab, panel, grid });
    });
    const before = groupBefore(key);
    if (groups.length) open(groups.includes(before) ? before : groups[0]);
  }

  function open(group) {
    keepGroup(key, group);
    for (const [name, { tab, panel }] of panels) {
      tab.setAttribute("aria-selected", name === group);
      tab.tabIndex = name === group ? 0 : -1;
      panel.hidden = name !== group;
    }
  }

  function moveTab(event, groups, index) {
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: groups.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const group = groups[(next + groups.length) % groups.length];
    open(group);
    panels.get(group).tab.focus();
  }

  return { hands, show };
}

function groupBefore(key) {
  try {
    return tabs.get(key) ?? sessionStorage.getItem(`fields ${key}`);
  } catch {
    return null; // a browser may forbid a page to store anything
  }
}

function keepGroup(key, group) {
  tabs.set(key, group);
  try {
    sessionStorage.setItem(`fields ${key}`, group);
  } catch {
    // then a reload starts with the first group
  }
}

// Label, box and what is to be said of one field.
function makeRow(first, commit) {
  const id = `field-${first.name}`;
  const label = element("label", { for: id, id: `${id}-label` }, first.label);
  const late = element("span", { class: "late", role: "status" });
  const box = element("div", { class: "box" });
  const note = element("div", { class: "note", id: `${id}-note`, role: "alert" });
  const help = element("div", { class: "unseen", id: `${id}-help` });
  const made = element("div", { class: "field" }, element("div", { class: "head" }, label, late), box, note, help);
  const row = { id, element: made, label, box, tell };
  const showValue = KINDS[first.kind](row, commit);
  const input = made.querySelector("input, select");
  let field = first;
  const hideHelp = helpFor(made, label, () => field.help);
  (input ?? box.firstChild).setAttribute("aria-describedby", `${id}-note ${id}-help`); // several choices are a group

  function tell(sentence) {
    if (note.textContent !== sentence) note.textContent = sentence;
    made.classList.toggle("wrong", Boolean(sentence));
    input?.setAttribute("aria-invalid", Boolean(sentence));
  }

  function show(next, value, hand, problem) {
    field = next;
    if (label.textContent !== next.label) label.textContent = next.label;
    if (help.textContent !== (next.help ?? "")) help.textContent = next.help ?? "";
    made.classList.toggle("wide", Boolean(next.is_wide));
    made.classList.toggle("off", Boolean(next.is_disabled));
    if (!hand) late.textContent = "";
    showValue(next, value);
    if (problem) tell(problem);
  }

  return { kind: first.kind, element: made, show, hideHelp, late: (hand) => (late.textContent = hand ? "not taken yet" : "") };
}

// Puts elements in this order, and moves none that is in its place.
function arrange(place, elements) {
  elements.forEach((one, index) => place.children[index] !== one && place.insertBefore(one, place.children[index] ?? null));
  while (place.children.length > elements.length) place.lastChild.remove();
}

function isDark(root) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(root).getPropertyValue("--st-background-color").trim() || "#fff";
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return red + green + blue < 384;
}
