"""Bảng phương án trong Excel: đọc thử nêu từng dòng sai, ghi thì cả bảng hoặc không dòng nào."""

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid, Refused
from tinhgon.org.services import structure
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.services.structure import NewUnit
from tinhgon.reorg import scenario, services
from tinhgon.reorg.models import Gesture
from tinhgon.reorg.services.journal import snapshot
from tinhgon.reorg.services.table import COLUMNS, MOST_ROWS, is_drawing, read_drawing
from tinhgon.reorg.tests import world as small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    made = small.build()
    ensure_catalogue()
    made.reorg = services.create(SYSTEM, name="Từ bảng", decree_number="12-QĐ/TU", decree_date=small.DAY, effective_on=small.DAY)
    return made


def rows(*lines: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Các dòng theo thứ tự cột của tệp mẫu; dòng đầu sau tiêu đề là 2."""
    return [(number, dict(zip(COLUMNS, (*line, *[""] * len(COLUMNS)), strict=False))) for number, line in enumerate(lines, start=2)]


GOOD = (
    ("Đảng ủy A", "nhập", "Đảng ủy phường Z"),
    ("", "mở", "", "Đảng ủy phường Z", "commune", "Đảng ủy T"),
    ("Đảng ủy C", "tách", "Đảng ủy B", "", "", "", "f1"),
    ("Đảng ủy C", "tách", "Đảng ủy phường Z", "", "", "", "f2"),
    ("Đảng ủy VT", "đổi tên", "", "Văn phòng mới"),
)  # fmt: skip


def told(problems) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in problems]


class TestReading:
    def test_a_dry_run_writes_nothing(self, world):
        before = snapshot(world.reorg)
        drawn = read_drawing(SYSTEM, world.reorg.pk, rows=rows(*GOOD), dry_run=True)
        assert (drawn.units, drawn.successions, drawn.problems) == (4, 4, [])
        assert snapshot(world.reorg) == before
        assert not Gesture.objects.filter(reorganisation=world.reorg).exists()

    def test_the_table_is_one_gesture_whatever_the_order_of_its_rows(self, world):
        read_drawing(SYSTEM, world.reorg.pk, rows=rows(*GOOD), dry_run=False)
        world.reorg.refresh_from_db()
        found = scenario.read(world.reorg)
        names = {node.name for node in found.after.values()}
        assert {"Đảng ủy phường Z", "Văn phòng mới"} <= names
        assert found.plan.closing == {world["A"], world["C"]}
        assert Gesture.objects.get(reorganisation=world.reorg).told == {"rows": 5}
        services.take_back(SYSTEM, world.reorg.pk)
        assert not world.reorg.successions.exists()

    @pytest.mark.parametrize(
        ("lines", "where", "why"),
        [
            ([("Đảng ủy Không Có", "nhập", "Đảng ủy B")], (2, "Đơn vị"), "không có đơn vị nào"),
            ([("Đảng ủy A", "nhập", "Đảng ủy B"), ("Đảng ủy A", "kết thúc", "Đảng ủy C")], (3, "Đơn vị"), "đã có ở dòng 2"),
            ([("Đảng ủy H", "chuyển", "", "", "", "Đảng ủy A")], (2, "Việc"), "nằm trong Đảng ủy H"),
            ([("Đảng ủy A", "tách", "Đảng ủy B")], (2, "Đơn vị"), "ít nhất hai dòng"),
            ([("Đảng ủy A", "bay", "Đảng ủy B")], (2, "Việc"), "không hiểu việc"),
            ([("Đảng ủy A", "nhập")], (2, "Về đơn vị"), "cần cột này"),
            ([("Đảng ủy A", "chuyển chức năng", "Đảng ủy B", "", "", "", "la")], (2, "Chức năng"), "không có chức năng mã la"),
            ([("", "mở", "", "Đảng ủy phường Z", "khong-co", "Đảng ủy T")], (2, "Việc"), "chọn mẫu"),
        ],
    )  # fmt: skip
    def test_each_wrong_row_has_its_sentence_and_nothing_is_written(self, world, lines, where, why):
        before = snapshot(world.reorg)
        table = rows(*lines, ("Đảng ủy VT", "đổi tên", "", "Văn phòng mới"))
        (problem,) = read_drawing(SYSTEM, world.reorg.pk, rows=table, dry_run=True).problems
        assert (problem.row, problem.column) == where
        assert why in problem.sentence
        with pytest.raises(Invalid, match=f"Dòng {where[0]}, cột {where[1]}"):
            read_drawing(SYSTEM, world.reorg.pk, rows=table, dry_run=False)
        world.reorg.refresh_from_db()
        assert snapshot(world.reorg) == before

    def test_two_moves_that_close_a_ring_are_refused(self, world):
        table = rows(("Đảng ủy A", "chuyển", "", "", "", "Đảng ủy B"), ("Đảng ủy B", "chuyển", "", "", "", "Đảng ủy A"))
        assert told(read_drawing(SYSTEM, world.reorg.pk, rows=table, dry_run=True).problems) == [(3, "Việc")]

    @pytest.mark.parametrize("rows_of_each", [10, 300])
    def test_a_long_table_is_one_pass(self, world, rows_of_each, django_assert_max_num_queries):
        """Mở, nhập rồi đổi tên hàng nghìn dòng: số câu SQL ngoài danh tính của đơn vị mới không theo số dòng."""
        old = [f"Đảng ủy cũ {n}" for n in range(rows_of_each)]
        ids = structure.open_units([NewUnit(name, name, "committee", "commune", world["H"], "ĐU") for name in old], on=small.BEFORE, decree="01-QĐ/TU")
        table = rows(
            *[("", "mở", "", f"Đảng ủy mới {n}", "commune", "Đảng ủy T") for n in range(rows_of_each)],
            *[(name, "nhập", f"Đảng ủy mới {n}") for n, name in enumerate(old)],
            *[(f"Đảng ủy mới {n}", "đổi tên", "", f"Đảng ủy đổi {n}") for n in range(rows_of_each)],
        )
        with django_assert_max_num_queries(60 + rows_of_each):
            drawn = read_drawing(SYSTEM, world.reorg.pk, rows=table, dry_run=False)
        assert (drawn.units, drawn.successions, drawn.problems) == (4 * rows_of_each, rows_of_each, [])
        world.reorg.refresh_from_db()
        found = scenario.read(world.reorg)
        assert set(ids) <= found.plan.closing
        assert {found.name(heir) for unit in ids for heir in found.plan.given(unit)} == {f"Đảng ủy đổi {n}" for n in range(rows_of_each)}
        services.take_back(SYSTEM, world.reorg.pk)
        assert not world.reorg.successions.exists()
        assert not world.reorg.planned_units.exists()

    def test_a_wrong_row_leaves_nothing_of_itself_for_the_rows_after_it(self, world):
        """Dòng sai giữa chừng (đã nhập một phần) không làm dòng sau thấy một bộ máy khác."""
        table = rows(
            ("Đảng ủy C", "tách", "Đảng ủy B", "", "", "", "f1"),
            ("Đảng ủy C", "tách", "Đảng ủy T", "", "", "", "f1"),
            ("Đảng ủy C", "chuyển", "", "", "", "Đảng ủy T"),
        )
        assert told(read_drawing(SYSTEM, world.reorg.pk, rows=table, dry_run=True).problems) == [(2, "Việc")]

    def test_a_long_table_is_sent_to_the_list_of_successions(self, world):
        table = rows(*[("Đảng ủy A", "đổi tên", "", f"Tên {n}") for n in range(MOST_ROWS + 1)])
        with pytest.raises(Invalid, match="danh sách kế thừa"):
            read_drawing(SYSTEM, world.reorg.pk, rows=table, dry_run=True)

    def test_an_inventoried_scenario_takes_no_table(self, world):
        read_drawing(SYSTEM, world.reorg.pk, rows=rows(*GOOD[1:2], GOOD[0]), dry_run=False)
        services.take_inventory(SYSTEM, world.reorg.pk)
        with pytest.raises(Refused, match="nhân bản"):
            read_drawing(SYSTEM, world.reorg.pk, rows=rows(GOOD[4]), dry_run=False)

    def test_the_two_kinds_of_table_are_told_apart(self):
        assert is_drawing(["Đơn vị", "Việc"])
        assert not is_drawing(["ma_cu", "ma_moi", "ten_moi"])
