"""Đọc thông điệp từ byte lạ. Không tin điều gì: mỗi cách hỏng một mã (``BadMessage``), không bao giờ mở ra ngoài tệp."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from lxml import etree

from tinhgon.engine.edxml import packing
from tinhgon.engine.edxml.model import (
    MOST_BYTES,
    MOST_PARTS,
    NAMESPACE,
    BadMessage,
    Business,
    DocumentMessage,
    Message,
    Organ,
    ReceiverChange,
    Replacement,
    ResponseFor,
    Signer,
    Staff,
    StatusMessage,
    Trace,
    document_id,
)
from tinhgon.engine.edxml.states import Code
from tinhgon.engine.edxml.writing import ZONE

ORGAN_ID = re.compile(r"[A-Z0-9.]{3,20}")
_DECLARED = re.compile(rb"^<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_PREFIX_OF_LENGTH = re.compile(rb"^\d{1,12}(?=<\?xml)")
"""Vài trục dán độ dài vào trước khai báo XML (thấy trong một tệp mẫu); bỏ đi thì phần sau vẫn đúng."""


def read(data: bytes) -> Message:
    """Thông điệp trong ``data``. ``BadMessage`` khi không nhận được; không sửa hộ, không bỏ qua lỗi nào."""
    return message_of(parse(data))


def parse(data: bytes) -> etree._Element:
    """Cây XML an toàn: chỉ UTF-8, không DOCTYPE (không thực thể, không tải gì), đủ nhỏ."""
    if len(data) > MOST_BYTES:
        raise BadMessage("too_big")
    data = _PREFIX_OF_LENGTH.sub(b"", data.removeprefix(b"\xef\xbb\xbf").lstrip())
    declared = _DECLARED.match(data[:200])
    if b"\0" in data or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        raise BadMessage("encoding")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadMessage("doctype")
    if data.count(b"<") > MOST_PARTS:
        raise BadMessage("too_many_parts")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadMessage("not_xml", str(error)[:120]) from error


def message_of(root: etree._Element) -> Message:
    if root.tag != f"{{{NAMESPACE}}}edXML":
        raise BadMessage("not_edxml", str(root.tag)[:120])
    header = _need(root, "edXMLEnvelope/edXMLHeader/MessageHeader")
    if _child(header, "StatusCode") is not None:
        return _status(header)
    return _document(root, header)


def _status(header: etree._Element) -> StatusMessage:
    code = _text(header, "StatusCode")
    if code not in set(Code):
        raise BadMessage("unknown_status", code[:20])
    return StatusMessage(
        sender=_organ(_need(header, "From")), response=_response(_need(header, "ResponseFor")), code=code,
        note=_text(header, "Description"), at=_moment(_needed_text(header, "Timestamp")), staff=_staff(header),
    )  # fmt: skip


def _document(root: etree._Element, header: etree._Element) -> DocumentMessage:
    sender, issued = _organ(_need(header, "From")), _day(_needed_text(header, "PromulgationInfo/PromulgationDate"))
    number, notation = _text(header, "Code/CodeNumber"), _text(header, "Code/CodeNotation")
    assert issued is not None
    receivers = tuple(_organ(each) for each in _all(header, "To"))
    if not receivers:
        raise BadMessage("missing", "To")
    trace = _child(root, "edXMLEnvelope/edXMLHeader/TraceHeaderList")
    work = _child(trace, "Bussiness") if trace is not None else None
    return DocumentMessage(
        sender=sender, receivers=receivers, number=number, notation=notation, issued_on=issued,
        document_id=_text(header, "DocumentId") or document_id(sender.id, issued, f"{number}/{notation}"),
        subject=_needed_text(header, "Subject"), content=_text(header, "Content"),
        type_name=_text(header, "DocumentType/TypeName"), type_code=_text(header, "DocumentType/Type"),
        type_detail=_text(header, "DocumentType/TypeDetail"), place=_text(header, "PromulgationInfo/Place"),
        signers=tuple(one for each in _all(header, "SignerInfo") if (one := _signer(each)) != Signer()),
        due_on=_day(_text(header, "DueDate")), to_places=_texts(header, "ToPlaces/Place"),
        steering=_number(header, "SteeringType", 1) or 1, priority=_number(header, "OtherInfo/Priority", 0) or 0,
        sphere=_text(header, "OtherInfo/SphereOfPromulgation"), typist=_text(header, "OtherInfo/TyperNotation"),
        copies=_number(header, "OtherInfo/PromulgationAmount", None), pages=_number(header, "OtherInfo/PageAmount", None),
        direction=_text(header, "OtherInfo/Direction").lower() == "true",
        appendixes=_texts(header, "OtherInfo/Appendixes/Appendix"),
        responses=tuple(_response(each) for each in _all(header, "ResponseFor") if _text(each, "OrganId")),
        trace=tuple(_step(each) for each in _all(trace, "TraceHeader")) if trace is not None else (),
        files=packing.files_of(root), **(_business(work) if work is not None else {}),
    )  # fmt: skip


def _business(work: etree._Element) -> dict[str, Any]:
    kind = _number(work, "BussinessDocType", 0)
    if kind not in set(Business):
        raise BadMessage("unknown_business", str(kind))
    return {
        "business": Business(kind),
        "reason": _text(work, "BussinessDocReason"),
        "paper": _text(work, "Paper") == "1",
        "about_id": _text(work, "DocumentId"),
        "changes_document": _text(work, "BussinessDocumentInfo/DocumentInfo") == "1",
        "changes_receivers": _text(work, "BussinessDocumentInfo/DocumentReceiver") == "1",
        "receiver_changes": tuple(
            ReceiverChange(organ_id=_organ_id(each), is_added=_text(each, "ReceiverType") == "1")
            for each in _all(work, "BussinessDocumentInfo/ReceiverList/Receiver")
        ),
        "replacements": tuple(
            Replacement(document_id=_needed_text(each, "DocumentId"), organ_ids=_texts(each, "OrganIdList/OrganId"))
            for each in _all(work, "ReplacementInfoList/ReplacementInfo")
        ),
        "staff": _staff(work),
    }


def _organ(element: etree._Element) -> Organ:
    return Organ(
        id=_organ_id(element), name=_text(element, "OrganName"), in_charge=_text(element, "OrganizationInCharge"),
        address=_text(element, "OrganAdd"), email=_text(element, "Email"), phone=_text(element, "Telephone"),
        fax=_text(element, "Fax"), website=_text(element, "Website"),
    )  # fmt: skip


def _organ_id(element: etree._Element) -> str:
    found = _needed_text(element, "OrganId")
    if not ORGAN_ID.fullmatch(found):
        raise BadMessage("organ_id", found[:40])
    return found


def _signer(element: etree._Element) -> Signer:
    return Signer(authority=_text(element, "Competence"), position=_text(element, "Position"), name=_text(element, "FullName"))


def _response(element: etree._Element) -> ResponseFor:
    return ResponseFor(
        organ_id=_organ_id(element), code=_text(element, "Code"), issued_on=_day(_text(element, "PromulgationDate")),
        document_id=_text(element, "DocumentId"),
    )  # fmt: skip


def _staff(parent: etree._Element) -> Staff:
    return Staff(
        department=_text(parent, "StaffInfo/Department"), name=_text(parent, "StaffInfo/Staff"),
        email=_text(parent, "StaffInfo/Email"), phone=_text(parent, "StaffInfo/Mobile"),
    )  # fmt: skip


def _step(element: etree._Element) -> Trace:
    return Trace(organ_id=_organ_id(element), at=_moment(_needed_text(element, "Timestamp")))


def _path(path: str) -> str:
    return "/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/"))


def _child(parent: etree._Element, path: str) -> etree._Element | None:
    return parent.find(_path(path))


def _all(parent: etree._Element, path: str) -> list[etree._Element]:
    return parent.findall(_path(path))


def _need(parent: etree._Element, path: str) -> etree._Element:
    found = _child(parent, path)
    if found is None:
        raise BadMessage("missing", path.rsplit("/", 1)[-1])
    return found


def _text(parent: etree._Element, path: str) -> str:
    found = _child(parent, path)
    return _clean(found.text) if found is not None else ""


def _texts(parent: etree._Element, path: str) -> tuple[str, ...]:
    return tuple(text for each in _all(parent, path) if (text := _clean(each.text)))


def _clean(text: str | None) -> str:
    return unicodedata.normalize("NFC", (text or "").strip())


def _needed_text(parent: etree._Element, path: str) -> str:
    found = _text(parent, path)
    if not found:
        raise BadMessage("missing", path.rsplit("/", 1)[-1])
    return found


def _number(parent: etree._Element, path: str, default: int | None) -> int | None:
    text = _text(parent, path)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise BadMessage("number", f"{path.rsplit('/', 1)[-1]}: {text[:20]}")
    return int(text)


def _day(text: str) -> date | None:
    return _parsed(text, "%Y/%m/%d").date() if text else None


def _moment(text: str) -> datetime:
    return _parsed(text, "%Y/%m/%d %H:%M:%S")


def _parsed(text: str, form: str) -> datetime:
    try:
        return datetime.strptime(text, form).replace(tzinfo=ZONE)
    except ValueError as error:
        raise BadMessage("date", text[:30]) from error
