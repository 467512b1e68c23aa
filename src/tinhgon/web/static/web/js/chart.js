// Sơ đồ tổ chức: kéo dời, phóng, tìm, đi bằng mũi tên; hình so sánh: rê hay chọn một đơn vị thì sáng đường của nó.
// Máy chủ đã vẽ xong; không có mã này thì sơ đồ vẫn đọc được và mọi ô vẫn là liên kết.
import { fold } from "./fold.js";

const nodesIn = (root) => [...root.querySelectorAll("[data-node]")];

function centre(node) {
  const box = node.getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

class Pane {
  constructor(frame) {
    this.frame = frame;
    this.svg = frame.querySelector("svg");
    const [x, y, w, h] = this.svg.getAttribute("viewBox").split(" ").map(Number);
    this.whole = { x, y, w, h };
    frame.classList.add("is-live");
    this.svg.setAttribute("preserveAspectRatio", "xMidYMin meet");
    this.view = this.start();
    this.draw();
  }

  // Mở đầu: vừa bề ngang, từ trên xuống; hình thấp thì vừa cả hình.
  start() {
    const ratio = this.svg.clientHeight / Math.max(this.svg.clientWidth, 1);
    const w = Math.min(this.whole.w, Math.max(this.svg.clientWidth / 0.9, 420));
    return { x: this.whole.x + (this.whole.w - w) / 2, y: this.whole.y, w, h: w * ratio };
  }

  draw() {
    const { x, y, w, h } = this.view;
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
  }

  zoom(factor, at) {
    const w = Math.min(Math.max(this.view.w * factor, 240), Math.max(this.whole.w, this.whole.h) * 1.6);
    const real = w / this.view.w;
    const point = at ?? { x: this.view.x + this.view.w / 2, y: this.view.y + this.view.h / 2 };
    this.view = { x: point.x - (point.x - this.view.x) * real, y: point.y - (point.y - this.view.y) * real, w, h: this.view.h * real };
    this.draw();
  }

  fit() {
    const ratio = this.svg.clientHeight / Math.max(this.svg.clientWidth, 1);
    const w = Math.max(this.whole.w, this.whole.h / ratio);
    this.view = { x: this.whole.x - (w - this.whole.w) / 2, y: this.whole.y, w, h: w * ratio };
    this.draw();
  }

  move(dx, dy) {
    this.view = { ...this.view, x: this.view.x + dx, y: this.view.y + dy };
    this.draw();
  }

  point(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = this.view.w / box.width;
    return { x: this.view.x + (event.clientX - box.left) * scale, y: this.view.y + (event.clientY - box.top) * scale, scale };
  }

  reveal(node) {
    const { x, y } = centre(node);
    const inside = x > this.view.x && x < this.view.x + this.view.w && y > this.view.y && y < this.view.y + this.view.h;
    if (inside) return;
    this.view = { ...this.view, x: x - this.view.w / 2, y: y - this.view.h / 2 };
    this.draw();
  }
}

function dragging(pane) {
  let from = null;
  let moved = false;
  pane.svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY };
    moved = false;
  });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    if (!moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4) return;
    moved = true;
    pane.svg.classList.add("is-dragging");
    const { scale } = pane.point(event);
    pane.move((from.x - event.clientX) * scale, (from.y - event.clientY) * scale);
    from = { x: event.clientX, y: event.clientY };
  });
  addEventListener("pointerup", () => {
    from = null;
    pane.svg.classList.remove("is-dragging");
  });
  pane.svg.addEventListener("click", (event) => moved && event.preventDefault(), true);
  pane.svg.addEventListener("dragstart", (event) => event.preventDefault());
  pane.svg.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      pane.zoom(event.deltaY > 0 ? 1.12 : 1 / 1.12, pane.point(event));
      return;
    }
    const { scale } = pane.point(event);
    const bottom = pane.whole.y + pane.whole.h - pane.view.h * 0.5;
    const next = pane.view.y + event.deltaY * scale;
    if (next < pane.whole.y - 4 || next > Math.max(bottom, pane.whole.y)) return;
    event.preventDefault();
    pane.move(event.deltaX * scale, event.deltaY * scale);
  }, { passive: false });
}

// Một điểm dừng của phím Tab; mũi tên đi tới ô gần nhất về phía ấy.
function roving(root, pane) {
  const nodes = nodesIn(root);
  nodes.forEach((node, index) => node.setAttribute("tabindex", index ? "-1" : "0"));
  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  root.addEventListener("focusin", (event) => {
    const node = event.target.closest("[data-node]");
    if (!node) return;
    for (const other of nodes) other.setAttribute("tabindex", other === node ? "0" : "-1");
    pane?.reveal(node);
  });
  root.addEventListener("keydown", (event) => {
    const here = event.target.closest("[data-node]");
    if (pane && event.key === "+") return pane.zoom(1 / 1.2);
    if (pane && event.key === "-") return pane.zoom(1.2);
    if (pane && event.key === "0") return pane.fit();
    const direction = directions[event.key];
    if (!here || !direction) return;
    event.preventDefault();
    nearest(nodes, here, direction)?.focus();
  });
}

function nearest(nodes, here, [dx, dy]) {
  const from = centre(here);
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    if (node === here) continue;
    const to = centre(node);
    const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
    const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    if (along <= 2) continue;
    const cost = along + aside * 2.5;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

function finding(frame, pane) {
  const input = document.querySelector("[data-chart-find]");
  const found = document.querySelector("[data-chart-found]");
  let at = 0;
  let matches = [];
  input?.addEventListener("input", () => {
    const wanted = fold(input.value.trim());
    const nodes = nodesIn(frame);
    matches = wanted ? nodes.filter((node) => fold(node.dataset.name).includes(wanted)) : [];
    nodes.forEach((node) => node.classList.toggle("is-match", matches.includes(node)));
    frame.classList.toggle("is-searching", Boolean(wanted));
    if (found) found.textContent = wanted ? `${matches.length} ${found.dataset.word}` : "";
    at = 0;
    if (matches[0]) show(matches[0]);
  });
  input?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !matches.length) return;
    event.preventDefault();
    matches[at % matches.length].focus();
    at += 1;
  });
  const show = (node) => (pane ? pane.reveal(node) : node.scrollIntoView({ block: "center" }));
}

function tracing(svg) {
  const ribbons = [...svg.querySelectorAll(".ribbon")];
  const ends = [...svg.querySelectorAll(".compare-end")];
  const trace = (unit) => {
    const near = new Set([unit]);
    for (const ribbon of ribbons) {
      const on = unit && (ribbon.dataset.before === unit || ribbon.dataset.after === unit);
      ribbon.classList.toggle("is-traced", Boolean(on));
      if (on) near.add(ribbon.dataset.before).add(ribbon.dataset.after);
    }
    ends.forEach((end) => end.classList.toggle("is-traced", near.has(end.dataset.unit)));
    svg.classList.toggle("is-tracing", Boolean(unit));
  };
  for (const kind of ["pointerover", "focusin"]) svg.addEventListener(kind, (event) => trace(event.target.closest(".compare-end")?.dataset.unit));
  for (const kind of ["pointerleave", "focusout"]) svg.addEventListener(kind, () => trace(undefined));
}

function slider() {
  const form = document.querySelector("[data-day-slider]");
  const input = form?.querySelector("input[type=range]");
  if (!input) return;
  const stops = input.dataset.stops.split(" ");
  const buttons = [...form.querySelectorAll("button")];
  input.closest("[hidden]").hidden = false;
  const word = () => input.setAttribute("aria-valuetext", buttons[input.value].textContent.trim());
  input.addEventListener("input", word);
  input.addEventListener("change", () => form.requestSubmit(buttons[stops.indexOf(stops[input.value])]));
  word();
}

const frame = document.querySelector("[data-chart]");
if (frame) {
  const pane = new Pane(frame);
  dragging(pane);
  roving(frame, pane);
  finding(frame, pane);
  const zoom = document.querySelector(".chart-zoom");
  zoom.hidden = false;
  zoom.addEventListener("click", (event) => {
    const kind = event.target.dataset.chartZoom;
    if (kind === "fit") pane.fit();
    else if (kind) pane.zoom(kind === "in" ? 1 / 1.25 : 1.25);
  });
}
const comparison = document.querySelector("[data-compare]");
if (comparison) {
  tracing(comparison.querySelector("svg"));
  roving(comparison);
  finding(comparison);
}
slider();
