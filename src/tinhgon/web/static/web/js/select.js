// Ô chỉ đọc (liên kết để chép): bấm vào là chọn cả.
document.addEventListener("focusin", (event) => event.target.matches?.("[data-select-all]") && event.target.select());
