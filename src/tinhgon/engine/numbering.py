"""Số và ký hiệu như in trên văn bản của Đảng: ``15-CV/VPTU``."""


def padded(number: int, suffix: str = "") -> str:
    """Số dưới 10 thêm số 0 phía trước: ``09``, ``15``, ``12a``."""
    return f"{number:02d}{suffix}"


def symbol(number: int, abbreviation: str, organ: str, *, suffix: str = "") -> str:
    """``<số>-<ký hiệu tên loại>/<ký hiệu cơ quan>``, gạch nối rồi gạch chéo, không có năm.

    Tên loại không có ký hiệu (thư công) thì chỉ còn số và cơ quan: ``03/VPTU``.
    """
    head = f"{padded(number, suffix)}-{abbreviation}" if abbreviation else padded(number, suffix)
    return f"{head}/{organ}" if organ else head
