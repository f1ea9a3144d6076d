// Draws the message of playground/charts/normalization/normalized_tensor.py: samples down, channels across, once a normalization.

const LEAST_PANEL = 165; // pixels, so that a phone shows two beside each other
const WIDEST_PANEL = 330;
const TITLE = 22;
const AXIS = 16;

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".tensor");
  if (!root) return;
  root.send = (cell) => setTriggerValue("cell", cell);
  return showOn(root, data, draw);
}

// Draws all panels and gives back what to tell about the cell under the pointer.
function draw({ root, message: grid, look, width, resize }) {
  const place = arrange(grid, width);
  const pen = resize(place.total);
  const ends = [grid.negative, grid.positive].map(rgb);
  for (let panel = 0; panel < grid.number; panel++) drawPanel(pen, grid, panel, place, ends, look);
  const canvas = root.querySelector("canvas");
  canvas.onclick = (event) => {
    const found = place.at(event.offsetX, event.offsetY);
    if (found) root.send({ cell: found.cell, panel: grid.names[found.panel] });
  };
  return (left, top) => {
    const found = place.at(left, top);
    if (!found) return null;
    const [sample, channel] = grid.spot(found.cell);
    const after = grid.after[found.panel * place.cells + found.cell];
    const text = `sample ${sample + 1}, channel ${channel + 1}: ${grid.before[found.cell].toFixed(2)} → ${after.toFixed(2)}`;
    return { text, left: left + 12, top: top + 16 };
  };
}

// Where panels, blocks (one channel of one sample) and cells stand.
function arrange(grid, available) {
  const [samples, channels, rows, columns] = grid.shape;
  const size = rows * columns;
  const across = Math.max(1, Math.min(grid.number, Math.floor((available + 16) / (LEAST_PANEL + 16)), 4));
  const even = across === 3 ? 2 : across;
  const panelWidth = Math.min((available - 16 * (even - 1)) / even, WIDEST_PANEL);
  const gap = channels * columns > 40 ? 2 : 4;
  const side = Math.max(2, Math.floor((panelWidth - AXIS - gap * channels - 4) / (channels * columns)));
  const block = [columns * side + gap, rows * side + gap];
  const panelHeight = TITLE + AXIS + samples * block[1] + 14;
  const origin = (panel) => [
    (panel % even) * (panelWidth + 16) + AXIS + 2,
    Math.floor(panel / even) * panelHeight + TITLE + AXIS,
  ];
  grid.spot = (cell) => [Math.floor(cell / (channels * size)), Math.floor(cell / size) % channels];
  const corner = (panel, cell) => {
    const [sample, channel] = grid.spot(cell);
    const [x, y] = origin(panel);
    const inside = cell % size;
    return [
      x + channel * block[0] + (inside % columns) * side,
      y + sample * block[1] + Math.floor(inside / columns) * side,
    ];
  };
  const at = (left, top) => {
    for (let panel = 0; panel < grid.number; panel++) {
      const [x, y] = origin(panel);
      const channel = Math.floor((left - x) / block[0]);
      const sample = Math.floor((top - y) / block[1]);
      if (channel < 0 || channel >= channels || sample < 0 || sample >= samples) continue;
      const column = Math.min(Math.floor((left - x - channel * block[0]) / side), columns - 1);
      const row = Math.min(Math.floor((top - y - sample * block[1]) / side), rows - 1);
      return { panel, cell: (sample * channels + channel) * size + row * columns + column };
    }
    return null;
  };
  const cells = samples * channels * size;
  return { side, block, gap, origin, corner, at, cells, total: Math.ceil(grid.number / even) * panelHeight };
}

function drawPanel(pen, grid, panel, place, ends, look) {
  const [samples, channels, rows, columns] = grid.shape;
  const [x0, y0] = place.origin(panel);
  const isChosen = panel === grid.chosen;
  pen.fillStyle = look.text;
  pen.font = `${isChosen ? "bold " : ""}13px ${look.font}`;
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.fillText(grid.titles[panel], x0, y0 - AXIS - 6);
  drawAxes(pen, grid, panel, place, look);
  for (let cell = 0; cell < place.cells; cell++) {
    const [x, y] = place.corner(panel, cell);
    const strength = (grid.codes[panel * place.cells + cell] - 128) / 127;
    const full = mix(look.page, ends[strength < 0 ? 0 : 1], 0.2 + 0.8 * Math.abs(strength));
    const shares = grid.shares[panel * place.cells + cell];
    pen.fillStyle = css(shares ? full : mix(look.page, full, 0.35));
    pen.fillRect(x, y, place.side - (place.side > 5 ? 1 : 0), place.side - (place.side > 5 ? 1 : 0));
  }
  pen.strokeStyle = grid.mark;
  pen.lineWidth = 2;
  for (let block = 0; block < samples * channels; block++) {
    const first = block * rows * columns;
    if (!grid.shares[panel * place.cells + first]) continue;
    const [x, y] = place.corner(panel, first);
    pen.strokeRect(x - 1, y - 1, columns * place.side + 1, rows * place.side + 1);
  }
  const [x, y] = place.corner(panel, grid.cell);
  pen.strokeStyle = look.text;
  pen.lineWidth = 2.5;
  pen.strokeRect(x - 0.5, y - 0.5, place.side, place.side);
}

// Words beside the first panel's sides, numbers would be too small on a phone.
function drawAxes(pen, grid, panel, place, look) {
  const [samples, channels] = grid.shape;
  const [x0, y0] = place.origin(panel);
  pen.globalAlpha = 0.75;
  pen.font = `11px ${look.font}`;
  pen.textAlign = "center";
  pen.fillText("channels →", x0 + (channels * place.block[0]) / 2, y0 - 5);
  pen.save();
  pen.translate(x0 - 6, y0 + (samples * place.block[1]) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(samples * place.block[1] > 60 ? "← samples" : "N", 0, 0);
  pen.restore();
  pen.globalAlpha = 1;
}
