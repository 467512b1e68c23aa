"""Tên người do chương trình đặt: họ, đệm, tên theo tần suất thường gặp; không lấy tên của ai.

Danh sách chặn giữ tên các nhà lãnh đạo và nhân vật lịch sử nhiều người biết, để thế giới mẫu không trùng tên ai.
"""

import random
from dataclasses import dataclass

# Tần suất họ (phần nghìn), làm tròn từ các thống kê họ người Việt đã công bố.
_FAMILY = {
    "Nguyễn": 384, "Trần": 110, "Lê": 95, "Phạm": 70, "Huỳnh": 51, "Phan": 45, "Vũ": 24, "Võ": 21, "Đặng": 21,
    "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 8, "Đinh": 8, "Đoàn": 8, "Trương": 14, "Lâm": 8,
    "Mai": 6, "Trịnh": 6, "Đào": 6, "Cao": 5, "Hà": 5, "Lương": 5, "Tạ": 3, "Tô": 3, "Thái": 3, "Châu": 3, "Quách": 2,
    "Hoàng": 16, "Nghiêm": 1, "La": 1, "Kiều": 1, "Tăng": 2, "Văn": 1, "Thạch": 1, "Vương": 2, "Lưu": 3, "Phùng": 3,
}  # fmt: skip

_MIDDLE_MEN = {
    "Văn": 30, "Hữu": 7, "Đức": 7, "Minh": 9, "Quốc": 8, "Thanh": 7, "Công": 4, "Xuân": 4, "Ngọc": 5, "Hoàng": 6,
    "Đình": 4, "Trọng": 3, "Anh": 3, "Duy": 3, "Tấn": 5, "Thành": 4, "Quang": 5, "Phước": 3, "Chí": 3, "Bá": 2,
    "Nhật": 2, "Trung": 2, "Thế": 2, "Tuấn": 3, "Hồng": 2, "Viết": 1, "Khắc": 1, "Gia": 2, "": 5,
}  # fmt: skip
_MIDDLE_WOMEN = {
    "Thị": 34, "Thị Thanh": 5, "Thị Kim": 5, "Thị Ngọc": 6, "Thị Thu": 5, "Thị Mỹ": 4, "Thị Hồng": 4, "Thị Bích": 3,
    "Ngọc": 6, "Thanh": 4, "Kim": 3, "Minh": 3, "Phương": 3, "Hoàng": 3, "Thùy": 3, "Bảo": 2, "Quỳnh": 2, "Mai": 2,
    "Thị Minh": 3, "Thị Phương": 3, "Thị Tuyết": 2, "Thị Cẩm": 2, "Thị Thùy": 3, "Diệu": 1, "Khánh": 1,
}  # fmt: skip
_GIVEN_MEN = {
    "Hùng": 9, "Dũng": 9, "Tuấn": 10, "Minh": 9, "Hải": 8, "Sơn": 7, "Long": 6, "Thành": 7, "Tâm": 5, "Phúc": 6,
    "Quang": 5, "Cường": 6, "Nam": 6, "Bình": 6, "Hòa": 5, "Khánh": 4, "Trung": 6, "Đức": 5, "Thắng": 6, "Hiếu": 6,
    "Nghĩa": 4, "Tài": 4, "Lộc": 3, "Phong": 5, "Toàn": 5, "Hậu": 3, "Việt": 4, "Khoa": 5, "Huy": 6, "An": 3,
    "Thịnh": 4, "Vinh": 4, "Duy": 4, "Kiên": 4, "Lâm": 3, "Nhân": 4, "Quân": 4, "Tùng": 4, "Tiến": 4, "Trí": 3,
    "Triết": 2, "Đạt": 4, "Sang": 3, "Danh": 2, "Giang": 3, "Hoàng": 4, "Hưng": 4, "Lợi": 3, "Mẫn": 2, "Nhật": 2,
    "Phát": 3, "Phương": 2, "Quý": 2, "Tân": 3, "Thiện": 3, "Tín": 3, "Vũ": 4, "Bảo": 3, "Chương": 2, "Đông": 2,
}  # fmt: skip
_GIVEN_WOMEN = {
    "Hương": 9, "Lan": 7, "Hoa": 6, "Hạnh": 7, "Hà": 7, "Thảo": 8, "Linh": 7, "Trang": 8, "Ngọc": 6, "Phương": 8,
    "Mai": 7, "Nga": 6, "Thủy": 7, "Hằng": 7, "Hồng": 5, "Yến": 6, "Loan": 6, "Nhung": 5, "Tuyết": 4, "Dung": 6,
    "Vân": 6, "Anh": 6, "Liên": 4, "Oanh": 4, "Thu": 5, "Trâm": 5, "Trinh": 5, "Châu": 4, "Diễm": 3, "Duyên": 4,
    "Giang": 4, "Huệ": 3, "Huyền": 5, "Khanh": 2, "Kiều": 3, "Lệ": 2, "Ly": 3, "My": 3, "Ngân": 5, "Nguyệt": 4,
    "Như": 4, "Nhi": 4, "Phượng": 5, "Quyên": 5, "Quỳnh": 4, "Sương": 2, "Thanh": 3, "Thư": 4, "Thúy": 5, "Tiên": 3,
    "Tâm": 3, "Tú": 2, "Uyên": 4, "Vy": 4, "Xuân": 3, "Ái": 1, "Đào": 2, "Hiền": 6, "Bích": 2, "Cúc": 2,
}  # fmt: skip

DENIED = frozenset({
    "Nguyễn Phú Trọng", "Nguyễn Xuân Phúc", "Nguyễn Thị Kim Ngân", "Nguyễn Tấn Dũng", "Nguyễn Minh Triết",
    "Nguyễn Văn Linh", "Nguyễn Văn Cừ", "Nguyễn Văn An", "Nguyễn Văn Nên", "Nguyễn Văn Thể", "Nguyễn Văn Bình",
    "Nguyễn Thiện Nhân", "Nguyễn Thành Phong", "Nguyễn Thành Tài", "Nguyễn Thị Bình", "Nguyễn Thị Định",
    "Nguyễn Thị Minh Khai", "Nguyễn Thị Thập", "Nguyễn Hòa Bình", "Nguyễn Sinh Hùng", "Nguyễn Trọng Nghĩa",
    "Nguyễn Hữu Thọ", "Nguyễn Chí Thanh", "Nguyễn Chí Dũng", "Nguyễn Văn Hùng", "Nguyễn Văn Thắng",
    "Nguyễn Văn Được", "Nguyễn Thanh Nghị", "Nguyễn Duy Ngọc", "Nguyễn Phước Lộc", "Nguyễn Thị Lệ",
    "Nguyễn Mạnh Cường", "Nguyễn Văn Lợi", "Nguyễn Hoàng Thao", "Nguyễn Thị Thanh", "Nguyễn Đức Hải",
    "Nguyễn Khắc Định", "Nguyễn Hồng Diên", "Nguyễn Kim Sơn", "Nguyễn Hải Ninh", "Nguyễn Thái Học",
    "Nguyễn Tri Phương", "Nguyễn An Ninh", "Nguyễn Đức Cảnh", "Nguyễn Lương Bằng", "Nguyễn Duy Trinh",
    "Nguyễn Thị Hồng", "Nguyễn Quốc Trung", "Nguyễn Công Trứ", "Nguyễn Xuân Thắng", "Nguyễn Xuân Cường",
    "Trần Phú", "Trần Đại Quang", "Trần Đức Lương", "Trần Cẩm Tú", "Trần Thanh Mẫn", "Trần Lưu Quang",
    "Trần Quốc Tỏ", "Trần Hồng Hà", "Trần Quang Phương", "Trần Kim Yến", "Trần Hoàng Ngân", "Trần Thị Diệu Thúy",
    "Trần Văn Giàu", "Trần Văn Trà", "Trần Bạch Đằng", "Trần Quốc Toản", "Trần Hưng Đạo", "Trần Trọng Kim",
    "Trần Văn Nam", "Trần Tuấn Anh", "Trần Quốc Vượng",
    "Lê Duẩn", "Lê Đức Thọ", "Lê Đức Anh", "Lê Khả Phiêu", "Lê Hồng Phong", "Lê Minh Hưng", "Lê Minh Trí",
    "Lê Thanh Hải", "Lê Minh Khái", "Lê Thành Long", "Lê Hoài Trung", "Lê Quốc Phong", "Lê Hồng Quang",
    "Lê Tấn Tới", "Lê Văn Dũng", "Lê Minh Hoan", "Lê Quang Đạo", "Lê Quang Định", "Lê Lợi", "Lê Văn Duyệt",
    "Lê Thị Hồng Gấm", "Lê Văn Sỹ", "Lê Hoàng Quân", "Lê Tiến Châu", "Lê Quốc Minh",
    "Phạm Văn Đồng", "Phạm Hùng", "Phạm Minh Chính", "Phạm Bình Minh", "Phạm Viết Thanh", "Phạm Gia Túc",
    "Phạm Ngọc Thạch", "Phạm Thành Kiên", "Phạm Quang Nghị", "Phạm Thế Duyệt", "Phạm Đức Ấn",
    "Võ Văn Kiệt", "Võ Văn Thưởng", "Võ Chí Công", "Võ Nguyên Giáp", "Võ Thị Sáu", "Võ Văn Minh", "Võ Văn Tần",
    "Võ Thị Ánh Xuân", "Võ Thị Dung", "Võ Văn Ngân", "Võ Văn Dũng",
    "Phan Văn Khải", "Phan Văn Mãi", "Phan Văn Giang", "Phan Đình Trạc", "Phan Đình Phùng", "Phan Bội Châu",
    "Phan Thị Thắng", "Phan Nguyễn Như Khuê", "Phan Diễn", "Phan Thanh Giản",
    "Đỗ Mười", "Đỗ Văn Chiến", "Đỗ Trọng Hưng", "Đinh La Thăng", "Đinh Tiến Dũng", "Đinh Thế Huynh",
    "Hồ Chí Minh", "Hồ Đức Phớc", "Hồ Đức Việt", "Hồ Tùng Mậu", "Hồ Hải", "Huỳnh Tấn Phát", "Huỳnh Thúc Kháng",
    "Huỳnh Tấn Việt", "Huỳnh Đảm", "Trương Tấn Sang", "Trương Thị Mai", "Trương Mỹ Hoa", "Trương Vĩnh Trọng",
    "Trương Hòa Bình", "Trường Chinh", "Tô Lâm", "Tô Huy Rứa", "Tô Thị Bích Châu", "Tôn Đức Thắng",
    "Lương Cường", "Lương Tam Quang", "Bùi Thị Minh Hoài", "Bùi Thanh Sơn", "Bùi Văn Cường", "Bùi Thị Quỳnh Vân",
    "Hoàng Văn Thụ", "Hoàng Trung Hải", "Hoàng Quốc Việt", "Hoàng Xuân Chiến", "Hoàng Văn Thái",
    "Vương Đình Huệ", "Vũ Đức Đam", "Vũ Hồng Văn", "Đặng Quốc Khánh", "Đặng Minh Thông", "Đặng Thị Ngọc Thịnh",
    "Ngô Đức Kế", "Ngô Xuân Lịch", "Ngô Văn Dụ", "Ngô Gia Tự", "Nông Đức Mạnh", "Mai Chí Thọ", "Mai Văn Chính",
    "Đào Ngọc Dung", "Đào Hồng Lan", "Dương Quang Trung", "Dương Anh Đức", "Dương Ngọc Hải", "Hà Huy Tập",
    "Hà Thị Nga", "Hà Huy Giáp", "Cao Văn Lầu", "Lý Thường Kiệt", "Lý Tự Trọng", "Lâm Đình Thắng", "Châu Văn Liêm",
    "Ung Văn Khiêm", "Tất Thành Cang", "Thái Thị Bích Liên", "Văn Tiến Dũng", "Lưu Quang Vũ", "Trịnh Đình Cửu",
    "Bùi Xuân Cường", "Võ Văn Hoan", "Nguyễn Văn Phong", "Nguyễn Hồ Hải", "Lê Thị Riêng", "Nguyễn Lộc Hà",
    "Nguyễn Văn Dành", "Nguyễn Văn Thọ", "Nguyễn Thị Yến", "Mai Ngọc Thuận", "Nguyễn Công Vinh",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wheel:
    words: tuple[str, ...]
    weights: tuple[int, ...]

    @classmethod
    def of(cls, table: dict[str, int]) -> "_Wheel":
        return cls(tuple(table), tuple(table.values()))

    def many(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self.words, self.weights, k=count)


_FAMILIES = _Wheel.of(_FAMILY)
_MEN = (_Wheel.of(_MIDDLE_MEN), _Wheel.of(_GIVEN_MEN))
_WOMEN = (_Wheel.of(_MIDDLE_WOMEN), _Wheel.of(_GIVEN_WOMEN))


def full_names(rng: random.Random, count: int) -> list[str]:
    """``count`` họ tên; khoảng bốn phần mười là nữ; có thể trùng nhau như ngoài đời, không trùng danh sách chặn."""
    names: list[str] = []
    while len(names) < count:
        wanted = count - len(names)
        families = _FAMILIES.many(rng, wanted)
        women = [rng.random() < 0.42 for _ in range(wanted)]
        for family, is_woman in zip(families, women, strict=True):
            middles, givens = _WOMEN if is_woman else _MEN
            middle, given = middles.many(rng, 1)[0], givens.many(rng, 1)[0]
            name = " ".join(part for part in (family, middle, given) if part)
            if _sounds_right(family, middle, given) and name not in DENIED:
                names.append(name)
    return names


def _sounds_right(family: str, middle: str, given: str) -> bool:
    """Không lặp chữ trong một tên ("Trần Minh Minh", "Mai Thị Mai")."""
    words = [family, *middle.split(), given]
    return len(set(words)) == len(words)
