"""Viết thông điệp thành XML. Cùng một thông điệp luôn cho cùng một chuỗi byte."""

import base64
import io
import zipfile
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lxml import etree

from tinhgon.engine.edxml.model import (
    NAMESPACE,
    Business,
    DocumentMessage,
    File,
    Message,
    Organ,
    ResponseFor,
    Signer,
    Staff,
    StatusMessage,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_PREFIX = {"edXML": NAMESPACE}
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def tree(message: Message) -> etree._Element:
    """Cây XML, chưa có chữ ký; chữ ký đặt vào cuối phần đầu (``signing.sign``)."""
    root = etree.Element(f"{{{NAMESPACE}}}edXML", nsmap=_PREFIX)
    envelope = _add(root, "edXMLEnvelope")
    header = _add(envelope, "edXMLHeader")
    if isinstance(message, StatusMessage):
        _status(_add(header, "MessageHeader"), message)
        return root
    _document(_add(header, "MessageHeader"), message)
    _trace(_add(header, "TraceHeaderList"), message)
    manifest = _add(_add(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    for file in message.files:
        _values(_add(manifest, "Reference"), ContentId=f"cid:{file.content_id}", ContentType="application/zip",
                Description=file.description or file.name, AttachmentName=file.name)  # fmt: skip
    if message.files:
        _attachments(_add(root, "AttachmentEncoded"), message.files)
    return root


def write(message: Message) -> bytes:
    """Thông điệp chưa ký."""
    return etree.tostring(tree(message), xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        made.text = text
    return made


def _values(parent: etree._Element, **values: str | int | None) -> None:
    for name, value in values.items():
        if value is not None and value != "":
            _add(parent, name, str(value))


def _organ(parent: etree._Element, name: str, organ: Organ) -> None:
    _values(_add(parent, name), OrganId=organ.id, OrganizationInCharge=organ.in_charge, OrganName=organ.name,
            OrganAdd=organ.address, Email=organ.email, Telephone=organ.phone, Fax=organ.fax, Website=organ.website)  # fmt: skip


def _staff(parent: etree._Element, staff: Staff) -> None:
    if staff != Staff():
        _values(_add(parent, "StaffInfo"), Department=staff.department, Staff=staff.name, Email=staff.email, Mobile=staff.phone)


def _response(parent: etree._Element, response: ResponseFor) -> None:
    _values(_add(parent, "ResponseFor"), OrganId=response.organ_id, Code=response.code,
            PromulgationDate=_day(response.issued_on), DocumentId=response.document_id)  # fmt: skip


def _status(header: etree._Element, message: StatusMessage) -> None:
    _organ(header, "From", message.sender)
    _response(header, message.response)
    _staff(header, message.staff)
    _values(header, StatusCode=message.code, Description=message.note, Timestamp=_moment(message.at))


def _document(header: etree._Element, message: DocumentMessage) -> None:
    _organ(header, "From", message.sender)
    for receiver in message.receivers:
        _organ(header, "To", receiver)
    for response in message.responses:
        _response(header, response)
    _add(header, "DocumentId", message.document_id)
    _values(_add(header, "Code"), CodeNumber=message.number, CodeNotation=message.notation)
    _values(_add(header, "PromulgationInfo"), Place=message.place, PromulgationDate=_day(message.issued_on))
    _values(_add(header, "DocumentType"), Type=message.type_code, TypeDetail=message.type_detail, TypeName=message.type_name)
    _values(header, Subject=message.subject, Content=message.content)
    for signer in message.signers or (Signer(),):
        _values(_add(header, "SignerInfo"), Competence=signer.authority, Position=signer.position, FullName=signer.name)
    _values(header, DueDate=_day(message.due_on))
    other = _add(header, "OtherInfo")
    _values(other, Priority=message.priority, SphereOfPromulgation=message.sphere, TyperNotation=message.typist,
            PromulgationAmount=message.copies, PageAmount=message.pages, Direction=str(message.direction).lower())  # fmt: skip
    if message.appendixes:
        appendixes = _add(other, "Appendixes")
        for appendix in message.appendixes:
            _add(appendixes, "Appendix", appendix)
    _values(header, SteeringType=message.steering)
    if message.to_places:
        places = _add(header, "ToPlaces")
        for place in message.to_places:
            _add(places, "Place", place)


def _trace(parent: etree._Element, message: DocumentMessage) -> None:
    for step in message.trace:
        _values(_add(parent, "TraceHeader"), OrganId=step.organ_id, Timestamp=_moment(step.at))
    made = _add(parent, "Bussiness")
    _values(made, DocumentId=message.about_id, BussinessDocType=int(message.business), BussinessDocReason=message.reason,
            Paper=int(message.paper))  # fmt: skip
    if message.business == Business.UPDATE:
        info = _add(made, "BussinessDocumentInfo")
        _values(info, DocumentInfo=int(message.changes_document), DocumentReceiver=int(message.changes_receivers))
        if message.receiver_changes:
            changes = _add(info, "ReceiverList")
            for change in message.receiver_changes:
                _values(_add(changes, "Receiver"), OrganId=change.organ_id, ReceiverType=int(change.is_added))
    if message.replacements:
        replaced = _add(made, "ReplacementInfoList")
        for one in message.replacements:
            item = _add(replaced, "ReplacementInfo")
            _add(item, "DocumentId", one.document_id)
            organs = _add(item, "OrganIdList")
            for organ_id in one.organ_ids:
                _add(organs, "OrganId", organ_id)
    _staff(made, message.staff)


def _attachments(parent: etree._Element, files: tuple[File, ...]) -> None:
    for file in files:
        item = _add(parent, "Attachment")
        _values(item, ContentId=f"cid:{file.content_id}", AttachmentName=file.name, Description=file.description or file.name,
                ContentType="application/zip", ContentTransferEncoded=base64.b64encode(_zipped(file)).decode())  # fmt: skip


def _zipped(file: File) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(file.name, _ZIP_DAY), file.content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _day(value: date | None) -> str:
    return f"{value:%Y/%m/%d}" if value else ""


def _moment(value: datetime) -> str:
    return f"{value.astimezone(ZONE):%Y/%m/%d %H:%M:%S}"
