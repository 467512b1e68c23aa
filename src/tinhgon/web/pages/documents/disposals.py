"""Hủy hồ sơ hết thời hạn bảo quản: danh mục, xét giá trị, duyệt, hủy."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhgon.documents.dossier_access import (
    disposal_abilities,
    disposal_for,
    disposals_visible_to,
)
from tinhgon.documents.models import DisposalList
from tinhgon.documents.selectors.dossiers import past_retention
from tinhgon.documents.services import disposing
from tinhgon.org.access import require
from tinhgon.org.models import Covers
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import organs_of, units_at
from tinhgon.web.forms.keeping import AppraisalForm, ConfirmNumberForm, DisposalForm, ReasonForm
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.verbs import VerbPage, verb_page


def address(disposal: DisposalList) -> str:
    return reverse("web:disposal", args=[disposal.pk])


def disposals(request: HttpRequest) -> HttpResponse:
    rows = disposals_visible_to(request.actor, on=request.today).select_related("made_by").prefetch_related("items")
    listing = Listing(
        request, rows,
        columns=[
            Column("ngay", _("Ngày lập"), ("made_on", "pk")),
            Column("ten", _("Tên danh mục"), ("title",)),
            Column("ho-so", _("Hồ sơ"), (), "number"),
            Column("nguoi", _("Người lập")),
            Column("trang-thai", _("Trạng thái"), ("state",)),
        ],
        row_template="web/rows/disposal.html",
        default_sort="-ngay",
    )  # fmt: skip
    scope = request.scope.within(Covers.DOCUMENTS)
    due = past_retention(scope.whole_units | scope.clerk_units, on=request.today)
    empty = {
        "title": _("Chưa có danh mục hủy nào."),
        "hint": _("Văn thư lập danh mục từ hồ sơ hết thời hạn bảo quản; người khác xét giá trị, người đứng đầu duyệt, rồi mới hủy."),
    }  # fmt: skip
    return list_page(request, "web/pages/disposals.html", listing, {
        "empty": empty, "due": len(due), "may_make": bool(due) and scope.may(Verb.REGISTER),
    })  # fmt: skip


def create(request: HttpRequest) -> HttpResponse:
    standing = require(request.actor, Verb.REGISTER, on=request.today)
    assert standing is not None
    organ = organs_of([standing.unit_id], on=request.today)[standing.unit_id]
    offered = past_retention(standing.units, on=request.today)
    form = DisposalForm(
        request.POST or None, offered=offered, label=_("Hồ sơ hết thời hạn bảo quản"),
        initial={"title": _("Danh mục hồ sơ hết giá trị năm %(year)d") % {"year": request.today.year}, "dossiers": [d.pk for d in offered]},
    )  # fmt: skip

    def save(data: dict[str, Any]) -> DisposalList:
        return disposing.make_disposal(
            request.actor, on=request.today, unit_id=organ, title=data["title"], dossier_ids=data["dossiers"]
        )

    said = _("Lập danh mục chưa hủy gì.") if offered else _("Chưa có hồ sơ nào hết thời hạn bảo quản mà chưa ở danh mục nào.")
    return verb_page(request, VerbPage(
        title=_("Lập danh mục hủy"), submit=_("Lập danh mục"), done=_("Đã lập danh mục, chờ xét giá trị."), back=reverse("web:disposals"),
        call=save, form=form, land=address, consequences=[said], is_empty=not offered,
    ))  # fmt: skip


def disposal(request: HttpRequest, disposal_id: int) -> HttpResponse:
    found = disposal_for(request.actor, disposal_id, on=request.today)
    return render(request, "web/pages/disposal.html", {
        "disposal": found, "items": found.items.select_related("dossier__retention"), "unit": units_at([found.unit_id], on=request.today)[found.unit_id],
        "can": disposal_abilities(request.actor, found, on=request.today),
        "damage": disposing.damage(found) if found.state in (DisposalList.State.APPRAISED, DisposalList.State.APPROVED) else None,
        "people": [p for p in (
            (_("Người lập"), found.made_by, found.made_on), (_("Người xét giá trị"), found.appraised_by, found.appraised_on),
            (_("Người duyệt"), found.approved_by, found.approved_on),
        ) if p[1]],
    })  # fmt: skip


def act(request: HttpRequest, disposal_id: int, verb: str) -> HttpResponse:
    found = disposal_for(request.actor, disposal_id, on=request.today)
    make = {"xet": _appraise, "duyet": _approve, "khong-duyet": _reject, "huy": _destroy}.get(verb)
    if make is None:
        raise Http404
    return verb_page(request, make(request, found))


def _numbers(found: DisposalList) -> str:
    damage = disposing.damage(found)
    return _(
        "%(dossiers)d hồ sơ, nội dung %(documents)d văn bản với %(files)d tệp sẽ hủy; %(spared)d văn bản giữ nguyên vì còn ở hồ sơ khác "
        "hay chưa xử lý xong."
    ) % {"dossiers": damage.dossiers, "documents": damage.documents, "files": damage.files, "spared": damage.spared}


def _appraise(request: HttpRequest, found: DisposalList) -> VerbPage:
    form = AppraisalForm(request.POST or None, items=list(found.items.select_related("dossier__retention")))
    return VerbPage(
        title=_("Xét giá trị"), submit=_("Lưu ý kiến, trình duyệt"), done=_("Đã xét giá trị, chờ người đứng đầu duyệt."), back=address(found),
        form=form, about=found.title,
        call=lambda _data: disposing.appraise(request.actor, on=request.today, disposal_id=found.pk, verdicts=form.verdicts()),
    )  # fmt: skip


def _approve(request: HttpRequest, found: DisposalList) -> VerbPage:
    return VerbPage(
        title=_("Duyệt danh mục hủy"), submit=_("Duyệt"), done=_("Đã duyệt; văn thư lưu trữ hủy theo danh mục."), back=address(found),
        about=found.title, consequences=[_numbers(found), _("Duyệt chưa hủy gì.")],
        call=lambda _data: disposing.approve(request.actor, on=request.today, disposal_id=found.pk),
    )  # fmt: skip


def _reject(request: HttpRequest, found: DisposalList) -> VerbPage:
    return VerbPage(
        title=_("Không duyệt danh mục"), submit=_("Không duyệt"), done=_("Danh mục không được duyệt; hồ sơ ở lại."), back=address(found),
        form=ReasonForm(request.POST or None), about=found.title,
        call=lambda data: disposing.reject(request.actor, on=request.today, disposal_id=found.pk, reason=data["reason"]),
    )  # fmt: skip


def _destroy(request: HttpRequest, found: DisposalList) -> VerbPage:
    return VerbPage(
        title=_("Hủy theo danh mục"), submit=_("Hủy, không lấy lại được"), done=_("Đã hủy theo danh mục."), back=address(found), danger=True,
        form=ConfirmNumberForm(request.POST or None), about=found.title,
        consequences=[_numbers(found), _("Không hoàn tác được. Dòng sổ, mục lục và danh mục hủy ở lại.")],
        call=lambda data: disposing.destroy(request.actor, on=request.today, disposal_id=found.pk, confirmed=data["confirmed"]),
    )  # fmt: skip
