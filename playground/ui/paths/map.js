// The surface with its paths up to a step, and the arrows of the coming one; runs behind canvas.js, shapes.js, contours.js.

const ARROW = { least: 1, shortest: 18, longest: 120, head: 8 }; // pixels
const FAR = 60; // sides of the window: what is farther away is not drawn

// Points that can be drawn: up to the first one far outside or not finite.
function drawable(points, surface) {
  const reach = FAR * surface.side;
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] - surface.left, points[i + 1] - surface.bottom];
    if (!(Math.abs(x) < reach && Math.abs(y) < reach)) return points.subarray(0, i);
  }
  return points;
}

// The point at a step that need not be whole; null where the path has left the picture's reach.
function placeAt(points, step) {
  const last = points.length / 2 - 1;
  const k = Math.min(Math.floor(step), last);
  if (k < 0) return null;
  const share = Math.min(step - k, 1);
  if (k === last) return [points[2 * k], points[2 * k + 1]];
  return [0, 1].map((i) => points[2 * k + i] + share * (points[2 * k + 2 + i] - points[2 * k + i]));
}

// What does not move: surface, levels, frame and minima.
function drawGround(pen, texture, surface, plot, look) {
  pen.save();
  clipTo(pen, plot);
  shadeSurface(pen, texture, surface, plot, look);
  drawLevels(pen, surface, plot, look);
  for (const [x, y] of surface.minima) {
    drawShape(pen, "star", across(plot, x), upward(plot, y), 6, look.text, false, css(look.page), css(look.page));
  }
  pen.restore();
  drawFrame(pen, plot, surface.axes, look);
}

function clipTo(pen, plot) {
  pen.beginPath();
  pen.rect(plot.x, plot.y, plot.side, plot.side);
  pen.clip();
}

function drawWays(pen, surface, plot, step, focus, look) {
  pen.save();
  clipTo(pen, plot);
  const order = surface.paths.map((_, i) => i).sort((a, b) => (a === focus) - (b === focus));
  for (const i of order) {
    const { drawn, colour, dash } = surface.paths[i];
    pen.globalAlpha = 0.28;
    drawTrace(pen, plot, drawn, drawn.length / 2 - 1, colour, 1.4, dash);
    pen.globalAlpha = 1;
    drawTrace(pen, plot, drawn, step, css(look.page), i === focus ? 5.4 : 4.2, []);
    drawTrace(pen, plot, drawn, step, colour, i === focus ? 2.8 : 1.9, dash);
    if (i === focus) drawStops(pen, plot, drawn, step, colour, look);
  }
  for (const i of order) {
    const path = surface.paths[i];
    const place = placeAt(path.drawn, Math.min(step, path.last));
    if (!place) continue;
    const [x, y] = [across(plot, place[0]), upward(plot, place[1])];
    drawShape(pen, path.shape, x, y, i === focus ? 7 : 5, path.colour, false, css(look.page), css(look.page));
  }
  pen.restore();
}

function drawTrace(pen, plot, points, step, colour, width, dash) {
  if (points.length < 2) return;
  pen.beginPath();
  const whole = Math.min(Math.floor(step), points.length / 2 - 1);
  for (let k = 0; k <= whole; k++) pen.lineTo(across(plot, points[2 * k]), upward(plot, points[2 * k + 1]));
  const head = placeAt(points, step);
  pen.lineTo(across(plot, head[0]), upward(plot, head[1]));
  [pen.strokeStyle, pen.lineWidth, pen.lineJoin, pen.lineCap] = [colour, width, "round", dash[1] ? "butt" : "round"];
  pen.setLineDash(dash[1] ? dash : []);
  pen.stroke();
  pen.setLineDash([]);
}

// A dot for each step of the path that is looked at, where there is room.
function drawStops(pen, plot, points, step, colour, look) {
  let before = [-99, -99];
  pen.fillStyle = css(look.page);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.4;
  for (let k = 0; k <= Math.min(step, points.length / 2 - 1); k++) {
    const place = [across(plot, points[2 * k]), upward(plot, points[2 * k + 1])];
    if (Math.hypot(place[0] - before[0], place[1] - before[1]) < 9) continue;
    before = place;
    pen.beginPath();
    pen.arc(...place, 2.4, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  }
}

// Arrows at the step that comes next: downhill, what is remembered, and what is done; tips shorter or longer are bent to be seen.
function drawArrows(pen, surface, plot, path, moment, look) {
  if (!moment) return;
  const from = [across(plot, moment.x[0]), upward(plot, moment.x[1])];
  const scale = plot.side / surface.side;
  const reach = ([x, y], factor) => [x * factor * scale, -y * factor * scale];
  pen.save();
  clipTo(pen, plot);
  const arrows = [["downhill", reach(moment.g, -moment.rate), look.text, [2, 2]]];
  if (path.velocity) arrows.push(["velocity", reach(moment.before[path.velocity], -moment.rate * path.momentum), look.text, [7, 3]]);
  arrows.push(["step", reach(moment.step, 1), path.colour, []]);
  const isSeen = Math.abs(from[0] - plot.x) < 2 * plot.side && Math.abs(from[1] - plot.y) < 2 * plot.side;
  if (!isSeen || Math.hypot(...reach(moment.step, 1)) < ARROW.least) return pen.restore(); // far away, or it has arrived
  const tips = [];
  for (const [label, vector, colour, dash] of arrows) drawArrow(pen, from, vector, label, colour, dash, tips, look);
  if (path.looks_ahead) {
    const held = moment.before[path.velocity];
    const plain = moment.x.map((value, i) => value + moment.rate * path.looks_ahead * held[i]);
    drawShape(pen, path.shape, across(plot, plain[0]), upward(plot, plain[1]), 5, look.text, true, css(look.page), css(look.page));
  }
  pen.restore();
}

function drawArrow(pen, [x, y], [dx, dy], label, colour, dash, tips, look) {
  const length = Math.hypot(dx, dy);
  if (!(length > 0 && Number.isFinite(length))) return;
  const shown = Math.min(Math.max(length, ARROW.shortest), ARROW.longest);
  const [ux, uy] = [dx / length, dy / length];
  const tip = [x + ux * shown, y + uy * shown];
  const neck = [tip[0] - ux * ARROW.head, tip[1] - uy * ARROW.head];
  for (const [stroke, width] of [[css(look.page), 5], [colour, 2]]) {
    [pen.strokeStyle, pen.fillStyle, pen.lineWidth] = [stroke, stroke, width];
    pen.setLineDash(width > 2 ? [] : dash);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(...neck);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(...tip);
    pen.lineTo(neck[0] - uy * 4.5, neck[1] + ux * 4.5);
    pen.lineTo(neck[0] + uy * 4.5, neck[1] - ux * 4.5);
    pen.closePath();
    if (width > 2) pen.stroke();
    else pen.fill();
  }
  const place = { text: label, x: tip[0] + ux * 14, y: tip[1] + uy * 12 };
  for (const other of [...tips, ...tips]) {
    if (Math.abs(other.y - place.y) < 13 && Math.abs(other.x - place.x) < 60) place.y = other.y + 13;
  }
  tips.push(place);
  pen.font = `bold 11px ${look.font}`;
  pen.textAlign = ux < -0.3 ? "right" : ux > 0.3 ? "left" : "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 3.5;
  pen.strokeStyle = css(look.page);
  pen.strokeText(label, place.x, place.y);
  pen.fillStyle = colour;
  pen.fillText(label, place.x, place.y);
}

// The start as a ring that invites to be dragged.
function drawStart(pen, plot, [x, y], look) {
  const [left, top] = [across(plot, x), upward(plot, y)];
  drawShape(pen, "circle", left, top, 6.5, look.text, true, css(look.page), css(look.page));
  drawShape(pen, "plus", left, top, 2.5, look.text, false, css(look.page), look.text);
}

// The value that a code stands for; see surface_part in playground/charts/paths/picture.py.
function valueOf(surface, code) {
  const share = code / surface.full;
  if (surface.kind === "logarithmic") return surface.lowest + surface.low * (surface.high / surface.low) ** share;
  const z = surface.low + share * (surface.high - surface.low);
  return surface.kind === "symmetric" ? surface.unit * Math.sinh(z) : z;
}
