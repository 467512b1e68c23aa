"""Lấy ý kiến: ai được hỏi thì thấy và trả lời; ai không thì không; quá hạn nói rõ; kết thúc đợt thì im lặng cũng là câu trả lời."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from tinhgon.core import clock
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import services as verbs
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Opinion
from tinhgon.documents.selectors import stages
from tinhgon.documents.selectors.process import process, version_of
from tinhgon.documents.services import opinions, versions
from tinhgon.documents.tests.factories import person_of
from tinhgon.org.models import Appointment, Role
from tinhgon.org.tests.factories import make_actor

ON = clock.today()


@pytest.fixture
def draft(office):
    made = office.draft(on=ON)
    versions.save_version(office.specialist, on=ON, document_id=made.pk, body="1. Nội dung")
    return made


def ask(office, draft, **extra):
    values = {"units": [office.board, office.north], "due_on": ON + timedelta(days=3)} | extra
    return opinions.ask_opinions(office.specialist, on=ON, document_id=draft.pk, **values)


def answer(actor, opinion, **extra):
    values = {"stance": "agree"} | extra
    return opinions.answer_opinion(actor, on=ON, opinion_id=opinion.pk, **values)


def line(request, unit):
    return request.opinions.get(to_unit=unit)


def test_the_asked_see_the_draft_and_nobody_else_does(office, draft):
    ask(office, draft)
    def sees(actor):
        return visible_to(actor, on=ON).filter(pk=draft.pk).exists()
    assert all(sees(actor) for actor in (office.board_head, office.north_head, office.specialist, office.head))
    assert not any(sees(actor) for actor in (office.colleague, office.secretary, office.north_clerk, office.inspector))


def test_the_asked_see_only_their_own_line_and_the_version_asked(office, draft):
    request = ask(office, draft)
    versions.save_version(office.specialist, on=ON, document_id=draft.pk, body="1. Nội dung mới")
    answer(office.north_head, line(request, office.north), stance="disagree", remark="Trái quy chế")
    seen = process(office.board_head, draft, on=ON)
    assert [o.to_unit_id for found in seen.consultations for o in found.opinions] == [office.board]
    assert (seen.is_inside, seen.appraisals, seen.approvals) == (False, (), ())
    assert [v.number for v in seen.versions] == [1]
    assert version_of(office.board_head, draft.pk, 2, on=ON)[1] is None
    whole = process(office.specialist, draft, on=ON)
    assert whole.consultations[0].counts == {"waiting": 1, "disagree": 1}


def test_each_place_answers_once_and_only_for_itself(office, draft):
    request = ask(office, draft)
    with pytest.raises(Forbidden):
        answer(office.north_head, line(request, office.board))
    answer(office.board_head, line(request, office.board), stance="agree_with_remarks", remark="Thêm căn cứ", name="a.docx", content=BytesIO(b"x"))
    with pytest.raises(Refused):
        answer(office.board_head, line(request, office.board))
    kept = line(request, office.board)
    assert (kept.state, kept.remark, kept.file_name, kept.answered_by_id) == ("agree_with_remarks", "Thêm căn cứ", "a.docx", person_of(office.board_head))


def test_disagreeing_needs_a_reason(office, draft):
    request = ask(office, draft)
    for stance in ("disagree", "agree_with_remarks", "không biết"):
        with pytest.raises(Invalid):
            answer(office.board_head, line(request, office.board), stance=stance)
    assert line(request, office.board).state == "waiting"


def test_a_person_asked_by_name_answers_and_their_head_does_not(office, draft):
    request = ask(office, draft, units=[], people=[person_of(office.colleague)])
    (asked,) = request.opinions.all()
    with pytest.raises(Forbidden):
        answer(office.head, asked)
    assert list(stages.opinions_for_me(office.colleague, on=ON)) == [asked]
    assert not stages.opinions_for_me(office.head, on=ON).exists()
    assert answer(office.colleague, asked).state == "agree"


def test_when_the_person_asked_has_left_their_head_answers(office, draft):
    person = person_of(office.colleague)
    request = ask(office, draft, units=[], people=[person])
    later = ON + timedelta(days=1)
    Appointment.objects.filter(person=person).update(valid=(date(2020, 1, 1), later))
    (asked,) = request.opinions.all()
    assert list(stages.opinions_for_me(office.head, on=later)) == [asked]
    assert opinions.answer_opinion(office.head, on=later, opinion_id=asked.pk, stance="agree").state == "agree"


def test_the_deadline_is_five_in_the_afternoon_of_a_working_day(office, draft):
    request = ask(office, draft, due_on=date(2027, 8, 21))  # thứ Bảy
    due = timezone.localtime(request.due_at)
    assert (due.date(), due.hour) == (date(2027, 8, 23), 17)


def test_every_objection_is_told_at_once(office):
    empty = office.draft(on=ON)
    with pytest.raises(Refused) as refusal:
        ask(office, empty, units=[], due_on=ON - timedelta(days=9))
    assert {r.code for r in refusal.value.reasons} == {"documents.nobody_asked", "documents.no_body", "documents.due_past"}
    with pytest.raises(Refused):
        ask(office, empty, units=[office.board, office.board])
    assert not Opinion.objects.exists()


def test_reminding_marks_those_who_have_not_answered_once_a_day(office, draft):
    request = ask(office, draft)
    answer(office.board_head, line(request, office.board))
    assert opinions.remind_opinions(office.specialist, on=ON, document_id=draft.pk) == 1
    with pytest.raises(Refused):
        opinions.remind_opinions(office.specialist, on=ON, document_id=draft.pk)
    assert (line(request, office.north).reminders, line(request, office.board).reminders) == (1, 0)


def test_closing_makes_silence_an_answer_and_ends_the_sight(office, draft):
    request = ask(office, draft)
    answer(office.board_head, line(request, office.board))
    opinions.close_opinions(office.specialist, on=ON, document_id=draft.pk)
    assert line(request, office.north).state == "none"
    assert not visible_to(office.north_head, on=ON).filter(pk=draft.pk).exists()
    assert visible_to(office.board_head, on=ON).filter(pk=draft.pk).exists()


def test_a_draft_being_discussed_does_not_go_to_the_clerk(office, draft):
    ask(office, draft)
    with pytest.raises(Refused) as refusal:
        verbs.send_to_issue(office.specialist, on=ON, document_id=draft.pk)
    assert refusal.value.code == "documents.opinions_open"
    assert stages.stages([draft], on=ON)[draft.pk].kind == "consulting"


def test_secret_drafts_are_never_sent_round(office):
    cleared = make_actor(office.office, Role.SPECIALIST, clearance=1)
    secret = office.draft(cleared, on=ON, secrecy=1)
    with pytest.raises(Refused) as refusal:
        opinions.ask_opinions(cleared, on=ON, document_id=secret.pk, units=[office.board], due_on=ON + timedelta(days=3))
    assert refusal.value.code == "documents.secret_content"
    assert not Opinion.objects.exists()


def test_who_may_not_see_the_draft_cannot_find_its_lines(office, draft):
    request = ask(office, draft, units=[office.board])
    with pytest.raises(NotFound):
        answer(office.north_head, line(request, office.board))
