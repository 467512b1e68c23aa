"""Phân công, nhiệm kỳ, tài khoản, lịch: làm đúng, từ chối với mọi lý do, ghi nhật ký có lời văn."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.backends import ModelBackend

from tinhgon.audit.models import Entry
from tinhgon.audit.registry import known_codes, sentence
from tinhgon.core import clock
from tinhgon.core.errors import Invalid, NotFound, Refused
from tinhgon.core.models import CalendarOverride, User
from tinhgon.org.models import Appointment, Freeze, Handover, Invitation, Post, Role, Term
from tinhgon.org.services import accounts, appointing, calendar, people
from tinhgon.org.tests.factories import (
    DECREE,
    MOVING_DAY,
    make_actor,
    make_appointment,
    make_person,
    make_post,
)

pytestmark = pytest.mark.django_db
PASSWORD = "sông Sài Gòn chảy chậm"


def refusal(verb, *arguments, **named) -> list[str]:
    rows = list(Appointment.objects.values_list()), Entry.objects.count(), list(User.objects.values_list())
    with pytest.raises((Refused, Invalid)) as refused:
        verb(*arguments, **named)
    assert (list(Appointment.objects.values_list()), Entry.objects.count(), list(User.objects.values_list())) == rows
    return [reason.code for reason in refused.value.reasons]


@pytest.fixture
def administrator(world):
    return make_actor(world.city_office, Role.ADMINISTRATOR)


def test_a_person_is_appointed_and_leaves_on_a_day(world):
    post = make_post(world.south)
    person = people.open_person(world.keeper, full_name=" Lê  Văn Mới ", code="M1", unit_id=world.south, on=MOVING_DAY)
    row = appointing.appoint(world.keeper, person_id=person, post_id=post.pk, on=MOVING_DAY, decree=DECREE)
    appointing.end_appointment(world.keeper, appointment_id=row, on=MOVING_DAY + timedelta(days=9), decree=DECREE)
    assert Appointment.objects.get(pk=row).valid.upper == MOVING_DAY + timedelta(days=9)
    sentences = [sentence(entry) for entry in Entry.objects.order_by("sequence")]
    assert sentences[0] == "Thêm Lê Văn Mới (số hiệu M1) vào danh sách cán bộ."
    assert sentences[1].startswith("Phân công Lê Văn Mới giữ Chuyên viên từ 01/07/2025")


def test_an_appointment_ended_on_its_first_day_never_was(world):
    row = make_appointment(make_person(), make_post(world.south), on=MOVING_DAY)
    appointing.end_appointment(world.keeper, appointment_id=row.pk, on=MOVING_DAY, decree=DECREE)
    row.refresh_from_db()
    assert row.valid.isempty


def test_appointing_refuses_with_all_reasons(world):
    full, ended = make_post(world.south), make_post(world.south, "Văn thư")
    make_appointment(make_person(), full)
    Post.objects.filter(pk=ended.pk).update(valid=("2020-01-01", "2021-01-01"))
    busy = make_person()
    make_appointment(busy, make_post(world.north))
    arguments = {"on": MOVING_DAY, "decree": ""}
    assert refusal(appointing.appoint, world.keeper, person_id=busy.pk, post_id=full.pk, until=MOVING_DAY, **arguments) == [
        "org.decree_missing", "org.dates_out_of_order", "org.no_free_seat",
    ]  # fmt: skip
    assert refusal(appointing.appoint, world.keeper, person_id=busy.pk, post_id=ended.pk, **arguments) == [
        "org.decree_missing", "org.post_not_valid",
    ]  # fmt: skip


def test_a_person_has_one_main_post_but_may_hold_others(world):
    person, second = make_person(), make_post(world.south)
    make_appointment(person, make_post(world.north))
    named = {"person_id": person.pk, "post_id": second.pk, "on": MOVING_DAY, "decree": DECREE}
    assert refusal(appointing.appoint, world.keeper, **named) == ["org.main_post_overlaps"]
    appointing.appoint(world.keeper, is_main=False, **named)
    Post.objects.filter(pk=second.pk).update(seats=5)
    assert refusal(appointing.appoint, world.keeper, is_main=False, **named) == ["org.already_in_post"]


def test_nobody_is_appointed_into_a_waiting_post_or_a_unit_being_handed_over(world):
    pool = make_post(world.south)
    Post.objects.filter(pk=pool.pk).update(is_pool=True)
    named = {"person_id": make_person().pk, "on": MOVING_DAY, "decree": DECREE}
    assert refusal(appointing.appoint, world.keeper, post_id=pool.pk, **named) == ["org.pool_post"]
    handover = Handover.objects.create(decree=DECREE, effective_on=MOVING_DAY)
    Freeze.objects.create(handover=handover, unit_id=world.south, since=clock.now())
    post = make_post(world.south)
    assert refusal(appointing.appoint, world.keeper, post_id=post.pk, **named) == ["org.unit_frozen"]
    row = make_appointment(make_person(), post)
    assert refusal(appointing.end_appointment, world.keeper, appointment_id=row.pk, on=MOVING_DAY, decree=DECREE) == ["org.unit_frozen"]  # fmt: skip


def test_an_appointment_already_over_or_not_begun_cannot_end(world):
    post = make_post(world.south, seats=9)
    over = make_appointment(make_person(), post, until=MOVING_DAY)
    later = make_appointment(make_person(), post, on=MOVING_DAY)
    day = MOVING_DAY
    named = {"decree": DECREE}
    assert refusal(appointing.end_appointment, world.keeper, appointment_id=over.pk, on=day, **named) == ["org.appointment_over"]
    before = day - timedelta(days=1)
    assert refusal(appointing.end_appointment, world.keeper, appointment_id=later.pk, on=before, **named) == ["org.dates_out_of_order"]  # fmt: skip
    with pytest.raises(NotFound):
        appointing.end_appointment(world.keeper, appointment_id=999_999, on=day, decree=DECREE)


def test_posts_and_people_are_entered_whole(world):
    assert refusal(
        people.create_post, world.keeper, unit_id=world.south, title=" ", role="vua", on=MOVING_DAY, seats=0, clearance=4
    ) == ["org.title_missing", "org.role_unknown", "org.no_seats", "org.clearance_range"]
    person = make_person()
    assert refusal(
        people.open_person, world.keeper, full_name="An", code=person.code, unit_id=world.south, on=MOVING_DAY
    ) == ["org.full_name_short", "org.person_code_taken"]


def test_a_post_closes_only_when_nobody_holds_it(world):
    post = make_post(world.south)
    make_appointment(make_person(), post, until=MOVING_DAY)
    named = {"post_id": post.pk, "decree": DECREE}
    assert refusal(people.close_post, world.keeper, on=date(2025, 1, 1), **named) == ["org.post_occupied"]
    people.close_post(world.keeper, on=MOVING_DAY, **named)
    assert Post.objects.get(pk=post.pk).valid.upper == MOVING_DAY


def test_a_new_term_ends_the_one_before_it(world):
    people.open_term(world.keeper, unit_id=world.city, name="Nhiệm kỳ XII", on=MOVING_DAY)
    assert [(t.name, t.valid.upper) for t in Term.objects.order_by("pk")] == [
        ("Nhiệm kỳ XI", MOVING_DAY), ("Nhiệm kỳ XII", None),
    ]  # fmt: skip
    assert refusal(people.open_term, world.keeper, unit_id=world.city, name="", on=MOVING_DAY) == [
        "org.term_name_missing", "org.term_later",
    ]  # fmt: skip
    assert refusal(people.open_term, world.keeper, unit_id=world.city_office, name="Khóa I", on=MOVING_DAY) == [
        "org.term_of_committee"
    ]


def test_an_invitation_opens_an_account_once(administrator):
    person = make_person("Lê Thị Mời")
    token = accounts.invite(administrator, person_id=person.pk, username="le.thi.moi")
    assert not User.objects.get(username="le.thi.moi").is_active
    assert not Invitation.objects.filter(token_sha256=token).exists()
    user = accounts.accept(token=token, password=PASSWORD)
    assert user.is_active
    assert user.check_password(PASSWORD)
    assert user.display_name == "Lê Thị Mời"
    with pytest.raises(NotFound):
        accounts.accept(token=token, password=PASSWORD)
    assert refusal(accounts.invite, administrator, person_id=person.pk, username="khac") == ["org.account_exists"]


def test_an_invitation_older_than_72_hours_is_gone(administrator):
    token = accounts.invite(administrator, person_id=make_person().pk, username="cham.tre")
    Invitation.objects.update(expires_at=clock.now())
    with pytest.raises(NotFound, match="quá hạn"):
        accounts.accept(token=token, password=PASSWORD)


def test_a_second_invitation_ends_the_first(administrator):
    person = make_person()
    first = accounts.invite(administrator, person_id=person.pk, username="hai.lan")
    second = accounts.invite(administrator, person_id=person.pk, username="hai.lan")
    with pytest.raises(NotFound):
        accounts.accept(token=first, password=PASSWORD)
    assert accounts.accept(token=second, password=PASSWORD).username == "hai.lan"


def test_a_weak_password_is_refused_and_the_link_still_works(administrator):
    token = accounts.invite(administrator, person_id=make_person().pk, username="mat.khau")
    with pytest.raises(Invalid) as weak:
        accounts.accept(token=token, password="12345678")
    assert {reason.field for reason in weak.value.reasons} == {"password"}
    assert len(weak.value.reasons) >= 2
    assert accounts.accept(token=token, password=PASSWORD).is_active


def test_usernames_are_plain_and_once(administrator):
    accounts.invite(administrator, person_id=make_person().pk, username="co.roi")
    for username, code in (("Có Dấu", "org.username_form"), ("a", "org.username_form"), ("co.roi", "org.username_taken")):
        assert refusal(accounts.invite, administrator, person_id=make_person().pk, username=username) == [code]


def test_a_locked_account_cannot_sign_in_and_its_links_die(administrator):
    person = make_person("Đỗ Văn Khóa")
    accounts.accept(token=accounts.invite(administrator, person_id=person.pk, username="do.khoa"), password=PASSWORD)
    token = accounts.reset(administrator, person_id=person.pk)
    accounts.lock(administrator, person_id=person.pk, reason="Chuyển công tác")
    assert ModelBackend().authenticate(None, username="do.khoa", password=PASSWORD) is None
    with pytest.raises(NotFound):
        accounts.accept(token=token, password=PASSWORD)
    assert refusal(accounts.reset, administrator, person_id=person.pk) == ["org.account_locked"]
    accounts.unlock(administrator, person_id=person.pk)
    assert User.objects.get(username="do.khoa").is_active


def test_an_administrator_gives_a_reason_and_never_locks_themself(administrator):
    own = User.objects.get(pk=administrator.user_id).person
    assert refusal(accounts.lock, administrator, person_id=own.pk, reason=" ") == ["org.lock_reason_missing", "org.lock_self"]
    with pytest.raises(NotFound):
        accounts.lock(administrator, person_id=make_person().pk, reason="x")


def test_one_who_never_accepted_is_invited_again_not_unlocked(administrator):
    person = make_person()
    accounts.invite(administrator, person_id=person.pk, username="chua.nhan")
    assert refusal(accounts.unlock, administrator, person_id=person.pk) == ["org.account_never_accepted"]


def test_a_reset_link_changes_the_password(administrator):
    person = make_person()
    accounts.accept(token=accounts.invite(administrator, person_id=person.pk, username="quen"), password=PASSWORD)
    token = accounts.reset(administrator, person_id=person.pk)
    accounts.accept(token=token, password=PASSWORD + " mới")
    assert User.objects.get(username="quen").check_password(PASSWORD + " mới")


def test_the_calendar_is_overridden_and_set_back_with_its_ground(administrator):
    day = date(2025, 5, 3)
    assert refusal(calendar.override_day, administrator, day=day, is_working=True, note="") == ["org.calendar_note_missing"]
    calendar.override_day(administrator, day=day, is_working=True, note="Làm bù")
    calendar.override_day(administrator, day=day, is_working=False, note="Thôi làm bù")
    assert Entry.objects.first().before == {"is_working": True, "note": "Làm bù"}
    calendar.clear_override(administrator, day=day)
    assert not CalendarOverride.objects.exists()
    with pytest.raises(NotFound):
        calendar.clear_override(administrator, day=day)


def test_no_password_or_token_is_ever_in_the_audit(administrator):
    token = accounts.invite(administrator, person_id=make_person().pk, username="kin.dao")
    accounts.accept(token=token, password=PASSWORD)
    written = str(list(Entry.objects.values_list("before", "after")))
    assert token not in written
    assert PASSWORD not in written


def test_every_audit_code_written_here_has_words():
    folder = Path(people.__file__).parent
    written = {code for file in folder.glob("*.py") for code in re.findall(r'"(org\.[a-z]+\.[a-z_]+|org\.imported)"', file.read_text())}
    used = {code for code in written if code.split(".")[1] in ("unit", "post", "person", "term", "account", "calendar", "imported")}
    assert used <= known_codes()
    assert len(used) > 15
