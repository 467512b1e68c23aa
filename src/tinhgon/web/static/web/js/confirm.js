// Động từ không quay lại dễ dàng: <form data-confirm="Tiêu đề" data-confirm-yes="Chữ trên nút">, hậu quả nằm trong
// <template data-consequences> của biểu mẫu. Không có mã này, biểu mẫu vẫn gửi (máy chủ kiểm tra lại).
const dialog = document.querySelector("[data-confirm-dialog]");
let waiting = null;

function ask(form, submitter) {
  waiting = { form, submitter };
  const source = submitter?.dataset.confirm ? submitter : form;
  dialog.querySelector("[data-confirm-title]").textContent = source.dataset.confirm;
  dialog.querySelector("[data-confirm-yes]").textContent = source.dataset.confirmYes || submitter?.textContent || "";
  const consequences = form.querySelector("template[data-consequences]");
  dialog.querySelector("[data-confirm-body]").replaceChildren(consequences ? consequences.content.cloneNode(true) : "");
  dialog.showModal();
  dialog.querySelector("[data-confirm-no]").focus();
}

if (dialog) {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const needed = form.dataset.confirm || submitter?.dataset.confirm;
    if (!needed || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    ask(form, submitter);
  }, true);
  dialog.querySelector("[data-confirm-no]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-confirm-yes]").addEventListener("click", () => {
    dialog.close();
    waiting.form.dataset.confirmed = "1";
    waiting.form.requestSubmit(waiting.submitter ?? undefined);
  });
}
