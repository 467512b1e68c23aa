"""Lập dự thảo, sửa dự thảo, vào sổ đến."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents import selectors, services
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document
from tinhgon.documents.services.intake import registering
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.org.selectors import succession
from tinhgon.org.selectors import units as unit_reads
from tinhgon.web.choices import Grouped, addressees
from tinhgon.web.forms.documents import DraftForm, IncomingForm
from tinhgon.web.verbs import VerbPage, verb_page


def address(document: Document) -> str:
    return reverse("web:document", args=[document.pk])


def issuers(unit_id: int, request: HttpRequest) -> Grouped:
    """Cơ quan có thể đứng tên cho một đơn vị soạn: các cơ quan trên nó."""
    chain = unit_reads.path(unit_id, on=request.today)
    return [(_("Cơ quan"), [(step.id, step.name) for step in reversed(chain) if step.is_organ])]


def draft(request: HttpRequest) -> HttpResponse:
    standing = require(request.actor, Verb.DRAFT, on=request.today)
    assert standing is not None
    form = DraftForm(request.POST or None, types=selectors.types(), issuers=issuers(standing.unit_id, request))

    def create(data: dict[str, Any]) -> Document:
        return services.create_draft(
            request.actor, on=request.today, type_id=data["type"], summary=data["summary"], direction=data["direction"],
            issuer_id=data["issuer"], signer_name=data["signer_name"], urgency=data["urgency"], secrecy=data["secrecy"],
            due_on=data["due_on"],
        )  # fmt: skip

    return verb_page(request, VerbPage(
        title=_("Lập dự thảo"), submit=_("Lưu dự thảo"), done=_("Đã lưu dự thảo. Đính kèm tệp rồi trình cấp số."),
        back=reverse("web:documents_drafts"), call=create, form=form, land=address, keep="du-thao-moi",
        about=_("Soạn ở %(unit)s.") % {"unit": standing.unit_name},
    ))  # fmt: skip


def edit(request: HttpRequest, document_id: int) -> HttpResponse:
    document = document_for(request.actor, document_id, to="edit", on=request.today)
    kept = {
        "direction": document.direction, "type": document.type_id, "summary": document.summary, "issuer": document.issuer_id,
        "signer_name": document.signer_name, "urgency": document.urgency, "secrecy": document.secrecy, "due_on": document.due_on,
    }  # fmt: skip
    form = DraftForm(
        request.POST or None, initial=kept, types=selectors.types(), issuers=issuers(document.holder_id, request)
    )

    def save(data: dict[str, Any]) -> Document:
        changes = {("type_id" if k == "type" else "issuer_id" if k == "issuer" else k): v for k, v in data.items()}
        return services.edit_draft(request.actor, on=request.today, document_id=document_id, changes=changes)

    return verb_page(request, VerbPage(
        title=_("Sửa dự thảo"), submit=_("Lưu"), done=_("Đã lưu."), back=address(document), call=save, form=form,
    ))  # fmt: skip


def register_incoming(request: HttpRequest) -> HttpResponse:
    standing = require(request.actor, Verb.REGISTER, on=request.today)
    assert standing is not None
    form = IncomingForm(
        request.POST or None, types=selectors.types(), addressees=addressees(standing.units, on=request.today), today=request.today
    )
    return verb_page(request, VerbPage(
        title=_("Vào sổ văn bản đến"), submit=_("Vào sổ và lấy số"), done=_("Đã vào sổ."),
        back=reverse("web:documents_incoming"), call=lambda data: registered(request, data), form=form, land=address, keep="vao-so",
        about=_("Số đến rút ngay khi lưu, theo sổ của năm."),
    ))  # fmt: skip


def registered(request: HttpRequest, data: dict[str, Any], arrival_id: int | None = None) -> Document:
    """Vào sổ từ biểu mẫu, của giấy hay của khay: tác giả khớp đúng một đơn vị trong hệ thống thì nối với đơn vị ấy."""
    known = [found for found in succession.resolve(data["issuer_name"], on=data["issued_on"]) if found.unit.is_open]
    named = {"addressed_to": "addressed_to_id", "heir": "heir_id", "type": "type_id"}
    fields = {named.get(name, name): value for name, value in data.items() if name not in ("despite", "legacy_ok")}
    fields["issuer_id"] = known[0].unit.id if len(known) == 1 else None
    return registering.register(
        request.actor, on=request.today, fields=fields, arrival_id=arrival_id, despite=data["despite"]
    )
