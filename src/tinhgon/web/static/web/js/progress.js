// Việc dài: khi máy chủ báo đã xong, tải lại đúng trang này một lần nếu trang muốn thế (data-reload-when-done).
document.addEventListener("htmx:afterSwap", () => {
  const done = document.querySelector("[data-progress-finished][data-reload-when-done]");
  if (done) location.reload();
});
