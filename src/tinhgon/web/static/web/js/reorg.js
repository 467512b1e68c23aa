// Bàn quyết định: j/k chuyển nhóm, x đánh dấu, 1–9 chọn nơi nhận, a mọi mục, n đơn vị kế tiếp. Đánh dấu cả trang.
// Không có mã này thì mọi việc vẫn làm được bằng ô đánh dấu và nút.
const desk = () => document.querySelector("[data-desk]");
const boxes = () => [...desk().querySelectorAll("[data-group-box]")];

function current() {
  const group = document.activeElement?.closest?.("[data-group]");
  return group?.querySelector("[data-group-box]") ?? null;
}

function move(step) {
  const all = boxes();
  if (!all.length) return;
  const now = all.indexOf(current());
  all[now < 0 ? 0 : Math.min(Math.max(now + step, 0), all.length - 1)].focus();
}

function choose(key) {
  const button = desk().querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  const any = desk().querySelector('input[name="group"]:checked');
  const box = current() ?? boxes().find((each) => !each.closest(".is-decided"));
  if (!any && box) box.checked = true;
  button.click();
  return true;
}

function toggleAll() {
  const all = boxes();
  const on = !all.every((box) => box.checked);
  all.forEach((box) => { box.checked = on; });
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: () => { const box = current(); if (box) box.checked = !box.checked; },
  a: toggleAll,
  n: () => desk().querySelector("[data-next]")?.click(),
};

const typing = (node) => node.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (!desk() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (/^[1-9]$/.test(event.key)) {
    if (choose(event.key)) event.preventDefault();
  } else if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

function focusNext() {
  if (!desk()) return;
  const waiting = boxes().find((box) => !box.closest(".is-decided"));
  (waiting ?? desk().querySelector("[data-next]"))?.focus();
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "quyet-dinh" || event.detail.target?.id === "quyet-dinh") focusNext();
});

// Việc vài giây (kiểm kê, xem trước): nút nói đang làm gì. Chữ của nút nằm ở <form data-busy>.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.dataset.busy || !submitter) return;
  submitter.textContent = form.dataset.busy;
  submitter.setAttribute("aria-busy", "true");
});

for (const form of document.querySelectorAll("[data-check-all]")) {
  const button = form.querySelector("[data-check-page]");
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const all = [...form.querySelectorAll("tbody input[type=checkbox]")];
    const on = !all.every((box) => box.checked);
    all.forEach((box) => { box.checked = on; });
  });
}
