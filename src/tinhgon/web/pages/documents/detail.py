"""Một văn bản: là gì, ai đang giữ, từ bao giờ; các dòng chuyển; tệp; nhiệm vụ; lịch sử."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents import joint_access, minutes_access, selectors
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Attachment, Document
from tinhgon.documents.selectors import citations as citation_reads
from tinhgon.documents.selectors import signatures
from tinhgon.documents.selectors.joint import digitally_due, joint_of, signed_in_round
from tinhgon.files.services import open_file
from tinhgon.org.selectors.standing_in import absences
from tinhgon.tasks import selectors as task_reads
from tinhgon.web.pages.documents import dossiers, exchange
from tinhgon.web.pages.documents.actions import actions
from tinhgon.web.pages.documents.drafting.panels import drafting
from tinhgon.web.pages.documents.form import form
from tinhgon.web.units import shown_units

_INLINE = {"application/pdf", "image/png", "image/jpeg"}


Panel = Callable[[HttpRequest, selectors.Page], dict[str, Any]]



def _away(request: HttpRequest, page: selectors.Page) -> dict[str, Any]:
    """Người được giao nào đang vắng, ai làm thay."""
    return {"away": absences([item.line.assignee_id for item in page.lines if item.line.assignee_id], on=request.today)}


def _origins(request: HttpRequest, page: selectors.Page) -> dict[str, Any]:
    """Cùng ai đứng tên, sao từ đâu, đã sao mấy bản; ký và đóng dấu được không."""
    document = page.document
    numbered = document.number is not None
    return {
        "joint": joint_panel(document, page.abilities, on=request.today) if document.direction != "incoming" else [],
        "copied_symbol": selectors.visible_symbol(request.actor, document.copy_of_id, on=request.today) if document.copy_of_id else "",
        "copies_made": selectors.copies_of(request.actor, document.pk, on=request.today) if numbered else [],
        "has_pdf": any(item.file.content_type == "application/pdf" for item in page.attachments),
        "may_sign": "sign" in page.abilities and bool(signatures.usable_keys(request.actor, on=request.today)),
        "may_seal": "seal" in page.abilities and signatures.awaiting_seal(request.actor, on=request.today).filter(pk=document.pk).exists(),
        "may_record": minutes_access.may_record(request.actor, document, on=request.today),
        "may_sign_joint": joint_access.due_from(request.actor, document, on=request.today) is not None,
        "may_chair": minutes_access.may_chair(request.actor, document, on=request.today),
    }  # fmt: skip


def joint_panel(document: Document, can: frozenset[str], *, on: date) -> list[dict[str, Any]]:
    """Từng cơ quan cùng ban hành: ai ký, đã ký chưa; văn thư ghi nhận được bản đã ký không."""
    organs = joint_of(document, on=document.issued_on or on)
    signed = signed_in_round(document) if organs and document.number is None else frozenset()
    due = {row.pk for row in digitally_due(document)} if organs and document.number is not None else set()
    return [
        {
            "organ": one, "is_signed": one.row.pk in signed, "is_due": one.row.pk in due,
            "may_receive": "receive_signature" in can and not document.secrecy and one.row.received_on is None and one.row.pk not in signed,
        }
        for one in organs
    ]  # fmt: skip


def _citations(request: HttpRequest, page: selectors.Page) -> dict[str, Any]:
    """Văn bản này dẫn gì, và những văn bản nào dẫn nó."""
    return {
        "cited": citation_reads.cited_by(request.actor, page.document, on=request.today),
        "citing": citation_reads.citing(request.actor, page.document, on=request.today),
    }


PANELS: tuple[Panel, ...] = (_away, _citations, drafting, form, _origins, exchange.panel, dossiers.panel)
"""Các phần của trang, mỗi phần một hàm cho ra ngữ cảnh của mẫu ``web/parts/document/<phần>.html``."""


def document(request: HttpRequest, document_id: int) -> HttpResponse:
    page = selectors.page(request.actor, document_id, on=request.today)
    gone = {unit for unit in (page.document.issuer_id, page.document.received_for_id) if unit}
    panels: dict[str, Any] = {}
    for panel in PANELS:
        panels |= panel(request, page)
    panels["actions"] = actions(request, page, panels)
    return render(request, "web/pages/document.html", {
        **panels,
        "page": page,
        "document": page.document,
        "units": shown_units(gone, on=request.today),
        "tasks": task_reads.rows_of(task_reads.of_document(request.actor, document_id, on=request.today)[:50], on=request.today),
    })  # fmt: skip


def attachment(request: HttpRequest, attachment_id: int) -> FileResponse:
    """Tệp của một văn bản được thấy. PDF và ảnh mở ngay, loại khác tải về."""
    found = Attachment.objects.select_related("file").filter(pk=attachment_id).first()
    if found is None:
        raise NotFound(Reason("documents.no_such_file", _("Không có tệp này.")))
    document_for(request.actor, found.document_id, on=request.today)
    kind = found.file.content_type
    return FileResponse(
        open_file(found.file), content_type=kind, as_attachment=kind not in _INLINE, filename=found.name
    )
