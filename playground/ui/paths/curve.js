// The second plot: value or length of each step, against the step, with what theory expects; runs behind map.js.

const CURVE = { left: 52, right: 12, top: 10, bottom: 34, height: 250 };

function makeAxes(width, message, mode) {
  const isLog = mode === "lengths" || message.lowest !== null;
  const [low, high] = mode === "lengths" ? message.length_domain : message.value_domain;
  const bend = isLog ? (value) => Math.log10(Math.max(value, low / 1e3)) : (value) => value;
  const [from, to] = [bend(low), bend(high)];
  const inner = { width: width - CURVE.left - CURVE.right, height: CURVE.height - CURVE.top - CURVE.bottom };
  return {
    isLog, low, high, from, to, inner,
    base: mode === "lengths" || message.lowest === null ? 0 : message.lowest,
    x: (step) => CURVE.left + (step / message.steps) * inner.width,
    y: (value) => CURVE.top + (1 - (bend(value) - from) / (to - from)) * inner.height,
    step: (left) => Math.min(Math.max(((left - CURVE.left) / inner.width) * message.steps, 0), message.steps),
  };
}

function drawCurves(pen, message, axes, mode, step, focus, look) {
  drawCurveAxes(pen, message, axes, mode, look);
  pen.save();
  pen.beginPath();
  pen.rect(CURVE.left, CURVE.top - 2, axes.inner.width, axes.inner.height + 4);
  pen.clip();
  const first = mode === "lengths" ? 1 : 0; // a length belongs to the point behind it
  const order = message.paths.map((_, i) => i).sort((a, b) => (a === focus) - (b === focus));
  for (const i of order) {
    const path = message.paths[i];
    const column = message[`${mode}_${i}`];
    pen.globalAlpha = 0.3;
    drawCurve(pen, axes, column, first, Infinity, path.colour, 1.4, path.dash);
    pen.globalAlpha = 1;
    drawCurve(pen, axes, column, first, step, path.colour, i === focus ? 2.8 : 1.8, path.dash);
    const expected = message[`expected_${mode}_${i}`];
    if (expected.length) drawCurve(pen, { ...axes, base: 0 }, expected, first, Infinity, look.text, 1.6, [1.5, 4]);
  }
  [pen.strokeStyle, pen.lineWidth] = [look.text, 1];
  pen.beginPath();
  pen.moveTo(axes.x(step), CURVE.top);
  pen.lineTo(axes.x(step), CURVE.top + axes.inner.height);
  pen.stroke();
  for (const i of order) {
    const path = message.paths[i];
    const column = message[`${mode}_${i}`];
    const at = Math.min(Math.floor(step) - first, column.length - 1);
    if (at < 0) continue;
    drawShape(pen, path.shape, axes.x(at + first), axes.y(column[at] - axes.base), i === focus ? 5.5 : 4, path.colour, false, css(look.page), css(look.page));
  }
  pen.restore();
}

function drawCurve(pen, axes, column, first, step, colour, width, dash) {
  pen.beginPath();
  const last = Math.min(Math.floor(step) - first, column.length - 1);
  for (let k = 0; k <= last; k++) {
    const y = axes.y(column[k] - axes.base);
    if (Number.isFinite(y)) pen.lineTo(axes.x(k + first), Math.min(Math.max(y, -999), 9999));
  }
  [pen.strokeStyle, pen.lineWidth, pen.lineJoin] = [colour, width, "round"];
  pen.lineCap = dash[1] ? "butt" : "round";
  pen.setLineDash(dash[1] ? dash : []);
  pen.stroke();
  pen.setLineDash([]);
}

function drawCurveAxes(pen, message, axes, mode, look) {
  pen.font = `11px ${look.font}`;
  pen.fillStyle = pen.strokeStyle = look.text;
  pen.lineWidth = 1;
  const bottom = CURVE.top + axes.inner.height;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const value of axes.isLog ? decades(axes.from, axes.to) : evenTicks(axes.low, axes.high)) {
    pen.globalAlpha = 0.14;
    pen.beginPath();
    pen.moveTo(CURVE.left, axes.y(value));
    pen.lineTo(CURVE.left + axes.inner.width, axes.y(value));
    pen.stroke();
    pen.globalAlpha = 0.75;
    pen.fillText(brief(value), CURVE.left - 6, axes.y(value));
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const value of evenTicks(0, message.steps)) pen.fillText(brief(value), axes.x(value), bottom + 5);
  pen.font = `12px ${look.font}`;
  pen.textBaseline = "bottom";
  pen.fillText("Step", CURVE.left + axes.inner.width / 2, CURVE.height);
  pen.save();
  pen.translate(1, CURVE.top + axes.inner.height / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = "top";
  const above = message.lowest === null ? "Value" : "Value above the minimum (log)";
  pen.fillText(mode === "lengths" ? "Length of the step (log)" : above, 0, 0);
  pen.restore();
  pen.globalAlpha = 1;
}

// Powers of ten, not more than about six of them; factors of 1, 2 and 5 where there is less than one decade.
function decades(from, to) {
  const every = Math.max(1, Math.ceil((to - from) / 6));
  const found = [];
  for (let k = Math.ceil(from / every) * every; k <= to; k += every) found.push(10 ** k);
  if (found.length > 1) return found;
  const power = 10 ** Math.floor(from);
  return [1, 2, 5, 10, 20, 50].map((factor) => factor * power).filter((value) => Math.log10(value) >= from && Math.log10(value) <= to);
}

function evenTicks(low, high) {
  const step = roundStep((high - low) / 5);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high * (1 + 1e-9); k++) found.push(k * step);
  return found;
}

function brief(value) {
  const size = Math.abs(value);
  const text = size && (size < 1e-3 || size >= 1e5) ? value.toExponential(0) : String(Number(value.toPrecision(3)));
  return text.replace(/-/g, "\u2212");
}
