// Draws a schedule through points that are clicked, dragged or moved by keys; runs behind canvas.js, as one script.

const MARGIN = { left: 56, right: 16, top: 14, bottom: 40 };
const HEIGHT = 400;
const REACH = 16; // pixels around a point that belong to it
const WAIT = 350; // milliseconds after the last key before the points are sent

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".drawing");
  const close = showOn(root, data, draw);
  root.send = (points) => setTriggerValue("points", points);
  root.said = JSON.stringify(root.message?.points);
  if (root && !root.isEditable) makeEditable(root);
  return close;
}

function draw({ root, message, look, width, resize }) {
  const pen = resize(HEIGHT);
  const place = placeOf(message, width);
  root.message = message;
  root.place = place;
  root.selected = Math.min(root.selected ?? 0, message.points.length - 1);
  drawAxes(pen, message, place, look);
  const line = [[0, message.points[0][1]], ...message.points, [1, message.points.at(-1)[1]]].map(place.at);
  pen.strokeStyle = message.colour;
  pen.lineWidth = 2.5;
  pen.lineJoin = "round";
  pen.beginPath();
  for (const [x, y] of line) pen.lineTo(x, y);
  pen.stroke();
  message.points.forEach((point, index) => drawPoint(pen, place.at(point), index === root.selected, message.colour, look));
  return (left, top) => {
    const index = nearest(root, left, top);
    const point = message.points[index] ?? place.value(left, top);
    const [x, y] = place.at(point);
    const text = `${Math.round(100 * point[0])}% of the run, factor ${Number(point[1].toPrecision(3))}`;
    return { text: index < 0 ? `add: ${text}` : text, left: x + 12, top: y > 48 ? y - 34 : y + 18 };
  };
}

// Between values (fraction, factor) and pixels; values are put on the grid.
function placeOf(message, width) {
  const wide = Math.max(width - MARGIN.left - MARGIN.right, 40);
  const high = HEIGHT - MARGIN.top - MARGIN.bottom;
  const { grid, top, fineness } = message;
  return {
    wide,
    high,
    at: ([x, y]) => [MARGIN.left + x * wide, MARGIN.top + (1 - y / top) * high],
    value: (left, down) => [
      onGrid(clamp((left - MARGIN.left) / wide, 0, 1), grid),
      onGrid(clamp(1 - (down - MARGIN.top) / high, 0, 1) * top, top / fineness),
    ],
  };
}

const clamp = (value, low, high) => Math.max(low, Math.min(value, high));
const onGrid = (value, step) => Number((Math.round(value / step) * step).toFixed(4));

function drawPoint(pen, [x, y], isSelected, colour, look) {
  pen.beginPath();
  pen.arc(x, y, isSelected ? 8 : 6, 0, 2 * Math.PI);
  pen.fillStyle = isSelected ? css(look.page) : colour;
  pen.fill();
  pen.lineWidth = isSelected ? 4 : 2;
  pen.strokeStyle = isSelected ? colour : css(look.page);
  pen.stroke();
}

function drawAxes(pen, { top }, { wide, high, at }, look) {
  pen.font = `11px ${look.font}`;
  pen.strokeStyle = pen.fillStyle = look.text;
  pen.lineWidth = 1;
  const label = (text, [x, y], align, baseline) => {
    pen.globalAlpha = 0.75;
    pen.textAlign = align;
    pen.textBaseline = baseline;
    pen.fillText(text, x, y);
  };
  for (let k = 0; k <= 5; k++) {
    const [left, y] = at([0, (k / 5) * top]);
    pen.globalAlpha = k ? 0.12 : 0.5;
    pen.fillRect(left, Math.round(y), wide, 1);
    label(String(Number(((k / 5) * top).toFixed(2))), [left - 14, y], "right", "middle");
  }
  for (let k = 0; k <= 4; k++) {
    const [x, y] = at([k / 4, 0]);
    label(`${25 * k}%`, [x, y + 12], k === 4 ? "right" : "center", "top");
  }
  pen.font = `12px ${look.font}`;
  label("Share of the run", [MARGIN.left + wide / 2, HEIGHT - 2], "center", "bottom");
  pen.save();
  pen.translate(2, MARGIN.top + high / 2);
  pen.rotate(-Math.PI / 2);
  label("Factor on the learning rate", [0, 0], "center", "top");
  pen.restore();
  pen.globalAlpha = 1;
}

function nearest(root, left, top) {
  const away = root.message.points.map((point) => {
    const [x, y] = root.place.at(point);
    return Math.hypot(x - left, y - top);
  });
  const closest = Math.min(...away);
  return closest <= REACH ? away.indexOf(closest) : -1;
}

function makeEditable(root) {
  const canvas = root.querySelector("canvas[role=img]");
  let isDragging = false;
  root.isEditable = true;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const { offsetX: left, offsetY: top } = event;
    const index = nearest(root, left, top);
    root.selected = index < 0 ? add(root, root.place.value(left, top)) : index;
    isDragging = root.selected >= 0;
    if (isDragging) canvas.setPointerCapture(event.pointerId);
    redraw(root);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (isDragging) move(root, root.place.value(event.offsetX, event.offsetY));
  });
  canvas.addEventListener("pointerup", () => {
    if (isDragging) send(root);
    isDragging = false;
  });
  canvas.addEventListener("dblclick", () => remove(root));
  root.addEventListener("keydown", (event) => press(root, event));
}

const redraw = (root) => root.view.show(root.message);

// Puts a point between its neighbours; its place among the points, or -1 where there is no room.
function add(root, point) {
  const { points, most, grid } = root.message;
  const isTaken = points.some(([x]) => Math.abs(x - point[0]) < grid * 0.99);
  if (points.length >= most || isTaken) return -1;
  points.push(point);
  points.sort((a, b) => a[0] - b[0]);
  return points.indexOf(point);
}

function move(root, [x, y]) {
  const { points, grid, top } = root.message;
  const i = root.selected;
  const low = i > 0 ? points[i - 1][0] + grid : 0;
  const high = i < points.length - 1 ? points[i + 1][0] - grid : 1;
  if (low > high) return;
  points[i] = [Number(clamp(x, low, high).toFixed(4)), clamp(y, 0, top)];
  redraw(root);
}

function remove(root) {
  const { points, least } = root.message;
  if (points.length <= least || root.selected < 0) return;
  points.splice(root.selected, 1);
  root.selected = Math.max(root.selected - 1, 0);
  redraw(root);
  send(root);
}

// Arrows move the selected point, Page Up and Page Down select, Insert adds one behind it, Delete removes it.
function press(root, event) {
  const { points, grid, top, fineness } = root.message;
  const i = Math.max(root.selected, 0);
  const [x, y] = points[i];
  const next = points[i + 1] ?? [1, y];
  const [right, up] = [grid, top / fineness].map((step) => (event.shiftKey ? 10 : 1) * step);
  const acts = {
    ArrowLeft: () => move(root, [x - right, y]),
    ArrowRight: () => move(root, [x + right, y]),
    ArrowUp: () => move(root, [x, Number((y + up).toFixed(4))]),
    ArrowDown: () => move(root, [x, Number((y - up).toFixed(4))]),
    PageUp: () => select(root, i + 1),
    PageDown: () => select(root, i - 1),
    Insert: () => add(root, [onGrid((x + next[0]) / 2, grid), (y + next[1]) / 2]) >= 0 && select(root, i + 1),
    Delete: () => remove(root),
  };
  if (!(event.key in acts)) return;
  event.preventDefault();
  root.selected = i;
  acts[event.key]();
  clearTimeout(root.timer);
  root.timer = setTimeout(() => send(root), WAIT);
}

function select(root, index) {
  root.selected = clamp(index, 0, root.message.points.length - 1);
  redraw(root);
}

function send(root) {
  const said = JSON.stringify(root.message.points);
  if (said !== root.said) root.send(root.message.points);
  root.said = said;
}
