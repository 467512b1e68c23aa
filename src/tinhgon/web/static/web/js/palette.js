// Tìm nhanh: Ctrl-K mở hộp; mũi tên chọn, Enter mở trang. Kết quả do máy chủ vẽ, htmx thay vào.
const dialog = document.querySelector("[data-palette]");
const input = dialog?.querySelector("input");

const options = () => [...dialog.querySelectorAll('[role="option"]')];

function open(text = "") {
  if (!dialog.open) dialog.showModal();
  input.value = text;
  input.focus();
  input.dispatchEvent(new Event("palette-open"));
}

function choose(step) {
  const all = options();
  if (!all.length) return;
  const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  mark(all, (now + step + all.length) % all.length);
}

function mark(all, index) {
  all.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
  input.setAttribute("aria-activedescendant", all[index]?.id ?? "");
  all[index]?.scrollIntoView({ block: "nearest" });
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  const box = document.querySelector("[data-palette-open]");
  box?.addEventListener("input", () => {
    const text = box.value;
    box.value = "";
    open(text);
  });
  dialog.querySelector("[data-palette-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("htmx:afterSwap", () => options().length && mark(options(), 0));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    }
    const chosen = dialog.querySelector('[aria-selected="true"]');
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      location.assign(chosen.dataset.href);
    }
  });
  dialog.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) location.assign(option.dataset.href);
  });
}
