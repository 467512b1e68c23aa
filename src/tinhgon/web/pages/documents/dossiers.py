"""Hồ sơ công việc: danh sách, một hồ sơ và mục lục của nó, các việc trên hồ sơ, đưa văn bản vào."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents import selectors as document_reads
from tinhgon.documents.access import document_for
from tinhgon.documents.contents_paper import contents_of, excel, pdf
from tinhgon.documents.dossier_access import dossier_abilities, dossier_for, dossiers_visible_to
from tinhgon.documents.models import Dossier, DossierEntry
from tinhgon.documents.selectors import dossiers as reads
from tinhgon.documents.services import dossiers as services
from tinhgon.org.access import require
from tinhgon.org.models import Function
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import units_at
from tinhgon.web.choices import colleagues
from tinhgon.web.forms.documents import PersonForm
from tinhgon.web.forms.keeping import (
    DossierFilters,
    DossierForm,
    FileIntoForm,
    HoldForm,
    PaperForm,
    ReasonForm,
)
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.pages.documents.actions import Action, arranged
from tinhgon.web.verbs import VerbPage, verb_page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def address(dossier: Dossier | DossierEntry) -> str:
    return reverse("web:dossier", args=[dossier.dossier_id if isinstance(dossier, DossierEntry) else dossier.pk])


def dossiers(request: HttpRequest) -> HttpResponse:
    filters = DossierFilters(request.GET)
    filters.is_valid()
    wanted = filters.cleaned_data
    rows = reads.dossiers(
        request.actor, on=request.today, text=wanted.get("tim", ""), state=wanted.get("trang_thai", ""),
        mine=wanted.get("chi") == "toi",
    )  # fmt: skip
    listing = Listing(
        request, rows,
        columns=[
            Column("tieu-de", _("Tiêu đề"), ("title",)),
            Column("don-vi", _("Đơn vị giữ")),
            Column("so", _("Tài liệu"), (), "number"),
            Column("han", _("Thời hạn bảo quản")),
            Column("mo", _("Ngày mở"), ("opened_on", "pk")),
            Column("trang-thai", _("Trạng thái"), ("state",)),
        ],
        row_template="web/rows/dossier.html",
        default_sort="-mo",
        prepare=lambda found: _with_units(request, found),
    )  # fmt: skip
    empty = {
        "title": _("Chưa có hồ sơ nào bạn được xem."),
        "hint": _("Mở một hồ sơ cho mỗi việc, rồi đưa văn bản vào từ trang của văn bản; xong việc thì kết thúc và nộp lưu trữ."),
        "url": reverse("web:dossier_new"), "action": _("Mở hồ sơ"),
    }  # fmt: skip
    return list_page(request, "web/pages/dossiers.html", listing, {"filters": filters, "empty": empty})


def _with_units(request: HttpRequest, found: list[Dossier]) -> list[Any]:
    units = units_at({dossier.holder_id for dossier in found}, on=request.today)
    return [{"dossier": dossier, "holder": units[dossier.holder_id]} for dossier in found]


def create(request: HttpRequest) -> HttpResponse:
    standing = require(request.actor, Verb.DRAFT, on=request.today)
    assert standing is not None

    def save(data: dict[str, Any]) -> Dossier:
        return services.open_dossier(
            request.actor, on=request.today, title=data["title"], notation=data["notation"], function_id=data["function"],
            retention_id=data["retention"],
        )  # fmt: skip

    return verb_page(request, VerbPage(
        title=_("Mở hồ sơ"), submit=_("Mở hồ sơ"), done=_("Đã mở hồ sơ. Đưa văn bản vào từ trang của từng văn bản."),
        back=reverse("web:dossiers"), call=save, form=_form(request), land=address, keep="ho-so-moi",
        about=_("Lập ở %(unit)s.") % {"unit": standing.unit_name},
    ))  # fmt: skip


def _form(request: HttpRequest, **initial: Any) -> DossierForm:
    return DossierForm(
        request.POST or None, functions=Function.objects.order_by("name"), periods=reads.retention_periods(on=request.today),
        initial=initial,
    )  # fmt: skip


def dossier(request: HttpRequest, dossier_id: int) -> HttpResponse:
    found = dossier_for(request.actor, dossier_id, on=request.today)
    units = units_at({found.holder_id, found.unit_id}, on=request.today)
    abilities = dossier_abilities(request.actor, found, on=request.today)
    missing = services.objections(found) if "close" in abilities else []
    return render(request, "web/pages/dossier.html", {
        "actions": arranged(_actions(found, abilities, is_complete=not missing)),
        "dossier": found, "lines": reads.contents(request.actor, found, on=request.today), "can": abilities,
        "holder": units[found.holder_id], "unit": units[found.unit_id],
        "missing": missing,
    })  # fmt: skip


def _actions(found: Dossier, can: frozenset[str], *, is_complete: bool) -> Iterator[Action]:
    """Nộp lưu khi đã kết thúc; kết thúc khi không còn gì thiếu; không thì ghi thêm tài liệu."""

    def at(verb: str) -> str:
        return reverse("web:dossier_act", args=[found.pk, verb])

    if "hand_over" in can:
        yield Action(_("Nộp lưu trữ"), reverse("web:archive_new"))
    if "close" in can:
        yield Action(
            _("Kết thúc hồ sơ"), at("ket-thuc"), _("Kết thúc hồ sơ này?"), _("Mục lục khóa lại; mở lại được khi chưa nộp lưu."),
            quiet=not is_complete,
        )  # fmt: skip
    if "file" in can:
        yield Action(_("Ghi tài liệu giấy"), at("tai-lieu-giay"))
    if "edit" in can:
        yield Action(_("Sửa hồ sơ"), at("sua"), quiet=True)
    if "reopen" in can:
        yield Action(_("Mở lại"), at("mo-lai"), quiet=True)
    if "hold" in can:
        yield Action(_("Thôi giữ lại") if found.hold_reason else _("Giữ lại"), at("giu-lai"), quiet=True)


def contents_pdf(request: HttpRequest, dossier_id: int) -> HttpResponse:
    found = dossier_for(request.actor, dossier_id, on=request.today)
    made = pdf(contents_of(request.actor, found, on=request.today))
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="muc-luc-{found.pk}.pdf"'})


def contents_xlsx(request: HttpRequest, dossier_id: int) -> HttpResponse:
    found = dossier_for(request.actor, dossier_id, on=request.today)
    made = excel(contents_of(request.actor, found, on=request.today))
    return HttpResponse(made, content_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="muc-luc-{found.pk}.xlsx"'})


def act(request: HttpRequest, dossier_id: int, verb: str) -> HttpResponse:
    """Địa chỉ ``/van-ban/ho-so/<số>/<việc>/``."""
    if verb not in _VERBS:
        raise Http404
    to, make = _VERBS[verb]
    return verb_page(request, make(request, dossier_for(request.actor, dossier_id, to=to, on=request.today)))


def _page(request: HttpRequest, found: Dossier, function: Callable[..., Any], **page: Any) -> VerbPage:
    def call(data: dict[str, Any]) -> Any:
        return function(request.actor, on=request.today, dossier_id=found.pk, **data)

    return VerbPage(back=address(found), call=call, about=found.title, **page)


def _edit(request: HttpRequest, found: Dossier) -> VerbPage:
    form = _form(request, title=found.title, notation=found.notation, function=found.function_id, retention=found.retention_id)

    def save(data: dict[str, Any]) -> Dossier:
        changes = {
            "title": data["title"], "notation": data["notation"], "function_id": data["function"], "retention_id": data["retention"],
        }  # fmt: skip
        return services.edit_dossier(request.actor, on=request.today, dossier_id=found.pk, changes=changes)

    return VerbPage(title=_("Sửa hồ sơ"), submit=_("Lưu"), done=_("Đã lưu."), back=address(found), call=save, form=form)


def _paper(request: HttpRequest, found: Dossier) -> VerbPage:
    return _page(
        request, found, services.add_paper, title=_("Ghi tài liệu giấy"), submit=_("Ghi vào mục lục"), done=_("Đã ghi vào mục lục."),
        form=PaperForm(request.POST or None), keep=f"tai-lieu-giay-{found.pk}",
    )  # fmt: skip


def _close(request: HttpRequest, found: Dossier) -> VerbPage:
    return _page(
        request, found, services.close_dossier, title=_("Kết thúc hồ sơ"), submit=_("Kết thúc"), done=_("Hồ sơ đã kết thúc."),
        consequences=[_("Mục lục khóa lại; mở lại được khi chưa nộp lưu. Thời hạn bảo quản tính từ năm sau.")],
    )  # fmt: skip


def _reopen(request: HttpRequest, found: Dossier) -> VerbPage:
    return _page(
        request, found, services.reopen_dossier, title=_("Mở lại hồ sơ"), submit=_("Mở lại"), done=_("Hồ sơ mở lại."),
        form=ReasonForm(request.POST or None),
    )  # fmt: skip


def _keeper(request: HttpRequest, found: Dossier) -> VerbPage:
    people = colleagues(reads.rooms_of(found.holder_id, on=request.today), on=request.today)
    form = PersonForm(request.POST or None, people=people, initial={"person": found.keeper_id})
    form.fields["person"].label = _("Người lập hồ sơ")

    def name(data: dict[str, Any]) -> Dossier:
        return services.name_keeper(request.actor, on=request.today, dossier_id=found.pk, person_id=data["person"])

    return VerbPage(
        title=_("Giao người lập hồ sơ"), submit=_("Giao"), done=_("Đã giao hồ sơ."), back=address(found), call=name, form=form, about=found.title,
        land=lambda given: address(given) if _still_seen(request, given) else reverse("web:dossiers"),
        consequences=[_("Người mới thấy hồ sơ và làm tiếp; người cũ chỉ còn thấy nếu là lãnh đạo hay văn thư của đơn vị giữ.")],
    )  # fmt: skip


def _still_seen(request: HttpRequest, found: Dossier) -> bool:
    return dossiers_visible_to(request.actor, on=request.today).filter(pk=found.pk).exists()


def _hold(request: HttpRequest, found: Dossier) -> VerbPage:
    return _page(
        request, found, services.hold_dossier, title=_("Giữ lại hồ sơ"), submit=_("Lưu"), done=_("Đã lưu."),
        form=HoldForm(request.POST or None, initial={"reason": found.hold_reason}),
        consequences=[_("Đang bị giữ lại thì không danh mục hủy nào lấy được hồ sơ này.")],
    )  # fmt: skip


_VERBS: dict[str, tuple[str, Callable[[HttpRequest, Dossier], VerbPage]]] = {
    "sua": ("edit", _edit),
    "tai-lieu-giay": ("file", _paper),
    "ket-thuc": ("close", _close),
    "mo-lai": ("reopen", _reopen),
    "giao": ("keeper", _keeper),
    "giu-lai": ("hold", _hold),
}


def remove(request: HttpRequest, entry_id: int) -> HttpResponse:
    entry = DossierEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    found = dossier_for(request.actor, entry.dossier_id, to="file", on=request.today)
    return verb_page(request, VerbPage(
        title=_("Rút khỏi mục lục"), submit=_("Rút khỏi mục lục"), done=_("Đã rút khỏi mục lục."), back=address(found),
        call=lambda _data: services.take_out(request.actor, on=request.today, entry_id=entry_id), about=found.title,
    ))  # fmt: skip


def file(request: HttpRequest, document_id: int) -> HttpResponse:
    """Đưa một văn bản vào hồ sơ, từ trang văn bản."""
    document = document_for(request.actor, document_id, on=request.today)
    offered = reads.open_for_filing(request.actor, document, on=request.today)
    form = FileIntoForm(request.POST or None, dossiers=offered, initial={"dossier": offered[0].pk if offered else None})

    def save(data: dict[str, Any]) -> DossierEntry:
        return services.file_document(request.actor, on=request.today, dossier_id=data["dossier"], document_id=document_id)

    said = [] if offered else [_("Bạn chưa có hồ sơ nào đang lập: mở hồ sơ trước, rồi quay lại đây.")]
    return verb_page(request, VerbPage(
        title=_("Đưa vào hồ sơ"), submit=_("Đưa vào hồ sơ"), done=_("Đã đưa vào hồ sơ."),
        back=reverse("web:document", args=[document_id]), call=save, form=form, consequences=said,
        about=str(document) if document.secrecy else document.summary,
    ))  # fmt: skip


def panel(request: HttpRequest, page: document_reads.Page) -> dict[str, Any]:
    """Phần "Hồ sơ" của trang văn bản."""
    return {"filed": reads.filed_in(request.actor, page.document.pk, on=request.today)}
