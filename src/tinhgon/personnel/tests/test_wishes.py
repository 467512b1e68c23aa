"""Nguyện vọng: riêng của người ấy và ban tổ chức; khép theo ngày; chỉ chọn cái đang trống trong phạm vi; làm thay không ghi thay."""

from datetime import timedelta

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents.tests.factories import TODAY
from tinhgon.org.models import Post
from tinhgon.org.services.standing_in import stand_in
from tinhgon.org.tests.factories import make_post
from tinhgon.personnel import services
from tinhgon.personnel.models import Wish, WishRound, WishSheet
from tinhgon.personnel.selectors.wishes import (
    keeps,
    open_posts,
    own_sheet,
    rounds_for,
    sheet_lines,
    sheets_visible_to,
)
from tinhgon.personnel.tests.factories import Staff

CLOSES = TODAY + timedelta(days=10)


@pytest.fixture
def round_(staff: Staff) -> WishRound:
    return services.open_wish_round(staff.keeper, on=TODAY, title="Sắp xếp phường mới", closes_on=CLOSES)


@pytest.fixture
def free(staff: Staff) -> Post:
    return make_post(staff.north, "Chuyên viên văn phòng", seats=2)


def save(staff: Staff, round_: WishRound, who: str = "specialist", **change: object) -> WishSheet:
    return services.save_wishes(getattr(staff, who), **({"on": TODAY, "round_id": round_.pk, "wishes": [("unit", staff.north)]} | change))


@pytest.mark.parametrize("who", ["head", "specialist", "secretary", "administrator", "clerk", "inspector"])
def test_only_an_organisation_board_opens_a_round(staff: Staff, who: str) -> None:
    with pytest.raises(Forbidden):
        services.open_wish_round(getattr(staff, who), on=TODAY, title="Đợt", closes_on=CLOSES)
    assert not WishRound.objects.exists()


def test_a_sheet_is_replaced_whole_and_keeps_its_order(staff: Staff, round_: WishRound, free: Post) -> None:
    save(staff, round_, wishes=[("unit", staff.south), ("post", free.pk)], agrees_to_move=True)
    save(staff, round_, wishes=[("post", free.pk), ("unit", staff.south)], near="phường Bắc", with_person_id=staff.person("clerk"))
    sheet = WishSheet.objects.get()
    assert [(wish.rank, wish.post_id, wish.unit_id) for wish in sheet.wishes.all()] == [(1, free.pk, None), (2, None, staff.south)]
    assert (sheet.agrees_to_move, sheet.near) == (False, "phường Bắc")


def test_what_is_open_has_free_seats_and_leaves_out_the_full(staff: Staff, free: Post) -> None:
    found = {post.post_id: post.free for post in open_posts(staff.city, on=TODAY)}
    assert found == {free.pk: 2}


@pytest.mark.parametrize("case", ["twice", "full", "outside", "oneself", "many", "kind", "late"])
def test_a_sheet_without_sense_is_refused_and_the_former_stays(staff: Staff, round_: WishRound, free: Post, case: str) -> None:
    save(staff, round_)
    full = Post.objects.filter(appointments=staff.clerk.appointment_id).get()
    change, error = {
        "twice": ({"wishes": [("post", free.pk)] * 2}, Refused),
        "full": ({"wishes": [("post", full.pk)]}, Refused),
        "outside": ({"wishes": [("unit", 999_999)]}, Refused),
        "oneself": ({"with_person_id": staff.person()}, Refused),
        "many": ({"wishes": [("unit", staff.north)] * 6}, Invalid),
        "kind": ({"wishes": [("rank", 1)]}, Invalid),
        "late": ({"on": CLOSES + timedelta(days=1)}, Refused),
    }[case]
    with pytest.raises(error):
        save(staff, round_, **change)
    assert [wish.unit_id for wish in Wish.objects.all()] == [staff.north]


def test_the_last_day_still_counts(staff: Staff, round_: WishRound) -> None:
    assert save(staff, round_, on=CLOSES).pk


@pytest.mark.parametrize(("viewer", "sees"), [
    ("specialist", True), ("keeper", True), ("head", False), ("secretary", False), ("colleague", False), ("administrator", False),
    ("inspector", False), ("board_head", False), ("north_head", False),
])  # fmt: skip
def test_a_sheet_is_seen_by_its_person_and_the_board_alone(staff: Staff, round_: WishRound, viewer: str, sees: bool) -> None:
    save(staff, round_)
    assert sheets_visible_to(getattr(staff, viewer), on=TODAY).exists() is sees
    assert keeps(getattr(staff, viewer), round_, on=TODAY) is (viewer == "keeper")


def test_a_stand_in_neither_reads_nor_writes_the_absent_person_s_sheet(staff: Staff, round_: WishRound) -> None:
    save(staff, round_, "head", near="phường Bắc")
    stand_in(SYSTEM, on=TODAY, appointment_id=staff.head.appointment_id, person_id=staff.person(), first_day=TODAY, last_day=TODAY, reason="Nghỉ")
    lent = Actor(staff.specialist.user_id, staff.head.appointment_id)
    assert own_sheet(lent, round_.pk) is None
    assert not sheets_visible_to(lent, on=TODAY).exists()
    services.save_wishes(lent, on=TODAY, round_id=round_.pk, wishes=[])
    assert WishSheet.objects.get(person=staff.person("head")).near == "phường Bắc"


def test_a_round_reaches_the_level_of_its_board_and_below_only(staff: Staff) -> None:
    """Ban tổ chức một phường mở đợt thì người của Thành ủy không có đợt ấy."""
    below = WishRound.objects.create(root_id=staff.north, title="Phường", opened_at="2025-06-01T08:00+07:00", closes_on=CLOSES)
    assert rounds_for(staff.north_clerk, on=TODAY).filter(pk=below.pk).exists()
    with pytest.raises(NotFound):
        save(staff, below)


def test_the_log_says_that_not_what(staff: Staff, round_: WishRound) -> None:
    save(staff, round_, near="gần nhà ngoại", note="Con nhỏ")
    entry = Entry.objects.get(code="personnel.wishes_saved")
    assert entry.after == {"person": "Ngô Văn Viên"}


def test_a_couple_is_mutual_only_when_both_named_each_other(staff: Staff, round_: WishRound) -> None:
    save(staff, round_, with_person_id=staff.person("clerk"))
    assert not sheet_lines(list(WishSheet.objects.all()), on=TODAY)[0].is_mutual
    save(staff, round_, "clerk", with_person_id=staff.person())
    assert all(line.is_mutual for line in sheet_lines(list(WishSheet.objects.all()), on=TODAY))
