"""Động từ của đơn vị: làm đúng việc, ghi nhật ký; từ chối thì nêu mọi lý do và không đổi gì."""

from datetime import date, timedelta

import pytest

from tinhgon.audit.models import Entry
from tinhgon.audit.registry import sentence
from tinhgon.core.errors import Forbidden, Refused
from tinhgon.org import holdings
from tinhgon.org.models import (
    Appointment,
    Freeze,
    Handover,
    Kind,
    Level,
    Role,
    Succession,
    Term,
    Unit,
    UnitFunction,
    UnitVersion,
)
from tinhgon.org.selectors import succession, units
from tinhgon.org.services import structure
from tinhgon.org.services import units as verbs
from tinhgon.org.services.structure import NewUnit
from tinhgon.org.services.units import Share
from tinhgon.org.tests.factories import (
    BEGINNING,
    DECREE,
    MOVING_DAY,
    make_actor,
    make_appointment,
    make_person,
    make_post,
    make_unit,
)

pytestmark = pytest.mark.django_db
LATER = MOVING_DAY + timedelta(days=60)


def picture() -> list:
    """Toàn bộ cơ cấu: để thấy một lần từ chối không đổi gì."""
    tables = (UnitVersion, UnitFunction, Term, Succession, Appointment, Entry)
    return [sorted(map(repr, table.objects.values_list())) for table in tables]


def codes_of_refusal(verb, *arguments, **named) -> list[str]:
    before = picture()
    with pytest.raises(Refused) as refused:
        verb(*arguments, **named)
    assert picture() == before
    assert all(str(reason.sentence).strip() and "%(" not in reason.sentence for reason in refused.value.reasons)
    return [reason.code for reason in refused.value.reasons]


def freeze(unit_id: int) -> None:
    handover = Handover.objects.create(decree=DECREE, effective_on=MOVING_DAY)
    Freeze.objects.create(handover=handover, unit_id=unit_id, since="2025-07-01T00:00:00+07:00")


def new_unit(name="Đảng ủy phường Đông", parent=None):
    return NewUnit(name, name, Kind.COMMITTEE, Level.COMMUNE, parent)


def test_a_unit_is_opened_under_its_parent_with_its_code_and_an_audit_row(world):
    unit = verbs.open_unit(
        world.keeper, unit=new_unit(parent=world.city), on=MOVING_DAY, decree=DECREE, codes=[("DVHC", "2025", "26740")]
    )
    assert units.unit_at(unit, on=MOVING_DAY).parent_id == world.city
    assert succession.resolve("26740", on=MOVING_DAY)[0].unit.id == unit
    entry = Entry.objects.get(target_kind="org.unit", target_id=str(unit))
    assert entry.user_id == world.keeper.user_id
    assert sentence(entry) == f"Mở đơn vị Đảng ủy phường Đông từ 01/07/2025, căn cứ {DECREE}."


def test_opening_refuses_with_every_reason_at_once(world):
    structure.close_units([world.south], on=MOVING_DAY)
    structure.give_codes([(world.north, "DVHC", "2020", "26737")])
    assert codes_of_refusal(
        verbs.open_unit, world.keeper, unit=new_unit(" ", world.south), on=MOVING_DAY, decree="",
        codes=[("DVHC", "2020", "26737")],
    ) == ["org.name_missing", "org.decree_missing", "org.unit_not_open_on", "org.code_taken"]  # fmt: skip


def test_a_renamed_unit_keeps_its_old_name_on_the_days_before(world):
    verbs.rename_unit(world.keeper, unit_id=world.north, name="Đảng ủy phường Thượng", on=MOVING_DAY, decree=DECREE)
    assert units.unit_at(world.north, on=MOVING_DAY - timedelta(days=1)).name == "Đảng ủy phường Bắc"
    assert units.unit_at(world.north, on=MOVING_DAY).name == "Đảng ủy phường Thượng"
    entry = Entry.objects.get(code="org.unit.renamed")
    assert (entry.before["name"], entry.after["name"]) == ("Đảng ủy phường Bắc", "Đảng ủy phường Thượng")


def test_changes_are_entered_in_the_order_of_their_dates(world):
    verbs.rename_unit(world.keeper, unit_id=world.north, name="Tên sau", on=LATER, decree=DECREE)
    assert codes_of_refusal(
        verbs.rename_unit, world.keeper, unit_id=world.north, name="Tên trước", on=MOVING_DAY, decree=DECREE
    ) == ["org.later_change"]


def test_a_change_before_the_unit_opened_or_after_it_closed_is_refused(world):
    structure.close_units([world.south], on=MOVING_DAY)
    for day in (BEGINNING - timedelta(days=1), MOVING_DAY):
        assert codes_of_refusal(
            verbs.rename_unit, world.keeper, unit_id=world.south, name="Tên", on=day, decree=DECREE
        ) == ["org.unit_not_open_on"]


def test_a_rename_to_the_same_name_is_refused(world):
    assert codes_of_refusal(
        verbs.rename_unit, world.keeper, unit_id=world.north, name="Đảng ủy phường Bắc", on=MOVING_DAY, decree=DECREE
    ) == ["org.nothing_changes"]


def test_a_unit_moves_with_everything_under_it(world):
    verbs.move_unit(world.keeper, unit_id=world.north, parent_id=world.south, on=MOVING_DAY, decree=DECREE)
    assert [u.name for u in units.path(world.north_board, on=MOVING_DAY)][:3] == [
        "Thành ủy", "Đảng ủy phường Nam", "Đảng ủy phường Bắc",
    ]  # fmt: skip


def test_a_unit_cannot_be_put_under_itself_or_its_own_branch(world):
    deep = make_unit("Phòng", world.north_board, kind=Kind.ROOM, is_organ=False)
    for parent in (world.north, world.north_board, deep):
        assert codes_of_refusal(
            verbs.move_unit, world.keeper, unit_id=world.north, parent_id=parent, on=MOVING_DAY, decree=DECREE
        ) == ["org.cycle"]


def test_a_branch_that_will_hang_below_later_also_makes_a_cycle(world):
    verbs.move_unit(world.keeper, unit_id=world.south, parent_id=world.north, on=LATER, decree=DECREE)
    assert "org.cycle" in codes_of_refusal(
        verbs.move_unit, world.keeper, unit_id=world.north, parent_id=world.south, on=MOVING_DAY, decree=DECREE
    )


def test_a_parent_that_will_close_is_refused(world):
    structure.close_units([world.south], on=LATER)
    assert codes_of_refusal(
        verbs.move_unit, world.keeper, unit_id=world.north, parent_id=world.south, on=MOVING_DAY, decree=DECREE
    ) == ["org.unit_ends_later"]


def test_a_unit_under_a_running_handover_cannot_change(world):
    freeze(world.north)
    assert codes_of_refusal(
        verbs.rename_unit, world.keeper, unit_id=world.north, name="Tên", on=MOVING_DAY, decree=DECREE
    ) == ["org.unit_frozen"]


def test_a_merge_closes_the_predecessors_and_gives_their_functions_to_the_heir(world, db):
    functions = dict(structure_functions())
    first = make_unit("Đảng ủy xã Một", world.city, functions=(functions["vt-van-ban"],), term="Khóa XI")
    second = make_unit("Đảng ủy xã Hai", world.city, functions=(functions["vt-luu-tru"],))
    verbs.merge_units(
        world.keeper, predecessor_ids=[first, second], successor_id=world.south, on=MOVING_DAY, decree=DECREE
    )
    assert succession.open_heirs([first, second], on=MOVING_DAY) == {first: (world.south,), second: (world.south,)}
    assert {f.code for f in units.functions_of(world.south, on=MOVING_DAY)} == {"vt-van-ban", "vt-luu-tru"}
    assert not units.unit_at(first, on=MOVING_DAY).is_open
    assert Entry.objects.filter(code="org.unit.merged").count() == 2


def structure_functions():
    from_catalogue = UnitFunction._meta.get_field("function").related_model
    return from_catalogue.objects.values_list("code", "pk")


def test_a_merge_refuses_units_that_still_hold_anything_and_names_it_all(world):
    make_appointment(make_person("Ngô Thị Còn"), make_post(world.north))
    make_appointment(make_person(), make_post(world.south))
    codes = codes_of_refusal(
        verbs.merge_units, world.keeper, predecessor_ids=[world.north, world.south], successor_id=world.city,
        on=MOVING_DAY, decree="",
    )  # fmt: skip
    assert codes == ["org.decree_missing", "org.children_left", "org.staff_left", "org.staff_left"]


def test_an_open_item_of_any_app_keeps_a_unit_from_closing(world, monkeypatch):
    class Papers(holdings.Holding):
        def inventory_sql(self):
            return (
                "SELECT unit_id AS item_id, unit_id AS holder_id, NULL::bigint AS function_id, 0 AS secrecy, "
                "NULL::uuid AS content, '' AS title FROM org_unit_version WHERE unit_id = ANY(%(units)s)"
            )

    monkeypatch.setitem(holdings._holdings, "test.papers", Papers(kind="test.papers", label="Giấy tờ"))
    with pytest.raises(Refused, match="còn giữ 1 mục loại “Giấy tờ”"):
        verbs.dissolve_unit(world.keeper, unit_id=world.south, heir_id=world.city, on=MOVING_DAY, decree=DECREE)


def test_an_heir_that_is_not_open_or_is_the_unit_itself_is_refused(world):
    structure.close_units([world.south], on=MOVING_DAY)
    assert codes_of_refusal(
        verbs.merge_units, world.keeper, predecessor_ids=[world.north_board], successor_id=world.south,
        on=MOVING_DAY, decree=DECREE,
    ) == ["org.unit_not_open_on"]  # fmt: skip
    assert codes_of_refusal(
        verbs.dissolve_unit, world.keeper, unit_id=world.north_board, heir_id=world.north_board,
        on=MOVING_DAY, decree=DECREE,
    ) == ["org.heir_of_itself"]  # fmt: skip


def test_a_split_gives_every_function_to_some_heir(world):
    functions = dict(structure_functions())
    old = make_unit(
        "Quận ủy Quận 1", world.city, functions=(functions["vt-van-ban"], functions["cb-quy-hoach"]),
    )  # fmt: skip
    half = [Share(world.north, ("vt-van-ban",)), Share(world.south)]
    assert codes_of_refusal(
        verbs.split_unit, world.keeper, unit_id=old, shares=half, on=MOVING_DAY, decree=DECREE
    ) == ["org.function_left"]
    assert codes_of_refusal(
        verbs.split_unit, world.keeper, unit_id=old, shares=[Share(world.north, ("vt-van-ban", "khong-co"))],
        on=MOVING_DAY, decree=DECREE,
    ) == ["org.split_needs_two", "org.function_left", "org.function_unknown"]  # fmt: skip
    whole = [Share(world.north, ("vt-van-ban",)), Share(world.south, ("cb-quy-hoach",))]
    verbs.split_unit(world.keeper, unit_id=old, shares=whole, on=MOVING_DAY, decree=DECREE)
    assert [f.code for f in units.functions_of(world.south, on=MOVING_DAY)] == ["cb-quy-hoach"]
    assert [step.functions for step in succession.heirs(old, on=MOVING_DAY)] == [
        ("Quản lý văn bản, con dấu",), ("Quy hoạch, bố trí cán bộ",),
    ]  # fmt: skip


def test_a_dissolved_unit_leads_to_who_keeps_its_papers(world):
    verbs.dissolve_unit(world.keeper, unit_id=world.south, heir_id=world.city, on=MOVING_DAY, decree=DECREE)
    assert Succession.objects.get(predecessor=world.south).type == Succession.Type.DISSOLVED
    assert succession.open_heirs([world.south], on=MOVING_DAY) == {world.south: (world.city,)}


def test_functions_are_set_from_a_day_and_kept_before_it(world):
    verbs.set_functions(
        world.keeper, unit_id=world.city_office, functions=["vt-van-ban", "vt-luu-tru"], on=BEGINNING, decree=DECREE
    )
    verbs.set_functions(
        world.keeper, unit_id=world.city_office, functions=["vt-luu-tru", "cds-an-toan"], on=MOVING_DAY, decree=DECREE
    )
    before, after = (
        [f.code for f in units.functions_of(world.city_office, on=day)] for day in (BEGINNING, MOVING_DAY)
    )
    assert before == ["vt-luu-tru", "vt-van-ban"]
    assert after == ["cds-an-toan", "vt-luu-tru"]
    assert codes_of_refusal(
        verbs.set_functions, world.keeper, unit_id=world.city_office, functions=["la"], on=LATER, decree=DECREE
    ) == ["org.function_unknown"]


def test_a_board_keeps_only_its_level_and_below(world):
    board = make_actor(world.north_board, Role.ORGANISATION_BOARD)
    verbs.rename_unit(board, unit_id=world.north_board, name="Ban Tổ chức mới", on=MOVING_DAY, decree=DECREE)
    before = picture()
    for unit in (world.south, world.city):
        with pytest.raises(Forbidden, match="cấp mình và cấp dưới"):
            verbs.rename_unit(board, unit_id=unit, name="Tên", on=MOVING_DAY, decree=DECREE)
    with pytest.raises(Forbidden):
        verbs.move_unit(board, unit_id=world.north_board, parent_id=world.city, on=MOVING_DAY, decree=DECREE)
    with pytest.raises(Forbidden):
        verbs.open_unit(world.keeper, unit=new_unit(parent=None), on=MOVING_DAY, decree=DECREE)
    assert picture() == before


def test_opening_a_unit_the_day_another_opened_works_and_dates_stay_apart(world):
    unit = verbs.open_unit(world.keeper, unit=new_unit(parent=world.city), on=LATER, decree=DECREE)
    assert not units.unit_at(unit, on=MOVING_DAY).is_open
    assert Unit.objects.filter(pk=unit).exists()
    assert date(2025, 7, 1) == MOVING_DAY
