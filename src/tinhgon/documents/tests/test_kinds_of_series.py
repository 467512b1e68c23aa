"""Các sổ khác sổ thường: chèn số, bản sao, đại hội (HD 36-HD/VPTW mục 1.3.1; domain §1.3, §1.6)."""

from datetime import date, timedelta

import pytest

from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import selectors, services
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import CopyKind, Document, NumberSeries
from tinhgon.documents.services import congresses, copying, issuing
from tinhgon.documents.tests.factories import TODAY, document_type
from tinhgon.org.models import Role
from tinhgon.org.tests.factories import make_actor

LATER = TODAY + timedelta(days=5)


def late(office, **extra):
    values = {"document_id": office.sent().pk, "after": 1, "dated": TODAY, "reason": "Sót khi vào sổ"}
    return issuing.insert_late(office.clerk, on=LATER, **(values | extra))


def test_a_late_number_carries_a_letter_its_reason_and_the_day_between_its_neighbours(office):
    office.issued()
    office.issued(on=LATER)
    inserted = late(office, dated=TODAY + timedelta(days=2))
    assert (inserted.symbol, inserted.late_reason, inserted.issued_on) == ("01a-CV/VPTU", "Sót khi vào sổ", TODAY + timedelta(days=2))
    assert late(office, dated=TODAY + timedelta(days=3)).symbol == "01b-CV/VPTU"
    assert NumberSeries.objects.get().last_number == 2
    days = [d.issued_on for d in selectors.entries(office.clerk, inserted.series_id, on=LATER)]
    assert days == sorted(days)
    flagged = [(g.number, g.suffix, g.kind) for g in selectors.gaps(office.clerk, inserted.series_id, on=LATER)]
    assert flagged == [(1, "a", "late"), (1, "b", "late")]


@pytest.mark.parametrize(("extra", "code"), [
    ({"after": 9}, "documents.no_such_number"),
    ({"dated": TODAY - timedelta(days=1)}, "documents.late_out_of_order"),
    ({"dated": LATER + timedelta(days=1)}, "documents.dated_later"),
    ({"reason": "  "}, "documents.missing"),
])  # fmt: skip
def test_a_late_number_out_of_order_or_without_reason_is_refused(office, extra, code):
    office.issued()
    with pytest.raises((Refused, Invalid)) as refusal:
        late(office, **extra)
    assert refusal.value.code == code
    assert Document.objects.filter(number__isnull=False).count() == 1


def test_nothing_is_inserted_into_a_closed_book(office):
    series = office.issued().series
    NumberSeries.objects.filter(pk=series.pk).update(closed_on=LATER)
    with pytest.raises(Refused) as refusal:
        late(office)
    assert refusal.value.code == "documents.series_closed"


def test_copies_of_every_type_share_one_book_and_keep_the_link_to_the_original(office):
    plan = office.issued(type_id=document_type("ke-hoach").pk)
    received = office.incoming()
    first = copying.copy(office.clerk, on=TODAY, document_id=plan.pk, kind=CopyKind.FULL, signer_name="Lê Văn Chánh")
    second = copying.copy(office.clerk, on=TODAY, document_id=received.pk, kind=CopyKind.AGAIN, signer_name="Lê Văn Chánh")
    assert [first.symbol, second.symbol] == ["01-BS/VPTU", "02-BS/VPTU"]
    assert (first.series_id, first.series.kind) == (second.series_id, NumberSeries.Kind.COPIES)
    assert (second.copy_of_id, second.summary, second.type_id) == (received.pk, received.summary, received.type_id)
    assert plan.number == 1


def test_an_extract_says_what_it_extracts_and_only_a_clerk_copies(office):
    original = office.issued()
    with pytest.raises(Invalid) as refusal:
        copying.copy(office.clerk, on=TODAY, document_id=original.pk, kind=CopyKind.EXTRACT, signer_name="")
    assert {reason.field for reason in refusal.value.reasons} == {"extract", "signer_name"}
    with pytest.raises(Forbidden):
        copying.copy(office.head, on=TODAY, document_id=original.pk, kind=CopyKind.FULL, signer_name="Lê Văn Chánh")
    with pytest.raises(NotFound):
        copying.copy(office.north_clerk, on=TODAY, document_id=original.pk, kind=CopyKind.FULL, signer_name="Lê Văn Chánh")
    assert not NumberSeries.objects.filter(kind=NumberSeries.Kind.COPIES).exists()


def test_a_secret_original_is_copied_in_the_secret_book_without_content(office):
    cleared = make_actor(office.office, Role.CLERK, clearance=2)
    secret = office.incoming(cleared, secrecy=1)
    made = copying.copy(cleared, on=TODAY, document_id=secret.pk, kind=CopyKind.FULL, signer_name="Lê Văn Chánh")
    assert (made.series.is_secret, made.secrecy, made.content) == (True, 1, "")
    assert not visible_to(office.clerk, on=TODAY).filter(pk=made.pk).exists()


def test_a_congress_numbers_all_types_in_one_book_from_opening_to_closing(office):
    opens, closes = TODAY, TODAY + timedelta(days=2)
    congresses.open_congress(office.clerk, on=TODAY, unit_id=office.city, name="Đại hội lần thứ XII", opens_on=opens, closes_on=closes)

    def issue(code: str, day: date) -> Document:
        draft = office.sent(type_id=document_type(code).pk, issuer_id=office.city, on=day)
        return services.issue(office.clerk, on=day, document_id=draft.pk, congress=True)

    assert [issue(code, closes).symbol for code in ("nghi-quyet", "bao-cao", "bien-ban")] == ["01-NQ/ĐH", "02-BC/ĐH", "03-BB/ĐH"]
    assert office.issued(issuer_id=office.city).symbol == "01-CV/TU"
    with pytest.raises(Refused) as refusal:
        issue("nghi-quyet", closes + timedelta(days=1))
    assert refusal.value.code == "documents.no_congress"


def test_congresses_of_one_committee_do_not_overlap_and_only_a_committee_has_one(office):
    week = {"name": "Đại hội", "opens_on": TODAY, "closes_on": LATER}
    held = congresses.open_congress(office.clerk, on=TODAY, unit_id=office.city, **week)
    with pytest.raises(Invalid) as refusal:
        congresses.open_congress(office.clerk, on=TODAY, unit_id=office.city, **week)
    assert refusal.value.code == "documents.congress_overlaps"
    with pytest.raises(Invalid) as refusal:
        congresses.open_congress(office.clerk, on=TODAY, unit_id=office.office, **week)
    assert refusal.value.code == "documents.not_a_committee"
    with pytest.raises(Forbidden):
        congresses.open_congress(office.north_clerk, on=TODAY, unit_id=office.city, **week)
    draft = office.sent(issuer_id=office.city, on=LATER)
    services.issue(office.clerk, on=LATER, document_id=draft.pk, congress=True)
    with pytest.raises(Refused):
        congresses.change_closing(office.clerk, on=LATER, congress_id=held.pk, closes_on=TODAY)
    assert congresses.change_closing(office.clerk, on=LATER, congress_id=held.pk, closes_on=LATER + timedelta(days=1)).closes_on > LATER
