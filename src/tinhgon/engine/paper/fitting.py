"""Hai cột của phần đầu rộng bao nhiêu, và tên dài ngắt ở đâu cho cân: Word và PDF ngắt như nhau."""

from dataclasses import dataclass

from tinhgon.engine.paper import words
from tinhgon.engine.paper.measures import Measures
from tinhgon.engine.paper.model import Layout, Paper

_UPPER, _LOWER, _NARROW, _DIGIT, _SPACE = 0.70, 0.455, 0.30, 0.5, 0.25
"""Bề rộng chữ Times tính bằng cỡ chữ, lấy dư một ít để không dòng nào tràn."""
_AREAS = ("THÀNH PHỐ ", "TỈNH ", "PHƯỜNG ", "XÃ ", "ĐẶC KHU ", "QUẬN ", "HUYỆN ", "THỊ XÃ ")
_GAP = 3.0
MARK_ROOM, MARK_PAD = 12.0, 6.0
"""Khung phạm vi lưu hành, mm: hẹp hơn cột bao nhiêu, rộng hơn chữ bao nhiêu."""
_WIDEST_RIGHT, _NARROWEST_RIGHT = 100.0, 80.0
_SLANTED = 1.06
"""Địa danh, ngày tháng in nghiêng, gần như toàn chữ thường: rộng hơn ước chừng chừng này."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Bề rộng hai cột, mm; cộng lại đúng bằng phần chữ."""

    left: float
    right: float

    @property
    def both(self) -> tuple[float, float]:
        return self.left, self.right


def columns(paper: Paper, m: Measures) -> Columns:
    """Cột phải vừa tiêu đề và địa danh, ngày tháng trên một dòng; còn lại là của tên cơ quan."""
    title = words.MOTTO_EM * m.motto_size
    if m.layout == Layout.STATE:
        title = max(title, words.COUNTRY_EM * m.country_size)
    else:
        title = words.PARTY_EM * m.motto_size
    wanted = max(title * words.POINT, *(_slanted(line, m.date_size) for line in date_lines(paper.place_date, m))) + _GAP
    right = min(max(wanted, _NARROWEST_RIGHT), _WIDEST_RIGHT)
    return Columns(round(m.text_width - right, 1), round(right, 1))


def date_lines(place_date: str, m: Measures) -> list[str]:
    """Một dòng; địa danh dài quá cột thì xuống dòng sau dấu phẩy, không để năm đứng một mình ("Thành phố Hồ Chí Minh, / ngày ...")."""
    place, comma, day = place_date.partition(", ")
    if not comma or _slanted(place_date, m.date_size) + _GAP <= _WIDEST_RIGHT:
        return [place_date]
    return [place + ",", day]


def _slanted(text: str, size: float) -> float:
    return width(text, size) * _SLANTED


def halves(m: Measures) -> Columns:
    """Biên bản: hai chữ ký hai bên bằng nhau."""
    left = round(m.text_width / 2, 1)
    return Columns(left, round(m.text_width - left, 1))


def width(text: str, size: float) -> float:
    """Bề rộng ước chừng, mm."""
    return sum(_em(letter) for letter in text) * size * words.POINT


def balanced(text: str, size: float, room: float) -> list[str]:
    """Các dòng của ``text``; dòng dài hơn ``room`` mm thì ngắt thành hai dòng gần bằng nhau, hết thì ba."""
    found: list[str] = []
    for line in (part.strip() for part in text.splitlines()):
        if line:
            found += _broken(line, size, room)
    return found


def organ_lines(text: str, size: float, room: float) -> list[str]:
    """Tên cơ quan ban hành; văn bản liên tịch thì mỗi cơ quan một dòng, giữa hai tên có gạch nối."""
    *before, last = text.split(" - ")
    return balanced("\n".join([*(f"{name} -" for name in before), last]), size, room)


def _broken(line: str, size: float, room: float) -> list[str]:
    words_of = line.split()
    if width(line, size) <= room or len(words_of) == 1:
        return [line]
    halves = [(" ".join(words_of[:at]), " ".join(words_of[at:])) for at in range(1, len(words_of))]
    fitting = [half for half in halves if max(width(part, size) for part in half) <= room]
    whole = [half for half in fitting if half[1].upper().startswith(_AREAS)]  # "THÀNH ỦY / THÀNH PHỐ ...": không cắt đôi tên địa bàn
    first, second = min(whole or fitting or halves, key=lambda half: max(width(part, size) for part in half))
    return [*_broken(first, size, room), *_broken(second, size, room)]


def _em(letter: str) -> float:
    if letter.isspace():
        return _SPACE
    if letter.isdigit():
        return _DIGIT
    if letter.isupper():
        return _UPPER
    return _NARROW if letter in "iíìịỉĩjltfr,.;:-/()'" else _LOWER
