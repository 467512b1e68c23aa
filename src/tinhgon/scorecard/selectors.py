"""Công thức đang áp dụng một ngày, và phép đo: con số × công thức = kết quả. Cơ cấu và kỳ là đối số."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine.criteria.compare import Missing, Reading, Result, compute
from tinhgon.engine.criteria.measures import Change, Criterion, Measure, changes, measure_from
from tinhgon.org import figures
from tinhgon.org.figures import Absent, Period, Structure, Value
from tinhgon.scorecard.models import MeasureSet


@dataclass(frozen=True, slots=True)
class Measures:
    """Mọi thước đo ở một phiên bản, theo thứ tự sáu tiêu chí."""

    number: int
    since: date
    measures: tuple[Measure, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        """Mã các con số mà các công thức dùng."""
        return tuple(dict.fromkeys(code for one in self.measures for code in one.formula.figures))

    def of(self, criterion: Criterion) -> tuple[Measure, ...]:
        return tuple(one for one in self.measures if one.criterion == criterion)

    def measure(self, code: str) -> Measure | None:
        return next((one for one in self.measures if one.code == code), None)


def measures_on(on: date) -> Measures:
    """Phiên bản áp dụng ngày ``on``: bản mới nhất đã tới ngày; ngày trước mọi bản thì bản đầu."""
    rows = list(MeasureSet.objects.order_by("-number").values_list("pk", "since", "made_at"))
    chosen = next((row for row in rows if row[1] <= on), rows[-1] if rows else None)
    if chosen is None:
        raise _no_such_version()
    return _at(chosen[0], chosen[2])


def version(number: int) -> Measures:
    """Một phiên bản theo số."""
    found = MeasureSet.objects.filter(number=number).values_list("pk", "made_at").first()
    if found is None:
        raise _no_such_version()
    return _at(*found)


def history() -> list[MeasureSet]:
    """Các phiên bản, mới trước, chưa đọc nội dung."""
    return list(MeasureSet.objects.select_related("author").defer("measures"))


def changes_in(number: int) -> tuple[Change, ...]:
    """Phiên bản này khác phiên bản trước ở đâu; bản đầu thì không có gì để so."""
    return changes(version(number - 1).measures, version(number).measures) if number > 1 else ()


@lru_cache(maxsize=64)
def _at(pk: int, made_at: datetime) -> Measures:
    """Phiên bản đã ghi không bao giờ đổi, nên giữ lại được; ``made_at`` phân biệt hai cơ sở dữ liệu trùng mã."""
    row = MeasureSet.objects.get(pk=pk, made_at=made_at)
    order = list(Criterion)
    listed = sorted((measure_from(one) for one in row.measures), key=lambda one: order.index(one.criterion))
    return Measures(row.number, row.since, tuple(listed))


def _no_such_version() -> NotFound:
    return NotFound(Reason("scorecard.no_version", _("Không có phiên bản công thức này.")))


def measured(measures: Measures, structure: Structure, period: Period) -> tuple[dict[str, Value], list[Result]]:
    """Con số của cả cơ cấu trong kỳ, và kết quả của từng thước đo."""
    found = figures.total(measures.figures, structure, period)
    return found, results(measures, found)


def results(measures: Measures, found: Mapping[str, Value]) -> list[Result]:
    """Kết quả từ các con số đã có: đo thật hay dự kiến của một phương án."""
    readings = {code: _reading(found.get(code)) for code in measures.figures}
    return [compute(measure, readings) for measure in measures.measures]


def _reading(value: Value | None) -> Reading:
    if value is None:
        return Missing(_("Không còn ứng dụng nào đếm con số này."))
    return Missing(value.reason) if isinstance(value, Absent) else value
