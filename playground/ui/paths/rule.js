// The update rule of one optimizer with a step's numbers filled in; runs behind curve.js.

// Everything about the step that led to where a path is: where it started, what was held before and after, what was
// done; at the start, about the first one. Behind an overflow, about the last step that can be written down.
function momentOf(message, index, step) {
  const path = message.paths[index];
  if (!path || !path.finite) return null;
  const k = Math.min(Math.max(Math.floor(step), 1), path.finite) - 1;
  const pair = (name, row) => message[`${name}_${index}`].subarray(2 * row, 2 * row + 2);
  const [x, next] = [[...pair("points", k)], [...pair("points", k + 1)]];
  const held = (row) => Object.fromEntries(path.memory.map((name) => [name, [...pair(`memory_${name}`, row)]]));
  return {
    t: k + 1, x, next,
    g: [...pair("gradients", k)],
    rate: message[`rates_${index}`][k],
    step: next.map((value, i) => value - x[i]),
    before: held(k),
    after: held(k + 1),
  };
}

// Symbol -> number or pair, for every place of the rule's lines.
function numbersOf(path, moment) {
  const numbers = { x: moment.x, "x+": moment.next, g: moment.g, "\u03b7": moment.rate, ...path.constants };
  for (const name of path.memory) [numbers[`${name}-`], numbers[name]] = [moment.before[name], moment.after[name]];
  numbers.d = moment.step.map((value) => -value / moment.rate);
  for (const symbol of ["\u03b2\u2081", "\u03b2\u2082"]) {
    numbers[`1-${symbol}`] = 1 - path.constants[symbol];
    numbers[`1-${symbol}\u1d57`] = 1 - path.constants[symbol] ** moment.t;
  }
  for (const [symbol, [source, share]] of Object.entries(path.corrected)) {
    numbers[symbol] = moment.after[source].map((value) => value / (1 - share ** moment.t));
  }
  return numbers;
}

function titleOf(path, moment, step) {
  if (!path) return "Choose an optimizer";
  const overflow = path.finite < path.last && step > path.finite ? `overflow at step ${path.finite + 1}` : "";
  if (!moment) return `${path.label}: ${path.last ? "overflow at step 1" : "no step was possible"}`;
  if (overflow) return `${path.label}: ${overflow}; below, step ${moment.t}`;
  return step ? `${path.label}, step ${moment.t}` : `${path.label}, step 1 to come`;
}

function fillRule(box, path, moment, step) {
  const rows = [];
  if (moment) {
    const numbers = numbersOf(path, moment);
    rows.push(["g = \u2207f(x)", figure(moment.g)]);
    for (const [symbols, filled] of path.rule) rows.push([symbols, filled.replace(/\{(.+?)\}/g, (_, name) => figure(numbers[name]))]);
  }
  box.querySelector("h4").textContent = titleOf(path, moment, Math.floor(step));
  const list = box.querySelector("dl");
  while (list.children.length > 2 * rows.length) list.lastChild.remove();
  rows.flat().forEach((text, i) => {
    const cell = list.children[i] ?? list.appendChild(document.createElement(i % 2 ? "dd" : "dt"));
    if (cell.textContent !== text) cell.textContent = text;
  });
}

function figure(value) {
  if (Array.isArray(value)) return `(${value.map(figure).join(", ")})`;
  if (value === undefined || Number.isNaN(value)) return "?";
  const size = Math.abs(value);
  if (size >= 3e38) return value < 0 ? "\u2212\u221e" : "\u221e";
  const text = size && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return text.replace(/-/g, "\u2212");
}
