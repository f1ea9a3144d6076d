// A shaded surface with contour lines, axes and paths over it; runs behind a canvas that draws more.
// plot: {x, y, side} in pixels, and left, bottom, span in the surface's own units.

const MARGIN = { left: 44, right: 10, top: 8, bottom: 36 };

function makePlot(width, surface) {
  const side = Math.max(width - MARGIN.left - MARGIN.right, 40);
  return { x: MARGIN.left, y: MARGIN.top, side, left: surface.left, bottom: surface.bottom, span: surface.side };
}

const across = (plot, u) => plot.x + ((u - plot.left) / plot.span) * plot.side;
const upward = (plot, v) => plot.y + (1 - (v - plot.bottom) / plot.span) * plot.side;

// Codes 0 (lowest) to full (highest): the lowest in the surface's colour, the highest like the page.
function shadeSurface(pen, texture, surface, plot, look) {
  const size = surface.size;
  if (size < 2) return;
  if (texture.width !== size) texture.width = texture.height = size;
  const brush = texture.getContext("2d");
  const image = brush.createImageData(size, size);
  const valley = rgb(surface.colour);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const code = surface.values[row * size + column];
      if (code === surface.unknown) continue;
      const colour = mix(look.page, valley, 0.85 * (1 - code / surface.full));
      image.data.set([...colour, 255], 4 * ((size - 1 - row) * size + column));
    }
  }
  brush.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = "high";
  const cell = plot.side / (size - 1); // the outer values lie on the edge, so half a cell of each falls outside
  pen.drawImage(texture, plot.x - cell / 2, plot.y - cell / 2, size * cell, size * cell);
}

// Thin lines of equal code, every second one with its label where it crosses the falling diagonal.
function drawLevels(pen, surface, plot, look) {
  pen.lineWidth = 1;
  pen.lineJoin = "round";
  const labels = [];
  surface.levels.forEach((level, index) => {
    const segments = segmentsAt(surface, level);
    pen.strokeStyle = css(mix(look.page, rgb(look.text), 0.62));
    pen.globalAlpha = 0.55;
    pen.beginPath();
    let best = null;
    for (const [a, b, c, d] of segments) {
      const [x1, y1, x2, y2] = [a, b, c, d].map((value, i) => (i % 2 ? plot.y + (1 - value) * plot.side : plot.x + value * plot.side));
      pen.moveTo(x1, y1);
      pen.lineTo(x2, y2);
      const off = Math.abs(a + b - 1);
      if (a > 0.06 && a < 0.94 && b > 0.05 && b < 0.95 && (!best || off < best.off)) best = { off, x: x1, y: y1 };
    }
    pen.stroke();
    if (best && best.off < 0.1 && index % 2 === 0) labels.push({ ...best, text: surface.labels[index] });
  });
  pen.globalAlpha = 1;
  drawTexts(pen, labels, look);
}

function drawTexts(pen, labels, look) {
  pen.font = `11px ${look.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 3;
  const shown = [];
  for (const label of labels) {
    if (shown.some((other) => Math.hypot(other.x - label.x, other.y - label.y) < 30)) continue;
    shown.push(label);
    pen.strokeStyle = css(look.page);
    pen.strokeText(label.text, label.x, label.y);
    pen.fillStyle = look.text;
    pen.fillText(label.text, label.x, label.y);
  }
}

// Marching squares: straight pieces [x1, y1, x2, y2] in shares of the plot, y upward.
function segmentsAt({ values, size, unknown }, level) {
  const found = [];
  const last = size - 1;
  for (let row = 0; row < last; row++) {
    for (let column = 0; column < last; column++) {
      const at = row * size + column;
      const corners = [values[at], values[at + 1], values[at + size + 1], values[at + size]];
      if (corners.includes(unknown)) continue;
      const places = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
      const cuts = [];
      for (let i = 0; i < 4; i++) {
        const j = (i + 1) % 4;
        if (corners[i] < level === corners[j] < level) continue;
        const share = (level - corners[i]) / (corners[j] - corners[i]);
        cuts.push(places[i].map((place, k) => (place + share * (places[j][k] - place)) / last));
      }
      for (let i = 0; i + 1 < cuts.length; i += 2) found.push([...cuts[i], ...cuts[i + 1]]);
    }
  }
  return found;
}

// A line through points (x0, y0, x1, y1, ...) with a casing of the page's colour, so that it stands out of the shading.
function drawPath(pen, plot, points, { colour, dash }, look) {
  pen.lineJoin = pen.lineCap = "round";
  for (const [stroke, width, gaps] of [[css(look.page), 4.5, []], [colour, 2.2, dash[1] ? dash : []]]) {
    pen.beginPath();
    for (let i = 0; i + 1 < points.length; i += 2) pen.lineTo(across(plot, points[i]), upward(plot, points[i + 1]));
    [pen.strokeStyle, pen.lineWidth] = [stroke, width];
    pen.setLineDash(gaps);
    pen.lineCap = gaps.length ? "butt" : "round";
    pen.stroke();
  }
  pen.setLineDash([]);
}

function drawFrame(pen, plot, [nameX, nameY], look) {
  pen.font = `11px ${look.font}`;
  pen.fillStyle = pen.strokeStyle = look.text;
  pen.lineWidth = 1;
  pen.globalAlpha = 0.3;
  pen.strokeRect(plot.x - 0.5, plot.y - 0.5, plot.side + 1, plot.side + 1);
  pen.globalAlpha = 0.75;
  const step = roundStep(plot.span / 5);
  for (const [low, at, horizontal] of [[plot.left, across, true], [plot.bottom, upward, false]]) {
    for (let k = Math.ceil(low / step - 1e-9); k * step <= low + plot.span * (1 + 1e-9); k++) {
      const label = String(Number((k * step).toPrecision(6))).replace("-", "\u2212");
      pen.textAlign = horizontal ? "center" : "right";
      pen.textBaseline = horizontal ? "top" : "middle";
      if (horizontal) pen.fillText(label, at(plot, k * step), plot.y + plot.side + 5);
      else pen.fillText(label, plot.x - 6, at(plot, k * step));
    }
  }
  pen.font = `12px ${look.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "bottom";
  pen.fillText(nameX, plot.x + plot.side / 2, plot.y + plot.side + MARGIN.bottom);
  pen.save();
  pen.translate(1, plot.y + plot.side / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = "top";
  pen.fillText(nameY, 0, 0);
  pen.restore();
  pen.globalAlpha = 1;
}

function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * (1 - 1e-9));
}

// The value under a place given in shares of the plot, read off the nearest grid point; null where there is none.
function valueAt(surface, x, y) {
  const [column, row] = [x, y].map((share) => Math.round(share * (surface.size - 1)));
  const code = surface.values[row * surface.size + column];
  if (code === undefined || code === surface.unknown) return null;
  return surface.low * (surface.high / surface.low) ** (code / surface.full);
}

const short = (value) => String(Number(value.toPrecision(3))).replace("-", "\u2212");
