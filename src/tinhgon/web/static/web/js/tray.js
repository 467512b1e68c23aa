// Bàn vào sổ: nút "Dùng" điền ô; đứng ở ô nào thì chỗ ấy trên trang giấy sáng lên và cuộn tới.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const field = document.getElementById(button.dataset.fill) ?? document.querySelector(`[name="${button.dataset.fill.replace("id_", "")}"]`);
  if (!field) return;
  if (field.tomselect) field.tomselect.setValue(button.dataset.value);
  else field.value = button.dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  (field.tomselect ?? field).focus();
});

const marks = [...document.querySelectorAll("[data-mark]")];
document.addEventListener("focusin", (event) => {
  const name = event.target.closest("[data-read]")?.dataset.read;
  if (!name) return;
  for (const mark of marks) mark.classList.toggle("is-here", mark.dataset.mark === name);
  const here = marks.find((mark) => mark.dataset.mark === name);
  here?.closest(".desk-paper") && here.scrollIntoView({ block: "center", behavior: "smooth" });
});
