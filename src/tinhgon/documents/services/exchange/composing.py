"""Từ một dòng của hộp thư đi ra thông điệp đã ký. Chỉ đọc: gọi lại bao nhiêu lần cũng ra cùng những byte ấy."""

from collections.abc import Iterable, Iterator

from tinhgon.documents.models import Delivery, Document, ExchangeRequest, Outbox, Receipt
from tinhgon.documents.services.exchange.identity import signing
from tinhgon.documents.services.exchange.sending import message_id
from tinhgon.documents.services.exchange.signers import signers_of
from tinhgon.documents.services.exchange.wording import said_of
from tinhgon.engine.edxml import signing as edxml_signing
from tinhgon.engine.edxml.model import (
    Business,
    DocumentMessage,
    File,
    Message,
    Organ,
    Replacement,
    ResponseFor,
    Staff,
    StatusMessage,
    Trace,
)
from tinhgon.engine.edxml.states import Code
from tinhgon.files.models import StoredFile
from tinhgon.files.services import open_file
from tinhgon.org.selectors.units import unit_at


def signed(message: Message) -> bytes:
    key, certificate = signing()
    return edxml_signing.signed(message, key, certificate)


def bodies(rows: Iterable[Outbox]) -> Iterator[tuple[Outbox, bytes]]:
    """Từng dòng cùng thông điệp đã ký của nó, mở khóa ký một lần; mỗi lúc chỉ một thông điệp nằm trong bộ nhớ."""
    key, certificate = signing()
    for row in rows:
        yield row, edxml_signing.signed(message_of(row), key, certificate)


def message_of(row: Outbox) -> Message:
    if row.kind == Outbox.Kind.STATUS:
        assert row.receipt is not None
        return status_message(row.receipt, row.code, row.said, row)
    assert row.delivery is not None
    if row.request is not None:
        return request_message(row.request)
    return document_message(row.delivery)


def document_message(delivery: Delivery) -> DocumentMessage:
    """Thông điệp văn bản mới, hay thay thế một văn bản đã gửi tới cùng nơi."""
    document, old = delivery.document, delivery.replaces
    extra: dict[str, object] = {"business": Business.NEW, "reason": delivery.note or "Văn bản điện tử mới"}
    if old is not None:
        replaced = Replacement(document_id=message_id(old.document, old.from_code), organ_ids=(_to(delivery).id,))
        extra = {"business": Business.REPLACE, "reason": delivery.note, "replacements": (replaced,)}
    return _document(delivery, _files(document.attachments.select_related("file").order_by("pk").values_list("file", "name")), extra)


def request_message(request: ExchangeRequest) -> Message:
    """Lời xin lấy lại (trạng thái 13) hay cập nhật (nghiệp vụ 2). Lời xin thay thế đi trong văn bản mới."""
    delivery = request.delivery
    assert delivery is not None
    if request.kind == ExchangeRequest.Kind.RECALL:
        return StatusMessage(
            sender=_from(delivery), code=Code.RECALL, note=request.reason, at=request.asked_at,
            response=_response(_to(delivery).id, delivery.document, message_id(delivery.document, delivery.from_code)),
        )  # fmt: skip
    about = message_id(delivery.document, delivery.from_code)
    extra = {"business": Business.UPDATE, "reason": request.reason, "about_id": about, "changes_document": True}
    return _document(delivery, _files(request.changes["files"]), extra)


def status_message(receipt: Receipt, code: str, said: str, row: Outbox | None = None) -> StatusMessage:
    """Trạng thái của văn bản đã nhận, nhân danh đúng mã định danh mà nơi gửi đã gửi tới (dù cơ quan ấy nay đã có nơi kế thừa)."""
    at = row.created_at if row else receipt.received_at
    holder = unit_at(receipt.to_unit_id, on=at.date())
    words = f"{said_of(code)}: {said}" if said else said_of(code)
    return StatusMessage(
        sender=Organ(id=receipt.to_code, name=holder.name if holder else ""), code=code, note=words, at=at,
        response=ResponseFor(
            organ_id=receipt.from_code, code=receipt.message_id.split(",", 2)[-1], document_id=receipt.message_id
        ),
    )  # fmt: skip


def _document(delivery: Delivery, files: tuple[File, ...], extra: dict[str, object]) -> DocumentMessage:
    document = delivery.document
    assert document.issued_on is not None
    number = f"{document.number}{document.number_suffix}"
    return DocumentMessage(
        sender=_from(delivery), receivers=(_to(delivery),), document_id=message_id(document, delivery.from_code), number=number,
        notation=document.symbol.removeprefix(f"{document.number:02d}{document.number_suffix}").lstrip("-/"), issued_on=document.issued_on,
        subject=document.summary, content=document.summary, type_name=document.type.name, place=document.place,
        signers=signers_of(document),
        due_on=document.due_on, to_places=tuple(line.strip() for line in document.receivers.splitlines() if line.strip()),
        priority=document.urgency, copies=document.copies, pages=document.pages, files=files,
        trace=(Trace(organ_id=delivery.from_code, at=delivery.sent_at),), staff=Staff(name=delivery.sent_by), **extra,  # type: ignore[arg-type]
    )  # fmt: skip


def _files(listed: Iterable[tuple[int, str]]) -> tuple[File, ...]:
    wanted = list(listed)
    stored = StoredFile.objects.in_bulk([file for file, _name in wanted])
    made = []
    for number, (file, name) in enumerate(wanted, start=1):
        with open_file(stored[file]) as content:
            made.append(File(content_id=str(number), name=name, description=name, content=content.read()))
    return tuple(made)


def _from(delivery: Delivery) -> Organ:
    return Organ(id=delivery.from_code, name=delivery.document.issuer_name, in_charge=delivery.document.issuer_name)


def _to(delivery: Delivery) -> Organ:
    assert delivery.to_organ is not None
    return Organ(id=delivery.to_organ.code, name=delivery.to_organ.name)


def _response(organ_id: str, document: Document, message: str) -> ResponseFor:
    return ResponseFor(organ_id=organ_id, code=document.symbol, issued_on=document.issued_on, document_id=message)
