"""Khảo sát tâm tư: phiếu không nối được với người; mỗi người một phiếu; nhóm nhỏ không hiện; chỉ đợt đã khép có kết quả."""

from datetime import timedelta

import pytest
from django.db.models import DateField, DateTimeField, ForeignKey

from tinhgon.audit.models import Entry
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.core.models import User
from tinhgon.documents.tests.factories import TODAY
from tinhgon.org.models import Person
from tinhgon.org.services.standing_in import stand_in
from tinhgon.org.tests.factories import make_appointment, make_person, make_post
from tinhgon.personnel.models import PulseAnswer, PulsePart, PulseSurvey
from tinhgon.personnel.selectors import pulse as reads
from tinhgon.personnel.services import pulse
from tinhgon.personnel.tests.factories import Staff

CLOSES = TODAY + timedelta(days=7)
ASKED = ["Tôi hiểu vì sao phải sắp xếp", "Tôi yên tâm với vị trí mới"]


def opened(staff: Staff, **change: object) -> PulseSurvey:
    return pulse.open_survey(staff.keeper, **({"on": TODAY, "title": "Tâm tư tháng 6", "closes_on": CLOSES, "questions": ASKED} | change))


def crowd(staff: Staff, unit: int, count: int) -> list[Actor]:
    """``count`` người có tài khoản ở đơn vị."""
    made = []
    for number in range(count):
        person = make_person(f"Lê Thị Đông {number}", account=True)
        made.append(Actor(person.user_id, make_appointment(person, make_post(unit)).pk))
    return made


def cast(survey: PulseSurvey, actor: Actor, score: int = 4, comment: str = "") -> None:
    pulse.answer(actor, on=TODAY, survey_id=survey.pk, scores={"c1": score}, comment=comment)


def test_an_answer_row_points_to_no_person_and_tells_no_time() -> None:
    fields = PulseAnswer._meta.get_fields()
    assert not any(isinstance(field, DateField | DateTimeField) for field in fields)
    assert {field.related_model for field in fields if isinstance(field, ForeignKey)} == {PulseSurvey}
    assert not {field.related_model for field in PulsePart._meta.get_fields() if isinstance(field, ForeignKey)} & {PulseAnswer, User}


def test_answering_leaves_no_trace_but_that_one_took_part(staff: Staff) -> None:
    survey = opened(staff)
    before = Entry.objects.count()
    assert cast(survey, staff.specialist, comment="Mong được báo sớm") is None
    assert Entry.objects.count() == before
    assert PulsePart.objects.get().person_id == staff.person()
    assert PulseAnswer.objects.get().group in {str(staff.office), str(staff.city)}


def test_one_answer_a_person_and_the_second_changes_nothing(staff: Staff) -> None:
    survey = opened(staff)
    cast(survey, staff.specialist, 5)
    with pytest.raises(Refused):
        cast(survey, staff.specialist, 1)
    assert [answer.scores for answer in PulseAnswer.objects.all()] == [{"c1": 5}]


def test_a_stand_in_answers_only_as_oneself(staff: Staff) -> None:
    survey = opened(staff)
    stand_in(SYSTEM, on=TODAY, appointment_id=staff.head.appointment_id, person_id=staff.person(), first_day=TODAY, last_day=TODAY, reason="Nghỉ")
    cast(survey, Actor(staff.specialist.user_id, staff.head.appointment_id))
    assert PulsePart.objects.get().person_id == staff.person()


@pytest.mark.parametrize(("scores", "error"), [({"c1": 6}, Invalid), ({"c1": 0}, Invalid), ({"c9": 3}, Invalid)])
def test_a_score_off_the_scale_is_refused_and_one_may_try_again(staff: Staff, scores: dict[str, int], error: type[Exception]) -> None:
    survey = opened(staff)
    with pytest.raises(error):
        pulse.answer(staff.specialist, on=TODAY, survey_id=survey.pk, scores=scores)
    assert not PulsePart.objects.exists()
    cast(survey, staff.specialist)


def test_nobody_answers_after_the_closing_day(staff: Staff) -> None:
    survey = opened(staff)
    with pytest.raises(Refused):
        pulse.answer(staff.specialist, on=CLOSES + timedelta(days=1), survey_id=survey.pk, scores={})
    assert not PulseAnswer.objects.exists()


def test_groups_under_five_melt_into_the_group_above_when_the_survey_opens(staff: Staff) -> None:
    """Văn phòng có hơn năm người; Ban Tổ chức hai người thì trả lời chung với Thành ủy; phường hai người cũng vậy."""
    survey = opened(staff)
    assert survey.groups[str(staff.office)] == str(staff.office)
    assert survey.groups[str(staff.board)] == str(staff.city)
    assert survey.groups[str(staff.north)] == str(staff.city)
    assert str(staff.board) not in survey.tree


def test_a_small_group_is_never_shown_and_a_large_one_is(staff: Staff) -> None:
    survey = opened(staff)
    for actor in (staff.specialist, staff.colleague, staff.clerk, staff.head):
        cast(survey, actor)
    assert reads.results(survey, pulse.launch_of(survey)).of("c1", str(staff.city)) is None
    for actor in (staff.inspector, staff.secretary, staff.board_head, staff.north_head, staff.north_clerk, staff.keeper):
        cast(survey, actor, 2, "Ý kiến")
    found = reads.results(survey, pulse.launch_of(survey))
    whole = found.of("c1", str(staff.city))
    assert whole.count == 10
    assert float(whole.mean) == pytest.approx(2.8)
    assert all(shown is None or shown.count >= 5 for shown in found.table("c1").values())
    assert len(reads.page(survey, found, with_comments=True).comments) == 6
    assert reads.page(survey, found, with_comments=False).comments is None


def test_what_was_frozen_at_opening_cannot_change_before_the_results(staff: Staff) -> None:
    survey = opened(staff)
    for change in ({"least_comments": 11}, {"questions": [["c1", "Câu khác"], ["c3", "Mới"]]}, {"tree": {str(staff.city): None}}):
        changed = PulseSurvey.objects.get(pk=survey.pk)
        for name, value in change.items():
            setattr(changed, name, value)
        with pytest.raises(Refused):
            pulse.launch_of(changed)
    assert pulse.launch_of(PulseSurvey.objects.get(pk=survey.pk)).fingerprint == survey.fingerprint


def test_closing_rewrites_the_answers_once_under_new_ids(staff: Staff) -> None:
    survey = opened(staff)
    for actor in crowd(staff, staff.office, 8):
        cast(survey, actor, 3)
    before = set(PulseAnswer.objects.values_list("pk", flat=True))
    pulse.shuffle(survey)
    after = set(PulseAnswer.objects.values_list("pk", flat=True))
    pulse.shuffle(survey)
    assert len(after) == 8
    assert not before & after
    assert set(PulseAnswer.objects.values_list("pk", flat=True)) == after


@pytest.mark.parametrize("who", ["head", "secretary", "specialist", "administrator"])
def test_only_an_organisation_board_opens_a_survey(staff: Staff, who: str) -> None:
    with pytest.raises(Forbidden):
        pulse.open_survey(getattr(staff, who), on=TODAY, title="Đợt", closes_on=CLOSES, questions=ASKED)


@pytest.mark.parametrize(("change", "error"), [
    ({"questions": []}, Invalid), ({"questions": ["A", "A"]}, Invalid), ({"title": " "}, Invalid), ({"closes_on": TODAY - timedelta(days=1)}, Refused),
])  # fmt: skip
def test_a_survey_without_sense_is_refused(staff: Staff, change: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        opened(staff, **change)
    assert not PulseSurvey.objects.exists()


def test_a_survey_is_for_its_level_and_below_only(staff: Staff) -> None:
    survey = opened(staff)
    PulseSurvey.objects.filter(pk=survey.pk).update(root=staff.north)
    with pytest.raises(NotFound):
        cast(survey, staff.specialist)


def test_the_trend_follows_a_question_by_its_words(staff: Staff) -> None:
    past = []
    for month, score in ((1, 2), (2, 4)):
        survey = opened(staff, title=f"Tháng {month}", closes_on=TODAY + timedelta(days=month))
        for person in Person.objects.filter(user__isnull=False):
            appointment = person.appointments.first()
            cast(survey, Actor(person.user_id, appointment.pk), score)
        past.append(survey)
    found = {survey.pk: reads.results(survey, pulse.launch_of(survey)) for survey in past}
    assert [point.mean for point in reads.trend(ASKED[0], found, past=past)] == [2.0, 4.0]
    assert [point.mean for point in reads.trend(ASKED[1], found, past=past)] == [None, None]
    assert reads.trend("Câu khác", found, past=past) == []
