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
  return [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken" && !["file", "hidden", "password", "submit", "button"].includes(field.type));
}

// Ô chọn nhiều mục và ô đánh dấu cũng là chữ, để so được với lúc mở trang.
function value(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked ? field.value : "";
  return field.multiple ? JSON.stringify([...field.selectedOptions].map((option) => option.value)) : field.value;
}

function refill(field, text) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = text !== "";
  else if (field.multiple) for (const option of field.options) option.selected = JSON.parse(text).includes(option.value);
  else field.value = text;
  field.tomselect?.sync();
}

const keyed = (form) => fields(form).map((field) => [`${field.name}=${["checkbox", "radio"].includes(field.type) ? field.value : ""}`, field]);
const snapshot = (form) => Object.fromEntries(keyed(form).map(([key, field]) => [key, value(field)]));

// Giữ chữ đang gõ kèm chữ lúc mở trang. Mở lại: ô nào máy chủ vẫn như lúc ấy thì lấy lại chữ đã gõ; ô mà người khác đã sửa
// trong lúc ấy thì để nguyên bản mới. Có lấy lại thì nói ra và cho bỏ đi.
for (const form of drafts) {
  const key = KEEP + form.dataset.keep;
  const opened = snapshot(form);
  const { base = {}, typed = {} } = JSON.parse(localStorage.getItem(key) ?? "{}");
  if (!form.hasAttribute("data-has-errors")) {
    const back = keyed(form).filter(([name]) => name in typed && typed[name] !== base[name] && opened[name] === base[name]);
    for (const [name, field] of back) refill(field, typed[name]);
    if (back.length) tell(form, key);
    else localStorage.removeItem(key);
  }
  form.addEventListener("input", () => localStorage.setItem(key, JSON.stringify({ base: opened, typed: snapshot(form) })));
}

function tell(form, key) {
  const words = document.querySelector("template[data-kept]")?.content.cloneNode(true);
  if (!words) return;
  words.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(key);
    location.reload();
  });
  form.before(words);
}

document.querySelector("[data-error-summary]")?.focus();
