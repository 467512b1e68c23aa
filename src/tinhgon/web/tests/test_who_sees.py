"""Trang "ai thấy được, vì sao" nói đúng như bộ lọc quyền: không thiếu ai, không thừa ai."""

from datetime import date

import pytest

from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.documents import services as documents
from tinhgon.documents.access import visible_to as visible_documents
from tinhgon.documents.selectors.who import who_sees as who_sees_document
from tinhgon.documents.tests.factories import TODAY, Office, person_of
from tinhgon.org.models import Person, Role
from tinhgon.org.services.standing_in import stand_in
from tinhgon.org.tests.factories import make_actor
from tinhgon.tasks import services as tasks
from tinhgon.tasks.access import visible_to as visible_tasks
from tinhgon.tasks.selectors.who import who_sees as who_sees_task
from tinhgon.tasks.tests.factories import assigned
from tinhgon.web.templatetags.tinhgon import history


def everyone() -> dict[int, Actor]:
    return {person.pk: Actor(person.user_id) for person in Person.objects.filter(user__isnull=False)}


def truth(visible_to, item: int, on: date = TODAY) -> set[int]:
    return {person for person, actor in everyone().items() if visible_to(actor, on=on).filter(pk=item).exists()}


def said(sights) -> set[int]:
    people = set(everyone())
    return {sight.person_id for sight in sights if sight.person_id in people}


@pytest.mark.parametrize("make", ["draft", "sent", "issued", "incoming"])
def test_the_page_names_exactly_those_who_see_a_document(office: Office, make: str) -> None:
    document = getattr(office, make)()
    asker = office.specialist if make in ("draft", "sent") else office.head
    assert said(who_sees_document(asker, document.pk, on=TODAY)) == truth(visible_documents, document.pk)


def test_a_routed_document_names_receivers_and_the_person_in_charge(office: Office) -> None:
    document = office.incoming()
    lines = documents.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.board, for_information=[office.north])
    documents.accept_line(office.board_head, on=TODAY, line_id=lines[0].pk)
    documents.assign_line(office.board_head, on=TODAY, line_id=lines[0].pk, person_id=person_of(office.board_head))
    assert said(who_sees_document(office.head, document.pk, on=TODAY)) == truth(visible_documents, document.pk)


def test_the_page_names_exactly_those_who_see_a_task(office: Office) -> None:
    task = assigned(office)
    assert said(who_sees_task(office.head, task.pk, on=TODAY)) == truth(visible_tasks, task.pk)
    tasks.accept(office.board_head, on=TODAY, task_id=task.pk)
    tasks.assign_person(office.board_head, on=TODAY, task_id=task.pk, person_id=person_of(office.board_head))
    assert said(who_sees_task(office.head, task.pk, on=TODAY)) == truth(visible_tasks, task.pk)


@pytest.mark.parametrize("covers", ["all", "documents", "tasks", "signing"])
def test_a_stand_in_is_named_as_one_who_sees_what_the_absent_sees_and_nothing_else(office: Office, covers: str) -> None:
    draft, task = office.draft(), assigned(office)
    incoming = office.incoming(make_actor(office.office, Role.CLERK, clearance=1), secrecy=1)
    secret_head = make_actor(office.office, Role.OFFICE_HEAD, clearance=1)
    for away, deputy in ((office.head, office.colleague), (office.specialist, office.inspector), (secret_head, office.clerk)):
        stand_in(
            away, on=TODAY, appointment_id=away.appointment_id, person_id=person_of(deputy), first_day=TODAY, last_day=TODAY,
            reason="Họp xa", covers=covers,
        )  # fmt: skip
    for document in (draft, incoming):
        assert said(who_sees_document(SYSTEM, document.pk, on=TODAY)) == truth(visible_documents, document.pk)
    assert said(who_sees_task(SYSTEM, task.pk, on=TODAY)) == truth(visible_tasks, task.pk)


def test_what_a_stand_in_does_is_signed_with_both_names(office: Office, client) -> None:
    stand_in(
        office.head, on=TODAY, appointment_id=office.head.appointment_id, person_id=person_of(office.colleague), first_day=TODAY,
        last_day=TODAY, reason="Họp xa",
    )  # fmt: skip
    document = office.incoming()
    documents.route(Actor(office.colleague.user_id, office.head.appointment_id), on=TODAY, document_id=document.pk, lead_id=office.board)
    (_entry, _sentence, principal), *_rest = history({}, "document", document.pk)
    assert principal == "Lê Văn Chánh"
    assert _rest[-1][2] == ""
