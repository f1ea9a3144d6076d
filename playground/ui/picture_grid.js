// Draws the message of playground/charts/pictures.py: a grid that fits the width; runs behind canvas.js, as one script.

const GAP = 8;
const CAPTION = 18; // pixels below a picture
const SIDES = { grey: 56, diverging: 48 }; // preferred width of a picture in pixels

export default function ({ parentElement, data }) {
  return showOn(parentElement.querySelector(".grid"), data, draw);
}

// Draws the pictures and gives back what to tell about the one under the pointer.
function draw({ message: grid, texture, look, width, resize }) {
  const place = arrange(grid, width);
  const pen = resize(place.total);
  pen.imageSmoothingEnabled = false;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const palette = makePalette(grid, look.page);
  for (let i = 0; i < grid.number; i++) {
    const [x, y] = place.corner(i);
    paint(texture, grid, i, palette);
    pen.drawImage(texture, x, y, place.width, place.height);
    drawFrame(pen, x, y, place, Boolean(grid.wrong[i]), grid.mark, look);
    if (grid.captions[i]) pen.fillText(grid.captions[i], x + place.width / 2, y + place.height + 5);
  }
  return (left, top) => {
    const index = place.at(left, top);
    if (!grid.tips[index]) return null;
    const [x, y] = place.corner(index);
    return { text: grid.tips[index], left: x, top: y + place.height + 4 };
  };
}

// A thin frame, or a thick dashed one around a wrong answer, and the pen of the caption below.
function drawFrame(pen, x, y, { width, height }, isWrong, mark, look) {
  const edge = isWrong ? 1.5 : 0.5;
  pen.globalAlpha = isWrong ? 1 : 0.3;
  pen.strokeStyle = isWrong ? mark : look.text;
  pen.lineWidth = 2 * edge;
  pen.setLineDash(isWrong ? [6, 3] : []);
  pen.strokeRect(x - edge, y - edge, width + 2 * edge, height + 2 * edge);
  pen.globalAlpha = 1;
  pen.fillStyle = look.text;
  pen.font = `${isWrong ? "bold " : ""}12px ${look.font}`;
}

// Where each picture stands: whole pixels of a picture on whole pixels of the screen, so that all are equally wide.
function arrange(grid, available) {
  const factor = Math.max(1, Math.round(SIDES[grid.mode] / Math.max(grid.width, 1)));
  const width = factor * grid.width;
  const height = factor * grid.height;
  const stepX = width + GAP;
  const stepY = height + (grid.captions.length ? CAPTION + GAP : GAP);
  const columns = Math.max(1, Math.min(Math.floor((available - 4 + GAP) / stepX), grid.number));
  const corner = (i) => [3 + (i % columns) * stepX, 3 + Math.floor(i / columns) * stepY];
  const at = (x, y) => {
    const column = Math.floor((x - 3) / stepX);
    const index = Math.floor((y - 3) / stepY) * columns + column;
    return x >= 3 && y >= 3 && column < columns && index < grid.number ? index : -1;
  };
  return { width, height, corner, at, total: Math.max(3 + Math.ceil(grid.number / columns) * stepY, 1) };
}

// The colour of each of the 256 codes: black on white, or two ends with the page as zero between them.
function makePalette(grid, page) {
  const ends = [grid.negative, grid.positive].map(rgb);
  return Array.from({ length: 256 }, (_, code) => {
    if (grid.mode === "grey") return [255 - code, 255 - code, 255 - code];
    const strength = (code - 128) / 127;
    return mix(page, ends[strength < 0 ? 0 : 1], Math.min(Math.abs(strength), 1));
  });
}

function paint(texture, grid, index, palette) {
  const size = grid.width * grid.height;
  if (texture.width !== grid.width || texture.height !== grid.height) {
    [texture.width, texture.height] = [grid.width, grid.height];
  }
  const brush = texture.getContext("2d");
  const image = brush.createImageData(grid.width, grid.height);
  for (let k = 0; k < size; k++) {
    image.data.set([...palette[grid.pixels[index * size + k]], 255], 4 * k);
  }
  brush.putImageData(image, 0, 0);
}
