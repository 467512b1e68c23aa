"""Dòng thật của nghị quyết: các xã của một tỉnh ngày 01/7/2025, rồi lần đổi tên, đổi loại năm 2026 chồng lên trên."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import ExternalCode, Succession, UnitVersion
from tinhgon.org.services import structure
from tinhgon.org.services.structure import NewUnit
from tinhgon.reorg import services
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import SuccessionDraft, running
from tinhgon.reorg.services.importing import import_successions
from tinhgon.reorg.tests import world as small
from tinhgon.tasks.models import Task

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2025, 7, 1), date(2026, 9, 1)


def rows_of(real_data: Path, name: str, **wanted: str) -> list[dict[str, str]]:
    with (real_data / "admin_units" / name).open(encoding="utf-8-sig") as file:
        return [row for row in csv.DictReader(file) if all(row[key] == value for key, value in wanted.items())]


def a_province(rows: list[dict[str, str]]) -> int:
    """Cấp ủy tỉnh, các huyện và xã cũ đúng tên và mã thật; mỗi đơn vị đang chủ trì một việc. Trả về cấp ủy tỉnh."""
    (top,) = structure.open_units([NewUnit("Tỉnh ủy", "TU", "committee", "province", None, "TU")], on=small.BEFORE, decree="x")
    districts = {row["old_district_code"]: row["old_district"] for row in rows}
    communes = {row["old_ward_code"]: row["old_ward"] for row in rows}
    for level, found in (("district", districts), ("commune", communes)):
        ids = structure.open_units(
            [NewUnit(f"Đảng bộ {name}", name, "committee", level, top, "ĐU", term="khóa cũ") for name in found.values()],
            on=small.BEFORE, decree="x",
        )  # fmt: skip
        structure.give_codes((unit, "DVHC", "trước 07/2025", code) for unit, code in zip(ids, found, strict=True))
        Task.objects.bulk_create(Task(title="Việc", lead_id=unit, assigner_id=top, created_at=small.MOMENT) for unit in ids)
    return top


def carry_out(reorg: Reorganisation) -> Reorganisation:
    found = services.preview(SYSTEM, reorg.pk)
    assert not found.objections, [str(reason) for reason in found.objections]
    services.decide(SYSTEM, reorg.pk, preview_hash=found.hash)
    services.apply(SYSTEM, reorg.pk, preview_hash=found.hash)
    running.run(reorg.pk)
    reorg.refresh_from_db()
    assert reorg.state == Reorganisation.State.APPLIED
    assert reorg.proof["whole"], reorg.proof
    return reorg


def new_reorg(day: date) -> Reorganisation:
    return services.create(SYSTEM, name=f"Sắp xếp {day:%d/%m/%Y}", decree_number="1-QĐ/TU", decree_date=day, effective_on=day)


def decide_every_split(reorg: Reorganisation) -> None:
    heirs: dict[int, list[int]] = {}
    for before, after in reorg.successions.order_by("pk").values_list("predecessor_id", "successor_id"):
        heirs.setdefault(before, []).append(after)
    for unit, out in heirs.items():
        if len(out) > 1:
            services.decide_by_rule(SYSTEM, reorg.pk, unit_ids=[unit], heir_id=out[0])


@pytest.mark.parametrize(("code", "communes"), [("24", 99), ("75", 95), ("79", 167)])
def test_a_real_province_is_reorganised_twice_and_both_are_undone_in_turn(real_data, monkeypatch, code, communes):
    rows = rows_of(real_data, "old_to_new_wards.csv", new_province_code=code)
    monkeypatch.setattr(clock, "today", lambda: FIRST)
    top = a_province(rows)
    tasks = Task.objects.count()
    first = new_reorg(FIRST)
    read = import_successions(SYSTEM, first.pk, rows=list(enumerate(rows, start=2)), parent_id=top, dry_run=False)
    assert sum(unit.kind == "committee" for unit in read.units) == communes
    decide_every_split(first)
    carry_out(first)

    monkeypatch.setattr(clock, "today", lambda: SECOND)
    second = again_in_2026(real_data, code)
    if second is not None:
        carry_out(second)
        services.undo(SYSTEM, second.pk, on=SECOND, reason="thử")
        running.run(second.pk)
    services.undo(SYSTEM, first.pk, on=SECOND, reason="thử")
    running.run(first.pk)
    first.refresh_from_db()
    assert first.proof["whole"], first.proof
    assert Task.objects.count() == tasks
    assert Task.objects.values("lead").distinct().count() == tasks  # mỗi đơn vị cũ lại giữ đúng việc của mình


def again_in_2026(real_data: Path, province: str) -> Reorganisation | None:
    """Đổi loại và đổi tên năm 2026 trên các xã còn hoạt động; ``None`` khi tỉnh không đổi."""
    units = dict(
        ExternalCode.objects.filter(scheme="DVHC", unit__versions__valid__contains=SECOND).values_list("code", "unit_id")
    )
    changes = [row for row in rows_of(real_data, "changes_2026.csv", level="ward") if row["code"] in units]
    if not changes:
        return None
    reorg = new_reorg(SECOND)
    services.plan_structure(
        SYSTEM, reorg.pk, units=[],
        successions=[
            SuccessionDraft(units[row["code"]], Succession.Type.RENAMED, successor_id=units[row["code"]], new_name=f"Đảng ủy {row['name_now']}")
            for row in changes
        ],
    )  # fmt: skip
    assert UnitVersion.objects.filter(unit=units[changes[0]["code"]]).exists()
    return reorg
