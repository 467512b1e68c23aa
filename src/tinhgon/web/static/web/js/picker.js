// Ô chọn nhiều mục (đơn vị, người): gõ để tìm, không cần dấu. Không có mã này thì là ô chọn thường.
const start = () => {
  for (const select of document.querySelectorAll("select[data-picker]")) {
    const many = select.multiple;
    const made = new TomSelect(select, {
      plugins: many ? ["remove_button"] : [],
      maxOptions: 600,
      hideSelected: many,
      closeAfterSelect: !many,
      placeholder: select.dataset.placeholder,
      render: { no_results: () => `<div class="no-results">${select.dataset.none}</div>` },
    });
    select.hidden = true;
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (select.hasAttribute(name)) made.control_input.setAttribute(name, select.getAttribute(name));
    }
  }
};
if (window.TomSelect) start();
else addEventListener("load", start);
