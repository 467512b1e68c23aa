"""Xem trước và chốt: tổng số, ai nhận gì, tầm nhìn đổi ra sao, mục gộp, sổ khóa, còn thiếu gì."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.core.errors import Reason
from tinhgon.engine.vietnamese import fold
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.reorg import checks, plan, selectors, services
from tinhgon.reorg.models import Reorganisation
from tinhgon.web.listing import Column
from tinhgon.web.pages.reorg.common import Case, State, case_for, show, told
from tinhgon.web.pages.reorg.inventory import item_columns
from tinhgon.web.pages.reorg.links import item_urls
from tinhgon.web.pages.reorg.paging import Fetched, sliced

OBJECTIONS_SHOWN = 50
VIEWS = ("tong-hop", "nhan", "tam-nhin", "gop", "so")


@dataclass(frozen=True, slots=True)
class Objection:
    """Một điều còn thiếu và chỗ để sửa."""

    sentence: str
    url: str


def preview(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """GET: bản xem trước lần cuối. POST: dựng lại từ dữ liệu lúc này."""
    if request.method == "POST":
        case = case_for(request, reorg_id, to="prepare")
        done = told(request, lambda: services.preview(request.actor, reorg_id), _("Đã dựng bản xem trước."))
        return redirect(case.url("reorg_preview" if done else "reorg_overview"))
    case = case_for(request, reorg_id)
    wanted = request.GET.get("xem", "")
    view = wanted if wanted in VIEWS else VIEWS[0]
    context: dict[str, object] = {"view": view, "is_fresh": bool(case.reorg.preview_hash)}
    if case.reorg.preview_hash:
        context |= _totals(case.reorg) | _parts(request, case, view)
        if case.reorg.state == State.INVENTORY:
            context |= _objections(case)
    return show(case, "preview.html", context)


def _totals(reorg: Reorganisation) -> dict[str, object]:
    rows = plan.rows_of(reorg, Direction.APPLY).values("outcome").annotate(n=Count("id")).order_by()
    outcomes = {row["outcome"]: row["n"] for row in rows}
    return {
        "items": sum(outcomes.values()),
        "moved": outcomes.get(Outcome.MOVE, 0) + outcomes.get(Outcome.OPEN, 0), "joined": outcomes.get(Outcome.JOIN, 0),
        "closed": outcomes.get(Outcome.CLOSE, 0), "stayed": outcomes.get(Outcome.STAY, 0),
    }  # fmt: skip


def _objections(case: Case) -> dict[str, object]:
    found = services.objections(case.reorg)
    return {
        "objections": [Objection(str(reason), _where(case, reason)) for reason in found[:OBJECTIONS_SHOWN]],
        "objections_more": max(len(found) - OBJECTIONS_SHOWN, 0),
        "is_checked": True,
    }


def _where(case: Case, reason: Reason) -> str:
    """Trang để sửa điều còn thiếu."""
    if reason.code == "reorg.no_receiver":
        return case.url("reorg_split", unit_id=reason.data["from_unit"])
    if reason.code.startswith("placement."):
        return case.url("reorg_placement")
    return f"{case.url('reorg_preview')}?xem=nhan&tim={reason.data.get('unit', '')}"


def _parts(request: HttpRequest, case: Case, view: str) -> dict[str, object]:
    """Chỉ phần đang xem mới hỏi dữ liệu."""
    match view:
        case "nhan":
            return {"listing": _transfers(request, case), "text": request.GET.get("tim", "")}
        case "tam-nhin":
            return {"listing": _sight(request, case)}
        case "gop" | "so":
            listing = _of_outcome(request, case, Outcome.JOIN if view == "gop" else Outcome.CLOSE)
            return {"listing": listing, "urls": item_urls(request, listing.items)}
    return {"cells": selectors.by_kind(case.reorg)}


def _transfers(request: HttpRequest, case: Case) -> Fetched:
    wanted = fold(request.GET.get("tim", ""))
    rows = [row for row in selectors.transfers(case.reorg) if not wanted or wanted in fold(f"{row.from_unit} {row.to_unit}")]
    columns = [
        Column("giao", _("Đơn vị giao"), css="main-cell"), Column("nhan", _("Đơn vị nhận")), Column("muc", _("Số mục"), css="number"),
        Column("gop", _("Gộp"), css="number"), Column("mat", _("Mật"), css="number"),
    ]  # fmt: skip
    return Fetched(request, sliced(rows), columns, "web/pages/reorg/transfer_row.html", page_size=50)


@dataclass(frozen=True, slots=True)
class SightRow:
    """Một cặp giao - nhận, có tên."""

    from_unit: str
    to_unit: str
    items: int
    secret: int
    losing: int
    gaining: int


def _sight(request: HttpRequest, case: Case) -> Fetched:
    found = selectors.sight(case.reorg)
    names = checks.unit_names([u for row in found for u in (row.from_unit_id, row.to_unit_id)], case.reorg)
    rows = [
        SightRow(names[s.from_unit_id], names[s.to_unit_id], s.items, s.secret, s.losing, s.gaining) for s in found
    ]
    columns = [
        Column("giao", _("Đơn vị giao"), css="main-cell"), Column("nhan", _("Đơn vị nhận")), Column("muc", _("Số mục"), css="number"),
        Column("mat", _("Mật"), css="number"), Column("thoi", _("Người thôi thấy"), css="number"),
        Column("them", _("Người thấy thêm"), css="number"),
    ]  # fmt: skip
    return Fetched(request, sliced(rows), columns, "web/pages/reorg/sight_row.html", page_size=50)


def _of_outcome(request: HttpRequest, case: Case, outcome: str) -> Fetched:
    def fetch(offset: int, limit: int):
        return selectors.items(case.reorg, outcome=outcome, within=case.units_seen, offset=offset, limit=limit)

    return Fetched(request, fetch, item_columns(), "web/pages/reorg/item_row.html")


@require_POST
def decide(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Chốt đúng bản xem trước đang hiện: băm gửi kèm trong biểu mẫu."""
    case = case_for(request, reorg_id, to="prepare")
    stamp = request.POST.get("hash", "")
    done = told(
        request,
        lambda: services.decide(request.actor, reorg_id, preview_hash=stamp),
        _("Đã chốt phương án. Chuyển giao được từ ngày hiệu lực."),
    )
    return redirect(case.url("reorg_apply" if done else "reorg_preview"))
