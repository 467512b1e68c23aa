"""Một thông điệp edXML dưới dạng giá trị: văn bản (mới, thu hồi, cập nhật, thay thế) và trạng thái.

Tên thẻ "Bussiness" viết đúng như quy chuẩn viết.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"

MOST_BYTES = 48 * 1024 * 1024
MOST_UNPACKED = 96 * 1024 * 1024
MOST_FILES = 50
MOST_PARTS = 100_000


class Business(IntEnum):
    """Loại nghiệp vụ (BussinessDocType)."""

    NEW = 0
    RECALL = 1
    UPDATE = 2
    REPLACE = 3


class BadMessage(ValueError):
    """Thông điệp không nhận được. ``code`` ổn định; ``detail``: phần nêu ra (tên thẻ, tên tệp, giá trị). Tầng trên đặt câu.

    not_xml, encoding, doctype, too_big, too_many_parts, not_edxml, missing, organ_id, date, number, unknown_status,
    unknown_business, content_id, base64, zip, zip_bomb, too_many_files, unsigned, legacy_signature, wrong_signature.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """Cơ quan gửi hay nhận. ``id``: mã định danh (OrganId)."""

    id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    department: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFor:
    """Văn bản mà thông điệp này trả lời; ``organ_id``: cơ quan ở đầu bên kia."""

    organ_id: str
    code: str = ""
    issued_on: date | None = None
    document_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    authority: str = ""
    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    organ_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverChange:
    organ_id: str
    is_added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """Văn bản cũ bị thay thế, ở những cơ quan nào."""

    document_id: str
    organ_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Một tệp kèm theo, nội dung đã mở gói."""

    content_id: str
    name: str
    content: bytes
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMessage:
    """Thông điệp văn bản. ``document_id``: "mã cơ quan,yyyy/MM/dd,số ký hiệu". ``about_id``: văn bản mà nghiệp vụ nhắc tới.

    ``signers``: cơ quan chủ trì trước, rồi người ký của từng cơ quan cùng ban hành. Các tệp mẫu chỉ có một ``SignerInfo`` và ta không đọc được
    điều nào của quy chuẩn về văn bản liên tịch, nên viết lặp lại như ``To``: bên chỉ đọc thẻ đầu vẫn được người ký của cơ quan chủ trì.
    """

    sender: Organ
    receivers: tuple[Organ, ...]
    document_id: str
    number: str
    notation: str
    issued_on: date
    subject: str
    type_name: str = ""
    type_code: str = ""
    type_detail: str = ""
    place: str = ""
    content: str = ""
    signers: tuple[Signer, ...] = ()
    due_on: date | None = None
    to_places: tuple[str, ...] = ()
    steering: int = 1
    priority: int = 0
    sphere: str = ""
    typist: str = ""
    copies: int | None = None
    pages: int | None = None
    direction: bool = False
    appendixes: tuple[str, ...] = ()
    responses: tuple[ResponseFor, ...] = ()
    trace: tuple[Trace, ...] = ()
    business: Business = Business.NEW
    reason: str = ""
    paper: bool = False
    about_id: str = ""
    changes_document: bool = False
    changes_receivers: bool = False
    receiver_changes: tuple[ReceiverChange, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    staff: Staff = Staff()
    files: tuple[File, ...] = ()

    @property
    def symbol(self) -> str:
        """Số và ký hiệu như in trên văn bản: của Đảng nối bằng gạch, của Nhà nước bằng gạch chéo; lấy từ mã văn bản."""
        return self.document_id.split(",", 2)[2] if self.document_id.count(",") >= 2 else f"{self.number}/{self.notation}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMessage:
    """Thông điệp trạng thái; ``response.organ_id`` là nơi nhận nó, ``response.document_id`` là văn bản được nói tới."""

    sender: Organ
    response: ResponseFor
    code: str
    at: datetime
    note: str = ""
    staff: Staff = Staff()


Message = DocumentMessage | StatusMessage


def document_id(organ_id: str, issued_on: date, symbol: str) -> str:
    """Mã văn bản theo quy chuẩn."""
    return f"{organ_id},{issued_on:%Y/%m/%d},{symbol}"
