document.documentElement.classList.add("js");

// Chạy trước khi vẽ: người chưa chọn sáng hay tối thì theo máy của họ.
if ("themeAuto" in document.documentElement.dataset && matchMedia("(prefers-color-scheme: dark)").matches) {
  document.documentElement.dataset.bsTheme = "dark";
}
