"""Từ hồ sơ ra gói nộp lưu: tên trường theo Phụ lục VI Nghị định 30/2020/NĐ-CP. Văn bản mật chỉ có dòng sổ, không trích yếu, không tệp."""

from collections.abc import Mapping, Sequence
from datetime import date

from tinhgon.documents.models import Attachment, Dossier
from tinhgon.documents.selectors.dossiers import ContentLine
from tinhgon.engine.archive import Package, PackagedDocument, PackagedDossier, PackagedFile


def packaged(dossiers: Sequence[Dossier], lines: Mapping[int, Sequence[ContentLine]], *, on: date, organ: str) -> Package:
    """Gói của các hồ sơ; ``lines``: mục lục của từng hồ sơ, người đóng gói thấy được hết."""
    wanted = [line.document.pk for listed in lines.values() for line in listed if line.document and not line.document.secrecy]
    files: dict[int, list[PackagedFile]] = {}
    for attachment in Attachment.objects.filter(document__in=wanted).select_related("file").order_by("pk"):
        held = PackagedFile(attachment.name, attachment.file.sha256, attachment.file.size)
        files.setdefault(attachment.document_id, []).append(held)
    return Package(
        {"OrganName": organ, "HandedOverOn": on.isoformat(), "TotalDossier": str(len(dossiers))},
        tuple(_dossier(dossier, lines[dossier.pk], files) for dossier in dossiers),
    )


def _dossier(dossier: Dossier, lines: Sequence[ContentLine], files: Mapping[int, list[PackagedFile]]) -> PackagedDossier:
    fields = {
        "FileCode": str(dossier.pk),
        "FileCatalog": str(dossier.opened_on.year),
        "FileNotation": dossier.notation,
        "Title": dossier.title,
        "Maintenance": dossier.retention.name,
        "MaintenanceSource": dossier.retention.source,
        "Function": dossier.function.name if dossier.function else "",
        "StartDate": dossier.opened_on.isoformat(),
        "EndDate": dossier.closed_on.isoformat() if dossier.closed_on else "",
        "TotalDoc": str(len(lines)),
        "PageAmount": str(sum(line.pages or 0 for line in lines)),
    }
    return PackagedDossier(fields, tuple(_document(line, files) for line in lines))


def _document(line: ContentLine, files: Mapping[int, list[PackagedFile]]) -> PackagedDocument:
    document = line.document
    if document is None:
        return PackagedDocument({
            "Subject": line.title, "CodeNotation": line.symbol, "OrganName": line.author, "IssuedDate": _day(line.issued_on),
            "PageAmount": str(line.pages or ""), "Description": line.entry.note, "Form": "paper",
        })  # fmt: skip
    if document.secrecy:
        return PackagedDocument({
            "CodeNumber": str(document.number or ""), "TypeName": document.type.name, "Confidence": document.get_secrecy_display(),
            "Form": "register",
        })  # fmt: skip
    fields = {
        "TypeName": document.type.name,
        "CodeNumber": str(document.number or ""),
        "CodeNotation": document.symbol,
        "IssuedDate": _day(document.issued_on),
        "OrganName": document.issuer_name,
        "Subject": document.summary,
        "PageAmount": str(document.pages or ""),
        "SignerFullName": document.signer_name,
        "SignerPosition": document.signer_position,
        "ToPlaces": document.receivers,
        "Priority": str(document.urgency),
        "IssuedAmount": str(document.copies or ""),
        "DueDate": _day(document.due_on),
        "ArrivalDate": _day(document.arrived_on),
        "ArchivesNumber": str(document.number or "") if document.arrived_on else "",
        "Form": "electronic",
    }
    return PackagedDocument(fields, tuple(files.get(document.pk, ())))


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
