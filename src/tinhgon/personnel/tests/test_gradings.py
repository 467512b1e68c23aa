"""Xếp loại: đúng người đúng vòng, không ai quyết định cho mình, tỉ lệ xuất sắc, khiếu nại; từ chối thì không đổi gì."""

from datetime import date
from decimal import Decimal

import pytest

from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.org.models import Person
from tinhgon.org.services.standing_in import stand_in
from tinhgon.org.tests.factories import make_appointment, make_person, make_post
from tinhgon.personnel import selectors, services
from tinhgon.personnel.grading_access import gradings_visible_to
from tinhgon.personnel.models import Appeal, Grading, GradingRound
from tinhgon.personnel.selectors.gradings import work_of
from tinhgon.personnel.tests.factories import Staff
from tinhgon.tasks import services as tasks

ON = date(2025, 10, 2)
POINTS = {"general": Decimal(28), "result": Decimal(60)}


def opened(staff: Staff, **change: object) -> GradingRound:
    asked = {"unit_id": staff.office, "authority_id": staff.city, "year": 2025, "quarter": 3, "self_until": date(2025, 10, 10)}
    return services.open_round(staff.head, on=ON, **(asked | change))


def line(round_: GradingRound, staff: Staff, name: str) -> Grading:
    return Grading.objects.get(round=round_, person=staff.person(name))


def all_proposed(staff: Staff, round_: GradingRound, level: str = "good") -> dict[int, str]:
    for row in Grading.objects.filter(round=round_):
        services.propose(staff.secretary, on=ON, grading_id=row.pk, level=level, note="Nhất trí", **POINTS)
    return dict(Grading.objects.filter(round=round_).values_list("pk", "proposed_level"))


def decided(staff: Staff, round_: GradingRound, **change: str) -> dict[int, str]:
    levels = all_proposed(staff, round_)
    services.decide(staff.secretary, on=ON, round_id=round_.pk, levels=levels, decree="12-QĐ/TU ngày 02/10/2025", **change)
    return levels


def test_a_round_holds_everyone_of_the_organ_and_its_rooms_once(staff: Staff) -> None:
    inside = make_person("Người Trong Phòng")
    make_appointment(inside, make_post(staff.room))
    make_appointment(inside, make_post(staff.office), is_main=False)
    people = set(opened(staff).gradings.values_list("person", flat=True))
    assert {staff.person(name) for name in ("head", "clerk", "specialist", "colleague")} | {inside.pk} <= people
    assert not people & {staff.person(name) for name in ("secretary", "board_head", "north_head")}


@pytest.mark.parametrize("change", [
    {"quarter": 4}, {"quarter": 2}, {"self_until": date(2025, 10, 1)}, {"authority_id": "north"}, {"year": 2026},
])  # fmt: skip
def test_a_round_that_makes_no_sense_is_refused(staff: Staff, change: dict) -> None:
    """Quý chưa hết; quý trước khi có quy định theo quý; hạn đã qua; cấp quyết định ở nơi khác."""
    change = {name: getattr(staff, value) if isinstance(value, str) else value for name, value in change.items()}
    with pytest.raises(Refused):
        opened(staff, **change)
    assert not GradingRound.objects.exists()


def test_one_round_a_period(staff: Staff) -> None:
    opened(staff)
    with pytest.raises(Refused):
        opened(staff)
    assert GradingRound.objects.count() == 1


@pytest.mark.parametrize("who", ["specialist", "clerk", "inspector", "administrator"])
def test_one_who_leads_nobody_opens_no_round(staff: Staff, who: str) -> None:
    with pytest.raises(Forbidden):
        services.open_round(getattr(staff, who), on=ON, unit_id=staff.office, authority_id=staff.city, year=2025, quarter=3, self_until=ON)


def test_one_grades_only_oneself_even_when_standing_in_for_another(staff: Staff) -> None:
    round_ = opened(staff)
    stand_in(SYSTEM, on=ON, appointment_id=staff.head.appointment_id, person_id=staff.person(), first_day=ON, last_day=ON, reason="Nghỉ phép")
    lent = Actor(staff.specialist.user_id, staff.head.appointment_id)
    with pytest.raises(NotFound):
        services.self_grade(lent, on=ON, grading_id=line(round_, staff, "head").pk, level="good", note="Thay", **POINTS)
    own = services.self_grade(lent, on=ON, grading_id=line(round_, staff, "specialist").pk, level="good", note="Đã xong", **POINTS)
    assert own.self_level == "good"
    assert line(round_, staff, "head").self_level == ""


@pytest.mark.parametrize(("change", "error"), [
    ({"general": Decimal(31)}, Invalid), ({"result": Decimal("70.5")}, Invalid), ({"general": None}, Invalid), ({"level": "genius"}, Invalid),
    ({"note": " "}, Invalid), ({"on": date(2025, 10, 11)}, Refused),
])  # fmt: skip
def test_a_self_grading_out_of_bounds_is_refused(staff: Staff, change: dict, error: type[Exception]) -> None:
    row = line(opened(staff), staff, "specialist")
    asked = {"on": ON, "grading_id": row.pk, "level": "good", "note": "Đã xong"} | POINTS | change
    with pytest.raises(error):
        services.self_grade(staff.specialist, **asked)
    assert Grading.objects.get(pk=row.pk).self_level == ""


def test_nobody_proposes_or_decides_on_themselves(staff: Staff) -> None:
    round_ = opened(staff, authority_id=staff.office)
    with pytest.raises(Forbidden):
        services.propose(staff.head, on=ON, grading_id=line(round_, staff, "head").pk, level="excellent", note="Tốt", **POINTS)
    services.propose(staff.head, on=ON, grading_id=line(round_, staff, "clerk").pk, level="good", note="Tốt", **POINTS)
    with pytest.raises(Forbidden):
        services.decide(staff.head, on=ON, round_id=round_.pk, levels={}, decree="01-QĐ/VPTU")
    assert GradingRound.objects.get().state == "open"


@pytest.mark.parametrize("who", ["head", "board_head", "north_head", "specialist"])
def test_only_the_named_authority_decides(staff: Staff, who: str) -> None:
    round_ = opened(staff)
    levels = all_proposed(staff, round_)
    with pytest.raises((Forbidden, NotFound)):
        services.decide(getattr(staff, who), on=ON, round_id=round_.pk, levels=levels, decree="01-QĐ")
    assert set(Grading.objects.values_list("level", flat=True)) == {""}


def test_a_decision_needs_every_level_and_the_collective_round(staff: Staff) -> None:
    round_ = opened(staff)
    with pytest.raises(Refused) as refused:
        services.decide(staff.secretary, on=ON, round_id=round_.pk, levels={}, decree="01-QĐ/TU")
    assert [reason.code for reason in refused.value.reasons] == ["personnel.level_missing", "personnel.not_proposed"]


def many(staff: Staff, count: int) -> GradingRound:
    """Đợt có đúng ``count`` người."""
    held = Person.objects.filter(appointments__post__unit=staff.office).count()
    for number in range(count - held):
        make_appointment(make_person(f"Trần Thị {number}"), make_post(staff.office))
    return opened(staff)


@pytest.mark.parametrize(("excellent", "reason", "code"), [
    (6, "", ""), (7, "", "personnel.over_cap_unexplained"), (7, "Đơn vị dẫn đầu khối", ""), (8, "Đơn vị dẫn đầu khối", "personnel.over_cap"),
])  # fmt: skip
def test_the_cap_of_excellent_warns_where_sources_differ_and_refuses_where_all_agree(staff: Staff, excellent: int, reason: str, code: str) -> None:
    """30 người: 20 % là 6; một nguồn cho 25 % là 7."""
    round_ = many(staff, 30)
    levels = all_proposed(staff, round_)
    assert len(levels) == 30
    levels |= dict.fromkeys(sorted(levels)[:excellent], "excellent")
    if not code:
        assert services.decide(staff.secretary, on=ON, round_id=round_.pk, levels=levels, decree="01-QĐ/TU", cap_reason=reason).state == "decided"
        return
    with pytest.raises(Refused) as refused:
        services.decide(staff.secretary, on=ON, round_id=round_.pk, levels=levels, decree="01-QĐ/TU", cap_reason=reason)
    assert [found.code for found in refused.value.reasons] == [code]
    assert set(Grading.objects.values_list("level", flat=True)) == {""}


def test_an_appeal_is_answered_once_by_the_authority_and_may_change_the_level(staff: Staff) -> None:
    round_ = opened(staff)
    row = line(round_, staff, "specialist")
    with pytest.raises(Refused):
        services.appeal(staff.specialist, on=ON, grading_id=row.pk, text="Chưa có quyết định")
    decided(staff, round_)
    made = services.appeal(staff.specialist, on=ON, grading_id=row.pk, text="Tôi có ba việc vượt yêu cầu")
    with pytest.raises(Refused):
        services.appeal(staff.specialist, on=ON, grading_id=row.pk, text="Lần nữa")
    with pytest.raises(Forbidden):
        services.answer_appeal(staff.head, on=ON, appeal_id=made.pk, answer="Không")
    services.answer_appeal(staff.secretary, on=ON, appeal_id=made.pk, answer="Đã xem lại", level="excellent")
    assert Grading.objects.get(pk=row.pk).level == "excellent"
    with pytest.raises(Refused):
        services.answer_appeal(staff.secretary, on=ON, appeal_id=made.pk, answer="Lần hai")
    assert Appeal.objects.get().changed_to == "excellent"


def test_a_decided_round_changes_only_through_appeals(staff: Staff) -> None:
    round_ = opened(staff)
    levels = decided(staff, round_)
    for call in (
        lambda: services.decide(staff.secretary, on=ON, round_id=round_.pk, levels=levels, decree="02-QĐ/TU"),
        lambda: services.propose(staff.secretary, on=ON, grading_id=next(iter(levels)), level="done", note="Xem lại", **POINTS),
        lambda: services.self_grade(staff.specialist, on=ON, grading_id=line(round_, staff, "specialist").pk, level="done", note="Muộn", **POINTS),
    ):
        with pytest.raises(Refused):
            call()


def test_each_sees_their_own_line_heads_their_people_and_the_authority_all(staff: Staff) -> None:
    round_ = opened(staff)
    whole = round_.gradings.count()
    for viewer, count in (("specialist", 1), ("administrator", 1), ("head", whole), ("secretary", whole), ("keeper", whole), ("north_head", 0)):
        assert gradings_visible_to(getattr(staff, viewer), on=ON).count() == count, viewer
    assert len(selectors.round_page(staff.specialist, round_.pk, on=ON).lines) == 1
    assert selectors.round_page(staff.specialist, round_.pk, on=ON).cap is None


def test_the_evidence_counts_the_tasks_of_the_period_and_no_other(staff: Staff) -> None:
    def task(title: str, due: date) -> int:
        found = tasks.assign_task(staff.secretary, on=date(2025, 6, 20), title=title, lead_id=staff.office, assigner_id=staff.city, due_on=due)
        return tasks.assign_person(staff.head, on=date(2025, 6, 20), task_id=found.pk, person_id=staff.person()).pk

    task("Trong quý, chưa xong", date(2025, 8, 15))
    task("Quý sau", date(2025, 12, 15))
    found = work_of([staff.person()], since=date(2025, 7, 1), until=date(2025, 9, 30))
    facts = found[staff.person()].facts
    assert (facts.assigned, facts.done, facts.on_time, facts.late) == (1, 0, 0, 1)


def test_emulation_follows_the_yearly_levels_and_names_its_limit(staff: Staff) -> None:
    round_ = GradingRound.objects.create(
        unit_id=staff.office, authority_id=staff.city, period="year", year=2025, rules="QD366-2025", opened_at="2026-01-05T08:00+07:00",
        self_until=ON, state="decided", decided_on=ON,
    )  # fmt: skip
    for name, level in (("head", "excellent"), ("clerk", "good"), ("specialist", "done")):
        Grading.objects.create(round=round_, person_id=staff.person(name), title="", level=level)
    found = selectors.proposals(staff.secretary, round_, on=ON)
    assert [(p.title.title, [row.person.full_name for row in p.gradings], p.most) for p in found] == [
        ("Lao động tiên tiến", ["Lê Văn Chánh", "Phạm Thị Thư"], None), ("Chiến sĩ thi đua cơ sở", ["Lê Văn Chánh"], 0),
    ]  # fmt: skip
