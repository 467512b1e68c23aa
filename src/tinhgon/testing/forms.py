"""Văn bản bịa cùng đáp án, để đo phép đọc thể thức: bố cục Đảng (HD 36, HD 05) và Nhà nước, nhiều cách dàn, ba loại tệp.

Câu chữ bịa hết; cách dàn cố ý khác nhau: qua ``engine.paper``, bảng Word hai ô, dòng có tab, hai cột bằng dấu cách, từng dòng nối nhau.
"""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tinhgon.engine.paper import Layout, Measures, Paper, to_docx, to_pdf
from tinhgon.engine.vietnamese.fold import TONE_PLACES

ROOT = Path(__file__).parents[3]
FONTS = str((ROOT / "node_modules/@expo-google-fonts/tinos").resolve())
_HD36 = Measures(layout=Layout.PARTY, fonts=FONTS, body_size=14.5, receivers_size=12)
_HD05 = Measures(layout=Layout.PARTY, fonts=FONTS, superior_size=13, number_size=13, type_size=15, receivers_size=11)
_ND30 = Measures(
    layout=Layout.STATE, fonts=FONTS, motto_size=14, superior_size=13, organ_size=13, number_size=13, type_size=14,
    letter_summary_italic=False, basis_italic=True, position_bold=True, receivers_word_size=12, receivers_size=11,
)  # fmt: skip

_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Tạ", "Hà", "Nông", "Lường", "Quàng", "Huỳnh")
_MIDDLES = ("Văn", "Thị", "Minh", "Thanh", "Đức", "Quốc", "Ngọc", "Hữu", "Thị Thu", "Xuân", "")
_GIVEN = ("Mẫu", "Thử", "Bịa", "An", "Bình", "Hòa", "Thủy", "Khuê", "Uyên", "Quý", "Lĩnh", "Ước", "Yến", "Nghĩa", "Tú")
_PLACES = ("Bến Trúc", "Hòa Thạnh", "Quảng Yên", "Đông Khê", "Thủy Xuân", "Mỹ Lợi", "An Khánh", "Ea Kly", "Tân Uyên", "Nghĩa Lộ")
_PROVINCES = ("Quảng Ninh", "Lâm Đồng", "An Giang", "Đắk Lắk", "Nghệ An", "Hưng Yên", "Khánh Hòa", "Cà Mau", "Tuyên Quang", "Phú Thọ")
_SUMMARIES = (
    "đẩy mạnh chuyển đổi số trong các cơ quan, chi bộ trực thuộc năm %d",
    "tổ chức học tập, quán triệt và triển khai thực hiện các nghị quyết, kết luận của Ban Chấp hành Trung ương Đảng khóa XIII; phân công cấp ủy viên phụ trách "
    "địa bàn và công tác kiểm tra, giám sát năm %d",
    "kết quả thực hiện nhiệm vụ quý II, phương hướng, nhiệm vụ trọng tâm quý III năm %d",
    "phân công nhiệm vụ các đồng chí Ủy viên Ban Chấp hành, Ủy viên Ban Thường vụ Đảng bộ nhiệm kỳ 2025 - 2030",
    "kiểm tra việc lãnh đạo, chỉ đạo, tổ chức thực hiện Nghị quyết số 12-NQ/TU, ngày 05/01/%d của Ban Chấp hành Đảng bộ về phát triển kinh tế - xã hội vùng ven biển",
    "công tác văn thư, lưu trữ năm %d",
    "sắp xếp, tinh gọn tổ chức bộ máy của hệ thống chính trị (lần 2)",
)
_DUTIES = (
    "Giao Văn phòng chủ trì, phối hợp với các cơ quan liên quan tham mưu triển khai thực hiện; báo cáo kết quả trước ngày 15/6/2026.",
    "Các chi bộ, đảng bộ trực thuộc xây dựng kế hoạch thực hiện Công văn số 45-CV/VPTU, ngày 12/01/2026, hoàn thành trong tháng 5.",
    "Ban Xây dựng Đảng theo dõi, đôn đốc, định kỳ hằng quý báo cáo Ban Thường vụ.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, kịp thời phản ánh để được hướng dẫn. Số liệu tính đến hết ngày 31 tháng 12 năm 2025.",
    "Thực hiện Quyết định số 15/QĐ-UBND ngày 05 tháng 3 năm 2026 của Chủ tịch Ủy ban nhân dân về việc phân bổ kinh phí.",
)


@dataclass(frozen=True, slots=True)
class Form:
    """``truth``: đáp án theo tên ô; nơi nhận là nhiều dòng. ``data``: nội dung tệp tên ``name``."""

    name: str
    kind: str
    data: bytes
    truth: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Case:
    paper: Paper
    truth: dict[str, str]
    measures: Measures
    kind: str


def forms(seed: int = 20250116, *, party: int = 60, state: int = 40) -> Iterator[Form]:
    """Mỗi văn bản ra đủ các cách dàn. Cùng ``seed`` cho cùng các tệp."""
    rng = random.Random(seed)
    cases = [_party(rng, number) for number in range(party)] + [_state(rng, number) for number in range(state)]
    for number, case in enumerate(cases):
        for way, (ending, write) in _WAYS.items():
            yield Form(f"{case.kind}-{number:03d}-{way}.{ending}", case.kind, write(case, random.Random(seed + number)), case.truth)


# --- nội dung ---


def _name(rng: random.Random) -> str:
    return " ".join(part for part in (rng.choice(_SURNAMES), rng.choice(_MIDDLES), rng.choice(_GIVEN)) if part)


def _summary(rng: random.Random) -> str:
    text = rng.choice(_SUMMARIES)
    return text % rng.choice((2025, 2026)) if "%d" in text else text


def _body(rng: random.Random, first: str) -> tuple[str, ...]:
    return first, *(f"{n}. {rng.choice(_DUTIES)}" for n in range(1, rng.randint(3, 9))), "Trân trọng./."


def _dated(rng: random.Random, place: str, *, is_draft: bool) -> tuple[str, str]:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.choice((2024, 2025, 2026))
    if is_draft:
        return f"{place}, ngày      tháng {month:02d} năm {year}" if month < 3 else f"{place}, ngày      tháng {month} năm {year}", ""
    shown = f"{month:02d}" if month < 3 else str(month)
    return f"{place}, ngày {day:02d} tháng {shown} năm {year}", f"{day:02d}/{month:02d}/{year}"


_PARTY_TYPES = (
    ("Nghị quyết", "NQ"), ("Quyết định", "QĐ"), ("Quy định", "QĐ"), ("Kế hoạch", "KH"), ("Thông báo", "TB"), ("Báo cáo", "BC"), ("Tờ trình", "TTr"), ("Chương trình", "CTr"),
    ("Hướng dẫn", "HD"), ("Kết luận", "KL"), ("Chỉ thị", "CT"), ("", "CV"), ("", "CV"), ("Quy chế", "QC"), ("Đề án", "ĐA"), ("Biên bản", "BB"),
)  # fmt: skip


def _party_organs(rng: random.Random, place: str, region: str) -> tuple[str, str, str, str, tuple[str, ...], str]:
    """(cấp trên, cơ quan như in, tên đầy đủ, ký hiệu, các dòng quyền hạn và chức vụ, địa danh)."""
    ward = rng.choice(("PHƯỜNG", "XÃ"))
    return rng.choice(
        (
            (f"ĐẢNG BỘ TỈNH {region.upper()}", f"ĐẢNG ỦY {ward} {place.upper()}", f"Đảng ủy {ward.lower()} {place}", "ĐU", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), place),
            (f"ĐẢNG BỘ TỈNH {region.upper()}", f"ĐẢNG ỦY {ward} {place.upper()}", f"Đảng ủy {ward.lower()} {place}", "ĐU", ("T/M ĐẢNG ỦY", "BÍ THƯ"), place),
            ("", f"TỈNH ỦY {region.upper()}", f"Tỉnh ủy {region}", "TU", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"), region),
            (f"TỈNH ỦY {region.upper()}", "BAN TỔ CHỨC", f"Ban Tổ chức Tỉnh ủy {region}", "BTCTU", ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), region),
            (f"TỈNH ỦY {region.upper()}", "VĂN PHÒNG", f"Văn phòng Tỉnh ủy {region}", "VPTU", ("CHÁNH VĂN PHÒNG",), region),
            (f"TỈNH ỦY {region.upper()}", "ỦY BAN KIỂM TRA", f"Ủy ban Kiểm tra Tỉnh ủy {region}", "UBKTTU", ("T/M ỦY BAN KIỂM TRA", "PHÓ CHỦ NHIỆM"), region),
            (f"ĐẢNG ỦY {ward} {place.upper()}", "VĂN PHÒNG", f"Văn phòng Đảng ủy {ward.lower()} {place}", "VPĐU", ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"), place),
            (f"ĐẢNG ỦY {ward} {place.upper()}", "CHI BỘ KHU PHỐ 3", "Chi bộ Khu phố 3", "CB", ("T/M CHI BỘ", "BÍ THƯ"), place),
            ("THÀNH ỦY HỒ CHÍ MINH", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "Ban Tuyên giáo và Dân vận Thành ủy Hồ Chí Minh", "BTGDVTU", ("TRƯỞNG BAN",), "Thành phố Hồ Chí Minh"),
        )
    )


_PARTY_RECEIVERS = (
    "Thường trực Tỉnh ủy (để báo cáo)", "Các ban xây dựng Đảng, Văn phòng Tỉnh ủy", "Đảng ủy các xã, phường", "Các đồng chí Ủy viên Ban Chấp hành",
    "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội", "Các chi bộ, đảng bộ trực thuộc", "Ủy ban nhân dân phường", "Đ/c Bí thư, Phó Bí thư", "Phòng Tổng hợp",
)  # fmt: skip


def _party(rng: random.Random, number: int) -> _Case:
    place, region = rng.choice(_PLACES), rng.choice(_PROVINCES)
    superior, organ, full, sign, authority, where = _party_organs(rng, place, region)
    type_name, abbreviation = rng.choice(_PARTY_TYPES)
    is_draft = number % 11 == 5
    value = f"{rng.randint(1, 1200):02d}{rng.choice(('', '', '', '', 'a'))}-{abbreviation}/{sign}"
    line = f"Số       -{abbreviation}/{sign}" if is_draft else rng.choice((f"Số {value}", f"Số {value}", f"Số: {value}", f"Số {value.replace('-', ' – ', 1)}"))
    place_date, day = _dated(rng, where, is_draft=is_draft)
    summary = _summary(rng) if type_name else rng.choice(("V/v ", "Về việc ")) + _summary(rng)
    signer = _name(rng)
    receivers = rng.sample(_PARTY_RECEIVERS, rng.randint(1, 7)) + [f"Lưu {sign if sign.startswith('VP') else 'Văn phòng'}"]
    if not type_name:
        receivers.insert(0, "Như trên")
    paper = Paper(
        layout=Layout.PARTY, superior=superior, organ=organ, symbol_line=line, place_date=place_date, type_name=type_name, summary=summary,
        body=_body(rng, rng.choice(("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;", "Thực hiện Chỉ thị số 05-CT/TU, ngày 02/01/2026 của Ban Thường vụ, cơ quan báo cáo như sau:"))),
        authority=authority[0] if len(authority) > 1 else "", position=authority[-1], signer=signer,
        addressees=("Các chi bộ trực thuộc", "Ban Xây dựng Đảng") if not type_name else (), addressee_word="Kính gửi",
        receivers=tuple(f"- {text}{',' if text != receivers[-1] else '.'}" for text in receivers),
        marks=rng.choice(((), (), ("KHẨN",), ("MẬT",))), draft="Dự thảo lần 1" if is_draft else "", typist=rng.choice(("", "NVA. 03")),
    )  # fmt: skip
    truth = _truth(value, is_draft, type_name, full, where, day, summary, signer, authority, receivers)
    return _Case(paper, truth, _HD36 if number % 2 else _HD05, "hd36" if number % 2 else "hd05")


def _truth(
    value: str, is_draft: bool, type_name: str, organ: str, place: str, day: str, summary: str, signer: str, authority: tuple[str, ...], receivers: list[str]
) -> dict[str, str]:
    return {
        "so_ky_hieu": "" if is_draft else value, "loai": type_name or "Công văn", "co_quan": organ, "dia_danh": place, "ngay": day, "trich_yeu": summary,
        "nguoi_ky": signer, "quyen_han_chuc_vu": " / ".join(authority), "noi_nhan": "\n".join(receivers),
    }  # fmt: skip


_STATE_TYPES = (
    ("Quyết định", "QĐ"), ("Thông báo", "TB"), ("Kế hoạch", "KH"), ("Báo cáo", "BC"), ("Tờ trình", "TTr"), ("Chỉ thị", "CT"), ("", ""), ("", ""), ("Công điện", "CĐ"),
    ("Giấy mời", "GM"), ("Hướng dẫn", "HD"), ("Nghị quyết", "NQ"),
)  # fmt: skip
_STATE_RECEIVERS = (
    "Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh", "CT, các PCT UBND tỉnh", "Các sở, ban, ngành tỉnh", "UBND các xã, phường, đặc khu", "Báo và phát thanh, truyền hình tỉnh",
    "VPUB: CVP, các PCVP, KTTH", "Cổng Thông tin điện tử tỉnh", "Sở Tài chính (phối hợp)", "Như Điều 3",
)  # fmt: skip


def _state_organs(rng: random.Random, place: str, region: str) -> tuple[str, str, str, str, tuple[str, ...], str]:
    return rng.choice(
        (
            ("", f"ỦY BAN NHÂN DÂN\nTỈNH {region.upper()}", f"Ủy ban nhân dân tỉnh {region}", "UBND", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), region),
            (f"UBND TỈNH {region.upper()}", "SỞ NỘI VỤ", f"Sở Nội vụ tỉnh {region}", "SNV", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), region),
            (f"UBND TỈNH {region.upper()}", "SỞ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG", f"Sở Nông nghiệp và Môi trường tỉnh {region}", "SNNMT", ("GIÁM ĐỐC",), region),
            (f"ỦY BAN NHÂN DÂN\nTỈNH {region.upper()}", f"ỦY BAN NHÂN DÂN\nXÃ {place.upper()}", f"Ủy ban nhân dân xã {place}", "UBND", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), place),
            ("", "BỘ NỘI VỤ", "Bộ Nội vụ", "BNV", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "Hà Nội"),
            ("BỘ TÀI CHÍNH", "CỤC THUẾ", "Cục Thuế", "CT", ("TL. CỤC TRƯỞNG", "TRƯỞNG BAN"), "Hà Nội"),
        )
    )


_LEGAL = (
    ("CHÍNH PHỦ", "Chính phủ", "Nghị định", "NĐ-CP", ("TM. CHÍNH PHỦ", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG")),
    ("BỘ Y TẾ", "Bộ Y tế", "Thông tư", "TT-BYT", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
    ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", "Quyết định", "QĐ-TTg", ("KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG")),
    ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Bộ Giáo dục và Đào tạo", "Thông tư", "TT-BGDĐT", ("BỘ TRƯỞNG",)),
)


def _state(rng: random.Random, number: int) -> _Case:
    place, region = rng.choice(_PLACES), rng.choice(_PROVINCES)
    is_legal = number % 4 == 3
    if is_legal:
        organ, full, type_name, sign, authority = rng.choice(_LEGAL)
        superior, where, value = "", "Hà Nội", f"{rng.randint(1, 300):02d}/{rng.choice((2024, 2025, 2026))}/{sign}"
    else:
        superior, organ, full, sign, authority, where = _state_organs(rng, place, region)
        type_name, abbreviation = rng.choice(_STATE_TYPES)
        value = f"{rng.randint(1, 4000):02d}/{abbreviation}-{sign}" if type_name else f"{rng.randint(1, 4000):02d}/{sign}-{rng.choice(('TH', 'KTTH', 'NC'))}"
    is_draft = number % 13 == 6
    line = f"Số:           {value.lstrip('0123456789')}" if is_draft else f"Số: {value}"
    place_date, day = _dated(rng, where, is_draft=is_draft)
    summary = _summary(rng)
    summary = rng.choice((f"Về việc {summary}", summary[:1].upper() + summary[1:])) if type_name else f"V/v {summary}"
    signer = _name(rng)
    receivers = rng.sample(_STATE_RECEIVERS, rng.randint(1, 8)) + [rng.choice(("Lưu: VT, NC", "Lưu: VT", "Lưu: VT, TCCB (03b)"))]
    paper = Paper(
        layout=Layout.STATE, superior=superior, organ=organ, symbol_line=line, place_date=place_date, type_name=type_name, summary=summary,
        body=_body(rng, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;" if type_name else "Ủy ban nhân dân tỉnh nhận được Công văn số 12/SNV-TH ngày 02/01/2026;"),
        authority=authority[0] if len(authority) > 1 else "", position="\n".join(authority[1:] or authority), signer=signer,
        addressees=() if type_name else ("Sở Tài chính",), receivers=tuple(f"- {text}{';' if text != receivers[-1] else '.'}" for text in receivers),
    )  # fmt: skip
    return _Case(paper, _truth(value, is_draft, type_name, full, where, day, summary, signer, authority, receivers), _ND30, "legal" if is_legal else "state")


# --- cách dàn ---


def _left(paper: Paper) -> list[str]:
    star = ["*"] if paper.layout is Layout.PARTY else []
    subject = _wrapped(paper.summary, 34) if not paper.type_name else []
    return [*paper.superior.split("\n"), *paper.organ.split("\n"), *star, paper.symbol_line, *subject]


def _right(paper: Paper) -> list[str]:
    if paper.layout is Layout.PARTY:
        return ["ĐẢNG CỘNG SẢN VIỆT NAM", "", paper.place_date]
    return ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "", paper.place_date]


def _signature(paper: Paper) -> list[str]:
    return [*(paper.authority.split("\n") if paper.authority else []), *paper.position.split("\n"), "", "", paper.signer]


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _middle(paper: Paper) -> list[str]:
    """Tên loại, trích yếu, kính gửi."""
    title = [paper.type_name.upper(), paper.summary, "-----"] if paper.type_name else []
    sent = [f"{paper.addressee_word}: {', '.join(paper.addressees)}"] if paper.addressees else []
    return [*title, *sent]


def _saved(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table_word(case: _Case, rng: random.Random) -> bytes:
    """Word như văn thư hay soạn: bảng hai ô không viền ở đầu và cuối, chữ đậm đặt tay."""
    paper, document = case.paper, docx.Document()
    _fill(document.add_table(1, 2), _left(paper), _right(paper), bold=set(paper.organ.split("\n")))
    for text in _middle(paper):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = text in (paper.type_name.upper(), paper.summary)
    for text in paper.body:
        document.add_paragraph(text)
    if rng.random() < 0.4:
        table = document.add_table(2, 3)
        for cell, text in zip((cell for row in table.rows for cell in row.cells), ("Stt", "Nội dung", "Số: 15/KH-UBND", "1", "Giao ban", "02"), strict=True):
            cell.text = text
    _fill(document.add_table(1, 2), ["Nơi nhận:", *paper.receivers], _signature(paper), bold={paper.signer})
    return _saved(document)


def _fill(table: "docx.table.Table", left: list[str], right: list[str], *, bold: set[str]) -> None:
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.text = ""
        for text in (line for line in lines if line):
            cell.add_paragraph().add_run(text).bold = text in bold


def _tabbed_word(case: _Case, rng: random.Random) -> bytes:
    """Không bảng: hai cột trên một dòng, cách nhau bằng tab."""
    paper, document = case.paper, docx.Document()
    for text in (*_beside(_left(paper), _right(paper), "\t\t"), *_middle(paper), *paper.body, *_beside(["Nơi nhận:", *paper.receivers], _signature(paper), "\t\t")):
        document.add_paragraph(text)
    return _saved(document)


def _beside(left: list[str], right: list[str], gap: str) -> list[str]:
    size = max(len(left), len(right))
    rows = zip([*left, *[""] * (size - len(left))], [*right, *[""] * (size - len(right))], strict=True)
    return [f"{first}{gap}{second}".rstrip() for first, second in rows if first or second]


def _two_column_text(case: _Case, rng: random.Random) -> bytes:
    """Như pdftotext -layout: cột phải thụt vào, trích yếu dài xuống dòng ở giữa trang."""
    paper = case.paper
    middle = [
        line.center(80).rstrip() for text in _middle(paper) for line in _wrapped(text, 70)
    ]
    rows = [*_spread(_left(paper), _right(paper)), "", *middle, ""]
    rows += [f"     {line}" if i == 0 else line for text in paper.body for i, line in enumerate(_wrapped(text, 80))]
    rows += ["", *_spread([line for text in ("Nơi nhận:", *paper.receivers) for line in _wrapped(text, 38)], _signature(paper))]
    return "\n".join(rows).encode()


def _spread(left: list[str], right: list[str]) -> list[str]:
    size = max(len(left), len(right))
    rows = zip([*left, *[""] * (size - len(left))], [*right, *[""] * (size - len(right))], strict=True)
    return [f"{first:<44}{second}".rstrip() for first, second in rows]


def _plain_text(case: _Case, rng: random.Random) -> bytes:
    """Mỗi ý một dòng, kiểu đặt dấu thanh cũ, bảng mã UTF-16: chữ chép từ trang tin."""
    paper = case.paper
    rows = [*_left(paper), *_right(paper), *_middle(paper), *paper.body, "Nơi nhận:", *paper.receivers, *_signature(paper)]
    text = "\n".join(row for row in rows if row)
    for new, old in TONE_PLACES:
        text = text.replace(new, old).replace(new.upper(), old.upper())
    return text.encode("utf-16")


_WAYS: dict[str, tuple[str, Callable[[_Case, random.Random], bytes]]] = {
    "giay": ("docx", lambda case, rng: to_docx(case.paper, case.measures)),
    "in": ("pdf", lambda case, rng: to_pdf(case.paper, case.measures)),
    "bang": ("docx", _table_word),
    "tab": ("docx", _tabbed_word),
    "cot": ("txt", _two_column_text),
    "tron": ("txt", _plain_text),
}
