"""Số và ký hiệu như in trên văn bản của Đảng: ``15-CV/VPTU``."""


def padded(number: int, suffix: str = "") -> str:
    """Số dưới 10 thêm số 0 phía trước: ``09``, ``15``, ``12a``."""
    return f"{number:02d}{suffix}"


def symbol(number: int, abbreviation: str, organ: str, *, suffix: str = "") -> str:
    """``<số>-<ký hiệu tên loại>/<ký hiệu cơ quan>``, gạch nối rồi gạch chéo, không có năm."""
    return f"{padded(number, suffix)}-{abbreviation}/{organ}"
