// The matrix of the backlog: a bubble is dragged to another square, or moved with the arrow keys. Without this script the form beside
// the drawing does the same.

const figure = document.querySelector("[data-matrix]");
const form = document.querySelector("[data-drop]");
const top = 5;
const cell = Number(figure?.dataset.cell);

function put(bubble, ex, cx) {
  const inside = (n) => Math.min(Math.max(n, 0), top);
  [ex, cx] = [inside(ex), inside(cx)];
  if (ex === Number(bubble.dataset.ex) && cx === Number(bubble.dataset.cx)) return false;
  form.action = `/changes/${bubble.dataset.change}/place`;
  form.elements.ex.value = ex;
  form.elements.cx.value = cx;
  form.elements.version.value = bubble.dataset.version;
  form.requestSubmit();
  return true;
}

// Where the pointer is on the drawing, in its own units.
function place(event) {
  const svg = figure.querySelector("svg");
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

const STEPS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

function pressed(event) {
  const step = STEPS[event.code];
  const bubble = event.target.closest("[data-change]");
  if (!step || !bubble || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  put(bubble, Number(bubble.dataset.ex) + step[0], Number(bubble.dataset.cx) + step[1]);
}

let held = null;
let dragged = false;

function grab(event) {
  const bubble = event.target.closest("[data-change]");
  if (!bubble || event.button !== 0) return;
  held = { bubble, from: place(event) };
  dragged = false;
  figure.setPointerCapture(event.pointerId);
}

function drag(event) {
  if (!held) return;
  const to = place(event);
  const [x, y] = [to.x - held.from.x, to.y - held.from.y];
  // A hand that shakes has not dragged anything.
  if (!dragged && Math.hypot(x, y) < 6) return;
  dragged = true;
  held.bubble.setAttribute("transform", `translate(${x} ${y})`);
}

function drop(event) {
  if (!held) return;
  const { bubble } = held;
  held = null;
  if (!dragged) return void location.assign(bubble.getAttribute("href"));
  const to = place(event);
  if (!put(bubble, top - Math.floor(to.y / cell), Math.floor(to.x / cell))) bubble.removeAttribute("transform");
}

if (figure) {
  figure.addEventListener("keydown", pressed);
  figure.addEventListener("pointerdown", grab);
  figure.addEventListener("pointermove", drag);
  figure.addEventListener("pointerup", drop);
  figure.addEventListener("pointercancel", () => { held?.bubble.removeAttribute("transform"); held = null; });
  // The browser would drag the link away, and follow it after a drag.
  figure.addEventListener("dragstart", (event) => event.preventDefault());
  figure.addEventListener("click", (event) => { if (event.target.closest("[data-change]") && event.detail) event.preventDefault(); });
  // Whoever moved a bubble by the keyboard goes on from there.
  if (location.hash) document.querySelector(`${CSS.escape ? "#" + CSS.escape(location.hash.slice(1)) : location.hash}.bubble`)?.focus();
}
