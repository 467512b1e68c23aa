"""Ai thấy văn bản nào: bảng vai trò (org.rights), từng ô cho phép và từ chối."""

import pytest

from tinhgon.core.errors import Invalid, NotFound
from tinhgon.documents import services
from tinhgon.documents.access import abilities, document_for, ids_seen, rows_seen, visible_to
from tinhgon.documents.models import Document
from tinhgon.documents.tests.factories import TODAY, person_of
from tinhgon.org.models import Role
from tinhgon.org.tests.factories import make_actor
from tinhgon.search.selectors import search

EVERYONE = (
    "head", "clerk", "specialist", "colleague", "board_head", "secretary", "north_head", "north_clerk", "inspector",
    "administrator",
)  # fmt: skip


def seers(office, document: Document) -> set[str]:
    """Ba cách hỏi (cả tập, từng dòng, từng lý do) phải trả lời như nhau."""
    found = {name for name in EVERYONE if visible_to(getattr(office, name), on=TODAY).filter(pk=document.pk).exists()}
    assert found == {name for name in EVERYONE if rows_seen(getattr(office, name), on=TODAY).filter(pk=document.pk).exists()}
    assert found == {name for name in EVERYONE if document.pk in set(ids_seen(getattr(office, name), on=TODAY).values_list("pk", flat=True))}
    return found


def test_a_draft_is_seen_by_its_drafter_and_the_heads_of_the_unit(office):
    assert seers(office, office.draft()) == {"specialist", "head"}


def test_a_draft_sent_to_be_issued_is_seen_by_the_clerk_too(office):
    assert seers(office, office.sent()) == {"specialist", "head", "clerk"}


def test_a_draft_for_the_committee_reaches_the_clerk_who_keeps_the_committees_books(office):
    draft = office.sent(office.board_head, issuer_id=office.city)
    assert seers(office, draft) == {"board_head", "clerk"}


def test_an_issued_document_is_in_the_organs_register_and_nobody_elses(office):
    assert seers(office, office.issued()) == {"specialist", "head", "clerk"}


def test_what_is_issued_in_the_committees_name_is_seen_by_the_standing_committee(office):
    assert seers(office, office.issued(issuer_id=office.city)) == {"specialist", "head", "clerk", "secretary"}


def test_a_line_shows_the_document_to_the_heads_and_clerk_of_the_receiving_unit(office):
    document = office.incoming()
    services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.board, for_information=[office.north])
    assert seers(office, document) == {"head", "clerk", "board_head", "north_head", "north_clerk"}


def test_a_specialist_sees_only_the_lines_given_to_them(office):
    document = office.incoming(to=office.city)
    (line,) = services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.office)
    assert "specialist" not in seers(office, document)
    services.assign_line(office.head, on=TODAY, line_id=line.pk, person_id=person_of(office.specialist))
    assert seers(office, document) >= {"specialist"}
    assert "colleague" not in seers(office, document)


def test_a_recalled_line_no_longer_shows_the_document(office):
    document = office.incoming()
    (line,) = services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.board)
    services.recall_line(office.head, on=TODAY, line_id=line.pk)
    assert "board_head" not in seers(office, document)


def test_a_finished_line_is_kept_by_its_unit_which_still_sees_the_document(office):
    document = office.incoming()
    (line,) = services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.board)
    services.finish_line(office.board_head, on=TODAY, line_id=line.pk)
    assert "board_head" in seers(office, document)


def test_inspection_and_administrators_see_no_document(office):
    for document in (office.draft(), office.issued(), office.incoming()):
        assert not {"inspector", "administrator"} & seers(office, document)


def test_a_secret_document_is_seen_only_with_clearance_in_the_unit_that_holds_it(office):
    keeper = make_actor(office.office, Role.CLERK, clearance=2)
    elsewhere = make_actor(office.north, Role.CLERK, clearance=3)
    secret = office.incoming(keeper, secrecy=2)
    assert seers(office, secret) == set()
    assert visible_to(keeper, on=TODAY).filter(pk=secret.pk).exists()
    assert not visible_to(elsewhere, on=TODAY).filter(pk=secret.pk).exists()
    assert not visible_to(keeper, on=TODAY).filter(pk=office.incoming(make_actor(office.office, Role.CLERK, clearance=3), secrecy=3).pk).exists()


def test_clearance_counts_for_lines_too(office):
    keeper = make_actor(office.office, Role.OFFICE_HEAD, clearance=1)
    secret = office.incoming(make_actor(office.office, Role.CLERK, clearance=1), secrecy=1)
    cleared = make_actor(office.board, Role.UNIT_HEAD, clearance=1)
    services.route(keeper, on=TODAY, document_id=secret.pk, lead_id=office.board)
    assert visible_to(cleared, on=TODAY).filter(pk=secret.pk).exists()
    assert seers(office, secret) == set()


def test_who_may_not_see_secrets_may_not_write_them(office):
    with pytest.raises(Invalid) as refusal:
        office.incoming(secrecy=1)
    assert refusal.value.code == "documents.not_cleared"
    assert not Document.objects.exists()


def test_what_may_not_be_seen_does_not_exist(office):
    draft = office.draft()
    with pytest.raises(NotFound) as hidden:
        document_for(office.north_head, draft.pk, on=TODAY)
    with pytest.raises(NotFound) as absent:
        document_for(office.north_head, 10**9, on=TODAY)
    assert str(hidden.value) == str(absent.value)


def test_search_finds_only_what_may_be_seen_and_without_marks_too(office):
    issued = office.issued(summary="Quyết định về chuyển đổi số")
    for typed in ("chuyen doi so", "Chuyển đổi số"):
        assert [hit.id for hit in search(office.head, on=TODAY, text=typed, kinds=["document"]).hits] == [issued.pk]
        assert not search(office.north_head, on=TODAY, text=typed, kinds=["document"]).hits


def test_the_buttons_shown_are_the_verbs_allowed(office):
    draft = office.draft()
    assert abilities(office.specialist, draft, on=TODAY) == {"edit", "attach", "send_to_issue", "drop"}
    assert abilities(office.clerk, draft, on=TODAY) == {"issue"}
    registered = office.incoming()
    assert abilities(office.head, registered, on=TODAY) == {"route", "complete"}
    assert abilities(office.clerk, registered, on=TODAY) == {"attach_copy", "void", "complete", "copy"}
    assert abilities(office.north_head, registered, on=TODAY) == frozenset()
