"""Bố trí cán bộ: từ dữ liệu của tổ chức thành bài toán của ``engine.placement``, và từ phương án đã quyết định về kế hoạch chuyển giao."""
