// The shapes that tell classes apart, filled for training points and as rings for validation points.

function drawShape(pen, shape, x, y, radius, colour, isRing, page, outline) {
  pen.beginPath();
  outlineOf(pen, shape, x, y, isRing ? radius * 0.95 : radius);
  pen.lineJoin = "round";
  if (isRing) {
    pen.fillStyle = page;
    pen.strokeStyle = outline;
    pen.lineWidth = 3.4;
    pen.stroke();
    pen.fill();
    pen.strokeStyle = colour;
    pen.lineWidth = 1.7;
    pen.stroke();
  } else {
    pen.strokeStyle = outline;
    pen.lineWidth = 1.4;
    pen.stroke();
    pen.fillStyle = colour;
    pen.fill();
  }
}

// Shapes of about equal area; each is [corners, first angle, size] or a star with a second radius.
const POLYGONS = {
  square: [4, Math.PI / 4, 1.25],
  triangle: [3, -Math.PI / 2, 1.45],
  diamond: [4, 0, 1.3],
  cross: [8, Math.PI / 4, 1.5, 0.55],
  pentagon: [5, -Math.PI / 2, 1.2],
  wedge: [3, Math.PI / 2, 1.45],
  plus: [8, 0, 1.5, 0.55],
  star: [10, -Math.PI / 2, 1.5, 0.6],
  hexagon: [6, 0, 1.15],
};

function outlineOf(pen, shape, x, y, radius) {
  if (!(shape in POLYGONS)) return pen.arc(x, y, radius, 0, 2 * Math.PI);
  const [corners, first, size, inner] = POLYGONS[shape];
  for (let i = 0; i < corners; i++) {
    const reach = radius * (inner && i % 2 ? inner : size);
    const angle = first + (2 * Math.PI * i) / corners;
    pen.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  pen.closePath();
}
