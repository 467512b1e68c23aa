"""Tổ chức: sơ đồ theo ngày, bảng thay cho sơ đồ, so sánh hai ngày, trang một đơn vị."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.org.rights import Verb
from tinhgon.org.selectors import people, succession
from tinhgon.org.selectors import units as unit_reads
from tinhgon.org.selectors.held import held_counts
from tinhgon.reorg.models import Reorganisation
from tinhgon.web.chart.compare import compare as lay_out_comparison
from tinhgon.web.chart.layout import lay_out
from tinhgon.web.dates import parse_day
from tinhgon.web.units import shown_units

_STOPS = 6


def chart(request: HttpRequest) -> HttpResponse:
    """Cây tổ chức ở ngày đang xem. ``?goc=``: chỉ cây con; ``?cap=2``: mở thêm một cấp."""
    root = _number(request.GET.get("goc"))
    levels = 2 if request.GET.get("cap") == "2" else 1
    nodes = unit_reads.tree(on=request.on, root=root, deepest=levels)
    heads = people.heads_of([node.id for node in nodes], on=request.on)
    drawn = lay_out(nodes, {unit: line.full_name for unit, line in heads.items()}, levels=levels)
    return render(request, "web/pages/organisation.html", {
        "chart": drawn,
        "nodes": nodes,
        "root": root,
        "levels": levels,
        "can_open": any(node.depth == 1 and node.children for node in nodes if node.kind == "committee"),
        "path": unit_reads.path(root, on=request.on) if root else [],
        "root_unit": unit_reads.unit_at(root, on=request.on) if root else None,
        "stops": _stops(request),
    })  # fmt: skip


def table(request: HttpRequest) -> HttpResponse:
    """Cùng nội dung với sơ đồ, dạng bảng thụt dòng, in được."""
    root = _number(request.GET.get("goc"))
    nodes = unit_reads.tree(on=request.on, root=root, deepest=2)
    ids = [node.id for node in nodes]
    heads = people.heads_of(ids, on=request.on)
    counts = people.headcounts(ids, on=request.on)
    rows = [(node, heads.get(node.id), counts.get(node.id, 0)) for node in nodes]
    return render(request, "web/pages/organisation_table.html", {
        "rows": rows,
        "root": root,
        "path": unit_reads.path(root, on=request.on) if root else [],
        "stops": _stops(request),
    })  # fmt: skip


def compare(request: HttpRequest) -> HttpResponse:
    """Hai ngày, các đường kế thừa ở giữa. ``?cap=``: chỉ một cấp của đơn vị trước; ``?don-vi=``: chỉ các cặp chạm tới nó."""
    changes = unit_reads.change_dates()
    later = parse_day(request.GET.get("sau", "")) or (max(changes) if changes else request.today)
    earlier = parse_day(request.GET.get("truoc", "")) or later - timedelta(days=1)
    pairs = succession.between(earlier, later)
    units = unit_reads.units_at({p.before_id for p in pairs} | {p.after_id for p in pairs}, on=earlier)
    chosen = _number(request.GET.get("don-vi"))
    levels = [level for level in ("province", "district", "commune") if any(units[p.before_id].level == level for p in pairs)]
    level = request.GET.get("cap") if request.GET.get("cap") in levels else _first_busy(levels)
    if chosen:
        pairs = _touching(pairs, chosen)
    elif level:
        pairs = [pair for pair in pairs if units[pair.before_id].level == level]
    order = [node.id for node in unit_reads.tree(on=earlier)]
    return render(request, "web/pages/organisation_compare.html", {
        "comparison": lay_out_comparison(pairs, units, order),
        "pairs": pairs,
        "units": units,
        "earlier": earlier,
        "later": later,
        "chosen": units.get(chosen) if chosen else None,
        "level": level,
        "levels": levels,
        "change_dates": sorted(changes, reverse=True)[:_STOPS],
    })  # fmt: skip


def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Một đơn vị: các phiên bản, chức năng, vị trí và người, kế thừa, mã bên ngoài."""
    shown = unit_reads.unit_at(unit_id, on=request.on)
    if shown is None:
        raise NotFound(Reason("org.unit_not_found", _("Không tìm thấy đơn vị này.")))
    heirs = succession.heirs(unit_id, on=request.today)
    ancestors = succession.ancestors(unit_id, on=request.today)
    names = shown_units(
        {shown.parent_id, *(s.successor_id for s in heirs), *(s.predecessor_id for s in ancestors)}, on=request.on
    )
    lines: dict[int, list[people.DirectoryLine]] = {}
    for line in people.people_of([unit_id], on=request.on):
        lines.setdefault(line.post_id, []).append(line)
    posts = [(post, lines.get(post.id, [])) for post in people.posts_of([unit_id], on=request.on).get(unit_id, [])]
    return render(request, "web/pages/unit.html", {
        "unit": shown,
        "path": unit_reads.path(unit_id, on=request.on)[:-1],
        "versions": unit_reads.versions(unit_id),
        "functions": unit_reads.functions_of(unit_id, on=request.on),
        "terms": unit_reads.terms_of(unit_id),
        "codes": unit_reads.codes_of(unit_id),
        "children": unit_reads.open_children(unit_id, on=request.on),
        "posts": posts,
        "headcount": len({line.person_id for found in lines.values() for line in found}),
        "heirs": heirs,
        "ancestors": ancestors,
        "names": names,
        "holdings": held_counts(unit_id, on=request.today) if _may_count(request, unit_id) else [],
    })  # fmt: skip


def _may_count(request: HttpRequest, unit_id: int) -> bool:
    """Con số của một đơn vị: lãnh đạo của nó, và người xem được việc sắp xếp bộ máy."""
    return unit_id in request.scope.whole_units or request.scope.may(Verb.SEE_REORG)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 18 else None


def _stops(request: HttpRequest) -> list[date]:
    """Các nấc của thanh trượt: lần đổi bộ máy gần nhất, ngày trước và ngày hiệu lực của mỗi phương án sắp xếp, hôm nay."""
    effective = set(Reorganisation.objects.values_list("effective_on", flat=True))
    days = {request.today, request.on, *unit_reads.change_dates()[-1:]}
    days |= effective | {day - timedelta(days=1) for day in effective}
    return sorted(days)[-_STOPS:]


def _first_busy(levels: list[str]) -> str:
    return "district" if "district" in levels else (levels[0] if levels else "")


def _touching(pairs: list[succession.Pair], unit_id: int) -> list[succession.Pair]:
    """Các cặp của đơn vị, và các cặp khác cùng về những đơn vị kế thừa của nó (hoặc cùng từ những đơn vị trước nó)."""
    after = {pair.after_id for pair in pairs if unit_id in (pair.before_id, pair.after_id)}
    return [pair for pair in pairs if pair.after_id in after]
