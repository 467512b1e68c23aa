// Thông báo: đóng được bằng nút; lời báo thành công tự ẩn, lời báo lỗi thì ở lại.
const LASTS = 8000;

export function watch(toast) {
  toast.querySelector("[data-toast-close]")?.addEventListener("click", () => toast.remove());
  if (toast.classList.contains("is-success")) setTimeout(() => toast.remove(), LASTS);
}

export function say(sentence, kind = "success") {
  const place = document.querySelector("[data-toasts]");
  const toast = document.createElement("div");
  toast.className = `toast-line is-${kind}`;
  const text = document.createElement("p");
  text.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.dataset.toastClose = "";
  close.textContent = place.dataset.closeWord;
  toast.append(text, close);
  place.append(toast);
  watch(toast);
}

document.querySelectorAll("[data-toast]").forEach(watch);
document.addEventListener("htmx:sendError", () => say(document.querySelector("[data-toasts]").dataset.offlineWord, "error"));
document.addEventListener("htmx:responseError", () => say(document.querySelector("[data-toasts]").dataset.brokenWord, "error"));
