"""So sánh các phương án bố trí cạnh nhau: con số, khác nhau ở ai, bằng lời."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.reorg import selectors, services
from tinhgon.reorg.models import Placement
from tinhgon.web.pages.reorg.common import told
from tinhgon.web.pages.reorg.placing.common import Desk, desk_for, figure, show_desk
from tinhgon.web.pages.reorg.placing.planning import SLIDERS


@dataclass(frozen=True, slots=True)
class Row:
    """Một con số của mọi phương án. ``best``: chỗ tốt nhất, khi có hơn thua."""

    label: str
    cells: tuple[str, ...]
    best: frozenset[int] = frozenset()


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id)
    computed = [one for one in desk.variants if one.figures]
    context: dict[str, object] = {"variants": computed, "rows": _rows(computed), "told": _told(desk, computed)}
    if desk.placement and "curve" in desk.placement.figures:
        context |= {"curve": _curve(desk.placement), **_fairness(desk.placement)}
    return show_desk(desk, "compare.html", context)


@require_POST
def weigh(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Đo công bằng và vẽ đường đánh đổi."""
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.weigh(request.actor, placement_id), _("Đã đo công bằng và đường đánh đổi."))
    return redirect(f"{desk.url('reorg_compare')}?pa={placement_id}")


WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 280, 56, 16, 40


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Một điểm của đường đánh đổi: chỗ trên hình, và con số trong bảng."""

    x: float
    y: float
    mastery: float
    settled: int
    people: int
    first: int
    weights: tuple[int, int]
    is_here: bool

    @property
    def share(self) -> float:
        return round(100 * self.settled / self.people, 1) if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    points: tuple[CurvePoint, ...]
    low: float
    high: float

    @property
    def line(self) -> str:
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def _curve(placement: Placement) -> Curve:
    """Ngang: thạo việc trung bình; dọc: phần người ở đơn vị mình hay được nguyện vọng một, hai."""
    kept = placement.figures["curve"]
    low, high = min(one["mastery_got"] for one in kept), max(one["mastery_got"] for one in kept)
    here = (placement.weights["mastery"], placement.weights["wishes"])
    return Curve(tuple(_point(one, low, high, here) for one in kept), low, high)


def _point(one: dict[str, Any], low: float, high: float, here: tuple[int, int]) -> CurvePoint:
    across = (one["mastery_got"] - low) / (high - low) if high > low else 0.5
    share = one["settled"] / one["people"] if one["people"] else 0
    weights = (one["mastery"], one["wishes"])
    return CurvePoint(
        x=round(LEFT + across * (WIDTH - LEFT - 24), 1), y=round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1), mastery=one["mastery_got"],
        settled=one["settled"], people=one["people"], first=one["first"], weights=weights, is_here=weights == here,
    )  # fmt: skip


_GROUPS = {"sex": gettext_lazy("Giới tính"), "age": gettext_lazy("Lứa tuổi"), "unit": gettext_lazy("Nơi kế thừa đơn vị gốc")}
_NAMES = {"female": gettext_lazy("nữ"), "male": gettext_lazy("nam")}
MOST_UNITS = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """Một nhóm: bao nhiêu có chỗ, lệch so với chung bao nhiêu điểm phần trăm."""

    by: str
    name: str
    people: int
    placed: int
    mastery: float
    gap: float


def _fairness(placement: Placement) -> dict[str, object]:
    got = placement.figures["fairness"]
    rows = [
        Gap(str(_GROUPS[one["by"]]), str(_NAMES.get(one["name"], one["name"])), one["people"], one["placed"], one["mastery"], one["gap"])
        for one in got["groups"]
        if one["by"] != "unit"
    ]
    units = sorted((one for one in got["groups"] if one["by"] == "unit"), key=lambda one: -abs(one["gap"]))[:MOST_UNITS]
    rows += [Gap(str(_GROUPS["unit"]), one["name"], one["people"], one["placed"], one["mastery"], one["gap"]) for one in units]
    return {"gaps": rows, "hidden": got["hidden"], "envy": got["envy"], "unexplained": got["unexplained"]}


def _rows(variants: Sequence[Placement]) -> list[Row]:
    figures = [one.figures for one in variants]
    rows = [
        _row(_("Người có chỗ"), [got["placed"] for got in figures], more_is_better=True),
        _row(_("Chưa có chỗ"), [got["unplaced"] for got in figures], more_is_better=False),
        _row(_("Được nguyện vọng một"), [got["first"] for got in figures], more_is_better=True),
        _row(_("Được một trong ba nguyện vọng"), [got["top"] for got in figures], more_is_better=True),
        _row(_("Theo đơn vị mình"), [got["with_own_unit"] for got in figures], more_is_better=True),
    ]
    rows += [_row(str(SLIDERS[aim][0]), [got["points"][aim] for got in figures], more_is_better=True) for aim in SLIDERS]
    rows += [Row(_("Thanh %(name)s") % {"name": str(label).lower()}, tuple(str(one.weights[aim]) for one in variants)) for aim, (label, _help) in SLIDERS.items()]
    return [*rows, Row(_("Chứng minh"), tuple(_("đã chứng minh") if got["proven"] else _("chưa") for got in figures))]


def _row(label: str, values: list[Any], *, more_is_better: bool) -> Row:
    best = (max if more_is_better else min)(values) if values else None
    is_told = len(set(values)) > 1
    return Row(label, tuple(figure(value) for value in values), frozenset(n for n, value in enumerate(values) if is_told and value == best))


def _told(desk: Desk, variants: Sequence[Placement]) -> list[str]:
    """Mỗi phương án khác phương án đang xem ra sao, một câu."""
    base = desk.placement
    if base is None or not base.figures:
        return []
    return [_sentence(base, other) for other in variants if other.pk != base.pk]


def _sentence(base: Placement, other: Placement) -> str:
    found = selectors.difference(base, other)
    parts = [_("%(count)s người đổi chỗ") % {"count": figure(found.moved)}]
    if found.gained:
        parts.append(_("%(count)s người có chỗ thêm") % {"count": figure(found.gained)})
    if found.lost:
        parts.append(_("%(count)s người mất chỗ") % {"count": figure(found.lost)})
    for aim, (label, _help) in SLIDERS.items():
        change = round(other.figures["points"][aim] - base.figures["points"][aim], 1)
        if change:
            words = _("%(aim)s thêm %(points)s điểm") if change > 0 else _("%(aim)s bớt %(points)s điểm")
            parts.append(words % {"aim": str(label).lower(), "points": figure(abs(change))})
    head = _("“%(other)s” so với “%(base)s”") % {"other": other.name, "base": base.name}
    return f"{head}: {', '.join(parts)}."
