"""Ma trận năng lực của một đơn vị: ai làm được lĩnh vực nào, việc nào treo vào một người, đào tạo hay điều động ai thì đỡ."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason
from tinhgon.org.models import UnitFunction
from tinhgon.org.selectors.people import DirectoryLine, people_of
from tinhgon.org.selectors.units import open_children
from tinhgon.personnel.access import visible_to
from tinhgon.personnel.models import Skill
from tinhgon.personnel.selectors.fields import FieldAt, fields_at
from tinhgon.personnel.selectors.profile import PROVEN

_MOVERS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """Một người của đơn vị; ``versatility``: số lĩnh vực làm được."""

    person_id: int
    full_name: str
    title: str
    versatility: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Người nơi khác mà người xem thấy được, thành thạo lĩnh vực này."""

    person_id: int
    full_name: str
    level: int


@dataclass(frozen=True, slots=True)
class Row:
    """Một lĩnh vực. ``duties``: chức năng của đơn vị thuộc lĩnh vực; rỗng thì đơn vị không được giao."""

    field: FieldAt
    duties: tuple[str, ...]
    cells: tuple[Skill | None, ...]
    able: tuple[Column, ...]
    learners: tuple[Column, ...]
    movers: tuple[Candidate, ...]

    @property
    def state(self) -> str:
        """``bare`` chưa ai làm được, ``single`` treo vào một người, ``covered`` từ hai người; ``none`` đơn vị không được giao."""
        if not self.duties:
            return "none"
        return ("bare", "single")[len(self.able)] if len(self.able) < 2 else "covered"

    @property
    def is_at_risk(self) -> bool:
        return self.state in ("bare", "single")


@dataclass(frozen=True, slots=True)
class Matrix:
    people: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def at_risk(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.is_at_risk)


_INSIDE_SQL = """
WITH RECURSIVE inside AS (
    SELECT %s::bigint AS unit_id
    UNION
    SELECT v.unit_id FROM inside JOIN org_unit_version v ON v.parent_id = inside.unit_id AND v.valid @> %s::date AND v.kind <> 'committee'
)
SELECT unit_id FROM inside
"""


def units_inside(unit_id: int, *, on: date) -> list[int]:
    """Đơn vị, các phòng và (với cấp ủy) các cơ quan giúp việc của nó; dừng ở cấp ủy dưới."""
    with connection.cursor() as cursor:
        cursor.execute(_INSIDE_SQL, [unit_id, on])
        return [row[0] for row in cursor.fetchall()]


def rooms_inside(unit_id: int, *, on: date) -> list[int]:
    """Cơ quan và các phòng bên trong nó, không gồm cơ quan khác."""
    rooms = [child.unit_id for child in open_children(unit_id, on=on) if not child.is_organ]
    return [unit_id, *(room for each in rooms for room in rooms_inside(each, on=on))]


def matrix(actor: Actor, unit_id: int, *, on: date) -> Matrix:
    """Ma trận của đơn vị ngày ``on``, chỉ gồm những người mà người xem được thấy. ``Forbidden`` khi không ai khác thấy được."""
    units = units_inside(unit_id, on=on)
    lines = {line.person_id: line for line in reversed(people_of(units, on=on)) if not line.is_pool}
    seen = dict(visible_to(actor, on=on).filter(pk__in=lines).values_list("pk", "user_id"))
    if lines and not any(user is None or user != actor.user_id for user in seen.values()):
        raise Forbidden(Reason("personnel.no_matrix", _("Ma trận năng lực chỉ hiện với lãnh đạo đơn vị ấy và ban tổ chức.")))
    skills: dict[int, dict[int, Skill]] = defaultdict(dict)
    for skill in Skill.objects.filter(person__in=seen, valid__contains=on):
        skills[skill.person_id][skill.field_id] = skill
    people = tuple(_column(line, skills[line.person_id]) for line in reversed(lines.values()) if line.person_id in seen)
    duties: dict[int, list[str]] = defaultdict(list)
    for field, name in UnitFunction.objects.filter(unit__in=units, valid__contains=on).order_by("function").values_list("function__field", "function__name").distinct():
        duties[field].append(name)
    rows = [_row(field, tuple(duties[field.id]), people, skills) for field in fields_at(on)]
    return Matrix(people, tuple(_with_movers(actor, rows, set(lines), on)))


def _column(line: DirectoryLine, skills: dict[int, Skill]) -> Column:
    return Column(line.person_id, line.full_name, line.title, sum(skill.level >= PROVEN for skill in skills.values()))


def _row(field: FieldAt, duties: tuple[str, ...], people: tuple[Column, ...], skills: dict[int, dict[int, Skill]]) -> Row:
    cells = tuple(skills[person.person_id].get(field.id) for person in people)
    pairs = list(zip(people, cells, strict=True))
    able = tuple(person for person, skill in pairs if skill and skill.level >= PROVEN)
    learners = tuple(person for person, skill in pairs if skill and skill.level < PROVEN)
    return Row(field, duties, cells, able, learners, ())


def _with_movers(actor: Actor, rows: list[Row], own: set[int], on: date) -> list[Row]:
    """Thêm vào các dòng đang thiếu vài người nơi khác thành thạo lĩnh vực ấy, trong số những người người xem thấy được."""
    fields = [row.field.id for row in rows if row.is_at_risk]
    found: dict[int, list[Candidate]] = defaultdict(list)
    if fields:
        masters = Skill.objects.filter(field__in=fields, level__gte=Skill.Level.MASTERS, valid__contains=on, person__in=visible_to(actor, on=on).values("pk"))
        place = Window(RowNumber(), partition_by=F("field"), order_by=[F("level").desc(), F("person__name_key")])
        ranked = masters.exclude(person__in=own).annotate(place=place).filter(place__lte=_MOVERS)
        for field, person, name, level in ranked.values_list("field", "person", "person__full_name", "level"):
            found[field].append(Candidate(person, name, level))
    return [Row(row.field, row.duties, row.cells, row.able, row.learners, tuple(found[row.field.id])) for row in rows]
