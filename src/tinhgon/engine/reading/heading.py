"""Phần đầu: cơ quan, số và ký hiệu, địa danh và ngày, trích yếu công văn (HD 36 và HD 05-HD/VPTW; NĐ 30/2020/NĐ-CP phụ lục I)."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from tinhgon.engine.reading.naming import full_organ, organ_case
from tinhgon.engine.reading.pieces import Piece
from tinhgon.engine.reading.vocabulary import (
    MOTTO,
    NATION,
    PARTY,
    TYPE_BY_KEY,
    is_upper,
    key,
    nearly_province,
    province,
)
from tinhgon.engine.vietnamese.syllables import share_valid

_WITHIN = 60
_TOP = 0.5
_NUMBER = re.compile(r"^(?:(?:Lu[ậa]t|Ngh[ịi] quy[ếe]t|Ph[áa]p l[ệe]nh|B[ộo] lu[ậa]t)\s+)?S[ốoôóồ]\s*[:.;]?\s*(?P<rest>.*)$", re.I)
_BARE_NUMBER = re.compile(r"^(?P<rest>\d{1,5}[a-zđ]?\s*[-–/]\s*[A-ZĐ][\w\s./–-]*)$")
_SYMBOL = re.compile(r"^(?P<number>\d{1,6}[a-zđ]?)?(?P<symbol>(?:[/-][\w.&+]+)*)$")
_DATE = re.compile(
    r"^(?P<place>.*?)[,;.:]?\s*(?P<word>[Nn]g[àaáả]y)\s*(?P<day>\S{0,4}?)\s*(?:th[áaàâ]ng)\s*(?P<month>[^\sa-zà-ỹ]{0,4}?)\s*n[ăaâ]m\s*(?P<year>\d{4})\b"
)
_SHORT_DATE = re.compile(r"^(?P<place>[A-ZĐÀ-Ỹ].{2,40}?),?\s*(?P<word>ngày)\s+(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})$")
_DATE_TAIL = re.compile(r"^(?:tháng|năm|\d{1,2}\s+tháng|\d{4}$)")
"""Phần còn lại của dòng ngày, khi địa danh dài phải xuống dòng hay chỗ trống của ngày quá rộng."""
_OPEN_DATE = re.compile(r"^(?P<place>.{0,60}?)[,.;]?\s*ng[àa]y\b(?:.{0,20}th[áa]ng\b|[\s.…_]*/)", re.I)
_PLACE = re.compile(r"^(?:[A-ZĐÀ-Ỹ]\S*[\s-]*){1,6},?\s*$")
_SUBJECT = re.compile(r"^[(\[]?\s*(?:V/[vV]|[Vv][ềeê] vi[ệe]c)\b")
_MARK = re.compile(
    r"^(?:TUYỆT MẬT|TỐI MẬT|MẬT|KHẨN|THƯỢNG KHẨN|HỎA TỐC|HOẢ TỐC|DỰ THẢO.*|Dự thảo.*|TÀI LIỆU HỘI NGHỊ|ĐẾN|CÔNG VĂN ĐẾN|BẢN CHÍNH|SAO Y.*|ĐỘ MẬT.*|ĐỘ KHẨN.*|Trang \d+|[-\s]*\d{1,3}[-\s]*)$"
)
_ARRIVAL = re.compile(r"^(?:Số|Ngày|Giờ|Chuyển|Lưu hồ sơ(?: số)?|Số và ký hiệu HS)\s*:[\s\d./:…_-]*$")
"""Các dòng trong dấu "Đến" mà văn thư nơi nhận đóng (NĐ 30, phụ lục IV)."""
_ADDRESS = re.compile(r"^K[íi]nh (?:g[ửu]i|tr[ìi]nh)\b", re.I)
_LEVEL = re.compile(r"(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|quận|thị xã)$", re.I)
_LAW_PASSED = re.compile(r"thông qua ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})")


@dataclass(slots=True)
class Heading:
    """Những gì nhận ra ở phần đầu. ``end``: thứ tự của mảnh cuối cùng thuộc phần đầu."""

    layout: str = ""
    organs: list[Piece] = field(default_factory=list)
    organ: str = ""
    number: Piece | None = None
    symbol: str = ""
    has_number: bool = False
    dated: Piece | None = None
    place_name: str = ""
    day: date | None = None
    subject: list[Piece] = field(default_factory=list)
    end: int = 0


def read_heading(pieces: list[Piece], *, scanned: bool) -> Heading:
    head = _head_zone(pieces)
    found = Heading(layout=_layout(head))
    _read_number(found, head)
    _read_date(found, head, scanned=scanned)
    _read_subject(found, head)
    _read_organs(found, head, scanned=scanned)
    marks = [piece.order for piece in head if NATION.search(piece.text) or MOTTO.search(piece.text) or PARTY.search(piece.text)]
    known = [piece.order for piece in (found.number, found.dated, *found.subject, *found.organs) if piece is not None]
    found.end = max([*known, *marks], default=-1)
    return found


def _head_zone(pieces: list[Piece]) -> list[Piece]:
    """Đầu trang một, tới tên loại hay Kính gửi; số hiệu của văn bản khác trong thân không được nhầm vào đây."""
    out: list[Piece] = []
    for piece in pieces[:_WITHIN]:
        if piece.line.page > 1 or (piece.box is not None and piece.box.top > _TOP) or _ADDRESS.match(piece.text):
            break
        if is_upper(piece.text) and key(piece.text) in TYPE_BY_KEY and _seen_enough(out):
            break
        out.append(piece)
    return out


def _seen_enough(seen: list[Piece]) -> bool:
    """Đã qua số hoặc ngày: chữ "CHÍNH PHỦ" hay "LUẬT" đứng trước đó không phải là tên loại."""
    return any(_NUMBER.match(piece.text) or _OPEN_DATE.match(piece.text) for piece in seen) or len(seen) > 12


def _layout(head: list[Piece]) -> str:
    if any(PARTY.search(piece.text) for piece in head):
        return "party"
    if any(NATION.search(piece.text) or MOTTO.search(piece.text) for piece in head):
        return "state"
    return "party" if any(re.match(r"^Số\s+[\w]*\s*-[A-ZĐ]", piece.text) for piece in head) else ""


# --- số, ký hiệu ---


def clean_symbol(rest: str) -> str:
    """Chuẩn hóa: bỏ khoảng trống, gạch dài thành gạch nối; "ĐÐ" và U+00D0 của máy quét thành "Đ"."""
    text = re.sub(r"[–—−]", "-", rest).replace("\u00d0", "Đ").replace("⁄", "/")
    text = re.sub(r"Đ{2,}", "Đ", text)
    text = re.sub(r"\s*([/-])\s*", r"\1", text).strip(" .,;:…_")
    return re.sub(r"(?<=\d)\s+(?=[/-])", "", text)


def _read_number(found: Heading, head: list[Piece]) -> None:
    for index, piece in enumerate(head):
        match = _NUMBER.match(piece.text) or (_BARE_NUMBER.match(piece.text) if index < 12 else None)
        if not match or piece.side == "R" and found.layout:
            continue
        rest = clean_symbol(match["rest"])
        following = head[index + 1] if index + 1 < len(head) else None
        if following is not None and not re.search(r"[/-]\w", rest) and re.match(r"^[/–-]\s*[A-ZĐ\d]", following.text):
            rest = clean_symbol(rest + following.text)  # ô chữ điền số tách "Số:" khỏi ký hiệu
        elif following is not None and re.search(r"\d[/-]$", rest) and re.fullmatch(r"[A-ZĐ][\w.&/-]*", following.text):
            rest += following.text  # ký hiệu xuống dòng sau dấu gạch
        rest = rest.split(" ")[0] if re.match(r"^[\d.…]*\w?[/-]\w", rest) else rest
        if not re.search(r"[/-][A-ZĐ]", rest) and not re.fullmatch(r"\d+", rest):
            continue
        found.number = piece
        strict = _SYMBOL.match(re.sub(r"^[.…_]+", "", rest))
        found.has_number = bool(strict and strict["number"])
        found.symbol = strict[0] if strict else re.sub(r"^[^/-]*", "", rest)
        return


# --- ngày ---


def _read_date(found: Heading, head: list[Piece], *, scanned: bool) -> None:
    for index, piece in enumerate(head):
        text = _whole_date(head, index)
        match = _DATE.match(text) or _SHORT_DATE.match(piece.text)
        if not match or re.search(r"[/\d]", match["place"]) or len(match["place"]) > 60:
            open_date = _OPEN_DATE.match(text)
            if open_date and found.dated is None and piece.side != "L":  # dự thảo: "Hà Nội, ngày   tháng   năm"
                found.dated, found.place_name = piece, _place(open_date["place"], scanned=scanned)
            continue
        if not _place(match["place"]) and _has_place(head[index + 1 :]):  # "ngày 20 tháng 3 năm 2025" xuống dòng trong trích yếu: dòng ngày thật còn ở dưới
            continue
        found.dated = piece
        found.place_name = _place(match["place"], scanned=scanned)
        day, month = match["day"], match["month"]
        if scanned:  # chỉ nhận khi máy quét thấy đúng chữ số
            day, month = (part if part.isdecimal() else "" for part in (day, month))
        found.day = _date(day, month, match["year"])
        return


def _has_place(rest: list[Piece]) -> bool:
    """Phía sau còn một dòng địa danh và ngày đầy đủ."""
    return any((match := _DATE.match(piece.text) or _SHORT_DATE.match(piece.text)) and _PLACE.match(match["place"]) for piece in rest)


def _whole_date(head: list[Piece], index: int) -> str:
    text = head[index].text
    if not re.search(r"\bngày\b", text):
        return text
    for piece in head[index + 1 : index + 4]:
        if not _DATE_TAIL.match(piece.text):
            if _same_row(head[index], piece):  # máy quét chen dòng khác vào giữa
                continue
            break
        text = f"{text} {piece.text}"
    return text


def _same_row(first: Piece, second: Piece) -> bool:
    return first.box is not None and second.box is not None and abs(first.box.top - second.box.top) < 0.06 and second.side != "L"


def _place(text: str, *, scanned: bool = False) -> str:
    bare = text.strip(" ,;:.-–_*'`\"|~")
    if scanned:
        bare = _capitalised_end(re.sub(r"^[l|1](?=[a-zà-ỹ]+ [A-ZĐ])", "I", bare))  # "la Grai": I hoa trông như l
    return province(bare) or (nearly_province(bare) if scanned else "") or bare


def _capitalised_end(text: str) -> str:
    """Địa danh là các chữ viết hoa ở cuối; chữ thường đứng trước là đuôi của dòng ở cột bên."""
    words = [word for word in text.split() if word.lower() != "đến"]  # dấu công văn đến
    start = next((i for i in range(len(words), 0, -1) if not (words[i - 1][0].isupper() or words[i - 1] == "-")), 0)
    return " ".join(words[start:])


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def passed_on(texts: list[str]) -> date | None:
    """Ngày Quốc hội thông qua: luật, pháp lệnh không có dòng địa danh và ngày ở phần đầu."""
    for text in reversed(texts):
        match = _LAW_PASSED.search(text)
        if match:
            return _date(match["day"], match["month"], match["year"])
    return None


# --- trích yếu công văn và cơ quan ---


def _read_subject(found: Heading, head: list[Piece]) -> None:
    start = next((i for i, piece in enumerate(head) if _SUBJECT.match(piece.text) and piece is not found.number), None)
    if start is None or (found.number is not None and head[start].order < found.number.order):
        return
    column = head[start].side
    for piece in head[start:]:
        if piece.is_rule or _is_fixed(piece, found) or (piece.side == "R" and column == "L"):
            if piece.side != "R" and found.subject:
                break
            continue
        if found.subject and _far_below(found.subject[-1], piece):
            break
        if column and piece.side not in (column, ""):
            continue
        if _MARK.match(piece.text) or _ARRIVAL.match(piece.text) or (found.subject and is_upper(piece.text) and len(piece.text) > 12):
            break
        found.subject.append(piece)


def _far_below(upper: Piece, lower: Piece) -> bool:
    if upper.box is None or lower.box is None:
        return False
    height = max(upper.box.bottom - upper.box.top, 0.008)
    return lower.box.top - upper.box.bottom > height * 1.6


def is_arrival(text: str) -> bool:
    """Dòng thuộc dấu "Đến" của nơi nhận, không phải của văn bản."""
    return text in ("ĐẾN", "CÔNG VĂN ĐẾN") or _ARRIVAL.match(text) is not None


def _is_fixed(piece: Piece, found: Heading) -> bool:
    """Mảnh đã biết là thứ khác: quốc hiệu, tiêu ngữ, tiêu đề Đảng, số, ngày."""
    text = piece.text
    if piece is found.number or piece is found.dated or NATION.search(text) or MOTTO.search(text) or PARTY.search(text):
        return True
    dated = _OPEN_DATE.match(text)
    return dated is not None and _PLACE.match(dated["place"]) is not None


def _read_organs(found: Heading, head: list[Piece], *, scanned: bool) -> None:
    """Các dòng ở cột trái, trên dòng số; dòng đậm cuối cùng là cơ quan ban hành, trên nó là cơ quan cấp trên."""
    for piece in head:
        if found.number is not None and piece.order >= found.number.order and not _above(piece, found.number):
            continue
        if piece.side == "R" or piece.is_rule or _is_fixed(piece, found) or _MARK.match(piece.text) or piece in found.subject:
            continue
        if found.number is None and found.dated is not None and piece.order > found.dated.order and piece.side != "L":
            break
        broken = piece.text == "SỐ" and bool(found.organs)  # "... CHUYỂN ĐỔI" / "SỐ"
        if (broken or _looks_like_organ(piece)) and not (scanned and _is_smudge(piece.text)):
            unclear = scanned and piece.line.confidence < 0.9  # nét gạch, chữ viết tay dính ở cuối dòng
            found.organs.append(replace(piece, text=re.sub(r"[^\w)]+$", "", piece.text)) if unclear else piece)
    if found.organs:
        superior, organ = _split_superior(found.organs)
        found.organ = full_organ(organ_case(superior), organ_case(organ))
        if scanned and found.place_name:
            found.organ = with_place(found.organ, found.place_name)
        elif scanned:
            found.place_name = _place_of(found.organ)


def _above(piece: Piece, other: Piece) -> bool:
    return piece.box is not None and other.box is not None and piece.line.page == other.line.page and piece.box.bottom <= other.box.top + 0.004


def with_place(organ: str, place_name: str) -> str:
    """Địa danh chữ thường máy quét đọc đúng dấu hơn chữ hoa: nơi ấy trong tên cơ quan viết theo địa danh."""
    words, size = organ.split(), len(place_name.split())
    for at in range(len(words) - size, -1, -1) if place_name else ():
        if key(" ".join(words[at : at + size])) == key(place_name):
            return " ".join([*words[:at], place_name, *words[at + size :]])
    for length in range(size - 1, 0, -1):  # tên nơi xuống dòng, dòng dưới máy quét không thấy
        if _LEVEL.search(" ".join(words[:-length])) and key(" ".join(words[-length:])) == key(" ".join(place_name.split()[:length])):
            return " ".join([*words[:-length], place_name])
    return organ


def _place_of(organ: str) -> str:
    """Nơi trong tên cơ quan, khi chữ viết tay làm hỏng cả dòng địa danh và ngày (chỉ trên bản quét, nên luôn phải xem lại)."""
    found = re.search(r"(?:[Tt]ỉnh|[Tt]hành phố|[Tt]ỉnh ủy|[Tt]hành ủy|[Xx]ã|[Pp]hường|[Đđ]ặc khu|[Tt]ỉnh đoàn) (?P<place>[A-ZĐÀ-Ỹ]\S*(?: [A-ZĐÀ-Ỹ]\S*)*)$", organ)
    return _place(found["place"]) if found else ""


def _is_smudge(text: str) -> bool:
    """Dòng số có chữ viết tay, con dấu: máy quét đọc ra chữ hoa nhưng không phải tên."""
    return "/" in text or share_valid(text) < 0.5 or sum(map(str.isalpha, text)) * 2 < len(text.replace(" ", ""))


def _looks_like_organ(piece: Piece) -> bool:
    return is_upper(piece.text) and not re.match(r"^(?:S[ỐO]\b|[/–-])", piece.text) and len(piece.text) < 90


_ORGAN_START = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|ĐẢNG (?:ỦY|UỶ|BỘ|ĐOÀN)|TỈNH (?:ỦY|UỶ)|THÀNH (?:ỦY|UỶ)|HUYỆN (?:ỦY|UỶ)|QUẬN (?:ỦY|UỶ)|THỊ (?:ỦY|UỶ)|CHI BỘ|BAN |BỘ |SỞ|VĂN PHÒNG"
    r"|PHÒNG|CỤC|TỔNG CỤC|CHI CỤC|TRUNG TÂM|TRƯỜNG|THANH TRA|CÔNG AN|TÒA ÁN|TOÀ ÁN|VIỆN|MẶT TRẬN|ĐOÀN|HỘI|LIÊN ĐOÀN|HIỆP HỘI|CƠ QUAN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|CHỦ TỊCH NƯỚC"
    r"|TIỂU BAN|TỔ |ĐẠI HỘI|KHO BẠC|NGÂN HÀNG|BẢO HIỂM|TỔNG CÔNG TY|CÔNG TY|HỌC VIỆN|BỆNH VIỆN|XÃ|PHƯỜNG|UỶ|ỦY)"
)
_NAME_CONTINUES = re.compile(r"(?:\b(?:VÀ|CỦA|TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG|QUẬN|THỊ XÃ|VỀ|NHÂN DÂN|CÁC|TRUNG|TỔ|QUỐC|XÂY|DỰNG|ĐA KHOA|ĐẠI HỌC|CAO ĐẲNG|PHỔ THÔNG|THPT|THCS|TIỂU HỌC|MẦM NON|BỆNH VIỆN|CHẤP HÀNH|THƯỜNG TRỰC|PHỤC VỤ|HÀNH CHÍNH|ĐIỀU HÀNH|QUẢN LÝ|CHỈ ĐẠO)|[-–,])$")
"""Dòng chưa thành tên: dòng dưới là phần tiếp, dù nó bắt đầu như một cơ quan ("BỆNH VIỆN ĐA KHOA" / "TRUNG TÂM ...")."""


def _split_superior(organs: list[Piece]) -> tuple[str, str]:
    """(cơ quan cấp trên, cơ quan ban hành); tên dài xuống dòng được nối lại."""
    names: list[list[Piece]] = []
    told_apart = len({piece.line.bold for piece in organs}) > 1  # cấp trên chữ thường nét, cơ quan ban hành chữ đậm
    for piece in organs:
        continues = bool(names) and (
            not _ORGAN_START.match(piece.text)
            or _NAME_CONTINUES.search(names[-1][-1].text) is not None
            or (names[-1][-1].text.endswith("ỦY BAN") or re.match(r"^(?:XÃ|PHƯỜNG|THÀNH PHỐ|TỈNH)\b", piece.text) is not None)
            or (told_apart and piece.line.bold and names[-1][-1].line.bold)
        )
        if continues:
            names[-1].append(piece)
        else:
            names.append([piece])
    texts = [" ".join(piece.text for piece in name) for name in names]
    joint = [text.strip(" -–") for text in texts] if any(re.search(r"[-–]$", piece.text) for name in names for piece in name[-1:]) else []
    if len(joint) > 1:
        return "", " - ".join(joint)
    bold = [index for index, name in enumerate(names) if all(piece.line.bold for piece in name)]
    if len(bold) > 1 and len(bold) == len(names):  # tất cả đậm: liên tịch, hoặc người soạn tô đậm cả hai
        bold = [len(names) - 1]
    at = bold[-1] if bold else len(names) - 1
    return (texts[at - 1] if at else ""), texts[at]
