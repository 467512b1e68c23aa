"""Trang "Nguyện vọng, công bằng": nguyện vọng được bao nhiêu và giá của nó, đường đánh đổi, ý kiến thứ hai, chênh lệch và so bì."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tinhgon.reorg import services
from tinhgon.reorg.models import Placement
from tinhgon.reorg.placing import weighing
from tinhgon.web.pages.reorg.common import told
from tinhgon.web.pages.reorg.placing.common import desk_for, figure, show_desk


def page(request: HttpRequest, reorg_id: int) -> HttpResponse:
    desk = desk_for(request, reorg_id)
    placement = desk.placement
    context: dict[str, object] = {}
    if placement and "curve" in placement.figures:
        context = {
            "curve": _curve(placement), "beside": _beside(placement), "leaning": worth_leaning(placement), "price": price_of_wishes(placement),
            "second": placement.figures["second"], **_fairness(placement),
        }  # fmt: skip
    return show_desk(desk, "measuring.html", context)


@require_POST
def weigh(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Đo công bằng và vẽ đường đánh đổi."""
    desk = desk_for(request, reorg_id, to="place")
    told(request, lambda: services.weigh(request.actor, placement_id), _("Đã đo công bằng và đường đánh đổi."))
    return redirect(f"{desk.url('reorg_measures')}?pa={placement_id}")


@require_POST
def lean(request: HttpRequest, reorg_id: int, placement_id: int) -> HttpResponse:
    """Lưu thành phương án mới ở điểm đạt mức nguyện vọng."""
    desk = desk_for(request, reorg_id, to="place")
    made: list[Placement] = []
    told(request, lambda: made.append(services.lean_to_wishes(request.actor, placement_id)), _("Đã lưu thành phương án mới, nghiêng về nguyện vọng; phương án cũ không đổi."))
    return redirect(f"{desk.url('reorg_placement')}?pa={made[0].pk if made else placement_id}")


def price_of_wishes(placement: Placement) -> str:
    """Không xét nguyện vọng thì sao, phương án này thì sao, và mức soi đã đạt hay còn phải nhường bao nhiêu. Rỗng khi chưa đo."""
    curve = placement.figures.get("curve")
    if not curve:
        return ""
    got, without = placement.figures, curve[0]
    words = _("Không xét nguyện vọng thì thạo việc bình quân %(high)s và %(none)s %% được nguyện vọng một; phương án này %(now)s và %(first)s %%, trong ba nguyện vọng %(three)s %%.")
    numbers = {
        "high": figure(without["mastery_got"]), "none": figure(weighing.share(without["first"], without["seated"])), "now": figure(got["points"]["mastery"]),
        "first": figure(weighing.share(got["first"], got["seated"])), "three": figure(weighing.share(got["top"], got["seated"])),
    }  # fmt: skip
    return f"{words % numbers} {_to_the_goal(placement)}"


def _to_the_goal(placement: Placement) -> str:
    got, point = placement.figures, weighing.leaning(placement)
    goal = {"first": weighing.FIRST_WISH, "three": weighing.FIRST_THREE}
    if weighing.meets({"first": got["first"], "three": got["top"], "seated": got["seated"]}):
        return _("Đã qua mức soi %(first)s và %(three)s %%.") % goal
    if point is None:
        return _("Không mức thanh kéo nào đã đo đạt mức soi %(first)s và %(three)s %%.") % goal
    numbers = {
        **goal, "got": figure(weighing.share(point["first"], point["seated"])), "got_three": figure(weighing.share(point["three"], point["seated"])),
        "then": figure(point["mastery_got"]), "change": figure(round(point["mastery_got"] - got["points"]["mastery"], 1)),
    }  # fmt: skip
    return _("Muốn qua mức soi %(first)s và %(three)s %%: %(got)s và %(got_three)s %%, khi thạo việc bình quân là %(then)s (%(change)s điểm so với phương án này).") % numbers


def worth_leaning(placement: Placement) -> bool:
    """Có điểm đạt mức soi mà phương án này chưa đạt."""
    got = placement.figures
    return weighing.leaning(placement) is not None and not weighing.meets({"first": got["first"], "three": got["top"], "seated": got["seated"]})


@dataclass(frozen=True, slots=True)
class Beside:
    """Một con số của phương án và của ý kiến thứ hai."""

    label: str
    ours: str
    theirs: str


def _beside(placement: Placement) -> list[Beside]:
    ours, theirs = placement.figures["own"], placement.figures["second"]

    def row(label: str, key: str, of: str = "") -> Beside:
        def cell(got: dict[str, Any]) -> str:
            if not of:
                return figure(got[key])
            return f"{figure(got[key])} ({figure(weighing.share(got[key], got[of]))} %)"

        return Beside(label, cell(ours), cell(theirs))

    return [
        row(_("Người có chỗ"), "placed"), row(_("Được nguyện vọng một, trên người nêu nguyện vọng và có chỗ"), "first", "seated"),
        row(_("Được một trong ba, trên người nêu nguyện vọng và có chỗ"), "three", "seated"), row(_("Thạo việc, trung bình"), "mastery"),
    ]  # fmt: skip


WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 280, 56, 16, 40


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Một điểm của đường đánh đổi: chỗ trên hình, và con số trong bảng."""

    x: float
    y: float
    mastery: float
    first: int
    first_share: float
    three_share: float
    settled: int
    settled_share: float
    weights: tuple[int, int]
    is_here: bool


@dataclass(frozen=True, slots=True)
class Curve:
    points: tuple[CurvePoint, ...]
    low: float
    high: float

    @property
    def line(self) -> str:
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def _curve(placement: Placement) -> Curve:
    """Ngang: thạo việc trung bình; dọc: phần người nêu nguyện vọng và có chỗ được nguyện vọng một."""
    kept = placement.figures["curve"]
    low, high = min(one["mastery_got"] for one in kept), max(one["mastery_got"] for one in kept)
    here = (placement.weights["mastery"], placement.weights["wishes"])
    return Curve(tuple(_point(one, low, high, here) for one in kept), low, high)


def _point(one: dict[str, Any], low: float, high: float, here: tuple[int, int]) -> CurvePoint:
    across = (one["mastery_got"] - low) / (high - low) if high > low else 0.5
    first, weights = weighing.share(one["first"], one["seated"]), (one["mastery"], one["wishes"])
    return CurvePoint(
        x=round(LEFT + across * (WIDTH - LEFT - 24), 1), y=round(TOP + (1 - first / 100) * (HEIGHT - TOP - BOTTOM), 1), mastery=one["mastery_got"],
        first=one["first"], first_share=first, three_share=weighing.share(one["three"], one["seated"]), settled=one["settled"],
        settled_share=weighing.share(one["settled"], one["people"]), weights=weights, is_here=weights == here,
    )  # fmt: skip


_GROUPS = {"sex": gettext_lazy("Giới tính"), "age": gettext_lazy("Lứa tuổi"), "unit": gettext_lazy("Đơn vị gốc")}
_NAMES = {
    "female": gettext_lazy("nữ"), "male": gettext_lazy("nam"), "0-34": gettext_lazy("dưới 35 tuổi"), "35-44": gettext_lazy("35 tới 44 tuổi"),
    "45-54": gettext_lazy("45 tới 54 tuổi"), "55+": gettext_lazy("từ 55 tuổi"),
}  # fmt: skip
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
    units = sorted((one for one in got["groups"] if one["by"] == "unit"), key=lambda one: -abs(one["gap"]))
    shown = [*(one for one in got["groups"] if one["by"] != "unit"), *units[:MOST_UNITS]]
    rows = [Gap(str(_GROUPS[one["by"]]), str(_NAMES.get(one["name"], one["name"])), one["people"], one["placed"], one["mastery"], one["gap"]) for one in shown]
    return {
        "gaps": rows, "more_units": max(0, len(units) - MOST_UNITS), "hidden": got["hidden"], "envy": got["envy"], "envious": got["envious"],
        "level": got["level"], "unexplained": got["unexplained"],
    }  # fmt: skip
