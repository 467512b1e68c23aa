"""Trang của cán bộ: hồ sơ, ma trận năng lực, lĩnh vực, nhập từ Excel, xếp loại, nguyện vọng, khảo sát."""
