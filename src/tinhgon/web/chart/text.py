"""Chữ trong hộp: máy chủ tự xuống dòng, vì SVG không biết xuống dòng."""

_WIDE = set("MWmw@ƯƠỚ")
_NARROW = set("iíìỉĩịljtfrI.,:;'()1 ")


def text_width(text: str, size: float) -> float:
    """Bề ngang ước lượng (đơn vị hình) của chữ Be Vietnam Pro cỡ ``size``."""
    units = sum(0.33 if letter in _NARROW else 0.9 if letter in _WIDE else 0.68 if letter.isupper() else 0.575 for letter in text)
    return units * size


def wrap(text: str, *, width: float, size: float, lines: int) -> list[str]:
    """Xuống dòng theo từ; quá ``lines`` dòng thì dòng cuối kết bằng dấu ba chấm."""
    made: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}".strip()
        if current and text_width(longer, size) > width:
            made.append(current)
            current = word
        else:
            current = longer
    made.append(current)
    if len(made) <= lines:
        return made
    kept = made[:lines]
    kept[-1] = shorten(f"{kept[-1]} {made[lines]}", width=width, size=size)
    return kept


def shorten(text: str, *, width: float, size: float) -> str:
    """Cắt cho vừa một dòng, thêm dấu ba chấm."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
