"""Cấp số: theo tên loại và nhiệm kỳ, lúc ban hành, không đứt quãng (HD 36-HD/VPTW mục 1.3.1)."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid, Refused
from tinhgon.documents import selectors, services
from tinhgon.documents.models import Document, NumberSeries
from tinhgon.documents.tests.factories import TODAY, Office, document_type
from tinhgon.org.models import Role, Term, UnitVersion
from tinhgon.org.services import structure
from tinhgon.org.tests.factories import make_actor


def test_a_draft_has_no_number_and_the_first_issued_is_01(office):
    draft = office.sent()
    assert (draft.number, draft.symbol) == (None, "")
    assert services.issue(office.clerk, on=TODAY, document_id=draft.pk).symbol == "01-CV/VPTU"


def test_numbers_run_per_type_so_decisions_and_regulations_share_letters_not_books(office):
    decision = office.issued(type_id=document_type("quyet-dinh").pk)
    regulation = office.issued(type_id=document_type("quy-dinh").pk)
    assert (decision.symbol, regulation.symbol) == ("01-QĐ/VPTU", "01-QĐ/VPTU")
    assert decision.series_id != regulation.series_id


def test_a_new_year_goes_on_and_a_new_term_starts_at_01(office):
    office.issued(on=date(2025, 12, 31))
    assert office.issued(on=date(2026, 1, 2)).symbol == "02-CV/VPTU"
    office.end_term(on=date(2026, 3, 1))
    Term.objects.create(unit_id=office.city, name="Nhiệm kỳ XII", valid=(date(2026, 3, 1), None))
    assert office.issued(on=date(2026, 3, 2)).symbol == "01-CV/VPTU"


def test_the_committee_and_its_office_have_their_own_symbols_and_books(office):
    assert office.issued(issuer_id=office.city).symbol == "01-CV/TU"
    assert office.issued().symbol == "01-CV/VPTU"


def test_a_room_has_no_book_so_its_organ_issues(office):
    draft = office.draft(office.head, holder_id=office.room)
    issued = services.issue(office.clerk, on=TODAY, document_id=services.send_to_issue(office.head, on=TODAY, document_id=draft.pk).pk)
    assert (issued.issuer_id, issued.symbol) == (office.office, "01-CV/VPTU")


def test_secret_documents_number_in_a_book_of_their_own(office):
    office.issued()
    cleared = make_actor(office.office, Role.CLERK, clearance=2)
    secret = services.issue(cleared, on=TODAY, document_id=office.sent(cleared, secrecy=1).pk)
    assert (secret.number, secret.series.is_secret) == (1, True)
    assert [r.series.is_secret for r in selectors.registers(office.clerk, on=TODAY)] == [False]
    assert {r.series.is_secret for r in selectors.registers(cleared, on=TODAY)} == {False, True}


def test_only_the_clerk_of_the_organ_issues(office):
    ready = office.sent()
    for actor in (office.specialist, office.head):
        with pytest.raises(Forbidden):
            services.issue(actor, on=TODAY, document_id=ready.pk)
    with pytest.raises(Forbidden):
        services.issue(office.clerk, on=TODAY, document_id=ready.pk, issuer_id=office.north)
    assert Document.objects.get(pk=ready.pk).state == Document.State.READY
    assert not NumberSeries.objects.filter(last_number__gt=0).exists()


def test_issuing_names_every_obstacle_at_once_and_changes_nothing(office):
    office.end_term(on=date(2025, 6, 1))
    UnitVersion.objects.filter(unit=office.office).update(symbol="")
    ready = office.sent(type_id=document_type("thu-cong").pk, signer_name="")
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        services.issue(office.clerk, on=TODAY, document_id=ready.pk)
    codes = {reason.code for reason in refusal.value.reasons}
    assert codes == {"documents.type_without_number", "documents.missing", "documents.no_symbol", "documents.no_term"}
    assert Document.objects.get(pk=ready.pk).number is None
    assert Entry.objects.count() == before


def test_no_document_is_issued_in_the_name_of_a_closed_unit(office):
    ready = office.sent(office.head, issuer_id=office.city)
    structure.close_units([office.city], on=date(2025, 7, 1))
    with pytest.raises((Refused, Forbidden)) as refusal:
        services.issue(office.clerk, on=date(2025, 7, 2), document_id=ready.pk)
    assert refusal.value.code == "documents.unit_closed"
    assert Document.objects.get(pk=ready.pk).number is None


def test_a_closed_book_never_draws_again_even_for_the_day_before(office):
    series = office.issued().series
    NumberSeries.objects.filter(pk=series.pk).update(closed_on=date(2025, 7, 1))
    ready = office.sent()
    with pytest.raises(Refused) as refusal:
        services.issue(office.clerk, on=TODAY, document_id=ready.pk)
    assert refusal.value.code == "documents.series_closed"
    assert NumberSeries.objects.get(pk=series.pk).last_number == 1


def test_a_voided_number_stays_in_the_book_with_its_reason_and_is_not_used_again(office):
    first = office.issued()
    services.void(office.clerk, on=TODAY, document_id=first.pk, reason="In nhầm ngày")
    assert office.issued().number == 2
    (gap,) = selectors.gaps(office.clerk, first.series_id, on=TODAY)
    assert (gap.number, gap.reason) == (1, "In nhầm ngày")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.sets(st.integers(1, 7)), imported_to=st.integers(0, 7))
def test_every_number_nobody_bears_is_told_and_no_other(office: Office, taken, imported_to):
    first, *_others = (office.issued() for _n in range(7))
    series, start = first.series, first.number - 1
    NumberSeries.objects.filter(pk=series.pk).update(imported_to=start + imported_to)
    series.documents.filter(number__in={start + number for number in taken}).update(series=None)
    told = [gap.number - start for gap in selectors.gaps(office.clerk, series.pk, on=TODAY) if gap.kind == "missing" and gap.number > start]
    assert told == sorted(number for number in taken if number > imported_to)


def test_voiding_needs_a_reason(office):
    first = office.issued()
    with pytest.raises(Invalid):
        services.void(office.clerk, on=TODAY, document_id=first.pk, reason="  ")
    first.refresh_from_db()
    assert first.state == Document.State.REGISTERED


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["issue", "void", "refused", "other"]), min_size=1, max_size=8))
def test_whatever_the_order_of_issuing_and_voiding_the_book_has_no_gap(office: Office, steps):
    for step in steps:
        if step == "refused":
            with pytest.raises(Refused):
                services.issue(office.clerk, on=TODAY, document_id=office.sent(signer_name="").pk)
            continue
        issued = office.issued(type_id=document_type("bao-cao" if step == "other" else "cong-van").pk)
        if step == "void":
            services.void(office.clerk, on=TODAY, document_id=issued.pk, reason="Nhầm")
    for series in NumberSeries.objects.all():
        numbers = sorted(series.documents.values_list("number", flat=True))
        assert numbers == list(range(1, series.last_number + 1))
