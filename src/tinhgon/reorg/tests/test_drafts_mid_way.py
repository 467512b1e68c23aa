"""Dự thảo giữa chừng qua một lần sắp xếp thật: ý kiến, thẩm định, bước ký theo nơi kế thừa, trả lại tới nơi kế thừa, hoàn tác thì về."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.models import User
from tinhgon.documents.access import abilities
from tinhgon.documents.models import Approval, ApprovalStep, Document, DocumentType, Opinion
from tinhgon.documents.selectors import stages
from tinhgon.documents.selectors.paths import Seat
from tinhgon.documents.services import appraisal, approval, opinions, versions
from tinhgon.documents.services.replacing import replace_signer
from tinhgon.org.models import Appointment, Post
from tinhgon.reorg import services
from tinhgon.reorg.services import running
from tinhgon.reorg.tests import world as small

pytestmark = pytest.mark.django_db
BEFORE = date(2025, 6, 25)


class Clock:
    """Đồng hồ của phép thử: soạn ngày 25/6, chuyển giao ngày 01/7."""

    day = BEFORE


@pytest.fixture(autouse=True)
def now(monkeypatch):
    held = Clock()
    monkeypatch.setattr(clock, "today", lambda: held.day)
    monkeypatch.setattr(clock, "now", lambda: datetime(held.day.year, held.day.month, held.day.day, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
    return held


@pytest.fixture
def world():
    return small.build()


def user_of(name: str) -> User:
    return User.objects.create(username=f"{name}{User.objects.count()}", display_name=name, created_at=clock.now(), password="!")


def actor(world, unit: str, title: str, name: str) -> Actor:
    made = small.person(world, unit, title, name)
    made.person.user = user_of(name)
    made.person.save()
    return Actor(made.person.user_id, made.pk)


def head_title(world, unit: str) -> str:
    return Post.objects.filter(unit=world[unit], rank=1).order_by("pk").values_list("title", flat=True)[0]


def head(world, unit: str, name: str) -> Actor:
    return actor(world, unit, head_title(world, unit), name)


def person(found: Actor) -> int:
    return Appointment.objects.get(pk=found.appointment_id).person_id


def drafted(drafter: Actor, body: str = "1. Nội dung") -> Document:
    made = versions.start_draft(
        drafter, on=BEFORE, type_id=DocumentType.objects.get(code="cong-van").pk, summary="Về việc bàn giao", body=body, signer_name="Nguyễn Văn Ký",
    )  # fmt: skip
    return made


def applied(world, now):
    now.day = small.DAY
    services.apply(SYSTEM, world.reorg.pk, preview_hash=small.decided(world))
    assert running.run(world.reorg.pk)


def undone(world, now, *, days: int = 5):
    now.day = small.DAY + timedelta(days=days)
    services.undo(SYSTEM, world.reorg.pk, on=now.day, reason="Quyết định bị thu hồi")
    assert running.run(world.reorg.pk)


def test_a_signature_round_goes_on_at_the_heir_and_ends_with_a_number_waiting(world, now):
    drafter, other, signer = head(world, "A", "An"), head(world, "B", "Bình"), head(world, "T", "Ký")
    draft = drafted(drafter)
    chain = approval.submit(drafter, on=BEFORE, document_id=draft.pk, seats=[
        Seat(1, "initial", world["A"], person(drafter)), Seat(2, "initial", world["B"], person(other)), Seat(3, "sign", world["T"], person(signer)),
    ])  # fmt: skip
    approval.approve(drafter, on=BEFORE, step_id=stages.steps_for_me(drafter, on=BEFORE).get().pk)
    applied(world, now)
    draft.refresh_from_db()
    waiting = ApprovalStep.objects.get(document=draft, state="waiting")
    assert (draft.holder_id, waiting.unit_id, draft.in_approval) == (world["X"], world["X"], True)
    assert chain.steps.get(state="approved").unit_id == world["A"]  # đã ký là lịch sử
    heirs = [a for a in _actors(world["X"]) if stages.steps_for_me(a, on=now.day).filter(pk=waiting.pk).exists()]
    assert heirs
    approval.approve(heirs[0], on=now.day, step_id=waiting.pk)
    approval.approve(signer, on=now.day, step_id=stages.steps_for_me(signer, on=now.day).get().pk)
    draft.refresh_from_db()
    assert draft.state == "ready"


def test_a_return_to_an_abolished_unit_goes_to_its_heir(world, now):
    drafter, other, signer = head(world, "A", "An"), head(world, "B", "Bình"), head(world, "T", "Ký")
    draft = drafted(drafter)
    chain = approval.submit(drafter, on=BEFORE, document_id=draft.pk, seats=[
        Seat(1, "initial", world["B"], person(other)), Seat(2, "sign", world["T"], person(signer)),
    ])  # fmt: skip
    approval.approve(other, on=BEFORE, step_id=stages.steps_for_me(other, on=BEFORE).get().pk)
    applied(world, now)
    step = stages.steps_for_me(signer, on=now.day).get()
    back = chain.steps.get(state="approved")
    approval.return_step(signer, on=now.day, step_id=step.pk, reason="Xem lại số liệu", back_to=back.pk)
    again = Approval.objects.get(document=draft, state="running").steps.get(state="waiting")
    assert again.unit_id == world["X"]
    assert any(stages.steps_for_me(a, on=now.day).filter(pk=again.pk).exists() for a in _actors(world["X"]))


def test_a_return_to_the_drafting_side_waits_at_the_heir_when_the_drafter_is_elsewhere(world, now):
    drafter, signer = head(world, "A", "An"), head(world, "T", "Ký")
    draft = drafted(drafter)
    approval.submit(drafter, on=BEFORE, document_id=draft.pk, seats=[Seat(1, "sign", world["T"], person(signer))])
    applied(world, now)
    Appointment.objects.filter(person=person(drafter), valid__contains=now.day).update(valid=(now.day, now.day + timedelta(days=1)))
    now.day += timedelta(days=2)
    heir = small.person(world, "X", head_title(world, "X"), "Người nhận")
    heir.person.user = user_of("Người nhận")
    heir.person.save()
    receiver = Actor(heir.person.user_id, heir.pk)
    approval.return_step(signer, on=now.day, step_id=stages.steps_for_me(signer, on=now.day).get().pk, reason="Thiếu căn cứ")
    draft.refresh_from_db()
    assert (draft.holder_id, draft.in_approval) == (world["X"], False)
    assert list(stages.orphaned_drafts(receiver, on=now.day)) == [draft]
    assert versions.save_version(receiver, on=now.day, document_id=draft.pk, body="1. Đã sửa").number == 2


def test_two_opinions_of_one_request_are_answered_once_by_the_heir_of_both(world, now):
    drafter = head(world, "T", "Soạn")
    draft = drafted(drafter)
    opinions.ask_opinions(drafter, on=BEFORE, document_id=draft.pk, units=[world["A"], world["B"], world["C"]], due_on=date(2025, 7, 20))
    applied(world, now)
    states = sorted(Opinion.objects.filter(document=draft).values_list("state", "to_unit"))
    assert [state for state, _unit in states] == ["joined", "waiting", "waiting"]
    assert {unit for state, unit in states if state == "waiting"} == {world["X"], world["Y"]}
    undone(world, now)
    assert sorted(Opinion.objects.filter(document=draft).values_list("state", "to_unit")) == sorted(
        ("waiting", world[unit]) for unit in "ABC"
    )


def test_an_appraisal_and_a_persons_opinion_follow_and_come_back(world, now):
    drafter, asked = head(world, "T", "Soạn"), head(world, "C", "Người được hỏi")
    draft = drafted(drafter)
    opinions.ask_opinions(drafter, on=BEFORE, document_id=draft.pk, people=[person(asked)], due_on=date(2025, 7, 20))
    made = appraisal.ask_appraisal(drafter, on=BEFORE, document_id=draft.pk, by_unit_id=world["C"])
    applied(world, now)
    made.refresh_from_db()
    opinion = Opinion.objects.get(document=draft)
    assert (made.by_unit_id, opinion.to_unit_id, opinion.state) == (world["Y"], world["Y"], "waiting")
    undone(world, now)
    made.refresh_from_db()
    opinion.refresh_from_db()
    assert (made.by_unit_id, opinion.to_unit_id, opinion.to_person_id) == (world["C"], world["C"], person(asked))


def test_undoing_brings_a_signature_round_back_to_its_people(world, now):
    drafter, other, signer = head(world, "A", "An"), head(world, "B", "Bình"), head(world, "T", "Ký")
    draft = drafted(drafter)
    seats = [Seat(1, "initial", world["B"], person(other)), Seat(2, "sign", world["T"], person(signer))]
    approval.submit(drafter, on=BEFORE, document_id=draft.pk, seats=seats)
    applied(world, now)
    undone(world, now)
    draft.refresh_from_db()
    step = ApprovalStep.objects.get(document=draft, state="waiting")
    assert (draft.holder_id, step.unit_id, step.person_id) == (world["A"], world["B"], person(other))
    approval.approve(_acting(person(other), now.day), on=now.day, step_id=step.pk)


def test_a_person_put_into_a_step_follows_the_cut_over_and_comes_back_and_the_replaced_does_not(world, now):
    drafter, other, signer = head(world, "A", "An"), head(world, "B", "Bình"), head(world, "T", "Ký")
    second = actor(world, "B", head_title(world, "B"), "Bắc")
    draft = drafted(drafter)
    seats = [Seat(1, "initial", world["B"], person(other)), Seat(2, "sign", world["T"], person(signer))]
    chain = approval.submit(drafter, on=BEFORE, document_id=draft.pk, seats=seats)
    step = chain.steps.get(state="waiting")
    new = replace_signer(drafter, on=BEFORE, step_id=step.pk, person_id=person(second), reason="Nghỉ ốm")
    applied(world, now)
    new.refresh_from_db()
    assert (new.unit_id, new.state) == (world["X"], "waiting")
    assert chain.steps.get(state="replaced").unit_id == world["B"]  # lịch sử
    undone(world, now)
    new.refresh_from_db()
    assert (new.unit_id, new.person_id) == (world["B"], person(second))
    approval.approve(_acting(person(second), now.day), on=now.day, step_id=new.pk)


def test_a_person_put_in_after_the_cut_over_goes_where_the_undo_is_told(world, now):
    drafter, other, signer = head(world, "A", "An"), head(world, "B", "Bình"), head(world, "T", "Ký")
    draft = drafted(drafter)
    seats = [Seat(1, "initial", world["B"], person(other)), Seat(2, "sign", world["T"], person(signer))]
    chain = approval.submit(drafter, on=BEFORE, document_id=draft.pk, seats=seats)
    applied(world, now)
    helper = actor(world, "X", head_title(world, "X"), "Mới")
    step = chain.steps.get(state="waiting")
    draft.refresh_from_db()
    heir = next(one for one in _actors(world["X"]) if one != helper and "replace_signer" in abilities(one, draft, on=now.day))
    new = replace_signer(heir, on=now.day, step_id=step.pk, person_id=person(helper), reason="Nghỉ ốm")
    now.day += timedelta(days=1)
    services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["X"]], heir_id=world["B"])
    undone(world, now)
    new.refresh_from_db()
    draft.refresh_from_db()
    assert (new.unit_id, new.state, draft.holder_id, draft.in_approval) == (world["B"], "waiting", world["A"], True)
    assert any(stages.steps_for_me(one, on=now.day).filter(pk=new.pk).exists() for one in _actors(world["B"]))


def _actors(unit: int) -> list[Actor]:
    found = Appointment.objects.filter(post__unit=unit, person__user__isnull=False, valid__contains=clock.today()).select_related("person")
    return [Actor(a.person.user_id, a.pk) for a in found]


def _acting(person_id: int, on: date) -> Actor:
    found = Appointment.objects.select_related("person").get(person=person_id, valid__contains=on)
    return Actor(found.person.user_id, found.pk)
