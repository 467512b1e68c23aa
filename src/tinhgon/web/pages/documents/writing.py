"""Lập dự thảo, sửa dự thảo, vào sổ đến."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents import selectors, services
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document
from tinhgon.documents.selectors import rules
from tinhgon.documents.selectors import templates as template_reads
from tinhgon.documents.services import versions
from tinhgon.documents.services.intake import registering
from tinhgon.org.access import require
from tinhgon.org.rights import Verb
from tinhgon.org.selectors import succession
from tinhgon.org.selectors import units as unit_reads
from tinhgon.web.choices import Grouped, addressees
from tinhgon.web.forms.documents import IncomingForm
from tinhgon.web.forms.drafting import WrittenDraftForm
from tinhgon.web.verbs import VerbPage, verb_page


def address(document: Document) -> str:
    return reverse("web:document", args=[document.pk])


def issuers(unit_id: int, request: HttpRequest) -> Grouped:
    """Cơ quan có thể đứng tên cho một đơn vị soạn: các cơ quan trên nó."""
    chain = unit_reads.path(unit_id, on=request.today)
    return [(_("Cơ quan"), [(step.id, step.name) for step in reversed(chain) if step.is_organ])]


def draft(request: HttpRequest) -> HttpResponse:
    """Dự thảo mới cùng bản đầu. ``?mau=``: điền sẵn từ một mẫu; ``?tra-loi=``: trả lời một văn bản đến."""
    standing = require(request.actor, Verb.DRAFT, on=request.today)
    assert standing is not None
    answered = _answered(request)
    filled = _filled(request, answered)
    start = _start(filled, answered)
    form = WrittenDraftForm(
        request.POST or None, initial=start, types=rules.draftable_types(rules.side_of(standing.organ_id)), issuers=issuers(standing.unit_id, request),
        is_word=bool(filled and filled.is_word), circulations=rules.circulation_marks(standing.organ_id, on=request.today),
    )  # fmt: skip

    def create(data: dict[str, Any]) -> Document:
        return versions.start_draft(
            request.actor, on=request.today, type_id=data.pop("type"), issuer_id=data.pop("issuer"), body=data.pop("body", ""),
            template_id=filled.template.pk if filled else None, answers_id=answered.pk if answered else None, **data,
        )  # fmt: skip

    verb = VerbPage(
        title=_("Soạn trả lời") if answered else _("Lập dự thảo"), submit=_("Lưu dự thảo"), done=_("Đã lưu dự thảo."),
        back=reverse("web:documents_drafts"), call=create, form=form, land=address,
        keep=f"du-thao-moi-{filled.template.pk if filled else 0}-{answered.pk if answered else 0}",
        about=_about(standing.unit_name, answered),
    )  # fmt: skip
    answer = verb_page(request, verb)
    if answer.status_code == 302:
        return answer
    return render(request, "web/pages/drafting/new.html", {
        "verb": verb, "form": form, "filled": filled, "answered": answered,
        "templates": template_reads.templates_for(standing.unit_id, on=request.today),
    }, status=answer.status_code)  # fmt: skip


def _answered(request: HttpRequest) -> Document | None:
    number = request.GET.get("tra-loi", "")
    return document_for(request.actor, int(number), on=request.today) if number.isdecimal() and len(number) < 18 else None


def _filled(request: HttpRequest, answered: Document | None) -> template_reads.Filled | None:
    number = request.GET.get("mau", "")
    if not (number.isdecimal() and len(number) < 18):
        return None
    return template_reads.filled(request.actor, int(number), on=request.today, answers=answered)


def _start(filled: template_reads.Filled | None, answered: Document | None) -> dict[str, Any]:
    """Ô điền sẵn: theo mẫu, rồi theo văn bản được trả lời."""
    start: dict[str, Any] = {}
    if answered:
        start = {"addressees": answered.issuer_name, "due_on": answered.due_on, "urgency": answered.urgency}
    if filled:
        names = ("summary", "body", "addressees", "receivers", "authority", "signer_position")
        start |= {"type": filled.type_id} | {name: getattr(filled, name) for name in names if getattr(filled, name)}
    return start


def _about(unit: str, answered: Document | None) -> str:
    if answered is None:
        return _("Soạn ở %(unit)s.") % {"unit": unit}
    return _("Trả lời %(symbol)s của %(organ)s. Soạn ở %(unit)s.") % {
        "symbol": answered.symbol or answered.type.name, "organ": answered.issuer_name, "unit": unit,
    }  # fmt: skip


_KEPT = ("direction", "summary", "signer_name", "urgency", "secrecy", "due_on", "authority", "signer_position", "addressees", "receivers",
         "circulation", "paper_size", "recorder_name")  # fmt: skip


def edit(request: HttpRequest, document_id: int) -> HttpResponse:
    document = document_for(request.actor, document_id, to="edit", on=request.today)
    kept = {name: getattr(document, name) for name in _KEPT} | {"type": document.type_id, "issuer": document.issuer_id}
    form = WrittenDraftForm(
        request.POST or None, initial=kept, types=rules.draftable_types(rules.side_of(document.issuer_id)),
        issuers=issuers(document.holder_id, request), with_body=False,
        circulations=rules.circulation_marks(document.issuer_id, on=request.today),
    )  # fmt: skip

    def save(data: dict[str, Any]) -> Document:
        changes = {("type_id" if k == "type" else "issuer_id" if k == "issuer" else k): v for k, v in data.items()}
        return services.edit_draft(request.actor, on=request.today, document_id=document_id, changes=changes)

    return verb_page(request, VerbPage(
        title=_("Sửa dự thảo"), submit=_("Lưu"), done=_("Đã lưu."), back=address(document), call=save, form=form,
        keep=f"sua-{document_id}", about=_("Các phần quanh nội dung; nội dung sửa ở trang soạn."),
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
