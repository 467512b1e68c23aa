"""Nền của một phương án: những gì nó dựa vào ở mỗi đơn vị, chụp lúc dòng đầu tiên chạm tới đơn vị ấy; và chỗ nào tổ chức đã đổi.

Chỉ so các đơn vị phương án chạm tới: cả tỉnh đổi gì ở nơi khác cũng không làm phiền người soạn.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason
from tinhgon.engine.structure import Conflict, Facts, Line, drift
from tinhgon.org.models import Function, UnitVersion
from tinhgon.org.selectors.succession import open_heirs
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.scenario import functions_at

WATCHED = (Reorganisation.State.DRAFT, Reorganisation.State.INVENTORY, Reorganisation.State.DECIDED)


def facts_now(reorg: Reorganisation) -> dict[int, Facts]:
    """Mọi đơn vị hoạt động ngày hiệu lực. Hai câu SQL."""
    rows = list(UnitVersion.objects.filter(valid__contains=reorg.effective_on).values_list("unit_id", "name", "parent_id"))
    held = functions_at(reorg)
    children: dict[int, set[int]] = defaultdict(set)
    for unit, _name, parent in rows:
        if parent is not None:
            children[parent].add(unit)
    return {
        unit: Facts(name, parent, held.get(unit, frozenset()), frozenset(children.get(unit, ()))) for unit, name, parent in rows
    }


def capture(reorg: Reorganisation, *, again: Iterable[int] = ()) -> None:
    """Thêm nền của đơn vị vừa được chạm tới, bỏ của đơn vị thôi chạm; ``again``: đơn vị chụp lại (xung đột đã gỡ)."""
    touched = _touched(reorg)
    kept = {key: value for key, value in reorg.baseline.items() if int(key) in touched and int(key) not in set(again)}
    missing = {unit for unit in touched if str(unit) not in kept}
    if missing:
        now = facts_now(reorg)
        kept |= {str(unit): _written(now[unit]) for unit in sorted(missing) if unit in now}
    reorg.baseline = kept
    reorg.save(update_fields=["baseline"])


def _touched(reorg: Reorganisation) -> set[int]:
    """Đơn vị đang có mà phương án dựa vào: trước, sau, cấp trên mới."""
    found: set[int] = set()
    for row in reorg.successions.values_list("predecessor_id", "successor_id", "new_parent_id"):
        found.update(unit for unit in row if unit)
    found.update(parent for parent in reorg.planned_units.values_list("parent_id", flat=True) if parent)
    return found - set(reorg.planned_units.values_list("unit_id", flat=True))


def _written(facts: Facts) -> list[Any]:
    return [facts.name, facts.parent, sorted(facts.functions), sorted(facts.children)]


def _read(row: list[Any]) -> Facts:
    name, parent, functions, children = row
    return Facts(name, parent, frozenset(functions), frozenset(children))


def conflicts(reorg: Reorganisation) -> list[Conflict]:
    """Chỗ tổ chức đã đổi từ lúc soạn mà va vào phương án. Chưa có nền, hay đã chuyển giao: không có xung đột."""
    if reorg.state not in WATCHED or not reorg.baseline:
        return []
    now = facts_now(reorg)
    baseline = {int(key): _read(row) for key, row in reorg.baseline.items()}
    gone = [unit for unit in baseline if unit not in now]
    heirs = open_heirs(gone, on=reorg.effective_on) if gone else {}
    edges = reorg.successions.prefetch_related("functions").order_by("pk")
    lines = [Line(e.predecessor_id, e.successor_id, frozenset(f.pk for f in e.functions.all()), e.new_name, e.new_parent_id) for e in edges]
    return drift(baseline, now, lines, heirs)


def drift_reason(reorg: Reorganisation) -> Reason | None:
    """Một câu khi còn xung đột: kiểm kê, chốt, chuyển giao đều từ chối với câu này."""
    found = conflicts(reorg)
    if not found:
        return None
    first = Words(reorg, found).sentence(found[0])
    told = {"name": reorg.name, "first": first.rstrip("."), "count": len(found) - 1}
    sentence = (
        _("Bộ máy đã đổi từ lúc soạn “%(name)s”: %(first)s và %(count)d xung đột nữa. Hãy gỡ xung đột trước.") if told["count"]
        else _("Bộ máy đã đổi từ lúc soạn “%(name)s”: %(first)s. Hãy gỡ xung đột trước.")
    )  # fmt: skip
    return Reason("reorg.drift", sentence % told, data={"units": [conflict.unit for conflict in found]})


class Words:
    """Câu cho từng xung đột; tên đơn vị và chức năng hỏi một lượt."""

    def __init__(self, reorg: Reorganisation, found: Iterable[Conflict]) -> None:
        self.reorg = reorg
        self.conflicts = list(found)
        units = {unit for c in self.conflicts for unit in (c.unit, *(c.others if c.what not in ("lost", "gained") else ()))}
        functions = {other for c in self.conflicts if c.what in ("lost", "gained") for other in c.others}
        self.versions = {v.unit_id: v for v in UnitVersion.objects.filter(unit__in=units).order_by("id")}
        self.functions = dict(Function.objects.filter(pk__in=functions).values_list("pk", "name")) if functions else {}

    def name(self, unit: int) -> str:
        version = self.versions.get(unit)
        return version.name if version else f"#{unit}"

    def sentence(self, conflict: Conflict) -> str:
        told = {"unit": self.name(conflict.unit), "others": self._others(conflict)}
        match conflict.what:
            case "closed":
                return self._closed(conflict, told)
            case "name":
                return _("%(unit)s đã đổi tên từ “%(was)s”, mà phương án cũng đổi tên nó.") % (told | {"was": conflict.was})
            case "parent":
                return _("%(unit)s đã sang trực thuộc %(others)s từ lúc soạn.") % told
            case "lost":
                return _("%(unit)s không còn giữ chức năng %(others)s mà phương án đem chia.") % told
            case "gained":
                return _("%(unit)s đã được giao thêm chức năng %(others)s, phương án chưa chia cho ai.") % told
        return _("%(unit)s sẽ kết thúc mà đã có thêm đơn vị trực thuộc: %(others)s.") % told

    def _others(self, conflict: Conflict) -> str:
        names = self.functions.get if conflict.what in ("lost", "gained") else self.name
        return ", ".join(str(names(other)) for other in conflict.others) or _("không có")

    def _closed(self, conflict: Conflict, told: dict[str, str]) -> str:
        version = self.versions.get(conflict.unit)
        day = (version.voided_on or version.valid.upper) if version else None
        told["day"] = f"{day:%d/%m/%Y}" if day else "…"
        if conflict.others:
            return _("%(unit)s đã kết thúc từ %(day)s, việc đã về %(others)s.") % told
        return _("%(unit)s không hoạt động vào ngày hiệu lực (kết thúc từ %(day)s).") % told
