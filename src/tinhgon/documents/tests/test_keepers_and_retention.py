"""Giao người lập hồ sơ; thời hạn bảo quản thêm và thôi dùng có ngày."""

from datetime import date, timedelta

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents.models import Dossier, RetentionPeriod
from tinhgon.documents.selectors.dossiers import all_periods, retention_periods
from tinhgon.documents.services import dossiers, retention
from tinhgon.documents.tests.factories import TODAY, person_of

pytestmark = pytest.mark.django_db

LAW = "Bảng thời hạn bảo quản 2025"


@pytest.fixture
def dossier(office):
    period = RetentionPeriod.objects.get(code="10-nam")
    return dossiers.open_dossier(office.specialist, on=TODAY, title="Hồ sơ hội nghị", retention_id=period.pk)


def given(actor, dossier, person):
    return dossiers.name_keeper(actor, on=TODAY, dossier_id=dossier.pk, person_id=person)


@pytest.mark.parametrize("who", ["specialist", "head"])
def test_the_keeper_or_the_head_gives_the_dossier_to_a_colleague(office, dossier, who):
    assert given(getattr(office, who), dossier, person_of(office.colleague)).keeper_id == person_of(office.colleague)
    assert Entry.objects.filter(code="documents.dossier_keeper_named").get().before == {"keeper": person_of(office.specialist)}
    dossiers.edit_dossier(office.colleague, on=TODAY, dossier_id=dossier.pk, changes={"title": "Hồ sơ của tôi"})


@pytest.mark.parametrize("who", ["board_head", "north_clerk", "colleague", "administrator"])
def test_nobody_else_gives_it(office, dossier, who):
    with pytest.raises((Forbidden, NotFound)):
        given(getattr(office, who), dossier, person_of(office.colleague))
    dossier.refresh_from_db()
    assert dossier.keeper_id == person_of(office.specialist)


def test_it_is_given_only_to_somebody_of_the_unit_and_not_to_oneself(office, dossier):
    for actor in (office.board_head, office.north_head, office.specialist):
        with pytest.raises(Invalid) as refused:
            given(office.head, dossier, person_of(actor))
        assert [reason.field for reason in refused.value.reasons] == ["person"]
    assert not Entry.objects.filter(code="documents.dossier_keeper_named").exists()


def test_a_dossier_already_in_the_archive_keeps_its_keeper(office, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(state="archived", closed_on=TODAY)
    with pytest.raises(Refused):
        given(office.head, dossier, person_of(office.colleague))


def added(actor, **changed):
    values = {"name": "30 năm", "years": 30, "since": TODAY, "source": LAW}
    return retention.add_period(actor, on=TODAY, **(values | changed))


def test_a_period_is_chosen_from_its_first_day_to_the_day_before_its_end(office):
    period = added(office.head, since=TODAY + timedelta(days=1))
    ended = retention.end_period(office.head, on=TODAY, period_id=period.pk, until=TODAY + timedelta(days=3), reason="Thay bảng mới")
    days = [TODAY + timedelta(days=n) for n in range(4)]
    assert [ended in retention_periods(on=day) for day in days] == [False, True, True, False]
    assert ended in all_periods()
    assert Entry.objects.filter(code__startswith="documents.retention_").count() == 2


def test_a_dossier_keeps_the_period_it_chose(office, dossier):
    retention.end_period(office.head, on=TODAY, period_id=dossier.retention_id, until=TODAY, reason="Thay bảng mới")
    dossier.refresh_from_db()
    assert dossier.retention.name == "10 năm"
    assert next(one for one in all_periods() if one.pk == dossier.retention_id).used == 1
    with pytest.raises(Invalid):
        dossiers.open_dossier(office.specialist, on=TODAY, title="Hồ sơ mới", retention_id=dossier.retention_id)


@pytest.mark.parametrize(
    ("changed", "field"), [({"name": " "}, "name"), ({"source": ""}, "source"), ({"years": 0}, "years"), ({"name": "10 năm"}, "name")]
)
def test_a_wrong_period_is_refused(office, changed, field):
    before = RetentionPeriod.objects.count()
    with pytest.raises(Invalid) as refused:
        added(office.head, **changed)
    assert field in {reason.field for reason in refused.value.reasons}
    assert RetentionPeriod.objects.count() == before


def test_an_end_needs_a_reason_and_a_later_day_and_comes_once(office):
    period = added(office.head)
    for until, reason in ((TODAY, "Bỏ"), (TODAY + timedelta(days=9), " ")):
        with pytest.raises(Invalid):
            retention.end_period(office.head, on=TODAY, period_id=period.pk, until=until, reason=reason)
    with pytest.raises(NotFound):
        retention.end_period(office.head, on=TODAY, period_id=10**9, until=date(2030, 1, 1), reason="Bỏ")
    period.refresh_from_db()
    assert period.valid_until is None


@pytest.mark.parametrize("who", ["clerk", "specialist", "secretary", "north_head", "administrator"])
def test_only_the_office_of_the_highest_committee_keeps_the_periods(office, who):
    with pytest.raises(Forbidden):
        added(getattr(office, who))
