"""Tiêu đề cột, kỳ, mức viết kiểu nào của cơ quan cũng nhận ra; hai cột không bao giờ nhận cùng một tiêu đề."""

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.vietnamese import fold
from tinhgon.personnel.models import GradingRound
from tinhgon.personnel.periods import period_name
from tinhgon.personnel.services.importing.gradings import _period
from tinhgon.personnel.services.importing.reading import _headers
from tinhgon.personnel.workbook import MATTERS, Matter

matters = st.sampled_from(list(MATTERS.values()))
dressings = st.sampled_from([str, str.upper, str.title, fold, "{} *".format, " {} ".format, "{} (bắt buộc)".format, "{}:".format])


@given(matters, st.data())
def test_any_spelling_of_any_subset_of_columns_is_recognised(matter: Matter, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(matter.columns), unique=True, min_size=1))
    headers = {column.key: data.draw(dressings)(column.header) for column in chosen}
    order = data.draw(st.permutations(list(headers.values())))
    found, strangers = _headers(matter, tuple(order))
    assert strangers == []
    assert found == {column.key: headers[column.key] for column in chosen if not column.is_shown_only}


@given(matters, st.data())
def test_one_header_never_serves_two_columns(matter: Matter, data: st.DataObject) -> None:
    names = sorted({name for column in matter.columns for name in (column.header, *column.aliases)})
    found, _strangers = _headers(matter, tuple(data.draw(st.lists(st.sampled_from(names), unique=True))))
    assert len(set(found.values())) == len(found)


@given(st.integers(2000, 2100), st.integers(0, 4), st.sampled_from([str, str.upper, fold]))
def test_a_period_reads_back_as_it_is_written(year: int, quarter: int, dress) -> None:
    assert _period(dress(period_name(GradingRound(year=year, quarter=quarter)))) == (year, quarter)


@given(st.integers(1, 4), st.integers(2000, 2100))
def test_a_quarter_in_roman_is_the_same_quarter(quarter: int, year: int) -> None:
    assert _period(f"Quý {['I', 'II', 'III', 'IV'][quarter - 1]} năm {year}") == (year, quarter)
