"""Hình học của sơ đồ tổ chức: hàm thuần, nhận cây, trả hộp và đường. Không hỏi cơ sở dữ liệu, không biết HTTP."""
