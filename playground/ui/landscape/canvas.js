// Draws the message of playground/charts/landscape/picture.py;
// runs behind canvas.js, shapes.js and contours.js, as one script.

const NEAR = 14; // pixels: how near to a path the pointer tells about it

export default function ({ parentElement, data }) {
  return showOn(parentElement.querySelector(".landscape"), data, draw);
}

function draw({ root, message: surface, texture, look, width, resize }) {
  const plot = makePlot(width, surface);
  const pen = resize(plot.y + plot.side + MARGIN.bottom);
  const paths = surface.paths.map((path) => ({
    ...path,
    points: surface.points.subarray(2 * path.first, 2 * (path.first + path.count)),
  }));
  pen.save();
  pen.beginPath();
  pen.rect(plot.x, plot.y, plot.side, plot.side);
  pen.clip();
  shadeSurface(pen, texture, surface, plot, look);
  drawLevels(pen, surface, plot, look);
  for (const path of paths) drawPath(pen, plot, path.points, path, look);
  drawEnds(pen, plot, paths, look);
  pen.restore();
  if (surface.waiting) drawWaiting(pen, plot, surface.waiting, look);
  else drawFrame(pen, plot, surface.axes, look);
  fillLegend(root.querySelector(".legend"), surface, look);
  return (left, top) => tellAt(surface, paths, plot, left, top);
}

// The shared start as a ring of the text's colour, each end as its optimizer's shape.
function drawEnds(pen, plot, paths, look) {
  const page = css(look.page);
  for (const { points, shape, colour } of paths) {
    const last = points.length - 2;
    drawShape(pen, shape, across(plot, points[last]), upward(plot, points[last + 1]), 6, colour, false, page, page);
  }
  if (!paths.length) return;
  const [x, y] = paths[0].points;
  drawShape(pen, "circle", across(plot, x), upward(plot, y), 5.5, look.text, true, page, page);
}

function drawWaiting(pen, plot, text, look) {
  pen.font = `14px ${look.font}`;
  pen.fillStyle = pen.strokeStyle = look.text;
  pen.lineWidth = 1;
  pen.globalAlpha = 0.3;
  pen.strokeRect(plot.x - 0.5, plot.y - 0.5, plot.side + 1, plot.side + 1);
  pen.globalAlpha = 0.75;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, plot.x + plot.side / 2, plot.y + plot.side / 2, plot.side - 20);
  pen.globalAlpha = 1;
}

function tellAt(surface, paths, plot, left, top) {
  const x = (left - plot.x) / plot.side;
  const y = 1 - (top - plot.y) / plot.side;
  if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return null;
  const place = { left: left + 12, top: top > 48 ? top - 34 : top + 18 };
  const near = nearest(paths, plot, left, top);
  if (near) {
    const row = near.path.first + near.index;
    return { ...place, text: `${near.path.label}, step ${surface.steps[row]}: loss ${short(surface.losses[row])}` };
  }
  const value = valueAt(surface, x, y);
  return value === null ? null : { ...place, text: `loss ${short(value)}` };
}

function nearest(paths, plot, left, top) {
  let best = null;
  for (const path of paths) {
    for (let index = 0; index < path.count; index++) {
      const [u, v] = path.points.subarray(2 * index, 2 * index + 2);
      const distance = Math.hypot(across(plot, u) - left, upward(plot, v) - top);
      if (distance <= (best ? best.distance : NEAR)) best = { distance, path, index };
    }
  }
  return best;
}

function fillLegend(legend, surface, look) {
  const state = JSON.stringify([surface.paths, surface.low, surface.high, look]);
  if (legend.dataset.state === state) return;
  legend.dataset.state = state;
  const items = surface.paths.map((path) => line(path, look));
  if (items.length) items.push(symbol(look, "start", 16, (pen) => drawShape(pen, "circle", 8, 8, 4.5, look.text, true, css(look.page), css(look.page))));
  if (surface.size) items.push(strip(surface, look));
  legend.replaceChildren(...items);
}

function line({ label, colour, shape, dash }, look) {
  return symbol(look, label, 34, (pen) => {
    pen.strokeStyle = colour;
    pen.lineWidth = 2.2;
    pen.setLineDash(dash[1] ? dash : []);
    pen.beginPath();
    pen.moveTo(0, 8);
    pen.lineTo(26, 8);
    pen.stroke();
    pen.setLineDash([]);
    drawShape(pen, shape, 27, 8, 4.5, colour, false, css(look.page), css(look.page));
  });
}

function symbol(look, label, width, paint) {
  const item = document.createElement("span");
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width, 32]; // drawn at twice its size for sharp screens
  canvas.style.width = width + "px";
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  paint(pen);
  item.append(canvas, label);
  return item;
}

function strip(surface, look) {
  const item = document.createElement("span");
  const bar = document.createElement("i");
  const ends = [mix(look.page, rgb(surface.colour), 0.85), look.page];
  bar.style.background = `linear-gradient(to right, ${ends.map(css).join(", ")})`;
  item.append(`loss ${short(surface.low)}`, bar, short(surface.high));
  return item;
}
