"""Mọi tên cũ, mã cũ, liên kết cũ dẫn tới đơn vị và người kế thừa đang hoạt động, qua mọi chặng, kể cả chặng đã hoàn tác."""

from datetime import date

import pytest

from tinhgon.org.models import Succession
from tinhgon.org.selectors import succession
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import BEGINNING, DECREE, MOVING_DAY, make_unit

pytestmark = pytest.mark.django_db
SECOND_DAY, UNDO_DAY = date(2026, 4, 24), date(2026, 9, 1)


def succeed(before, after, *, on=MOVING_DAY, kind="merged"):
    """Ghi kế thừa rồi đóng các đơn vị trước."""
    structure.record_successions([(unit, heir, kind, []) for unit in before for heir in after], on=on, decree=DECREE)
    structure.close_units(before, on=on)


@pytest.fixture
def chain():
    """Đa Kao -> Sài Gòn (2025) -> Bến Thành (2026)."""
    old, middle, last = (make_unit(name, on=on) for name, on in
                         [("Phường Đa Kao", BEGINNING), ("Phường Sài Gòn", MOVING_DAY), ("Phường Bến Thành", SECOND_DAY)])  # fmt: skip
    structure.give_codes([(old, "DVHC", "2020", "26737"), (middle, "DVHC", "2025", "26740")])
    succeed([old], [middle])
    succeed([middle], [last], on=SECOND_DAY)
    return old, middle, last


def test_heirs_are_found_through_every_step_of_a_chain(chain):
    old, middle, last = chain
    assert [(s.successor_id, s.distance) for s in succession.heirs(old, on=SECOND_DAY)] == [(middle, 1), (last, 2)]
    assert [s.successor_id for s in succession.heirs(old, on=MOVING_DAY)] == [middle]
    assert [s.predecessor_id for s in succession.ancestors(last, on=SECOND_DAY)] == [middle, old]


def test_open_heirs_are_those_working_on_the_day(chain):
    old, middle, last = chain
    assert succession.open_heirs([old, middle, last], on=SECOND_DAY) == {old: (last,), middle: (last,), last: (last,)}
    assert succession.open_heirs([old], on=MOVING_DAY) == {old: (middle,)}
    assert succession.open_heirs([old], on=BEGINNING) == {old: (old,)}


def test_a_split_unit_has_every_heir(chain):
    split = make_unit("Phường Cống Vị")
    succeed([split], [chain[1], make_unit("Phường Ngọc Hà", on=MOVING_DAY)], kind="split")
    assert len(succession.open_heirs([split], on=MOVING_DAY)[split]) == 2


def test_an_undone_succession_counts_only_until_its_day(chain):
    old, middle, last = chain
    structure.close_units([last], on=UNDO_DAY)
    structure.reopen_units([middle], on=UNDO_DAY, decree=DECREE)
    structure.undo_successions([(middle, last)], since=SECOND_DAY, on=UNDO_DAY)
    assert [s.successor_id for s in succession.heirs(old, on=UNDO_DAY)] == [middle]
    assert [s.successor_id for s in succession.heirs(old, on=SECOND_DAY)] == [middle, last]
    assert Succession.objects.get(successor=last).undone_on == UNDO_DAY


def test_a_unit_closed_by_an_undo_leads_back_to_those_who_took_its_work_back(chain):
    old, middle, last = chain
    structure.close_units([last], on=UNDO_DAY)
    structure.reopen_units([middle], on=UNDO_DAY, decree=DECREE)
    structure.undo_successions([(middle, last)], since=SECOND_DAY, on=UNDO_DAY)
    assert succession.open_heirs([last, old], on=UNDO_DAY) == {last: (middle,), old: (middle,)}


@pytest.mark.parametrize("text", ["26737", "Phường Đa Kao", "phường đa kao", "phuong da kao", "#{old}"])
def test_an_old_code_name_or_identity_resolves_to_the_unit_and_its_open_heir(chain, text):
    old, _middle, last = chain
    found = succession.resolve(text.format(old=old), on=SECOND_DAY)
    assert [item.unit.id for item in found] == [old]
    assert [(heir.id, heir.name) for heir in found[0].heirs] == [(last, "Phường Bến Thành")]


def test_a_code_used_twice_resolves_to_both_units_the_open_one_first():
    old, new = make_unit("Phường Bến Nghé"), make_unit("Phường Sài Gòn", on=MOVING_DAY)
    structure.give_codes([(old, "DVHC", "2020", "26740"), (new, "DVHC", "2025", "26740")])
    succeed([old], [new])
    assert [item.unit.id for item in succession.resolve("26740", on=MOVING_DAY)] == [new, old]


def test_what_never_existed_resolves_to_nothing(chain):
    for text in ("", "99999", "#999999999", "Phường Không Có", "%", "'"):
        assert succession.resolve(text, on=SECOND_DAY) == []


def test_lines_between_two_dates_leave_out_what_was_undone(chain):
    old, middle, last = chain
    assert [(p.before_id, p.after_id) for p in succession.between(BEGINNING, MOVING_DAY)] == [(old, middle)]
    assert [(p.before_id, p.after_id) for p in succession.between(MOVING_DAY, SECOND_DAY)] == [(middle, last)]
    structure.undo_successions([(middle, last)], since=SECOND_DAY, on=UNDO_DAY)
    assert succession.between(MOVING_DAY, UNDO_DAY) == []


def test_a_circle_of_successions_ends(chain):
    old, middle, last = chain
    structure.record_successions([(last, old, "merged", [])], on=SECOND_DAY, decree=DECREE)
    structure.close_units([last], on=SECOND_DAY)
    assert succession.open_heirs([old], on=SECOND_DAY) == {old: ()}
    assert len(succession.heirs(old, on=SECOND_DAY)) == 3


def test_hundreds_of_units_resolve_in_one_query(chain, django_assert_num_queries):
    units = [make_unit(f"Đơn vị {n}") for n in range(60)]
    succeed(units, [chain[1]], on=MOVING_DAY)
    with django_assert_num_queries(1):
        assert set(succession.open_heirs(units, on=SECOND_DAY).values()) == {(chain[2],)}
