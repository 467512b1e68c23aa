"""Khay đến của thế giới mẫu: hơn chục thứ vừa tới văn thư Văn phòng Thành ủy, đủ kênh, đủ trạng thái. Tệp nhỏ, làm ngay lúc nạp."""

import io
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import typst
from docx import Document as Word

from tinhgon.cli.demo.world import MORNING, TODAY, Unit, World
from tinhgon.core.actor import SYSTEM
from tinhgon.documents.models import Arrival, Document, WatchedPlace
from tinhgon.documents.services.intake import reading, receiving
from tinhgon.engine.extract.model import Extracted, Source
from tinhgon.engine.pages import page_image
from tinhgon.engine.reading.model import Field, Reading
from tinhgon.files.services import local_path, store
from tinhgon.org.models import Kind

Channel = Arrival.Channel
State = Arrival.State


@dataclass(frozen=True, slots=True)
class Paper:
    """Một văn bản gửi tới: phần đầu trái, phần đầu phải, rồi nội dung."""

    left: str
    right: str
    symbol: str
    place: str
    day: str
    kind: str
    summary: str
    body: tuple[str, ...]
    authority: str
    position: str
    signer: str


_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
_PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
_PAPERS = (
    Paper("BAN CHẤP HÀNH TRUNG ƯƠNG\nVĂN PHÒNG", _PARTY, "Số 1187-CV/VPTW", "Hà Nội", "ngày 27 tháng 6 năm 2025", "", "Về việc báo cáo kết quả sắp xếp tổ chức bộ máy cấp xã",
          ("Kính gửi: Các tỉnh ủy, thành ủy trực thuộc Trung ương,", "Thực hiện chương trình công tác năm 2025, Văn phòng Trung ương Đảng đề nghị các tỉnh ủy, thành ủy báo cáo kết quả sắp xếp tổ chức bộ máy cấp xã.",
           "Báo cáo gửi về Văn phòng Trung ương Đảng trước ngày 15/7/2025 để tổng hợp."), "K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Lê Hữu Khánh Duy"),
    Paper("ỦY BAN NHÂN DÂN THÀNH PHỐ\nSỞ NỘI VỤ", _STATE, "Số: 2114/SNV-TCBC", "Thành phố Hồ Chí Minh", "ngày 26 tháng 6 năm 2025", "", "V/v phối hợp bàn giao hồ sơ cán bộ các quận, huyện",
          ("Kính gửi: Văn phòng Thành ủy.", "Sở Nội vụ đề nghị Văn phòng Thành ủy cử đầu mối phối hợp tiếp nhận hồ sơ cán bộ khi kết thúc hoạt động của cấp huyện.",
           "Danh sách đầu mối đề nghị gửi về Sở Nội vụ trước ngày 04/7/2025."), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Phan Thị Bảo Ngân"),
    Paper("THÀNH ỦY THÀNH PHỐ HỒ CHÍ MINH\nBAN DÂN VẬN", _PARTY, "Số 318-TB/BDVTU", "Thành phố Hồ Chí Minh", "ngày 25 tháng 6 năm 2025", "THÔNG BÁO", "Kết luận hội nghị giao ban công tác dân vận tháng 6 năm 2025",
          ("Ngày 24/6/2025, Ban Dân vận chủ trì giao ban công tác dân vận các cơ quan.", "Giao các đơn vị rà soát mô hình dân vận khéo, báo cáo trước ngày 10/7/2025."),
          "T/L TRƯỞNG BAN", "CHÁNH VĂN PHÒNG", "Đặng Quỳnh Hương"),
    Paper("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH", _STATE, "Số: 3042/QĐ-UBND", "Thành phố Hồ Chí Minh", "ngày 24 tháng 6 năm 2025", "QUYẾT ĐỊNH", "Ban hành Kế hoạch tiếp nhận trụ sở, tài sản công của cấp huyện",
          ("Điều 1. Ban hành kèm theo Quyết định này Kế hoạch tiếp nhận trụ sở, tài sản công của cấp huyện.", "Điều 2. Quyết định có hiệu lực kể từ ngày ký."),
          "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Ngô Đức Thiện"),
)  # fmt: skip

_PAGE = """#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))
#set text(lang: "vi", size: 14pt)
#set par(justify: true, leading: 0.75em)
#grid(columns: (1fr, 1.15fr), align: center, column-gutter: 6mm, row-gutter: 4mm,
  [#set text(size: 12pt)
  #strong[{left}]], [#set text(size: 12pt)
  #strong[{right}]], [{symbol}], [#set text(size: 12pt)
  #emph[{place}, {day}]])
#v(4mm)
#align(center)[#strong[{kind}] \\ #strong[{summary}]]
{body}
#v(6mm)
#grid(columns: (1fr, 1.15fr), [#set text(size: 11pt)
  #strong[#emph[Nơi nhận:]] \\ - Như trên, \\ - Lưu: VT.], align(center)[#strong[{authority}] \\ #strong[{position}] \\ #v(18mm) #strong[{signer}]])
"""


def write(world: World) -> None:
    """Khay của Văn phòng Thành ủy; thư mục tự lấy về đặt sẵn, chưa có tệp nào."""
    office = world.unit("79", Kind.OFFICE)
    pdfs = [_pdf(paper) for paper in _PAPERS]
    _bring(office, Channel.UPLOAD, 3, ("1187-CV-VPTW.pdf", pdfs[0]))
    _bring(office, Channel.EXCHANGE, 5, ("2114_SNV-TCBC.pdf", pdfs[1]), sender="Sở Nội vụ Thành phố Hồ Chí Minh")
    _bring(office, Channel.INTERNAL, 8, ("318-TB-BDVTU.pdf", pdfs[2]), sender="Ban Dân vận Thành ủy")
    _bring(office, Channel.UPLOAD, 9, ("Giấy mời họp báo.docx", _word(_PAPERS[2])))
    _bring(office, Channel.MAIL, 11, ("thu.eml", _letter("V/v xin ý kiến dự thảo quy chế phối hợp", "quy-che.docx", _word(_PAPERS[1]))))
    _bring(office, Channel.MAIL, 14, ("thu.eml", _letter("Báo cáo nhanh tình hình trực ngày 30/6", "", b"")))
    _bring(office, Channel.UPLOAD, 16, ("phu-luc-hong.docx", b"PK\x03\x04 tep bi cat giua chung"))
    _bring(office, Channel.UPLOAD, 18, ("Hồ sơ quý II.txt", "Biên bản bàn giao hồ sơ quý II\nGồm 12 hồ sơ, 3 hộp.\n".encode()))
    _scan(office, pdfs[3])
    _handled(world, office)
    WatchedPlace.objects.create(unit_id=office.id, kind=WatchedPlace.Kind.FOLDER, path="may-quet-van-phong")


def _bring(office: Unit, channel: str, minutes: int, file: tuple[str, bytes], sender: str = "") -> Arrival:
    name, content = file
    found = receiving.receive(SYSTEM, on=TODAY, to_unit_id=office.id, files=[(name, io.BytesIO(content))], channel=channel)
    (arrival,) = found.arrivals
    reading.read(arrival.pk)
    arrival.refresh_from_db()
    arrival.received_at = MORNING - timedelta(minutes=90 - minutes)
    arrival.batch, arrival.sender = None, sender or arrival.sender
    arrival.save(update_fields=["received_at", "batch", "sender"])
    return arrival


def _scan(office: Unit, pdf: bytes) -> None:
    """Một bản quét từ máy quét: chữ viết tay chờ người xác nhận. Kết quả đọc lấy từ bản gốc, vì nơi nạp có thể chưa cài máy đọc chữ."""
    arrival = _bring(office, Channel.FOLDER, 20, ("scan_0042.pdf", pdf), sender="máy quét văn phòng")
    source = arrival.files.get()
    with local_path(source.file) as path:
        picture = page_image(path, "application/pdf", 1)
    kept = arrival.reading
    source.file, source.name, source.source = store(io.BytesIO(picture), "scan_0042.png"), "scan_0042.png", str(Source.OCR)
    source.save()
    arrival.subject, kept["scanned"] = "scan_0042", True
    for name in ("so_ky_hieu", "ngay"):
        if name in kept.get("fields", {}):
            kept["fields"][name] |= {"must_confirm": True, "confidence": 0.71}
    if not kept.get("fields"):
        arrival.reading = reading.to_json(Reading({"loai": Field("Quyết định", 0.9)}), source.pk, Extracted(Source.OCR, ()))
    arrival.save(update_fields=["subject", "reading"])


def _handled(world: World, office: Unit) -> None:
    """Vài thứ đã xong: vào sổ (là văn bản đến đã có), từ chối."""
    known = list(Document.objects.filter(direction="incoming", holder_id=office.id, secrecy=0).order_by("-pk")[:2])
    for number, document in enumerate(known):
        Arrival.objects.create(
            to_unit_id=office.id, channel=Channel.EXCHANGE, state=State.REGISTERED, document=document, sender=document.issuer_name[:200],
            subject=document.summary[:200], received_at=document.created_at, handled_at=document.created_at + timedelta(minutes=6 + number),
        )  # fmt: skip
    Arrival.objects.create(
        to_unit_id=office.id, channel=Channel.MAIL, state=State.REFUSED, sender="Phòng Tổng hợp <tonghop@quan.example>",
        subject="Báo cáo tháng (gửi lại)", reason="Gửi nhầm nơi nhận: đề nghị gửi Ban Tổ chức.", received_at=MORNING - timedelta(days=1),
        handled_at=MORNING - timedelta(hours=20),
    )  # fmt: skip


def _pdf(paper: Paper) -> bytes:
    page = _PAGE
    for name in ("symbol", "place", "day", "kind", "summary", "authority", "position", "signer"):
        page = page.replace("{" + name + "}", _escaped(getattr(paper, name)))
    page = page.replace("{left}", _escaped(paper.left).replace("\n", " \\\n")).replace("{right}", _escaped(paper.right).replace("\n", " \\\n"))
    return typst.compile(page.replace("{body}", "\n\n".join(map(_escaped, paper.body))).encode())


def _escaped(text: str) -> str:
    for mark in '\\"#*_$@<>[]':
        text = text.replace(mark, "\\" + mark)
    return text


def _word(paper: Paper) -> bytes:
    made = Word()
    table = made.add_table(rows=2, cols=2)
    for row, cells in enumerate(((paper.left, paper.right), (paper.symbol, f"{paper.place}, {paper.day}"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for text in filter(None, (paper.kind, paper.summary, *paper.body, paper.authority, paper.position, paper.signer)):
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _letter(subject: str, name: str, attached: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Văn thư Quận ủy <vanthu@quan.example>", "vanphong@thanhuy.example", subject
    message.set_content("Kính gửi Văn phòng Thành ủy,\n\nXin gửi văn bản kèm theo, đề nghị Văn phòng xem xét.\n\nTrân trọng.")
    if attached:
        message.add_attachment(attached, maintype="application", subtype="octet-stream", filename=name)
        message.set_boundary("thu-mau")
    return message.as_bytes()
