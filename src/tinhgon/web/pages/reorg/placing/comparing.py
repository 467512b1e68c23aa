"""So sánh các phương án bố trí cạnh nhau: con số, khác nhau ở ai, bằng lời."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhgon.reorg import selectors
from tinhgon.reorg.models import Placement
from tinhgon.web.pages.reorg.placing.common import Desk, desk_for, figure, gap_figure, show_desk
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
    return show_desk(desk, "compare.html", {"variants": computed, "rows": _rows(computed), "told": _told(desk, computed)})


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
    rows.append(_row(_("Quy tắc chưa giữ được"), [len(got["unmet"]) for got in figures], more_is_better=False))
    return [*rows, Row(_("Chứng minh"), tuple(_proven(got) for got in figures))]


def _proven(got: dict[str, Any]) -> str:
    if got["proven"] and not got.get("full", {}).get("short"):
        return _("đã chứng minh")
    if "full" not in got:
        return _("chưa")
    gap = got["full"]["gap"]
    return _("đủ luật, hở %(gap)s %%") % {"gap": gap_figure(gap)} if gap > 0 else _("đủ luật, đã tìm hết")


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
