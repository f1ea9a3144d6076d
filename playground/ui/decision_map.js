// Draws the message of playground/charts/decision_map.py; runs behind canvas.js and shapes.js, as one script.

const MARGIN = { left: 34, right: 10, top: 8, bottom: 34 };
const SMALL_POINTS = 400; // above that, points are drawn smaller

export default function ({ parentElement, data }) {
  return showOn(parentElement.querySelector(".map"), data, draw);
}

// Draws the map and gives back what to tell about a place under the pointer.
function draw({ root, message: map, texture, look, width, resize }) {
  const side = Math.max(width - MARGIN.left - MARGIN.right, 40);
  const pen = resize(side + MARGIN.top + MARGIN.bottom);
  pen.save();
  pen.beginPath();
  pen.rect(MARGIN.left, MARGIN.top, side, side);
  pen.clip();
  drawValues(pen, texture, map, side, look);
  drawPoints(pen, map, side, look);
  if (map.words) drawWords(pen, map.words, side, look);
  pen.restore();
  drawAxes(pen, map, side, look);
  fillLegend(root.querySelector(".legend"), map, look);
  return (left, top) => {
    const x = (left - MARGIN.left) / side;
    const y = 1 - (top - MARGIN.top) / side;
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return null;
    const place = `x1 ${fixed((2 * x - 1) * map.extent)}, x2 ${fixed((2 * y - 1) * map.extent)}`;
    return { text: `${place}: ${answerAt(map, x, y)}`, left: left + 12, top: top > 48 ? top - 34 : top + 18 };
  };
}

// Strength -1 is the first colour, 0 the page, 1 the second: a near-neutral where the network is undecided.
function diverging(strength, ends, page, most) {
  return mix(page, strength < 0 ? ends[0] : ends[1], Math.min(Math.abs(strength), 1) * most);
}

// Code -> colour: two classes and regression between two ends, more classes by how sure the network is.
function colourOf(map, look, most) {
  const ends = map.colours.map(rgb);
  if (map.kind !== "many") return (code) => diverging((2 * code) / map.full - 1, ends, look.page, most);
  return (code) => {
    const [index, strength] = classOf(map, code);
    return mix(look.page, ends[index], (0.15 + 0.85 * strength) * most);
  };
}

// Class and how sure the network is of it, from 0 (all classes alike) to 1.
function classOf(map, code) {
  const index = Math.min(Math.floor(code / map.confidences), map.num_classes - 1);
  const probability = 1 - (code - index * map.confidences) / (map.confidences - 1);
  return [index, Math.max(0, (probability * map.num_classes - 1) / (map.num_classes - 1)), probability];
}

function drawValues(pen, texture, map, side, look) {
  const size = map.size;
  if (size < 2) return;
  if (texture.width !== size) texture.width = texture.height = size;
  const brush = texture.getContext("2d");
  const image = brush.createImageData(size, size);
  const colour = colourOf(map, look, 0.62);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const code = map.values[row * size + column];
      if (code === map.unknown) continue;
      image.data.set([...colour(code), 255], 4 * ((size - 1 - row) * size + column));
    }
  }
  brush.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = "high";
  const cell = side / (size - 1); // the outer values lie on the edge, so half a cell of each falls outside
  pen.drawImage(texture, MARGIN.left - cell / 2, MARGIN.top - cell / 2, size * cell, size * cell);
}

function drawPoints(pen, map, side, look) {
  const number = map.targets.length;
  const radius = (number > SMALL_POINTS ? 2.6 : 3.6) * (side < 320 ? 0.85 : 1);
  const ends = map.colours.map(rgb);
  const page = css(look.page);
  for (let i = 0; i < number; i++) {
    const x = MARGIN.left + ((map.points[2 * i] / map.extent + 1) / 2) * side;
    const y = MARGIN.top + ((1 - map.points[2 * i + 1] / map.extent) / 2) * side;
    const target = map.targets[i];
    const colour = map.kind === "regression" ? diverging(target / map.limit, ends, look.page, 1) : ends[target];
    const shape = map.kind === "regression" ? "circle" : map.shapes[target];
    drawShape(pen, shape, x, y, radius, css(colour), map.splits[i] === 1, page, map.kind === "regression" ? look.text : page);
  }
}

// In the middle, on a piece of the page, so that no point hides them.
function drawWords(pen, words, side, look) {
  pen.font = `600 14px ${look.font}`;
  const width = pen.measureText(words).width + 20;
  const middle = [MARGIN.left + side / 2, MARGIN.top + side / 2];
  pen.fillStyle = css(look.page);
  pen.globalAlpha = 0.9;
  pen.fillRect(middle[0] - width / 2, middle[1] - 16, width, 32);
  pen.globalAlpha = 1;
  pen.fillStyle = look.text;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(words, ...middle);
}

function drawAxes(pen, map, side, look) {
  const step = niceStep(map.extent / 2);
  const bottom = MARGIN.top + side;
  pen.font = `11px ${look.font}`;
  pen.fillStyle = pen.strokeStyle = look.text;
  pen.lineWidth = 1;
  pen.globalAlpha = 0.3;
  pen.strokeRect(MARGIN.left - 0.5, MARGIN.top - 0.5, side + 1, side + 1);
  pen.globalAlpha = 0.75;
  for (let k = -Math.floor(map.extent / step + 1e-9); k * step <= map.extent * (1 + 1e-9); k++) {
    const along = ((k * step) / map.extent + 1) / 2;
    const label = String(Number((k * step).toPrecision(6))).replace("-", "\u2212");
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillText(label, MARGIN.left + along * side, bottom + 5);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.fillText(label, MARGIN.left - 6, bottom - along * side);
  }
  pen.font = `12px ${look.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "bottom";
  pen.fillText("x1", MARGIN.left + side / 2, bottom + MARGIN.bottom);
  pen.save();
  pen.translate(1, MARGIN.top + side / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = "top";
  pen.fillText("x2", side / 8, 0);
  pen.restore();
  pen.globalAlpha = 1;
}

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 3, 5, 10].map((factor) => factor * power).findLast((step) => step <= rough * (1 + 1e-9));
}

function fillLegend(legend, map, look) {
  const state = JSON.stringify([map.kind, map.labels, map.limit, look, map.colours]);
  if (legend.dataset.state === state) return;
  legend.dataset.state = state;
  const items = map.labels.map((label, i) => glyph(map.shapes[i], css(rgb(map.colours[i])), false, look, label));
  const shape = map.kind === "regression" ? "circle" : map.shapes[0];
  items.push(glyph(shape, look.text, false, look, "training"), glyph(shape, look.text, true, look, "validation"));
  if (map.kind === "two") items.push(bar(map, look, "0", "1", "probability of class 1"));
  if (map.kind === "regression") items.push(bar(map, look, "\u2212" + short(map.limit), short(map.limit), "value"));
  legend.replaceChildren(...items);
}

function glyph(shape, colour, isRing, look, label) {
  const item = document.createElement("span");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32; // drawn at twice its size for sharp screens
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  drawShape(pen, shape, 8, 8, 4.2, colour, isRing, css(look.page), css(look.page));
  item.append(canvas, label);
  return item;
}

function bar(map, look, low, high, label) {
  const item = document.createElement("span");
  const strip = document.createElement("i");
  const ends = map.colours.map(rgb);
  const stops = [-1, -0.5, 0, 0.5, 1].map((strength) => css(diverging(strength, ends, look.page, 0.62)));
  strip.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
  item.append(`${label}: ${low}`, strip, high);
  return item;
}

function answerAt(map, x, y) {
  const column = Math.round(x * (map.size - 1));
  const row = Math.round(y * (map.size - 1));
  const code = map.values[row * map.size + column];
  if (code === undefined || code === map.unknown) return "no value";
  if (map.kind === "regression") return "value " + short(((2 * code) / map.full - 1) * map.limit);
  if (map.kind === "two") {
    const probability = code / map.full;
    return `${map.labels[probability > 0.5 ? 1 : 0]}, ${percent(Math.max(probability, 1 - probability))}`;
  }
  const [index, , probability] = classOf(map, code);
  return `${map.labels[index]}, ${percent(probability)}`;
}

const fixed = (value) => value.toFixed(2).replace("-", "\u2212");
const short = (value) => String(Number(value.toPrecision(3))).replace("-", "\u2212");
const percent = (share) => Math.round(100 * share) + " %";
