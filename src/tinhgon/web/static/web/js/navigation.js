// Bề ngang điện thoại: nút "Mục lục" mở và đóng điều hướng.
const button = document.querySelector("[data-nav-toggle]");
const side = document.getElementById("dieu-huong");

function show(open) {
  side.classList.toggle("is-open", open);
  button.setAttribute("aria-expanded", String(open));
}

if (button && side) {
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && side.classList.contains("is-open")) {
      show(false);
      button.focus();
    }
  });
}
