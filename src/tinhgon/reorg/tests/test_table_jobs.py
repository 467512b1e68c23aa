"""Bảng phương án dài: việc nền đọc thử rồi ghi, tiến độ thấy được, hỏng giữa chừng không ghi gì; số câu SQL không theo số đơn vị mở."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Refused
from tinhgon.org.models import Unit
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.reorg import services
from tinhgon.reorg.models import DispositionRule
from tinhgon.reorg.services import table, table_jobs
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.test_drawing_table import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)
    monkeypatch.setattr(table_jobs, "IN_REQUEST", 0)
    made = small.build()
    ensure_catalogue()
    made.reorg = services.create(SYSTEM, name="Từ bảng", decree_number="12-QĐ/TU", decree_date=small.DAY, effective_on=small.DAY)
    return made


def opening(count: int) -> list[tuple[int, dict[str, str]]]:
    return rows(*(("", "mở", "", f"Đảng ủy phường {n}", "commune", "Đảng ủy T") for n in range(count)))


def ran(made):
    table_jobs.run(made.pk)
    made.refresh_from_db()
    return made


def test_it_is_read_then_written_and_each_step_tells_what_happened(world):
    made = services.upload_table(SYSTEM, world.reorg.pk, rows=rows(("Đảng ủy A", "nhập", "Đảng ủy B")))
    assert (made.state, made.progress.state) == ("reading", "waiting")
    with pytest.raises(Refused, match="chưa đọc thử xong"):
        services.write_table(SYSTEM, made.pk)
    ran(made)
    assert (made.state, made.found["wrong"], made.found["successions"]) == ("read", 0, 1)
    assert not world.reorg.successions.exists()
    made = services.write_table(SYSTEM, made.pk)
    ran(made)
    assert (made.state, made.rows, world.reorg.successions.count()) == ("written", [], 1)
    assert "1 dòng kế thừa" in made.progress.sentence
    ran(made)
    with pytest.raises(Refused):
        services.write_table(SYSTEM, made.pk)
    assert world.reorg.successions.count() == 1


def test_a_scenario_that_became_another_meanwhile_makes_the_write_fail_in_one_sentence(world):
    made = ran(services.upload_table(SYSTEM, world.reorg.pk, rows=rows(("Đảng ủy A", "nhập", "Đảng ủy B"))))
    services.merge_units(SYSTEM, world.reorg.pk, units=[world["B"]], into_id=world["C"])
    made = ran(services.write_table(SYSTEM, made.pk))
    assert (made.state, made.progress.state) == ("read", "failed")
    assert "Đảng ủy B sẽ kết thúc" in made.progress.sentence
    assert world.reorg.successions.get().predecessor_id == world["B"]


def test_what_is_drawn_while_the_table_is_read_is_not_overwritten(world, monkeypatch):
    lines = rows(("Đảng ủy A", "nhập", "Đảng ủy B"))

    def meanwhile(_done: int, _total: int) -> None:
        services.merge_units(SYSTEM, world.reorg.pk, units=[world["C"]], into_id=world["B"])

    with pytest.raises(Refused, match="vừa được sửa trong lúc đọc bảng"):
        table.read_drawing(SYSTEM, world.reorg.pk, rows=lines, dry_run=False, step=meanwhile)
    assert world.reorg.successions.get().predecessor_id == world["C"]


def test_a_new_table_takes_the_place_of_one_never_written(world):
    first = ran(services.upload_table(SYSTEM, world.reorg.pk, rows=opening(1)))
    second = services.upload_table(SYSTEM, world.reorg.pk, rows=opening(2))
    assert set(world.reorg.tables.values_list("pk", flat=True)) == {second.pk} != {first.pk}


def test_a_dry_run_makes_no_unit_and_the_unit_that_stays_keeps_its_work_only_once_written(world):
    before = Unit.objects.count()
    lines = [*opening(3), *rows(("Đảng ủy A", "chuyển chức năng", "Đảng ủy B", "", "", "", "f1"))]
    lines[-1] = (9, lines[-1][1])
    table.read_drawing(SYSTEM, world.reorg.pk, rows=lines, dry_run=True)
    assert Unit.objects.count() == before
    assert not DispositionRule.objects.filter(reorganisation=world.reorg).exists()


def test_the_queries_do_not_grow_with_the_units_opened(world):
    def asked(count: int) -> int:
        reorg = services.create(SYSTEM, name=str(count), decree_number="1", decree_date=small.DAY, effective_on=small.DAY)
        with CaptureQueriesContext(connection) as captured:
            table.read_drawing(SYSTEM, reorg.pk, rows=opening(count), dry_run=False)
        return len(captured)

    few, many = asked(10), asked(300)
    assert many - few <= 6  # chỉ vài lần giữ thêm mã, mỗi lần gấp đôi
