"""Nội dung bịa của một văn bản và đáp án. Hai nửa lấy từ hai phần rời nhau của mỗi bảng: nửa kia không có cơ quan, trích yếu nào của nửa này."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from unseen.organs import LAWS, PARTY, STATE, Organ

_FIRST = ("Nguyễn", "Trần", "Lê", "Phan", "Huỳnh", "Đinh", "Lương", "Trịnh", "Bế", "Hoàng", "Cao", "Thái", "Đoàn", "Lò", "Đào", "Vi", "Tôn Nữ", "Ngọ", "Chẩu", "Mùa")
_SECOND = ("Trọng", "Thị Bích", "Khắc", "Như", "Gia", "Việt", "Thị", "Công", "Đình", "", "Hồng", "Thị Kim", "Mạnh", "Sỹ", "Thúy")
_THIRD = ("Giả", "Tưởng", "Hư", "Cấu", "Khuyết", "Danh", "Ảo", "Ngụ", "Ngôn", "Hoài", "Thuở", "Kỷ", "Quỳnh", "Luyến", "Đượm", "Oanh", "Thùy", "Khỏe")
_TITLES = ("", "", "", "", "TS. ", "PGS.TS. ", "ThS. ", "BS.CKII. ", "Thiếu tướng ", "Đại tá ", "GS.TS. ", "ThS.BS. ", "Trung tướng, TS. ", "TS ", "Luật sư ")
_SUBJECTS = (
    "triển khai kiểm kê tài sản công tại các đơn vị sự nghiệp năm {y}", "tăng cường phòng, chống cháy rừng mùa khô {y} - {n}",
    "kết quả rà soát, hệ thống hóa văn bản kỳ {y} - {n}", "cử cán bộ tham gia lớp bồi dưỡng kiến thức quốc phòng và an ninh đối tượng 3, khóa 12",
    "thành lập Tổ công tác liên ngành về gỡ vướng mắc cho các dự án tồn đọng trên địa bàn", "chuẩn bị nội dung làm việc với Đoàn kiểm tra số 1910 của Bộ Chính trị",
    "phân bổ chỉ tiêu vận động hiến máu tình nguyện đợt 2 năm {y} cho các xã, phường, đặc khu", "hướng dẫn sinh hoạt chuyên đề quý III/{y}",
    "sửa đổi, bổ sung một số điều của Quy chế làm việc ban hành kèm theo Quyết định số 118/QĐ-UBND ngày 20 tháng 3 năm {y}",
    "xử lý trụ sở dôi dư sau khi sắp xếp đơn vị hành chính và thực hiện mô hình chính quyền địa phương 02 cấp",
    "tiếp nhận, luân chuyển hồ sơ của tổ chức đảng, đảng viên khi chuyển giao tổ chức đảng; quản lý, sử dụng con dấu của tổ chức đảng sau sắp xếp",
    "điều động, bổ nhiệm cán bộ", "góp ý dự thảo Thông tư quy định mức chi, nguồn kinh phí cho công tác thống kê",
    "tổng kết 10 năm thực hiện Chỉ thị số 33-CT/TW, ngày 20/3/2014 của Bộ Chính trị về kê khai tài sản", "báo cáo tình hình sử dụng biên chế, tinh giản biên chế 6 tháng đầu năm {y}",
    "công bố công khai quyết toán ngân sách năm {y}", "hỗ trợ khẩn cấp các hộ dân bị thiệt hại do bão số 3 (Wipha) gây ra",
    "ban hành Danh mục bí mật nhà nước độ Tối mật thuộc lĩnh vực được giao quản lý", "Hội nghị trực tuyến sơ kết công tác chuyển đổi số", "kiểm tra, giám sát chuyên đề năm {y}",
    "kết quả Kỳ họp thứ 9", "tuyển sinh lớp 10 năm học {y} - {n} (đợt bổ sung)", "tuyên truyền Tháng hành động vì trẻ em và Ngày Gia đình Việt Nam 28/6",
    "quy định chi tiết một số điều và biện pháp thi hành Luật Lưu trữ về lưu trữ số, cơ sở dữ liệu tài liệu lưu trữ và dịch vụ lưu trữ",
)  # fmt: skip
_BODIES = (
    "Căn cứ tình hình thực tế, đề nghị các đơn vị rà soát, gửi báo cáo về Văn phòng trước ngày 20/8/{y} để tổng hợp.",
    "1. Thực hiện nghiêm Công văn số 2207/VPCP-KTTH ngày 14 tháng 4 năm {y} của Văn phòng Chính phủ.",
    "2. Giao đơn vị chuyên môn theo dõi, đôn đốc; trường hợp vượt thẩm quyền, kịp thời báo cáo người đứng đầu xem xét, quyết định.",
    "3. Kinh phí thực hiện từ nguồn ngân sách nhà nước và các nguồn hợp pháp khác theo quy định.",
    "Đến ngày 30 tháng 6 năm {y}, đã có 42/45 đơn vị hoàn thành, đạt 93,3%; còn 03 đơn vị xin gia hạn.",
    "Quá trình triển khai nếu phát sinh vướng mắc, đề nghị phản ánh về cơ quan thường trực (qua đồng chí chuyên viên phụ trách) để được hướng dẫn.",
    "Nội dung này thay thế Thông báo số 77-TB/VP, ngày 02/02/{y}.",
)
_RECEIVERS = (
    ("Thường trực Tỉnh ủy (b/c)", "Đảng ủy UBND tỉnh", "Các cơ quan tham mưu, giúp việc Tỉnh ủy", "Đảng ủy các xã, phường, đặc khu", "Các đ/c Tỉnh ủy viên",
     "Thường trực HĐND, UBND, UBMTTQVN tỉnh (để phối hợp)", "Báo và Phát thanh, truyền hình tỉnh", "Chi bộ, đảng bộ trực thuộc (t/hiện)", "Đ/c Bí thư (thay báo cáo)"),
    ("Thủ tướng Chính phủ (để b/c)", "Các Phó Thủ tướng (để b/c)", "Văn phòng Chính phủ", "HĐND, UBND các tỉnh, thành phố trực thuộc trung ương", "Cục Kiểm tra văn bản và Quản lý xử lý vi phạm hành chính (Bộ Tư pháp)",
     "Cổng Thông tin điện tử: Chính phủ, Bộ", "CT, các PCT UBND tỉnh", "Các Sở, ban, ngành tỉnh", "UBND các xã, phường", "VPUB: CVP, các PCVP, KT, NC, TH", "Công báo; Trang tin điện tử", "Như Điều 3"),
)
_KEEPS = {"party": ("Lưu VT", "Lưu Văn phòng", "Lưu: VT, TH (3)", "Lưu VPTU"), "state": ("Lưu: VT, TH (3)", "Lưu: VT, TCCB (05b)", "Lưu: VT.KSTT", "Lưu: VT, NC. Thg (12)", "Lưu: VT, HC, P.TH")}


@dataclass(slots=True)
class Block:
    """Một khối ký như in, và họ tên không kèm học hàm, quân hàm."""

    lines: tuple[str, ...]
    printed: str
    name: str


@dataclass(slots=True)
class Paper:
    layout: str
    organ: Organ
    number_line: str
    date_line: str
    type_name: str
    summary: str
    subject: bool
    addressee: str
    body: list[str]
    blocks: list[Block]
    receivers: list[str]
    annex: list[str]
    marks: list[str]
    header: str
    truth: dict[str, str] = field(default_factory=dict)
    written: tuple[str, str] = ("", "")
    """Số và ngày viết tay trên bản quét (rỗng: in sẵn)."""


def pick(rng: random.Random, half: int, pool: Sequence) -> object:
    part = pool[half::2]
    return part[rng.randrange(len(part))]


def _person(rng: random.Random) -> str:
    return " ".join(part for part in (rng.choice(_FIRST), rng.choice(_SECOND), rng.choice(_THIRD)) if part)


def _number(rng: random.Random, sign: str, value: str, *, draft: bool) -> str:
    """``sign``: phần sau số, kể cả dấu nối đầu."""
    if draft:
        return rng.choice((f"Số:      {sign}", f"Số:       {sign}", f"Số: ......{sign}", f"Số        {sign}", f"Số: …{sign}"))
    spaced = sign.replace("-", " - ", 1) if sign[0] == "-" else sign
    return rng.choice((f"Số: {value}{sign}", f"Số:{value}{sign}", f"Số: {value} {sign}", f"Số : {value}{sign}", f"Số {value}{sign}", f"Số {value}{spaced}", f"Số:  {value} {sign}"))


def _date_line(rng: random.Random, place: str, *, draft: bool) -> tuple[str, str]:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.choice((2023, 2024, 2025, 2026))
    if draft:
        return rng.choice((f"{place}, ngày      tháng {month} năm {year}", f"{place}, ngày ... tháng {month} năm {year}", f"{place}, ngày      tháng      năm {year}")), ""
    days, months = rng.choice((f"{day:02d}", str(day))), rng.choice((f"{month:02d}", str(month)))
    line = rng.choice((f"{place}, ngày {days} tháng {months} năm {year}",) * 4 + (f"{place}, ngày  {days}  tháng  {months}  năm {year}", f"{place} , ngày {days} tháng {months} năm {year}"))
    return line, f"{day:02d}/{month:02d}/{year}"


def _receivers(rng: random.Random, layout: str, *, letter: bool) -> list[str]:
    found = rng.sample(_RECEIVERS[layout == "state"], rng.randint(1, 8))
    return [*(["Như trên"] if letter and rng.random() < 0.8 else []), *found, rng.choice(_KEEPS[layout])]


def _blocks(rng: random.Random, organ: Organ) -> list[Block]:
    out = []
    for lines in organ.signs:
        name = _person(rng)
        out.append(Block(lines, rng.choice(_TITLES) + name if organ.titled else name, name))
    return out


_ANNEX = (
    ["PHỤ LỤC I", "DANH MỤC BIỂU MẪU", "(Kèm theo {t} số 09/KH-XYZ ngày 01/01/2024)", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 45/BC-ABC",
     "BÁO CÁO", "Về việc ............", "Nơi nhận:", "- Như Điều ...;", "- Lưu: ...", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên)"],
    ["Phụ lục", "BẢNG PHÂN CÔNG NHIỆM VỤ", "1. Văn phòng: tổng hợp.", "2. Các phòng: thực hiện.", "NGƯỜI LẬP BIỂU", "Hoàng Văn Biểu"],
    ["QUY CHẾ", "Phối hợp công tác", "(Ban hành kèm theo {t} số 31/QĐ-XYZ)", "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Quy chế này quy định nguyên tắc phối hợp."],
)  # fmt: skip


def paper(seed: int, half: int) -> Paper:
    """Văn bản thứ ``seed`` của nửa ``half``; cùng số cho cùng văn bản."""
    rng = random.Random(seed * 2 + half)
    layout = ("party", "state", "state", "party", "law")[seed % 5]
    organ: Organ = pick(rng, half, {"party": PARTY, "state": STATE, "law": LAWS}[layout])  # type: ignore[assignment]
    party, law = layout == "party", layout == "law"
    layout = "party" if party else "state"
    place = rng.choice(organ.places)
    organ = organ.at(place, rng)
    type_name, short = rng.choice(organ.types)
    year = rng.choice((2023, 2024, 2025, 2026))
    draft = not law and rng.random() < 0.12
    letter = type_name == "Công văn"
    value = rng.choice((f"{rng.randint(1, 99):02d}", str(rng.randint(100, 4800)), f"{rng.randint(1, 60):03d}", f"{rng.randint(1, 99)}a"))
    sign = organ.sign(short, year, rng)
    summary = str(pick(rng, half, _SUBJECTS)).format(y=year, n=year + 1)
    summary = rng.choice(("V/v ", "V/v ", "Về việc ", "V/v: ")) + summary if letter else rng.choice(("Về việc ", "", "về ", "Về ")) + summary
    if type_name in ("Luật", "Pháp lệnh"):
        summary = rng.choice(("Tổ chức lực lượng xung kích cơ sở", "Phòng, chống thiên tai đô thị", "Sửa đổi, bổ sung một số điều của Luật Cư trú và Luật Căn cước"))
    subject = not letter or rng.random() < 0.9
    blocks = _blocks(rng, organ)
    receivers = _receivers(rng, layout, letter=letter) if not law or rng.random() < 0.8 else []
    number_line = f"{type_name} số: {value.rstrip('a')}{sign}" if organ.numbered_by_type else _number(rng, sign, value, draft=draft)
    value = value.rstrip("a") if organ.numbered_by_type else value
    date_line, day = _date_line(rng, organ.dated_at, draft=draft)
    passed = organ.numbered_by_type  # luật không có dòng địa danh, ngày: ngày thông qua nằm ở cuối
    opening = {"Quyết định": [organ.decider, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "Theo đề nghị của Chánh Văn phòng.", "QUYẾT ĐỊNH:"],
               "Nghị quyết": ["Căn cứ Quy chế làm việc;", "QUYẾT NGHỊ:"]}  # fmt: skip
    begin = opening.get(type_name, []) if not party else ["- Căn cứ Điều lệ Đảng;"] * (type_name != "Công văn")
    body = [line for line in begin if line] + [text.format(y=year) for text in rng.sample(_BODIES, rng.randint(3, 7))]
    if passed:
        body.append(f"{type_name} này được {organ.full} nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, Kỳ họp thứ 9 thông qua ngày {day[:2]} tháng {day[3:5]} năm {day[6:]}.")
    annex = [line.format(t=type_name) for line in rng.choice(_ANNEX)] if rng.random() < 0.3 else []
    marks = rng.choice(([], [], [], ["HỎA TỐC"], ["MẬT"], ["KHẨN"], ["DỰ THẢO LẦN 2"] if draft else []))
    addressee = rng.choice(("Các ban, sở, ngành", "Đảng ủy các xã, phường", "- Văn phòng Trung ương Đảng;\n- Ban Tổ chức Trung ương.")) if letter or rng.random() < 0.2 and not law else ""
    made = Paper(layout, organ, number_line, "" if passed else date_line, "" if letter else type_name, summary if subject else "", letter, addressee, body, blocks, receivers, annex, list(marks), organ.header)
    made.truth = {
        "so_ky_hieu": "" if draft else value + sign, "loai": type_name, "co_quan": organ.full, "dia_danh": "" if passed else organ.dated_at, "ngay": day, "trich_yeu": made.summary,
        "nguoi_ky": "; ".join(block.name for block in blocks), "quyen_han_chuc_vu": "; ".join(" / ".join(block.lines) for block in blocks), "noi_nhan": "\n".join(receivers),
    }  # fmt: skip
    return made
