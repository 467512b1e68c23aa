// Bảng chọn <details data-menu>: mở một cái thì cái khác đóng; bấm ra ngoài hoặc Esc thì đóng và trả tiêu điểm.
const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details[data-menu][open]")) return;
  for (const other of menus()) if (other !== event.target) other.open = false;
}, true);

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
