// A canvas that lives as long as its place on the page: Streamlit calls with every new message and when the theme changes.

// Shows a message of playground/charts/byte_message.py in a root with one canvas and one element of class "tip".
// draw({root, message, texture, look, width, resize}) draws it all, and returns (left, top) -> {text, left, top} or null.
function showOn(root, bytes, draw) {
  if (!root || !bytes) return;
  root.view ??= makeView(root, draw);
  root.view.show(readMessage(bytes));
  return () => root.view.close();
}

function readMessage(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const body = bytes.slice(4 + length).buffer; // a copy starts at an aligned address
  const kinds = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array };
  for (const [name, [offset, count, kind]] of Object.entries(header.arrays)) {
    header[name] = new kinds[kind](body, offset, count);
  }
  return header;
}

function makeView(root, draw) {
  const canvas = root.querySelector("canvas[role=img]");
  const tip = root.querySelector(".tip");
  const texture = document.createElement("canvas");
  let message = null;
  let pointer = null;
  let tell = () => null;

  function redraw() {
    const width = canvas.clientWidth;
    if (!message || !width) return; // a hidden tab has no width
    tell = draw({ root, message, texture, look: readLook(root), width, resize: (height) => sharpPen(canvas, height) });
    showTip();
  }

  function showTip() {
    const told = pointer && tell(...pointer);
    tip.hidden = !told;
    if (!told) return;
    tip.textContent = told.text;
    tip.style.left = Math.max(0, Math.min(told.left, canvas.clientWidth - tip.offsetWidth)) + "px";
    tip.style.top = told.top + "px";
  }

  canvas.onpointermove = (event) => {
    pointer = [event.offsetX, event.offsetY];
    showTip();
  };
  canvas.onpointerleave = () => {
    pointer = null;
    showTip();
  };
  const resizing = new ResizeObserver(redraw);
  resizing.observe(root);
  return {
    show(next) {
      message = next;
      if (canvas.getAttribute("aria-label") !== message.alt) canvas.setAttribute("aria-label", message.alt);
      redraw();
    },
    close: () => resizing.disconnect(),
  };
}

// A pen over a cleared canvas of the given height, in units of the page but with every pixel of the screen.
function sharpPen(canvas, height) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const pixels = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) {
    canvas.style.height = height + "px";
    [canvas.width, canvas.height] = pixels;
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

function readLook(root) {
  const style = getComputedStyle(root);
  const read = (name, other) => style.getPropertyValue(name).trim() || other;
  return {
    page: rgb(read("--st-background-color", "#ffffff")),
    text: read("--st-text-color", "#31333f"),
    font: read("--st-font", "sans-serif"),
  };
}

function rgb(colour) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

const css = (colour) => (typeof colour === "string" ? colour : `rgb(${colour.join(",")})`);

function mix(from, to, share) {
  return from.map((value, i) => Math.round(value + (to[i] - value) * share));
}
