"""Đưa thứ thật vào khay cho bài kiểm tra: tệp chữ, gói zip, thư; rồi đọc như việc nền vẫn làm."""

import io
import zipfile
from email.message import EmailMessage

from tinhgon.documents.models import Arrival
from tinhgon.documents.services.intake import reading, receiving
from tinhgon.documents.services.intake.receiving import Received
from tinhgon.documents.tests.factories import TODAY, Office, document_type

LETTER = """TỈNH ỦY LÂM VIÊN\t\tĐẢNG CỘNG SẢN VIỆT NAM
VĂN PHÒNG\t\t\tLâm Viên, ngày 12 tháng 6 năm 2025
*
Số 45-CV/VPTU

Về việc phối hợp chuẩn bị hội nghị

Kính gửi: Văn phòng Thành ủy.
Đề nghị gửi báo cáo trước ngày 30/6/2025.
""".encode()


def drop(office: Office, *files: tuple[str, bytes], actor: object = None, to: int | None = None, **extra: object) -> Received:
    """Thả các tệp vào khay của Văn phòng, chưa đọc."""
    streams = [(name, io.BytesIO(content)) for name, content in files]
    return receiving.receive(actor or office.clerk, on=TODAY, to_unit_id=to or office.office, files=streams, **extra)


def arrived(office: Office, name: str = "cong-van.txt", content: bytes = LETTER, **extra: object) -> Arrival:
    """Một văn bản trong khay, đã đọc."""
    (arrival,) = drop(office, (name, content), **extra).arrivals
    reading.read(arrival.pk)
    arrival.refresh_from_db()
    return arrival


def packed(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def mailed(subject: str, body: str, *attached: tuple[str, bytes], key: str = "<1@thu>") -> bytes:
    message = EmailMessage()
    message["From"] = "Văn thư Tỉnh ủy <vanthu@lamvien.example>"
    message["To"], message["Subject"], message["Message-ID"] = "vanphong@example", subject, key
    message.set_content(body)
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def typed(office: Office, **extra: object) -> dict[str, object]:
    """Các ô văn thư đã xác nhận."""
    return {
        "addressed_to_id": office.office, "type_id": document_type().pk, "symbol": "45-CV/VPTU", "summary": "Chuẩn bị hội nghị",
        "issued_on": TODAY, "issuer_name": "Văn phòng Tỉnh ủy Lâm Viên",
    } | extra  # fmt: skip
