"""Khối ghép theo tập: mở, khóa, mở lại giữ lịch sử, kể cả khi mọi việc xảy ra trong một ngày."""

from datetime import date, timedelta

import pytest

from tinhgon.core.errors import Refused
from tinhgon.org.models import Post, Term, UnitFunction, UnitVersion
from tinhgon.org.selectors import units
from tinhgon.org.services import structure
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.services.structure import NewUnit
from tinhgon.org.templates import PostTemplate
from tinhgon.org.tests.factories import BEGINNING, DECREE, MOVING_DAY, make_unit

pytestmark = pytest.mark.django_db
THE_DAY_BEFORE = MOVING_DAY - timedelta(days=1)
LATER = date(2025, 9, 1)
HEAD = PostTemplate("Chánh Văn phòng", "office_head", 1)


def furnished(name="Đảng ủy xã Đông", on=BEGINNING):
    functions = ensure_catalogue()
    return make_unit(name, on=on, posts=(HEAD,), functions=(functions["vt-van-ban"],), term="Khóa I")


def test_a_unit_opens_with_its_posts_functions_and_term():
    unit = furnished()
    assert units.unit_at(unit, on=BEGINNING).is_open
    assert [f.code for f in units.functions_of(unit, on=BEGINNING)] == ["vt-van-ban"]
    assert units.term_at(unit, on=BEGINNING).name == "Khóa I"
    assert Post.objects.get(unit=unit).valid.upper is None


def test_closing_keeps_the_days_before_and_ends_everything_from_that_day():
    unit = furnished()
    structure.close_units([unit], on=MOVING_DAY)
    assert units.unit_at(unit, on=THE_DAY_BEFORE).is_open
    assert not units.unit_at(unit, on=MOVING_DAY).is_open
    for model in (Post, UnitFunction, Term, UnitVersion):
        assert model.objects.get(unit=unit).valid.upper == MOVING_DAY


def test_a_unit_opened_and_closed_the_same_day_stays_as_a_voided_version():
    unit = furnished(on=MOVING_DAY)
    structure.close_units([unit], on=MOVING_DAY)
    version = UnitVersion.objects.get(unit=unit)
    assert version.valid.isempty
    assert version.voided_on == MOVING_DAY
    assert units.versions(unit) == [version]


def test_reopening_brings_back_the_last_posts_and_functions_and_the_same_term():
    unit = furnished()
    term = Term.objects.get(unit=unit)
    post = Post.objects.get(unit=unit)
    structure.close_units([unit], on=MOVING_DAY)
    structure.reopen_units([unit], on=LATER, decree=DECREE)
    assert not units.unit_at(unit, on=LATER - timedelta(days=1)).is_open
    assert units.unit_at(unit, on=LATER).is_open
    again = Post.objects.get(unit=unit, valid__contains=LATER)
    assert (again.title, again.continues) == (post.title, post)
    assert units.term_at(unit, on=LATER) == term
    assert len(units.functions_of(unit, on=LATER)) == 1


@pytest.mark.parametrize("times", [1, 2, 3])
def test_closing_and_reopening_many_times_in_one_day_never_doubles_anything(times):
    unit = furnished(on=MOVING_DAY)
    for _time in range(times):
        structure.close_units([unit], on=MOVING_DAY)
        structure.reopen_units([unit], on=MOVING_DAY, decree=DECREE)
    assert Post.objects.filter(unit=unit, valid__contains=MOVING_DAY).count() == 1
    assert len(units.functions_of(unit, on=MOVING_DAY)) == 1
    assert units.term_at(unit, on=MOVING_DAY).name == "Khóa I"
    assert UnitVersion.objects.filter(unit=unit).count() == times + 1


def test_closing_refuses_with_every_unit_that_is_not_open_and_changes_nothing():
    here, closed, future = furnished(), furnished("Đảng ủy xã Tây"), furnished("Đảng ủy xã Mới", on=LATER)
    structure.close_units([closed], on=BEGINNING + timedelta(days=9))
    with pytest.raises(Refused) as refused:
        structure.close_units([here, closed, future], on=MOVING_DAY)
    assert {reason.data["unit"] for reason in refused.value.reasons} == {closed, future}
    assert units.unit_at(here, on=LATER).is_open


def test_reopening_refuses_units_that_are_open_or_never_were():
    here, planned = furnished(), structure.new_identities(1)[0]
    with pytest.raises(Refused) as refused:
        structure.reopen_units([here, planned], on=MOVING_DAY, decree=DECREE)
    assert [reason.code for reason in refused.value.reasons] == ["org.unit_never_open", "org.unit_still_open"]


def test_hundreds_of_units_open_and_close_in_a_constant_number_of_queries(django_assert_max_num_queries):
    ids = structure.new_identities(600)
    with django_assert_max_num_queries(25):
        structure.open_units(
            [NewUnit(f"Đơn vị {n}", f"ĐV {n}", "room", "commune", None, unit_id=n, posts=(HEAD,)) for n in ids],
            on=BEGINNING, decree=DECREE,
        )  # fmt: skip
        structure.close_units(ids, on=MOVING_DAY)
        structure.reopen_units(ids, on=LATER, decree=DECREE)
    assert UnitVersion.objects.filter(valid__contains=LATER).count() == 600


def test_a_change_of_name_makes_a_new_version_and_keeps_the_old_one():
    unit = furnished()
    structure.change_units([(unit, {"name": "Đảng ủy phường Đông"})], on=MOVING_DAY, decree=DECREE)
    assert units.unit_at(unit, on=THE_DAY_BEFORE).name == "Đảng ủy xã Đông"
    assert units.unit_at(unit, on=THE_DAY_BEFORE).name_now == "Đảng ủy phường Đông"
    assert units.unit_at(unit, on=MOVING_DAY).name == "Đảng ủy phường Đông"
