"""Con số mà mỗi ứng dụng đếm được cho đơn vị và cho một kỳ. Ứng dụng phía trên đăng ký trong ``<app>/figures.py``.

Bảng điểm, báo cáo và việc so sánh phương án chỉ đọc qua đây, không biết bảng nào của ứng dụng nào. Mỗi ``Count`` là một câu SQL theo tập, nên
mười đơn vị hay một nghìn đơn vị hỏi cơ sở dữ liệu như nhau. Chỉ có con số của nhóm: không con số nào nói về một người, và con số về người
của nhóm dưới năm người thì không đưa ra.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

LEAST_GROUP = 5
"""Con số về người không đưa ra cho nhóm nhỏ hơn chừng này (placement.md: People's voice)."""
STAFF = "org.staff"


class Foreseen(StrEnum):
    """Con số này của một phương án chưa thực hiện biết được từ đâu: do phương án viết ra; vẫn những người ấy; người và chức năng ghép lại
    theo phương án; việc đi theo nguyên vẹn; hay chỉ sau khi làm mới biết."""

    PLAN = "plan"
    PEOPLE = "people"
    COVER = "cover"
    CARRIED = "carried"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class Figure:
    """``label``, ``unit``: tên và đơn vị đo (gettext_lazy). ``adds_up``: của cả vùng là tổng của từng nơi; không thì phải đếm lại cho cả vùng.

    ``of_people``: con số về người, giữ ngưỡng ``LEAST_GROUP``.
    """

    code: str
    label: object
    unit: object
    foreseen: Foreseen
    adds_up: bool = True
    of_people: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """Kỳ đo, cả hai ngày đều tính. Con số hiện trạng (đang mở, có bao nhiêu) lấy ở ngày ``until``."""

    since: date
    until: date

    @property
    def first(self) -> datetime:
        return _midnight(self.since)

    @property
    def last(self) -> datetime:
        """Đầu ngày kế tiếp: thời điểm trong kỳ thì nhỏ hơn."""
        return _midnight(self.until + timedelta(days=1))


def year_until(on: date) -> Period:
    """Mười hai tháng tính tới hết ngày ``on``."""
    day = on + timedelta(days=1)
    leap = (day.month, day.day) == (2, 29)
    return Period(day.replace(year=day.year - 1, day=28 if leap else day.day), on)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Cơ cấu được đo, như một đối số: ``units`` (đơn vị, nhóm), để đo một đơn vị, một cơ quan với các phòng của nó, hay cả một vùng.

    ``people`` (người, nhóm) và ``duties`` (chức năng, nhóm): ``None`` thì đọc phân công chính và chức năng của các đơn vị; nêu ra thì là cơ cấu
    chưa có thật, như một phương án sắp xếp.
    """

    units: Pairs
    people: Pairs | None = None
    duties: Pairs | None = None

    @property
    def groups(self) -> tuple[int, ...]:
        listed = (*self.units, *(self.people or ()), *(self.duties or ()))
        return tuple(dict.fromkeys(group for _item, group in listed))

    def merged(self) -> "Structure":
        """Cả cơ cấu là một nhóm, số 0."""
        return replace(self, units=_as_one(self.units), people=_as_one(self.people), duties=_as_one(self.duties))

    def rows(self, sql: str, period: Period, **parameters: Any) -> list[tuple[Any, ...]]:
        """Chạy một câu đếm. Trong câu có sẵn ``member`` (unit_id, group_id), ``person`` (person_id, group_id), ``duty`` (function_id,
        group_id); tham số ``on``, ``first``, ``last``, ``zone``. Chỉ phần được nhắc tới mới tính."""
        given: dict[str, Any] = {"on": period.until, "first": period.first, "last": period.last, "zone": timezone.get_default_timezone_name()}
        given |= _arrays("unit", self.units) | _arrays("person", self.people or ()) | _arrays("duty", self.duties or ())
        ctes = [_MEMBER, _PERSON if self.people is None else _GIVEN_PERSON, _DUTY if self.duties is None else _GIVEN_DUTY]
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(ctes)} {sql}", given | parameters)
            return cursor.fetchall()


def _as_one(pairs: Pairs | None) -> Any:
    return None if pairs is None else tuple(dict.fromkeys((item, 0) for item, _group in pairs))


def _arrays(name: str, pairs: Pairs) -> dict[str, list[int]]:
    return {f"{name}_ids": [item for item, _group in pairs], f"{name}_groups": [group for _item, group in pairs]}


_MEMBER = "member AS (SELECT * FROM unnest(%(unit_ids)s::bigint[], %(unit_groups)s::bigint[]) AS m(unit_id, group_id))"
_PERSON = """person AS (
    SELECT DISTINCT a.person_id, m.group_id FROM member m
    JOIN org_post po ON po.unit_id = m.unit_id AND po.role <> 'administrator'
    JOIN org_appointment a ON a.post_id = po.id AND a.is_main AND a.valid @> %(on)s::date
)"""
_GIVEN_PERSON = "person AS (SELECT DISTINCT * FROM unnest(%(person_ids)s::bigint[], %(person_groups)s::bigint[]) AS p(person_id, group_id))"
_DUTY = """duty AS (
    SELECT DISTINCT uf.function_id, m.group_id FROM member m JOIN org_unit_function uf ON uf.unit_id = m.unit_id AND uf.valid @> %(on)s::date
)"""
_GIVEN_DUTY = "duty AS (SELECT DISTINCT * FROM unnest(%(duty_ids)s::bigint[], %(duty_groups)s::bigint[]) AS d(function_id, group_id))"


@dataclass(frozen=True, slots=True)
class Count:
    """Một câu đếm cho một hay vài con số: ``run`` trả về (nhóm, số thứ nhất, số thứ hai, ...); ô trống là không có gì để tính.

    Các con số của một ``Count`` cùng cộng được hoặc cùng không. Nhóm không có dòng: số cộng được là 0, số khác là không có.
    """

    figures: tuple[Figure, ...]
    run: Callable[[Structure, Period], Iterable[Sequence[Any]]]

    @property
    def adds_up(self) -> bool:
        return self.figures[0].adds_up


@dataclass(frozen=True, slots=True)
class Absent:
    """Con số không đưa ra được, và vì sao."""

    reason: str


Value = Fraction | Absent
_counts: list[Count] = []
_discovered = False


def register(*counts: Count) -> None:
    known = all_codes(_counts)
    for count in counts:
        for figure in count.figures:
            if figure.code in known:
                raise ValueError(f"Con số {figure.code} đã đăng ký.")
            if figure.adds_up != count.adds_up:
                raise ValueError(f"Con số {figure.code} không cùng cách cộng với câu đếm của nó.")
        _counts.append(count)


def all_codes(counts: Iterable[Count]) -> frozenset[str]:
    return frozenset(figure.code for count in counts for figure in count.figures)


def all_figures() -> dict[str, Figure]:
    """Mã -> con số, theo ứng dụng rồi theo thứ tự đăng ký."""
    _discover()
    return {figure.code: figure for count in _counts for figure in count.figures}


def read(codes: Collection[str], structure: Structure, period: Period) -> dict[str, dict[int, Value]]:
    """Mã -> nhóm -> giá trị. Mỗi câu đếm cần tới chạy một lần. Mã không ai đăng ký thì không có trong kết quả."""
    wanted = _wanted(codes)
    groups = structure.groups
    found = {code: values for count in wanted for code, values in _run(count, structure, period, groups).items()}
    _hold_back(found, groups)
    return {code: values for code, values in found.items() if code in codes}


def total(codes: Collection[str], structure: Structure, period: Period) -> dict[str, Value]:
    """Mã -> giá trị của cả cơ cấu: cộng các nhóm, hoặc đếm lại khi con số không cộng được."""
    found: dict[str, dict[int, Value]] = {}
    for count in _wanted(codes):
        if count.adds_up:
            for code, values in _run(count, structure, period, structure.groups).items():
                found[code] = {0: sum((one for one in values.values() if isinstance(one, Fraction)), Fraction())}
        else:
            found |= _run(count, structure.merged(), period, (0,))
    _hold_back(found, (0,))
    return {code: values[0] for code, values in found.items() if code in codes}


def _wanted(codes: Collection[str]) -> list[Count]:
    """Câu đếm của các mã; có con số về người thì đếm cả số người, để giữ ngưỡng."""
    figures = all_figures()
    needed = set(codes)
    if any(figures[code].of_people for code in codes if code in figures):
        needed.add(STAFF)
    return [count for count in _counts if any(figure.code in needed for figure in count.figures)]


def _run(count: Count, structure: Structure, period: Period, groups: Sequence[int]) -> dict[str, dict[int, Value]]:
    empty: Value = Fraction() if count.adds_up else Absent(_("Không có gì để tính."))
    found = {figure.code: dict.fromkeys(groups, empty) for figure in count.figures}
    for group, *numbers in count.run(structure, period):
        for figure, number in zip(count.figures, numbers, strict=True):
            found[figure.code][group] = empty if number is None else Fraction(number)
    return found


def _hold_back(found: Mapping[str, dict[int, Value]], groups: Iterable[int]) -> None:
    """Bỏ con số về người của nhóm dưới ngưỡng."""
    figures = all_figures()
    of_people = [code for code in found if figures[code].of_people]
    if not of_people:
        return
    reason = Absent(_("Nhóm dưới %(least)d người: không đưa ra con số về người.") % {"least": LEAST_GROUP})
    for group in groups:
        staff = found[STAFF].get(group, Fraction())
        if isinstance(staff, Fraction) and staff < LEAST_GROUP:
            for code in of_people:
                found[code][group] = reason


def _discover() -> None:
    global _discovered
    if not _discovered:
        _discovered = True
        autodiscover_modules("figures")
