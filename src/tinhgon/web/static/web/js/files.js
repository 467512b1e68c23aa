// Ô chọn tệp: trình duyệt viết nút ấy theo tiếng của máy ("Choose Files"), nên đặt nút của mình vào chỗ nó và tự kể tên tệp đã chọn.
// Ô gốc vẫn còn đó cho bàn phím và trình đọc màn hình; không có mã này thì ô gốc hiện như thường.
function told(input) {
  const files = [...input.files];
  if (!files.length) return input.dataset.none;
  if (files.length === 1) return files[0].name;
  return `${files.length} ${input.dataset.many}`;
}

function dress(input) {
  const around = Object.assign(document.createElement("span"), { className: "file-pick" });
  const button = Object.assign(document.createElement("span"), { className: "btn", textContent: input.dataset.choose });
  const names = Object.assign(document.createElement("span"), { className: "file-pick-names", textContent: told(input) });
  button.setAttribute("aria-hidden", "true");
  input.replaceWith(around);
  around.append(input, button, names);
  button.addEventListener("click", (event) => {
    event.preventDefault(); // ô có thể nằm trong nhãn: đừng mở hai lần
    input.click();
  });
  const tell = () => { names.textContent = told(input); };
  input.addEventListener("change", tell);
  input.form?.addEventListener("reset", () => setTimeout(tell));
}

document.querySelectorAll("input[type=file][data-choose]").forEach(dress);
