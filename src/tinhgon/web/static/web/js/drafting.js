// Ô soạn thảo: Ctrl-S lưu bản; rời trang khi chưa lưu thì trình duyệt hỏi (chữ vẫn được giữ trong máy, data-keep).
const form = document.getElementById("soan");
const box = form?.querySelector("textarea");
let saved = box?.value;

form?.addEventListener("submit", (event) => {
  if (event.submitter?.formTarget !== "_blank") saved = box.value;
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && form) {
    event.preventDefault();
    form.requestSubmit();
  }
});

addEventListener("beforeunload", (event) => {
  if (box && box.value !== saved) event.preventDefault();
});
