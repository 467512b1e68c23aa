import { touchDrag } from "./touch_drag.js";

// Bảng của phương án: kéo thẻ vào thẻ khác, vào cột kết thúc, vào "đơn vị mới"; kéo chức năng sang đơn vị khác. Bàn phím: ô đánh dấu
// chọn đơn vị, mũi tên đi giữa các thẻ, Enter ở nơi đặt hỏi đúng câu mà kéo thả hỏi, Escape bỏ chọn. Không có mã này thì mọi việc
// vẫn làm được bằng ô đánh dấu, thanh việc và liên kết.
const board = document.querySelector("[data-board]");
const dialog = document.querySelector("[data-put-dialog]");

const cardOf = (node) => node?.closest?.("[data-unit]");
const boxOf = (card) => card.querySelector("input[name=chon]");
const boxes = () => [...board.querySelectorAll("input[name=chon]")];
const chosen = () => boxes().filter((box) => box.checked);
const area = () => board.querySelector("input[name=khu]")?.value;
const part = () => board.querySelector("input[name=phan]")?.value;

function say(words, name = "") {
  board.querySelector("[data-said]").textContent = words.replace("__TEN__", name).replace("__SO__", chosen().length);
}

function query(units, more = {}) {
  const found = new URLSearchParams();
  for (const unit of units) found.append("chon", unit);
  if (area()) found.set("khu", area());
  if (part()) found.set("phan", part());
  for (const [key, value] of Object.entries(more)) found.set(key, value);
  return found.toString();
}

async function ask(units, target) {
  const answer = await fetch(`${board.dataset.putUrl}?${query(units, { vao: target })}`, { headers: { "X-Bang": "1" } });
  if (!answer.ok) return;
  dialog.innerHTML = await answer.text();
  dialog.showModal();
  (dialog.querySelector("[name=viec]") ?? dialog.querySelector("[data-put-no]")).focus();
}

function moveFunction(held, target) {
  if (target === held.from) return;
  const form = document.createElement("form");
  form.method = "post";
  form.action = board.querySelector(`[data-function="${held.id}"][data-from="${held.from}"] a`).href;
  const token = document.querySelector("#hoan-lai input[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, vao: target, khu: area() ?? "", phan: part() ?? "" })) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

let dragging = null;

// cầm thẻ hay chức năng ở chỗ bấm; trả về tên để nói, null khi ở đó không có gì kéo được
function pick(node) {
  const chip = node.closest("[data-function]");
  const card = cardOf(node);
  if (chip) dragging = { held: { id: chip.dataset.function, from: chip.dataset.from } };
  else if (card?.draggable) dragging = { units: boxOf(card).checked ? chosen().map((box) => box.value) : [card.dataset.unit] };
  else return null;
  const { name } = (chip ?? card).dataset;
  say(board.dataset.saidDragging, name);
  return name;
}

function start(event) {
  const name = pick(event.target);
  if (name === null) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", name);
}

function targetAt(node) {
  if (!dragging || !node || !board.contains(node)) return null;
  const card = cardOf(node);
  if (card && !("closes" in card.dataset) && !dragging.units?.includes(card.dataset.unit)) return card;
  if (dragging.units) return node.closest("[data-closing], [data-new]");
  return null;
}

function leave() {
  mark(null);
  dragging = null;
}

function mark(place) {
  board.querySelectorAll(".is-over").forEach((each) => each !== place && each.classList.remove("is-over"));
  place?.classList.add("is-over");
}

function drop(place) {
  if (dragging.held) return moveFunction(dragging.held, place.dataset.unit);
  if (place.dataset.unit) return ask(dragging.units, place.dataset.unit);
  location.href = `${"new" in place.dataset ? board.dataset.newUrl : board.dataset.closeUrl}?${query(dragging.units)}`;
}

function walk(from, key) {
  const all = boxes().filter((box) => box.offsetParent !== null);
  if (key === "ArrowUp" || key === "ArrowDown") return all[all.indexOf(from) + (key === "ArrowDown" ? 1 : -1)];
  const lanes = [...board.querySelectorAll(".lane, [data-closing]")];
  const lane = lanes[lanes.indexOf(from.closest(".lane, [data-closing]")) + (key === "ArrowRight" ? 1 : -1)];
  return lane?.querySelector("input[name=chon]");
}

function pressed(event) {
  const box = event.target;
  if (!box.matches?.("input[name=chon]")) return;
  if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    walk(box, event.key)?.focus();
  } else if (event.key === "Enter") {
    event.preventDefault();
    const units = chosen().map((each) => each.value).filter((unit) => unit !== box.value);
    if (units.length) ask(units, box.value);
  } else if (event.key === "Escape") {
    chosen().forEach((each) => { each.checked = false; });
    say(board.dataset.saidNone);
    count();
  }
}

function count() {
  const words = board.querySelector("[data-count]");
  words.dataset.words ??= words.textContent;
  const names = chosen().map((box) => cardOf(box).dataset.name);
  words.textContent = names.length ? `${names.length}: ${names.slice(0, 2).join(", ")}${names.length > 2 ? "…" : ""}` : words.dataset.words;
}

if (board) {
  board.addEventListener("dragstart", start);
  board.addEventListener("dragover", (event) => {
    const place = targetAt(event.target);
    mark(place);
    if (place) event.preventDefault();
  });
  board.addEventListener("drop", (event) => {
    const place = targetAt(event.target);
    if (!place) return;
    event.preventDefault();
    drop(place);
    leave();
  });
  board.addEventListener("dragend", leave);
  touchDrag(board, {
    begin: pick,
    over: (node) => mark(targetAt(node)),
    drop: (node) => { const place = targetAt(node); if (place) drop(place); },
    end: leave,
  });
  board.addEventListener("keydown", pressed);
  board.addEventListener("change", ({ target }) => {
    if (!target.matches("input[name=chon]")) return;
    say(target.checked ? board.dataset.saidChosen : board.dataset.saidLeft, cardOf(target).dataset.name);
    count();
  });
  dialog.addEventListener("click", (event) => event.target.closest("[data-put-no]") && dialog.close());
  count();
  // sau khi trình duyệt cuộn tới thẻ vừa đổi (việc ấy bỏ tiêu điểm), mới đặt tiêu điểm vào ô của nó
  addEventListener("load", () => setTimeout(() => {
    const at = location.hash && document.getElementById(location.hash.slice(1));
    if (at) boxOf(at)?.focus({ preventScroll: true });
  }));
}
