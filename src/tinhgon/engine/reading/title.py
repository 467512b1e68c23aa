"""Tên loại và trích yếu: dòng chữ hoa giữa trang và các dòng ngay dưới."""

import difflib
import re
from dataclasses import dataclass, field

from tinhgon.engine.reading.heading import Heading, is_arrival
from tinhgon.engine.reading.pieces import Piece
from tinhgon.engine.reading.vocabulary import (
    NO_ABBREVIATION,
    TYPE_BY_KEY,
    TYPES,
    abbreviations,
    is_upper,
    key,
)
from tinhgon.engine.vietnamese.syllables import is_syllable, share_valid

_WITHIN = 25
_BODY = re.compile(
    r"^[-–+*]?\s*(?:Căn cứ|Kính (?:gửi|trình)|Điều \d|Chương [IVX\d]|PHẦN|Phần (?:[IVX\d]|thứ)|Mục \d|[IVX]{1,4}\s*[.–-]|[A-D]\s*[.–-]\s|\d{1,2}\s*[.)–-]\s|Xét |Thi hành |Phúc đáp|Trả lời|Tiếp theo"
    r"|Trên cơ sở|Theo |Ngày \d|Hôm nay|Sau khi |Để |Nhằm |Trong |Qua |Năm \d|Từ |Tại |Thời gian|Thực hiện|Vừa qua|Quốc hội |Chính phủ |Bộ trưởng|Chủ tịch|Ban Thường vụ|Ban Chấp hành)"
)
_SURE_BODY = re.compile(r"^[-–+*]?\s*(?:Căn cứ|Kính (?:gửi|trình)|Điều \d|Chương [IVX\d]|Số\b|\(Ban hành|\(Kèm theo|\(ban hành|\(kèm theo|Nơi nhận)")
_OPEN_END = re.compile(r"(?:[,;:(-]|\b(?:và|của|về|cho|các|theo|trong|trên|tại|với|đối|thuộc|số|ngày|tháng|năm|việc|đến|từ|do|là|được|tỉnh|thành phố|xã|phường|Nghị|Quyết))$")
_NOISE = re.compile(r"[#|{}<>=~^\\]")
_NAMED = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Điều lệ", "Quy chế", "Quy định"))
_UPPER_SUMMARY = re.compile(
    r"^(?:VỀ|V/V|BAN HÀNH|PHÊ DUYỆT|SỬA ĐỔI|BỔ SUNG|BÃI BỎ|CÔNG BỐ|THÀNH LẬP|QUY ĐỊNH|HƯỚNG DẪN|KIỆN TOÀN|TRIỂN KHAI|TĂNG CƯỜNG|KẾT LUẬN|KẾT QUẢ|TÌNH HÌNH"
    r"|THỰC HIỆN|ĐIỀU CHỈNH|CHẤP THUẬN|CÔNG NHẬN|TỔ CHỨC|TỔNG KẾT|SƠ KẾT|CÔNG TÁC|GIAO)\b"
)
"""Trích yếu in hoa cả dòng (các trang pháp luật hay chép vậy); dòng hoa khác dưới tên loại là cơ quan, chức danh ban hành."""
_UPPER_BODY = re.compile(
    r"^(?:CHỦ TỊCH|ỦY BAN|UỶ BAN|HỘI ĐỒNG|BỘ TRƯỞNG|CHÍNH PHỦ|THỦ TƯỚNG|GIÁM ĐỐC|TỔNG |CHÁNH |TRƯỞNG |BAN THƯỜNG VỤ|BAN CHẤP HÀNH|QUỐC HỘI|THỐNG ĐỐC|VIỆN TRƯỞNG|CỤC TRƯỞNG"
    r"|QUYẾT (?:ĐỊNH|NGHỊ)\s*:|PHẦN |CHƯƠNG )"
)
_PLACE_TAIL = re.compile(r"[.;]$|:$")


@dataclass(slots=True)
class Title:
    type_name: str = ""
    line: Piece | None = None
    agrees: bool = False
    """Tên loại khớp với ký hiệu trong dòng số."""
    exact: bool = False
    summary: list[Piece] = field(default_factory=list)
    text: str = ""
    is_firm: bool = False
    """Biết chắc trích yếu dừng ở đâu (chữ đậm, dòng kẻ, Căn cứ...)."""


def read_title(pieces: list[Piece], heading: Heading, *, scanned: bool) -> Title:
    found = Title()
    start = _find_type(found, pieces, heading, scanned=scanned)
    if found.line is None:
        _letter(found, heading)
        return found
    found.agrees = _agrees(found.type_name, heading.symbol)
    if found.text:  # tên loại và trích yếu cùng một dòng
        found.summary = [found.line]
    _read_summary(found, pieces, start)
    if not found.summary and heading.subject:
        found.summary, found.is_firm = heading.subject, True
    found.text = _joined(([found.text] if found.text else []) + [piece.text for piece in found.summary if piece is not found.line])
    return found


def _letter(found: Title, heading: Heading) -> None:
    """Công văn không in tên loại: nhận ra nhờ V/v dưới dòng số, hoặc ký hiệu CV, hoặc ký hiệu chỉ có tên cơ quan."""
    found.summary = heading.subject
    found.text = _joined([piece.text for piece in heading.subject])
    found.is_firm = bool(heading.subject)
    sign = _sign(heading.symbol)
    if heading.subject or sign == "CV" or (heading.symbol and sign not in _KNOWN_SIGNS):
        found.type_name = NO_ABBREVIATION
        found.agrees = found.exact = bool(heading.subject) and sign not in (_KNOWN_SIGNS - {"CV"})


_KNOWN_SIGNS = frozenset(sign for signs in TYPES.values() for sign in signs.upper().split())


def _sign(symbol: str) -> str:
    """Ký hiệu tên loại: sau gạch nối (Đảng: 15-CV/VPTU) hay sau gạch chéo (Nhà nước: 15/QĐ-UBND, 06/2026/TT-BXD)."""
    party = re.match(r"^\d*\w?-([A-ZĐ][A-Za-zĐđ]*)/", symbol)
    if party:
        return party[1].upper()
    state = re.match(r"^\d*\w?(?:/\d{4})?/([A-ZĐ][A-Za-zĐđ]*)", symbol)
    return state[1].upper() if state else ""


def _agrees(type_name: str, symbol: str) -> bool:
    return bool(symbol) and _sign(symbol) in abbreviations(type_name) or (type_name in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh") and "/QH" in symbol)


def _find_type(found: Title, pieces: list[Piece], heading: Heading, *, scanned: bool) -> int:
    """Dòng tên loại đầu tiên sau phần đầu; trả về vị trí mảnh kế tiếp."""
    begin = next((i for i, piece in enumerate(pieces) if heading.number is not None and piece.order == heading.number.order), 0)
    for index, piece in enumerate(pieces[begin : heading.end + 1 + _WITHIN], start=begin):
        if piece.line.page > 1 and heading.end >= 0 and pieces[min(heading.end, len(pieces) - 1)].line.page == 1:
            break
        if re.match(r"^K[íi]nh (?:g[ửu]i|tr[ìi]nh)", piece.text) or (heading.subject and index <= heading.end):
            if index > heading.end:
                break
            continue
        name, rest = _type_in(piece.text, scanned=scanned)
        if name and piece not in heading.organs:
            found.type_name, found.line, found.exact = name, piece, True
            found.text = rest
            return index + 1
        if re.match(r"^(?:Điều 1|Căn cứ)\b", piece.text):
            break
    return len(pieces)


def _type_in(text: str, *, scanned: bool) -> tuple[str, str]:
    """(tên loại, phần trích yếu cùng dòng)."""
    bare = text.strip(" .:*-–_'`\"|~")
    if is_upper(bare):
        name = TYPE_BY_KEY.get(key(bare), "")
        if name:
            return name, ""
        if scanned and len(bare) > 5:
            close = difflib.get_close_matches(key(bare), TYPE_BY_KEY, 1, 0.86)
            if close:
                return TYPE_BY_KEY[close[0]], ""
        first, _, tail = bare.partition(" ")
        return (TYPE_BY_KEY[key(first)], tail) if tail and key(first) in ("luat", "lenh") else ("", "")  # "LUẬT TỔ CHỨC CHÍNH PHỦ"
    words = bare.split()
    for count in (4, 3, 2):
        head = " ".join(words[:count])
        if len(words) > count and is_upper(head) and key(head) in TYPE_BY_KEY and not is_upper(words[count]):
            return TYPE_BY_KEY[key(head)], " ".join(words[count:])
    return "", ""


def _read_summary(found: Title, pieces: list[Piece], start: int) -> None:
    first: Piece | None = None
    last = found.line
    for piece in pieces[_past_noise(pieces, start) :][:14]:
        if is_arrival(piece.text) or _is_in_the_margin(piece) or (first is not None and _is_noise(piece)):
            continue
        if piece.is_rule:
            if first is not None or found.text:
                found.is_firm = True
                return
            continue
        if _SURE_BODY.match(piece.text) or (_is_heading(piece) and (first is not None or found.text) and not (first and is_upper(first.text))):
            found.is_firm = True
            return
        if first is None and not found.text:
            if piece.line.bold != (found.line.line.bold if found.line else False) and _BODY.match(piece.text) and found.line and found.line.line.bold:
                found.is_firm = True
                return
            if is_upper(piece.text) and piece.text.startswith("CỦA "):  # "NGHỊ QUYẾT" / "CỦA BỘ CHÍNH TRỊ" / trích yếu
                continue
            if is_upper(piece.text) and found.type_name not in _NAMED and not _UPPER_SUMMARY.match(piece.text):
                return
            first = piece
        elif first is not None and is_upper(first.text) and is_upper(piece.text):
            if _UPPER_BODY.match(piece.text):
                return
        elif not _goes_on(first or found.line, last, piece, found):
            return
        found.summary.append(piece)
        last = piece


def _past_noise(pieces: list[Piece], start: int) -> int:
    """Dấu công văn đến đóng đè để lại vài dòng vô nghĩa: "Về việc" ở ngay dưới thì bắt đầu từ đó."""
    for index, piece in enumerate(pieces[start : start + 4], start=start):
        if re.match(r"^\W*[Vv]ề việc\b", piece.text):
            noise = pieces[start:index]
            return index if all(map(_is_noise, noise)) else start
    return start


def _is_noise(piece: Piece) -> bool:
    """Chữ máy quét đọc từ con dấu, nét bút."""
    if piece.line.confidence == 1:  # chữ có sẵn trong tệp
        return False
    if _is_in_the_margin(piece):
        return True
    if len(piece.text) < 4 and not (piece.line.confidence > 0.85 and (piece.text.isdecimal() or is_syllable(piece.text.strip(".,")))):
        return True
    return piece.line.confidence < 0.5 or share_valid(piece.text) < 0.6 or _NOISE.search(piece.text) is not None


def _is_in_the_margin(piece: Piece) -> bool:
    """Dấu công văn đến ở lề trái của bản quét; trích yếu thì ở giữa trang."""
    return piece.line.confidence < 1 and piece.box is not None and piece.box.right < 0.33


def _is_heading(piece: Piece) -> bool:
    """Dòng chữ hoa mở phần khác ("ỦY BAN NHÂN DÂN TỈNH ..."); một ký hiệu xuống dòng ("NQ/TU,") thì không phải."""
    return is_upper(piece.text) and " " in piece.text


def _goes_on(first: Piece | None, last: Piece | None, piece: Piece, found: Title) -> bool:
    """Dòng này còn thuộc trích yếu không; đặt ``is_firm`` khi dấu hiệu rõ."""
    if first is None or last is None:
        return False
    if first.line.bold and piece.line.page == first.line.page:
        found.is_firm = True
        return piece.line.bold
    if piece.line.bold and not first.line.bold:
        found.is_firm = True
        return False
    if piece.box is not None and last.box is not None and first.box is not None:
        return _goes_on_the_page(first, last, piece, found)
    if piece.text[0].islower() or _OPEN_END.search(last.text) or _centred_together(last, piece):
        return True
    found.is_firm = found.is_firm or bool(_BODY.match(piece.text))
    return not _BODY.match(piece.text) and not _PLACE_TAIL.search(piece.text) and len(piece.text) < 90 and len(last.text) > 30


def _centred_together(last: Piece, piece: Piece) -> bool:
    """Chữ trơn dàn bằng dấu cách: hai dòng cùng thụt sâu và cùng giữa trang."""
    indents = [len(p.line.text) - len(p.line.text.lstrip()) for p in (last, piece)]
    middles = [indent + len(p.line.text.strip()) / 2 for indent, p in zip(indents, (last, piece), strict=True)]
    return min(indents) >= 2 and max(indents) >= 8 and abs(middles[0] - middles[1]) <= 2


def _goes_on_the_page(first: Piece, last: Piece, piece: Piece, found: Title) -> bool:
    if piece.box is None or last.box is None or first.box is None:
        return False
    if piece.line.page != last.line.page:
        return False
    height = max(last.box.bottom - last.box.top, 0.01)
    gap = piece.box.top - last.box.bottom
    axes = [other.box for other in (first, found.line) if other is not None and other.box is not None]
    centred = any(abs(piece.box.left + piece.box.right - axis.left - axis.right) < 0.07 for axis in axes)
    if gap > height * 1.5 or (_BODY.match(piece.text) and not centred):
        found.is_firm = True
        return False
    return centred or (piece.text[0].islower() and gap < height * 0.9)


def _joined(texts: list[str]) -> str:
    """Các dòng nối lại; từ bị ngắt bằng gạch nối cuối dòng giữ nguyên gạch."""
    text = re.sub(r"(?<=[\w]/) (?=\x1f[A-ZĐ]{2})|\x1f", "", " \x1f".join(text.strip() for text in texts if text.strip()))  # "33-CT/" xuống dòng "TW"
    text = re.sub(r"^[.\s_*-]+", "", text)
    text = re.sub(r"(?<=[/-])\s(?=[A-ZĐ]{2,}\b)", "", text) if re.search(r"\w-\s[A-ZĐ]{2,}", text) else text
    return text.strip(" _*").rstrip(".;-–").strip().strip("()[]") if text.startswith(("(", "[")) else text.strip(" _*").rstrip(".;-–").strip()
