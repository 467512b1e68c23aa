"""Công thức: bản đi kèm đúng hình, mỗi lần sửa một phiên bản, bản cũ còn nguyên, ai được sửa, sai ô nào thì nói ô ấy."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tinhgon.audit.models import Entry
from tinhgon.audit.registry import sentence
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Forbidden, Invalid, NotFound
from tinhgon.documents.tests.factories import Office
from tinhgon.engine.criteria.compare import Missing
from tinhgon.engine.criteria.measures import Criterion
from tinhgon.org import figures
from tinhgon.org.figures import Structure, year_until
from tinhgon.scorecard import selectors, services
from tinhgon.scorecard.measure_data import shipped
from tinhgon.scorecard.models import MeasureSet

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2025, 7, 1), date(2025, 7, 2)
NEW = {
    "code": "ghe-trong", "criterion": "gon", "name": "Ghế trống", "formula": "org.seats - org.staff", "unit": "ghế", "better": "less", "decimals": 0,
    "sentence": "[trước] ghế trống [còn] [sau]", "basis": "Ghế không có người thì bỏ được",
}  # fmt: skip


@pytest.fixture
def office():
    return Office()


def revise(actor, code="don-vi", reason="Theo góp ý", on=DAY, **changes):
    return services.revise_measure(actor, on=on, code=code, changes=changes, reason=reason)


class TestShipped:
    def test_every_criterion_has_a_formula_on_figures_somebody_counts(self):
        found = selectors.measures_on(DAY)
        assert found.number == 1
        assert {one.criterion for one in found.measures} == set(Criterion)
        assert set(found.figures) <= set(figures.all_figures())

    def test_codes_are_not_repeated(self):
        codes = [row["code"] for row in shipped()["measures"]]
        assert len(codes) == len(set(codes))

    def test_a_small_office_is_measured_and_what_cannot_be_is_not_a_zero(self, office):
        found = selectors.measures_on(DAY)
        counted, results = selectors.measured(found, Structure(((office.office, 0), (office.board, 0))), year_until(DAY))
        by_code = {one.measure.code: one for one in results}
        assert by_code["don-vi"].value == 2
        assert by_code["truc-tiep"].value == by_code["truc-tiep"].measure.formula.value(counted)
        assert by_code["lan-dau"].value is None
        assert by_code["lan-dau"].zero is not None
        assert isinstance(by_code["so-ngay"].used["documents.median_days"], Missing)


class TestVersions:
    def test_a_change_is_a_new_version_from_its_day_and_the_old_one_still_measures_older_days(self, office):
        revise(office.head, name="Số đơn vị", on=DAY)
        assert selectors.measures_on(date(2025, 6, 30)).measure("don-vi").name == "Đơn vị"
        assert selectors.measures_on(DAY).measure("don-vi").name == "Số đơn vị"
        assert [(one.code, one.field, one.before, one.after) for one in selectors.changes_in(2)] == [("don-vi", "name", "Đơn vị", "Số đơn vị")]
        assert selectors.changes_in(1) == ()

    def test_two_changes_on_a_day_the_last_one_counts(self, office):
        revise(office.head, name="Một")
        revise(office.head, name="Hai")
        assert selectors.measures_on(DAY).measure("don-vi").name == "Hai"

    def test_days_before_the_first_version_use_the_first(self):
        assert selectors.measures_on(date(2019, 1, 1)).number == 1

    def test_who_changed_what_and_why_is_in_the_diary(self, office):
        revise(office.head, formula="org.units + 0")
        told = sentence(Entry.objects.get(code="scorecard.measure_revised"))
        assert told == "Sửa thước đo “Đơn vị” thành phiên bản 2: org.units + 0. Lý do: Theo góp ý"
        assert selectors.history()[0].author.full_name == "Lê Văn Chánh"

    @pytest.mark.parametrize("sql", ["UPDATE scorecard_measure_set SET reason = 'x'", "DELETE FROM scorecard_measure_set"])
    def test_a_written_version_cannot_be_changed_even_by_sql(self, sql):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_a_measure_is_added_and_taken_away(self, office):
        services.add_measure(office.head, on=DAY, values=NEW, reason="Cần biết ghế trống")
        assert [one.code for one in selectors.measures_on(DAY).of(Criterion.LEAN)][-1] == "ghe-trong"
        services.remove_measure(office.head, on=NEXT, code="ghe-trong", reason="Trùng")
        assert selectors.measures_on(NEXT).measure("ghe-trong") is None
        assert selectors.measures_on(DAY).measure("ghe-trong") is not None

    def test_a_version_there_is_not(self):
        with pytest.raises(NotFound):
            selectors.version(9)


class TestRefused:
    @pytest.mark.parametrize("who", ["specialist", "clerk", "secretary", "north_head", "administrator", "inspector"])
    def test_only_the_office_of_the_highest_committee_may_change_a_formula(self, office, who):
        with pytest.raises(Forbidden):
            revise(getattr(office, who), name="Của tôi")
        assert MeasureSet.objects.count() == 1

    @pytest.mark.parametrize(("changes", "field", "said"), [
        ({"formula": "org.units *"}, "formula", "viết chưa xong"), ({"formula": "org.khong + 1"}, "formula", "org.khong"),
        ({"formula": "__import__('os')"}, "formula", "không dùng được"), ({"formula": "5"}, "formula", "ít nhất một con số"),
        ({"formula": "1+" * 200 + "org.units"}, "formula", "300"), ({"name": ""}, "name", "không để trống"), ({"sentence": "còn [sau]"}, "sentence", "[trước]"),
        ({"better": "x"}, "better", "không có"), ({"decimals": 7}, "decimals", "0 đến 3"), ({"name": "Đơn vị"}, "", "Chưa đổi"),
    ])  # fmt: skip
    def test_the_wrong_box_is_named_and_nothing_is_written(self, office, changes, field, said):
        with pytest.raises(Invalid) as refused:
            revise(office.head, **changes)
        assert refused.value.reasons[0].field == field
        assert said in str(refused.value)
        assert MeasureSet.objects.count() == 1

    def test_a_missing_reason_is_said_with_the_rest(self, office):
        with pytest.raises(Invalid) as refused:
            revise(office.head, reason=" ", formula="")
        assert {one.field for one in refused.value.reasons} == {"reason", "formula"}

    def test_a_code_is_used_once(self, office):
        with pytest.raises(Invalid):
            services.add_measure(office.head, on=DAY, values=NEW | {"code": "don-vi"}, reason="x")

    def test_a_criterion_keeps_a_measure(self, office):
        for code in ("thanh-thao", "biet-nhieu-viec"):
            wanted = pytest.raises(Invalid) if code == "biet-nhieu-viec" else transaction.atomic()
            with wanted:
                services.remove_measure(office.head, on=DAY, code=code, reason="Bỏ")
        assert MeasureSet.objects.count() == 2

    def test_a_measure_there_is_not(self):
        with pytest.raises(NotFound):
            revise(SYSTEM, code="khong-co", name="x")
