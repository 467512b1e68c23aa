"""Dòng chữ chia thành mảnh, mỗi mảnh một cột: phần đầu và phần ký của văn bản luôn có hai cột."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tinhgon.engine.extract.model import Box, Extracted, Line, Source
from tinhgon.engine.reading.repair import capitals
from tinhgon.engine.reading.vocabulary import MOTTO, NATION, PARTY, is_upper
from tinhgon.engine.vietnamese import nfc
from tinhgon.engine.vietnamese.syllables import split_glued

_GAP = re.compile(r"\t+|[ ]{3,}|\s*\|\s*")
_BLANKS = re.compile(r"(\bngày(?= +(?:tháng|\d))|\btháng(?= +(?:năm|\d))|\bnăm(?= +\d)|^\W*Số:?)[ ]{2,}(?=\S)")
_RULE = re.compile(r"[\W_]*")
_DATE = re.compile(r"ng[aàáảãạ]y.{0,14}th[aáàâ]ng.{0,8}n[aăâ]m", re.I)
_GLUED_COMMA = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
_STAMPED = re.compile(r"[|#].{0,3}\s((?:Về việc|V/v)\s)")
"""Dấu công văn đến đóng ngay bên trái trích yếu: máy quét nối nhiễu của con dấu với dòng chữ."""
_GLUED_PLACE = re.compile(r"^[A-ZĐÀ-Ỹ]{2,}(?:[ -]+[A-ZĐÀ-Ỹ]{2,})+\W+(?P<place>[A-ZĐÀ-Ỹ][a-zà-ỹ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹ]+)*,? ng[àaáả]y\b.{0,12}th[áaàâ]ng)")
"""Dòng thứ hai của tên cơ quan dính với địa danh và ngày ở cột bên ("CÁC CƠ QUAN ĐẢNG TỈNH Gia Lai, ngày 02 tháng 8")."""
_ENDING = re.compile(
    r"^(?:N[ơo]i nh[ậa]n\s*[:.]?|[-–+•]\s.*[;,.])\s+(?P<right>(?:(?:T/?M|K/?T|T/?L|T/?UQ|Q)[./]?\s|PHÓ |BÍ THƯ|CHÁNH |CHỦ TỊCH|TRƯỞNG |GIÁM ĐỐC|THỨ TRƯỞNG|BỘ TRƯỞNG|CỤC TRƯỞNG)[A-ZĐÀ-Ỹ .,-]*)$"
)
"""Danh sách nơi nhận dính với quyền hạn, chức vụ ở cột bên ("- Như trên; PHÓ BÍ THƯ")."""
_NEXT_BLOCK = re.compile(r"(?<=[A-ZĐÀ-Ỹ])\s+(?=(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.)\s)")
"""Khối ký của văn bản liên tịch đứng sát nhau: quyền hạn của khối sau nằm giữa một dòng toàn chữ hoa."""
_COUNTRY = re.compile(r"^(?P<nation>C[ỘO]NG\s*H\S+\s*X\S+\s*H\S+\s*CH\S+\s*NGH\S+\s*VI\S+\s*NAM)\s+(?P<rest>\S.*)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """``side``: "L" cột trái, "R" cột phải, "" không biết hay cả dòng. ``order``: thứ tự trong văn bản."""

    text: str
    side: str
    order: int
    line: Line

    @property
    def box(self) -> Box | None:
        return self.line.box

    @property
    def is_rule(self) -> bool:
        return _RULE.fullmatch(self.text) is not None


def pieces_of(extracted: Extracted) -> list[Piece]:
    """Mọi mảnh theo thứ tự đọc; dòng kẻ (-----, ___, *) vẫn giữ vì nó chia các phần."""
    out: list[Piece] = []
    for raw in extracted.lines if extracted.source is not Source.OCR else without_specks(extracted.lines):
        line = raw if raw.text.isascii() else replace(raw, text=nfc(raw.text))
        for text, side, shown in _cells(line):
            clean = tidy(text, repair=extracted.source is not Source.OCR)
            if extracted.source is Source.OCR and is_upper(clean):
                clean = capitals(clean)
            if clean:
                out.append(Piece(clean, side, len(out), shown))
    return out


def without_specks(lines: Sequence[Line]) -> Iterator[Line]:
    """Bỏ vết mực và dấu thanh mà máy quét tách thành dòng riêng: vài ký tự, thấp hơn hẳn một dòng chữ."""
    heights = sorted(line.box.bottom - line.box.top for line in lines if line.box is not None and len(line.text) > 5)
    usual = heights[len(heights) // 2] if heights else 0.0
    for line in lines:
        if line.box is None or len(line.text) > 3 or line.box.bottom - line.box.top > 0.55 * usual or line.box.right - line.box.left > 0.05:
            yield line


def tidy(text: str, *, repair: bool = True) -> str:
    """Khoảng trống gọn, dấu phẩy có khoảng trống sau, hai âm tiết dính nhau được tách."""
    text = _GLUED_COMMA.sub(", ", " ".join(text.split()))
    return " ".join(map(split_glued, text.split())) if repair else text


def _cells(line: Line) -> Iterator[tuple[str, str, Line]]:
    if line.box is not None:
        for text, part in _phrases(line.text, line):
            yield text, _side(part.box), part
        return
    text = _BLANKS.sub(lambda found: f"{found[1]} ", line.text)
    indent = len(line.text) - len(line.text.lstrip(" \t"))
    cells = [cell for cell in _GAP.split(text.strip(" \t|")) if cell.strip()]
    for index, cell in enumerate(cells):
        parts = list(_phrases(cell, line))
        for at, (text, part) in enumerate(parts):
            side = ("L", "R")[min(index + at, 1)] if len(cells) + len(parts) > 2 else ("R" if indent > 30 else "")
            yield text, side, part


def _side(box: Box | None) -> str:
    """Nửa trang nào; dòng trải qua cả hai nửa thì không thuộc cột nào."""
    if box is None:
        return ""
    if box.right <= 0.56 and (box.left + box.right) / 2 < 0.46:
        return "L"
    return "R" if box.left >= 0.42 and (box.left + box.right) / 2 > 0.54 else ""


def _phrases(text: str, line: Line) -> Iterator[tuple[str, Line]]:
    """Hai cột mà bộ đọc nối thành một dòng: chia trước quốc hiệu, tiêu ngữ, tiêu đề Đảng, địa danh và ngày."""
    at = _split_at(text)
    if at <= 0:
        found = _COUNTRY.match(text)
        if found:  # quốc hiệu đứng trước rồi tới chữ khác
            yield from ((found[name], _part(line, *found.span(name), len(text))) for name in ("nation", "rest"))
        else:
            yield text, line
        return
    yield text[:at].strip(), _part(line, 0, at, len(text))
    yield from _rest(text[at:].strip(), _part(line, at, len(text), len(text)))


def _rest(text: str, line: Line) -> Iterator[tuple[str, Line]]:
    """Ba khối ký trên một dòng thì chia tiếp; các chỗ ghép khác chỉ có hai cột."""
    if is_upper(text) and _NEXT_BLOCK.search(text):
        yield from _phrases(text, line)
    else:
        yield text, line


def _split_at(text: str) -> int:
    for pattern in (NATION, MOTTO, PARTY):
        found = pattern.search(text)
        if found and found.start() > 0 and len(text) < 140:
            return found.start()
    block = _NEXT_BLOCK.search(text) if is_upper(text) else None
    if block and len(text) < 140:
        return block.end()
    ending = _ENDING.match(text)
    if ending and len(text) < 140:
        return ending.start("right")
    stamped = _STAMPED.search(text)
    if stamped:
        return stamped.start(1)
    glued = _GLUED_PLACE.match(text)
    if glued:
        return glued.start("place")
    found = _DATE.search(text)
    if found and re.match(r"\s*(?:Lu[aậ]t\s+)?S[oốôó]\s*[:.]?\s*\S*\s*[/–-]", text) and len(text) < 140:
        before = text[: found.start()]
        place = _place_start(before)
        return place if place > 0 else found.start()
    return 0


def _place_start(before: str) -> int:
    """Địa danh đứng trước "ngày": bắt đầu sau ký hiệu (từ đầu tiên viết hoa chữ đầu, sau từ chứa "/" hay "-")."""
    words = list(re.finditer(r"\S+", before))
    last_symbol = max((i for i, word in enumerate(words) if re.search(r"[/]|\w-\w", word[0])), default=0)
    for word in words[last_symbol + 1 :]:
        if re.match(r"[A-ZĐÀ-Ỹ][a-zà-ỹ]|TP", word[0]):
            return word.start()
    return 0


def _part(line: Line, start: int, end: int, length: int) -> Line:
    if line.box is None:
        return line
    width = line.box.right - line.box.left
    box = replace(line.box, left=line.box.left + width * start / length, right=line.box.left + width * end / length)
    return replace(line, box=box)
