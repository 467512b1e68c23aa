"""Mỗi thao tác soạn phương án ghi lại đúng những dòng nó đổi, nên hoàn lại được; nền của phương án chụp theo.

Ảnh chụp gồm đơn vị sẽ mở, dòng kế thừa, nền, quy tắc và lựa chọn nơi nhận: bỏ một dòng thì quy tắc trỏ vào nó cũng đi, và trở lại cùng nó.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.structure import difference
from tinhgon.org.access import scope_of
from tinhgon.reorg.baseline import capture
from tinhgon.reorg.models import (
    DispositionOverride,
    DispositionRule,
    Gesture,
    PlannedSuccession,
    PlannedUnit,
    Reorganisation,
)

_UNIT = ("name", "short_name", "symbol", "kind", "level", "parent_id", "is_organ", "code", "template")
_LINE = ("type", "new_name", "new_parent_id")
_RULE = ("unit_id", "kind", "function_id", "no_function", "heir_id", "decided_by_id")
_OVERRIDE = ("kind", "item_id", "heir_id", "decided_by_id")
Rows = dict[str, dict[str, Any]]


def snapshot(reorg: Reorganisation) -> Rows:
    """Mọi dòng của phương án, theo bảng rồi theo khóa. Năm câu SQL."""
    shares: dict[int, list[int]] = {}
    through = PlannedSuccession.functions.through.objects.filter(plannedsuccession__reorganisation=reorg)
    for line, function in through.values_list("plannedsuccession_id", "function_id"):
        shares.setdefault(line, []).append(function)
    lines = reorg.successions.values_list("pk", "predecessor_id", "successor_id", *_LINE)
    units = reorg.planned_units.values_list("unit_id", *_UNIT)
    return {
        "units": {str(unit): dict(zip(_UNIT, row, strict=True)) for unit, *row in units},
        "lines": {
            f"{before}-{after}": dict(zip(_LINE, row, strict=True)) | {"functions": sorted(shares.get(pk, []))}
            for pk, before, after, *row in lines
        },
        "rules": {f"{r['unit_id']}-{r['kind']}-{r['function_id'] or 0}-{r['no_function']:d}": r for r in reorg.rules.values(*_RULE)},
        "baseline": dict(reorg.baseline),
        "overrides": {f"{r['kind']}-{r['item_id']}": r for r in reorg.overrides.values(*_OVERRIDE)},
    }


@contextmanager
def gesture(
    actor: Actor, reorg: Reorganisation, code: str, told: dict[str, Any], *, facing: Iterable[int] = ()
) -> Iterator[None]:
    """Ghi một thao tác quanh phần thân, trong giao dịch đang mở. Không đổi gì: ``Invalid``.

    ``facing``: đơn vị mà người soạn đã thấy bộ máy mới và chọn cách gỡ; nền của chúng chụp lại.
    """
    before = snapshot(reorg)
    yield
    drop_stale_decisions(reorg)
    capture(reorg, again=facing)
    changes = difference(before, snapshot(reorg))
    if not changes:
        raise Invalid(nothing_changed())
    Gesture.objects.create(
        reorganisation=reorg, code=code, told=told, changes=dict(changes.rows), made_at=clock.now(),
        made_by_id=scope_of(actor, on=clock.today()).person_id,
    )  # fmt: skip
    record(actor, code, ("reorg", reorg.pk), after=told)


def nothing_changed() -> Reason:
    return Reason("reorg.nothing_changed", _("Phương án đã như thế rồi, không có gì để đổi."))


def write_back(reorg: Reorganisation, rows: Mapping[str, Mapping[str, tuple[Any, Any]]]) -> None:
    """Đặt lại đúng các dòng ``rows`` (bảng -> khóa -> (nội dung phải có, nội dung lúc này))."""
    for table, writer in _WRITERS.items():
        if changed := rows.get(table):
            writer(reorg, changed)


def _units(reorg: Reorganisation, rows: Mapping[str, tuple[Any, Any]]) -> None:
    reorg.planned_units.filter(unit__in=[int(key) for key in rows]).delete()
    PlannedUnit.objects.bulk_create(
        PlannedUnit(reorganisation=reorg, unit_id=int(key), **was) for key, (was, _now) in rows.items() if was is not None
    )


def _lines(reorg: Reorganisation, rows: Mapping[str, tuple[Any, Any]]) -> None:
    pairs = {key: tuple(map(int, key.split("-"))) for key in rows}
    for before, after in pairs.values():
        reorg.successions.filter(predecessor=before, successor=after).delete()
    wanted = [(pairs[key], was) for key, (was, _now) in rows.items() if was is not None]
    made = PlannedSuccession.objects.bulk_create(
        PlannedSuccession(
            reorganisation=reorg, predecessor_id=before, successor_id=after, **{name: was[name] for name in _LINE}
        )
        for (before, after), was in wanted
    )
    PlannedSuccession.functions.through.objects.bulk_create(
        PlannedSuccession.functions.through(plannedsuccession_id=line.pk, function_id=function)
        for line, (_pair, was) in zip(made, wanted, strict=True)
        for function in was["functions"]
    )


def _rules(reorg: Reorganisation, rows: Mapping[str, tuple[Any, Any]]) -> None:
    for was, now in rows.values():
        if now is not None:
            reorg.rules.filter(**{name: now[name] for name in ("unit_id", "kind", "function_id", "no_function")}).delete()
        if was is not None:
            DispositionRule.objects.create(reorganisation=reorg, decided_at=clock.now(), **was)


def _overrides(reorg: Reorganisation, rows: Mapping[str, tuple[Any, Any]]) -> None:
    for was, now in rows.values():
        if now is not None:
            reorg.overrides.filter(kind=now["kind"], item_id=now["item_id"]).delete()
        if was is not None:
            DispositionOverride.objects.create(reorganisation=reorg, decided_at=clock.now(), **was)


def _baseline(reorg: Reorganisation, rows: Mapping[str, tuple[Any, Any]]) -> None:
    kept = {key: value for key, value in reorg.baseline.items() if key not in rows}
    reorg.baseline = kept | {key: was for key, (was, _now) in rows.items() if was is not None}
    reorg.save(update_fields=["baseline"])


_WRITERS = {"units": _units, "lines": _lines, "rules": _rules, "overrides": _overrides, "baseline": _baseline}

_STALE = (
    """
    DELETE FROM reorg_disposition_rule r WHERE r.reorganisation_id = %(reorg)s AND NOT EXISTS (
        SELECT 1 FROM reorg_planned_succession s WHERE s.reorganisation_id = r.reorganisation_id
          AND s.predecessor_id = r.unit_id AND s.successor_id = r.heir_id)
    """,
    """
    DELETE FROM reorg_disposition_override o WHERE o.reorganisation_id = %(reorg)s AND NOT EXISTS (
        SELECT 1 FROM reorg_planned_succession s WHERE s.reorganisation_id = o.reorganisation_id AND s.successor_id = o.heir_id)
    """,
    "UPDATE reorg_plain_holding p SET receiver_id = NULL WHERE p.reorganisation_id = %(reorg)s AND p.receiver_id IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM reorg_planned_succession s WHERE s.reorganisation_id = p.reorganisation_id "
    "AND s.predecessor_id = p.unit_id AND s.successor_id = p.receiver_id)",
)


def drop_stale_decisions(reorg: Reorganisation) -> None:
    """Quyết định nơi nhận trỏ tới một nơi không còn kế thừa thì bỏ: để lại là việc đi nhầm chỗ."""
    with connection.cursor() as cursor:
        for statement in _STALE:
            cursor.execute(statement, {"reorg": reorg.pk})
