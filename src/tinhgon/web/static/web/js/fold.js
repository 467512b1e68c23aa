// Bỏ dấu để so chữ ngay trong trang (máy chủ có cách của nó): "Đảng ủy" -> "dang uy".
export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
