"""Trang bố trí cán bộ của một lần sắp xếp: phương án và thanh kéo, danh sách vị trí, một người, ý kiến và quyết định."""
