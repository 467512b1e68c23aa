"""Con số và kết quả của hiện nay và của từng phương án, trên cùng một vùng; hơn kém so với cột được chọn làm gốc."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason
from tinhgon.engine.criteria.compare import Difference, Result, differences
from tinhgon.org import figures
from tinhgon.org.figures import STAFF, Absent, Foreseen, Period, Value, year_until
from tinhgon.reorg import access
from tinhgon.reorg.comparison.area import Area, area_of
from tinhgon.reorg.comparison.projection import Projection, project
from tinhgon.reorg.models import Reorganisation
from tinhgon.scorecard.selectors import Measures, measures_on, results

MOST = 6
"""Nhiều cột hơn thì bảng không đọc được nữa."""
_STATES = Reorganisation.State
_SHOWN = (
    "org.units", "org.layers", "org.seats", "org.heads", "org.deputies", STAFF, "org.functions", "org.duties", "tasks.open", "documents.open",
)  # fmt: skip
"""Con số luôn có trong bảng, kể cả khi không công thức nào dùng."""


class Origin(StrEnum):
    """Con số của một cột từ đâu ra."""

    MEASURED = "measured"
    PLAN = "plan"
    AT_MOST = "at_most"
    SAME_PEOPLE = "same_people"
    FOLLOWING = "following"
    CARRIED = "carried"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reckoned:
    value: Value
    origin: Origin


@dataclass(frozen=True)
class Column:
    """Một cột: hiện nay (``reorg`` trống) hay một phương án. ``differences``: so với cột gốc; cột gốc thì rỗng. ``projection``: vùng sau phương án."""

    reorg: Reorganisation | None
    figures: Mapping[str, Reckoned]
    results: Sequence[Result]
    projection: Projection | None = None
    gone: int = 0
    differences: Sequence[Difference] = ()

    @property
    def key(self) -> int:
        return self.reorg.pk if self.reorg else 0


@dataclass(frozen=True)
class Comparison:
    """``base``: mã của cột gốc (0 là hiện nay)."""

    measures: Measures
    period: Period
    area: Area
    columns: Sequence[Column]
    base: int

    @property
    def now(self) -> Column:
        return self.columns[0]


def candidates(actor: Actor, *, on: date) -> QuerySet[Reorganisation]:
    """Các phương án so được: lần sắp xếp còn soạn, chưa chuyển giao. ``Forbidden`` khi không phải người của cấp tỉnh."""
    _require_province(actor, on=on)
    return access.visible_to(actor, on=on).filter(state__in=[_STATES.DRAFT, _STATES.INVENTORY, _STATES.DECIDED]).order_by("effective_on", "pk")


def may_compare(actor: Actor, *, on: date) -> bool:
    return access.units_seen(actor, on=on) is None


def _require_province(actor: Actor, *, on: date) -> None:
    if not may_compare(actor, on=on):
        raise Forbidden(Reason("reorg.compare_level", _("Chỉ cấp tỉnh, thành phố so sánh các phương án: con số là của cả vùng, không riêng đơn vị nào.")))


def compare(actor: Actor, ids: Sequence[int], *, on: date, base: int = 0) -> Comparison:
    """So các phương án ``ids`` với hiện nay. ``NotFound`` khi có phương án không thấy được; ``Invalid`` khi nhiều quá ``MOST``."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST:
        raise Invalid(Reason("reorg.compare_most", _("So nhiều nhất %(most)d phương án một lần.") % {"most": MOST}))
    found = {reorg.pk: reorg for reorg in candidates(actor, on=on).filter(pk__in=wanted)}
    if len(found) < len(wanted):
        raise NotFound(Reason("reorg.not_found", _("Có phương án không còn ở bước soạn, hoặc bạn không được xem.")))
    if base and base not in found:
        raise NotFound(Reason("reorg.compare_base", _("Cột làm gốc phải là một trong các phương án đang so.")))
    measures, period = measures_on(on), year_until(on)
    area = area_of(list(found.values()), on=on)
    today = _now(measures, area, period)
    columns = [today, *(_planned(found[key], today, measures, area, period) for key in wanted)]
    return Comparison(measures, period, area, _compared(columns, base), base)


def _compared(columns: Sequence[Column], base: int) -> list[Column]:
    root = next(one for one in columns if one.key == base)
    return [one if one is root else _with_differences(one, root) for one in columns]


def _with_differences(column: Column, root: Column) -> Column:
    return Column(column.reorg, column.figures, column.results, column.projection, column.gone, differences(root.results, column.results))


def _codes(measures: Measures) -> list[str]:
    return list(dict.fromkeys((*_SHOWN, *measures.figures)))


def _now(measures: Measures, area: Area, period: Period) -> Column:
    counted = figures.total(_codes(measures), area.structure, period)
    reckoned = {code: Reckoned(value, Origin.UNKNOWN if isinstance(value, Absent) else Origin.MEASURED) for code, value in counted.items()}
    return Column(None, reckoned, results(measures, counted))


def _planned(reorg: Reorganisation, today: Column, measures: Measures, area: Area, period: Period) -> Column:
    made = project(reorg, area)
    known = figures.all_figures()
    about_people = [code for code in today.figures if known[code].foreseen in (Foreseen.PEOPLE, Foreseen.COVER)]
    counted = figures.total(about_people, made.structure, period)
    reckoned = {code: _reckoned(code, known[code].foreseen, today, made, counted) for code in today.figures}
    values = {code: one.value for code, one in reckoned.items()}
    return Column(reorg, reckoned, results(measures, values), made, area.gone.get(reorg.pk, 0))


def _reckoned(code: str, foreseen: Foreseen, today: Column, made: Projection, counted: Mapping[str, Value]) -> Reckoned:
    match foreseen:
        case Foreseen.PLAN:
            return _of_plan(code, made)
        case Foreseen.CARRIED:
            return Reckoned(today.figures[code].value, Origin.CARRIED)
        case Foreseen.AFTERWARDS:
            return Reckoned(Absent(_("Chỉ biết sau khi làm ở cơ cấu mới.")), Origin.UNKNOWN)
        case Foreseen.COVER if made.undecided and code != "personnel.fields":
            reason = _("%(people)d người của đơn vị chia tách chưa biết về đâu.") % {"people": made.undecided}
            return Reckoned(Absent(reason), Origin.UNKNOWN)
    value = counted[code]
    if isinstance(value, Absent):
        return Reckoned(value, Origin.UNKNOWN)
    return Reckoned(value, Origin.SAME_PEOPLE if foreseen == Foreseen.PEOPLE else Origin.FOLLOWING)


def _of_plan(code: str, made: Projection) -> Reckoned:
    """Con số do phương án viết ra. Đơn vị mới chưa có mẫu vị trí thì không biết có bao nhiêu ghế."""
    fixed = {"org.units": len(made.units), "org.layers": made.layers, "org.functions": made.functions, "org.duties": len(made.structure.duties or ())}
    if code in fixed:
        return Reckoned(Fraction(fixed[code]), Origin.PLAN)
    if made.bare_units:
        reason = _("%(units)d đơn vị mới chưa chọn mẫu vị trí nên chưa biết có bao nhiêu ghế.") % {"units": made.bare_units}
        return Reckoned(Absent(reason), Origin.UNKNOWN)
    seats = {"org.posts": made.seats.posts, "org.seats": made.seats.seats, "org.heads": made.seats.heads, "org.deputies": made.seats.deputies}
    if code in seats:
        return Reckoned(Fraction(seats[code]), Origin.PLAN)
    if code != STAFF:
        return Reckoned(Absent(_("Phương án không nói điều này.")), Origin.UNKNOWN)
    if made.is_placed or made.staff <= made.seats.seats:
        return Reckoned(Fraction(made.staff), Origin.SAME_PEOPLE)
    return Reckoned(Fraction(made.seats.seats), Origin.AT_MOST)
