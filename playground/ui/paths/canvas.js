// Plays the message of playground/charts/paths/picture.py; runs behind canvas.js, shapes.js, contours.js, map.js, curve.js and rule.js.

const SPEEDS = { slow: 24, normal: 9, fast: 3 }; // seconds for the whole way
const CALM_JUMPS = 12; // where motion is to be reduced, playing shows this many pictures

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".paths");
  if (!root || !data) return;
  root.player ??= makePlayer(root);
  root.player.show(data, (start) => setTriggerValue("start", start));
  return () => root.player.close();
}

function makePlayer(root) {
  const find = (name) => root.querySelector(name);
  const [map, curve, tip, slider] = [".map canvas", ".curve canvas", ".tip", "input"].map(find);
  const [ground, texture] = [document.createElement("canvas"), document.createElement("canvas")];
  const state = { step: Infinity, focus: "", mode: "values", playing: false, drag: null, clock: 0, groundKey: "" };
  let message = null;
  let bytes = new Uint8Array();
  let send = () => {};
  let plot, axes;

  const focus = () => Math.max(message.paths.findIndex((path) => path.label === state.focus), 0);

  function redraw() {
    if (!message || !map.clientWidth) return;
    const look = readLook(root);
    const step = Math.min(state.step, message.steps);
    const path = message.paths[focus()];
    const moment = path ? momentOf(message, focus(), step) : null;
    drawMap(look, step, path, moment);
    axes = makeAxes(curve.clientWidth, message, state.mode);
    drawCurves(sharpPen(curve, CURVE.height), message, axes, state.mode, step, focus(), look);
    find(".theory").hidden = !message.paths.some((_, i) => message[`expected_${state.mode}_${i}`].length);
    fillRule(find(".rule"), path, moment, step);
    fillLegend(look, step);
    find(".ahead").hidden = !path?.looks_ahead;
    root.style.colorScheme = Math.max(...look.page) < 128 ? "dark" : "light"; // of the slider and the menu
    slider.value = step;
    const text = `step ${Math.floor(step)} of ${message.steps}`;
    if (find("output").textContent !== text) find("output").textContent = text;
    slider.setAttribute("aria-valuetext", text);
  }

  function drawMap(look, step, path, moment) {
    plot = makePlot(map.clientWidth, message);
    const height = plot.y + plot.side + MARGIN.bottom;
    const pen = sharpPen(map, height);
    const key = JSON.stringify([map.width, map.height, look, message.number]);
    if (state.groundKey !== key) {
      state.groundKey = key;
      [ground.width, ground.height] = [map.width, map.height];
      const brush = ground.getContext("2d");
      const scale = map.width / map.clientWidth;
      brush.setTransform(scale, 0, 0, scale, 0, 0);
      drawGround(brush, texture, message, plot, look);
    }
    pen.drawImage(ground, 0, 0, map.clientWidth, height);
    drawWays(pen, message, plot, step, focus(), look);
    if (path && !state.playing) drawArrows(pen, message, plot, path, moment, look);
    drawStart(pen, plot, state.drag ?? message.start, look);
  }

  function fillLegend(look, step) {
    const legend = find(".legend");
    const key = JSON.stringify([message.paths.map((path) => [path.label, path.colour]), look]);
    if (legend.dataset.key !== key) {
      legend.dataset.key = key;
      legend.replaceChildren(...message.paths.map((path) => legendButton(path, look, choose)));
    }
    message.paths.forEach((path, i) => {
      const button = legend.children[i];
      button.setAttribute("aria-checked", i === focus());
      button.tabIndex = i === focus() ? 0 : -1;
      const at = Math.min(Math.floor(step), path.last);
      const value = message[`values_${i}`][at];
      const text = path.status === "diverged" && at === path.last ? "diverged" : figure(value);
      if (button.lastChild.textContent !== text) button.lastChild.textContent = text;
      button.title = `Learning rate ${figure(path.learning_rate)}; show its arrows and its rule`;
    });
  }

  function choose(label) {
    state.focus = label;
    redraw();
    find(".legend [aria-checked=true]").focus();
  }

  function play(on) {
    state.playing = on;
    const button = find(".play");
    button.textContent = on ? "Pause" : "Play";
    if (!on) return redraw();
    if (state.step >= message.steps) state.step = 0;
    state.clock = performance.now();
    requestAnimationFrame(frame);
  }

  function frame(now) {
    if (!state.playing || !root.isConnected) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const share = Math.max(now - state.clock, 0) / 1000 / SPEEDS[find("select").value]; // a frame may be older than the click
    if (!isCalm || share >= 1 / CALM_JUMPS) {
      state.step = Math.min(state.step + share * message.steps, message.steps);
      state.clock = now;
      if (state.step >= message.steps) return play(false);
      redraw();
    }
    requestAnimationFrame(frame);
  }

  function scrub(step) {
    state.step = step;
    if (state.playing) play(false);
    else redraw();
  }

  const inside = (event) => {
    const share = [(event.offsetX - plot.x) / plot.side, 1 - (event.offsetY - plot.y) / plot.side];
    return share.every((one) => one >= 0 && one <= 1) ? share : null;
  };
  const toPoint = (share) => [message.left + share[0] * message.side, message.bottom + share[1] * message.side];

  function moveStart(event) {
    const share = inside(event);
    if (share) state.drag = toPoint(share);
    redraw();
  }
  map.onpointerdown = (event) => {
    if (event.button !== 0 || !message || !inside(event)) return;
    map.setPointerCapture(event.pointerId);
    play(false);
    moveStart(event);
  };
  map.onpointermove = (event) => {
    if (state.drag && event.buttons) moveStart(event);
    tell(event);
  };
  map.onpointerup = () => {
    if (state.drag) send(state.drag);
  };
  map.onpointercancel = () => {
    state.drag = null;
    redraw();
  };
  map.onpointerleave = () => (tip.hidden = true);
  map.onkeydown = (event) => {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const move = moves[event.key];
    if (!move || !message) return;
    event.preventDefault();
    const from = state.drag ?? message.start;
    state.drag = from.map((value, i) => value + (move[i] * message.side) / 50);
    redraw();
    clearTimeout(state.timer);
    state.timer = setTimeout(() => send(state.drag), 350); // after the last of several presses
  };

  function tell(event) {
    const share = message && plot ? inside(event) : null;
    tip.hidden = !share;
    if (!share) return;
    const [column, row] = share.map((one) => Math.round(one * (message.size - 1)));
    const [x, y] = toPoint(share).map((value) => figure(Number(value.toPrecision(3))));
    const code = message.values[row * message.size + column];
    tip.textContent = `x ${x}, y ${y}: f ${figure(Number(valueOf(message, code).toPrecision(3)))}`;
    tip.style.left = Math.max(0, Math.min(event.offsetX + 12, map.clientWidth - tip.offsetWidth)) + "px";
    tip.style.top = (event.offsetY > 48 ? event.offsetY - 34 : event.offsetY + 18) + "px";
  }

  curve.onpointerdown = curve.onpointermove = (event) => {
    if (event.type === "pointerdown") curve.setPointerCapture(event.pointerId);
    if (event.buttons && message) scrub(axes.step(event.offsetX));
  };
  slider.oninput = () => scrub(Number(slider.value));
  find(".play").onclick = () => play(!state.playing);
  for (const button of root.querySelectorAll(".mode button")) {
    button.onclick = () => {
      state.mode = button.value;
      for (const other of root.querySelectorAll(".mode button")) other.setAttribute("aria-pressed", other === button);
      redraw();
    };
  }
  find(".legend").onkeydown = (event) => {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const number = message.paths.length;
    choose(message.paths[(focus() + way + number) % number].label);
  };

  const resizing = new ResizeObserver(redraw);
  let number = 0;
  return {
    show(next, sender) {
      send = sender;
      resizing.observe(root);
      const isNew = next.length !== bytes.length || next.some((byte, i) => byte !== bytes[i]);
      if (!isNew) return redraw(); // a new theme, or a look in passing: a drag goes on
      const wasAtEnd = !message || state.step >= message.steps;
      [bytes, message] = [next, readMessage(next)];
      message.number = number += 1;
      message.paths.forEach((path, i) => (path.drawn = drawable(message[`points_${i}`], message)));
      slider.max = message.steps;
      if (wasAtEnd && !state.playing) state.step = message.steps;
      state.drag = null;
      if (map.getAttribute("aria-label") !== message.alt) map.setAttribute("aria-label", message.alt);
      redraw();
    },
    close: () => resizing.disconnect(),
  };
}

function legendButton(path, look, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("role", "radio");
  button.onclick = () => choose(path.label);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [68, 32]; // drawn at twice its size for sharp screens
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  [pen.strokeStyle, pen.lineWidth] = [path.colour, 2.4];
  pen.setLineDash(path.dash[1] ? path.dash : []);
  pen.beginPath();
  pen.moveTo(0, 8);
  pen.lineTo(26, 8);
  pen.stroke();
  drawShape(pen, path.shape, 27, 8, 4.5, path.colour, false, css(look.page), css(look.page));
  const [name, value] = [document.createElement("span"), document.createElement("b")];
  name.textContent = path.label;
  button.append(canvas, name, value);
  return button;
}
