"""Một lần sắp xếp: sáu bước, hình trước -> sau, quyết định, ai đã làm gì."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhgon.audit import registry
from tinhgon.audit.models import Entry
from tinhgon.audit.selectors import history_of
from tinhgon.org.models import Level
from tinhgon.reorg import access, baseline, checks, selectors
from tinhgon.reorg.models import Placement
from tinhgon.reorg.selectors import Flow
from tinhgon.web.listing import Column
from tinhgon.web.pages.reorg import alluvial
from tinhgon.web.pages.reorg.board.conflicts import listed
from tinhgon.web.pages.reorg.common import Case, State, case_for, show
from tinhgon.web.pages.reorg.paging import Fetched, sliced

OBJECTIONS_SHOWN = 20
HISTORY_SHOWN = 8
QUIET = "reorg.batch_moved"
"""Từng đợt đã có ở sổ cái; ở đây chỉ kể việc người làm."""


@dataclass(frozen=True, slots=True)
class MainAction:
    """Việc chính lúc này. ``post``: động từ gửi ngay, không cần trang riêng."""

    label: str
    url: str
    post: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Một dòng nhật ký đọc thành câu."""

    at: object
    who: str
    sentence: str


def overview(request: HttpRequest, reorg_id: int) -> HttpResponse:
    case = case_for(request, reorg_id)
    flows = selectors.flow(case.reorg) or selectors.flow(case.reorg, only_committees=False)
    picture = _picture(request, case, flows)
    if request.htmx and request.htmx.target == "hinh":
        return render(request, "web/pages/reorg/flow.html", {"case": case, "reorg": case.reorg, **picture})
    conflicts = listed(case.reorg, baseline.conflicts(case.reorg))
    objections = checks.structure_objections(case.reorg) if flows and case.reorg.state == State.DRAFT and not conflicts else []
    entries = history_of("reorg", reorg_id).exclude(code=QUIET)[: HISTORY_SHOWN + 1]
    told = tell(entries)
    context = picture | {
        "steps": selectors.steps(case.reorg),
        "conflicts": conflicts,
        "action": main_action(case, has_flows=bool(flows)),
        "summary": _summary(flows),
        "objections": objections[:OBJECTIONS_SHOWN],
        "objections_more": max(len(objections) - OBJECTIONS_SHOWN, 0),
        "history": told[:HISTORY_SHOWN],
        "history_more": len(told) > HISTORY_SHOWN,
    }
    return show(case, "overview.html", context)


def main_action(case: Case, *, has_flows: bool) -> MainAction | None:
    """Nút chính của trang: đúng một việc, theo trạng thái và quyền."""
    reorg = case.reorg
    if case.is_running:
        return MainAction(_("Xem tiến độ"), case.url("reorg_apply"))
    if case.has_ledger:
        return MainAction(_("Xem bảng chứng minh"), case.url("reorg_proof"))
    if "prepare" in case.may and reorg.state == State.DRAFT:
        if not has_flows:
            return MainAction(_("Mở bảng"), case.url("reorg_board"))
        return MainAction(_("Kiểm kê"), case.url("reorg_take_inventory"), post=True)
    if "prepare" in case.may and reorg.state == State.INVENTORY:
        if case.undecided:
            return MainAction(_("Quyết định nơi nhận"), case.url("reorg_splits"))
        if "place" in access.placing_abilities(case.request.actor, on=case.request.today) and not reorg.placements.filter(state=Placement.State.DECIDED).exists():
            return MainAction(_("Bố trí cán bộ"), case.url("reorg_placement"))
        return MainAction(_("Xem trước"), case.url("reorg_preview"))
    if reorg.state == State.DECIDED:
        return MainAction(_("Tới bước chuyển giao"), case.url("reorg_apply"))
    return None


def _picture(request: HttpRequest, case: Case, flows: Sequence[Flow]) -> dict[str, object]:
    """Hình hoặc bảng, theo địa chỉ: ``tim`` tìm đơn vị, ``mo`` các nhóm đang mở, ``dang=bang`` dạng bảng."""
    text = request.GET.get("tim", "").strip()
    found = alluvial.matching(flows, text) if text else list(flows)
    opened = {int(part) for part in request.GET.get("mo", "").split(".") if part.isdecimal() and len(part) < 19}
    context: dict[str, object] = {"text": text, "found": len(found), "has_flows": bool(flows), "opened": opened}
    if request.GET.get("dang") == "bang":
        columns = [Column("sau", _("Đơn vị sau"), css="main-cell"), Column("kieu", _("Kiểu")), Column("truoc", _("Hình thành từ"))]
        rows = sliced(_by_heir(found))
        return context | {"listing": Fetched(request, rows, columns, "web/pages/reorg/flow_row.html"), "as_table": True}
    is_all = request.GET.get("mo") == "het"
    return context | {"picture": alluvial.draw(found, opened=opened, open_all=is_all or bool(text)) if found else None, "all_open": is_all}


@dataclass(frozen=True, slots=True)
class Formed:
    """Một đơn vị sau và những gì nó hình thành từ."""

    unit_id: int
    name: str
    types: tuple[str, ...]
    sources: tuple[tuple[int, str], ...]


def _by_heir(flows: Sequence[Flow]) -> list[Formed]:
    sources: dict[int, list[Flow]] = {}
    for flow in flows:
        sources.setdefault(flow.successor_id, []).append(flow)
    return [
        Formed(
            unit, rows[0].successor, tuple(sorted({row.type for row in rows})),
            tuple((row.predecessor_id, row.predecessor) for row in rows),
        )
        for unit, rows in sources.items()
    ]  # fmt: skip


def _summary(flows: Sequence[Flow]) -> str:
    """"38 cấp trên trực tiếp cơ sở · 441 cấp xã, phường → 168 đơn vị mới": đếm đơn vị trước theo cấp, và đơn vị sau."""
    if not flows:
        return ""
    before = {f.predecessor_id: f.level for f in flows}
    levels = Counter(before.values())
    told = [
        _("%(count)d %(level)s") % {"count": levels[level], "level": Level(level).label} for level in Level.values if levels[level]
    ]
    after = len({f.successor_id for f in flows} - set(before))
    new = ngettext("%(count)d đơn vị nhận", "%(count)d đơn vị nhận", after) % {"count": after}
    return f"{' · '.join(told)} → {new}"


def history(request: HttpRequest, reorg_id: int) -> HttpResponse:
    """Mọi dòng nhật ký của lần sắp xếp, mới trước."""
    case = case_for(request, reorg_id)
    pages = Paginator(history_of("reorg", reorg_id), 50)
    page = pages.get_page(request.GET.get("trang"))
    return show(case, "history.html", {"page": page, "history": tell(page.object_list)})


def tell(entries: Sequence[Entry]) -> list[Told]:
    """Các dòng nhật ký đọc thành câu."""
    return [
        Told(entry.at, entry.user.display_name if entry.user else _("Máy chủ"), registry.sentence(entry)) for entry in entries
    ]
