// Biểu mẫu: gửi một lần; giữ bản nháp trong máy khi mất mạng (data-keep="khóa"); tiêu điểm về ô lỗi đầu tiên;
// ô lọc tự gửi khi đổi.
const KEEP = "tinhgon-nhap:";

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.method !== "post" || event.submitter?.formTarget === "_blank") return; // xem thử trong thẻ mới, chưa gửi
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  if (form.dataset.keep) sessionStorage.setItem(KEEP + "sent", form.dataset.keep);
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-filters]") && event.target.matches("select, input[type=date], input[type=checkbox]")) form.requestSubmit();
});

const drafts = document.querySelectorAll("form[data-keep]");
const sent = sessionStorage.getItem(KEEP + "sent");
if (sent && ![...drafts].some((form) => form.dataset.keep === sent)) {
  localStorage.removeItem(KEEP + sent);
  sessionStorage.removeItem(KEEP + "sent");
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken" && field.type !== "file" && field.type !== "hidden" && field.type !== "password");
}

for (const form of drafts) {
  const key = KEEP + form.dataset.keep;
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  const untouched = !form.hasAttribute("data-has-errors");
  if (kept && untouched) {
    for (const field of fields(form)) if (field.name in kept && !field.value) field.value = kept[field.name];
  }
  form.addEventListener("input", () => {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(fields(form).filter((f) => f.value).map((f) => [f.name, f.value]))));
  });
}

document.querySelector("[data-error-summary]")?.focus();
