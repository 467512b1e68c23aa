// Ô ngày dd/mm/yyyy: thêm nút "Lịch" mở lịch của trình duyệt; chọn xong thì ghi lại theo dd/mm/yyyy.
function dress(place) {
  const text = place.querySelector("input");
  if (!text || place.querySelector("button")) return;
  const native = document.createElement("input");
  native.type = "date";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.textContent = place.dataset.word;
  button.addEventListener("click", () => {
    const [d, m, y] = text.value.split("/");
    if (y) native.value = `${y.padStart(4, "0")}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
    native.showPicker();
  });
  native.addEventListener("change", () => {
    text.value = native.value.split("-").reverse().join("/");
    text.dispatchEvent(new Event("change", { bubbles: true }));
  });
  place.append(native, button);
}

const all = (root) => root.querySelectorAll("[data-day-input]").forEach(dress);
all(document);
document.addEventListener("htmx:afterSwap", (event) => all(event.target));
