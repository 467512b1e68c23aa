"""Cán bộ: làm được lĩnh vực nào, bằng chứng gì, đào tạo, luân chuyển, xếp loại, nguyện vọng. Ai giữ vị trí nào là của ``org``."""
