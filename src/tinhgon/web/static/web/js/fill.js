// Ô chọn mẫu: chọn một mẫu thì chữ của nó vào ô được nêu tên. Không có mã này, máy chủ tự lấy mẫu khi ô kia còn trống.
document.addEventListener("change", (event) => {
  const box = event.target.closest("select[data-fill]");
  const target = box?.form?.elements[box.dataset.fill];
  if (!target || !box.value) return;
  target.value = target.value.trim() ? `${target.value.trim()} ${box.value}` : box.value;
  box.value = "";
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.focus();
});
