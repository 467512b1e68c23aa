"""Nhập hồ sơ năng lực từ Excel: mỗi người một dòng. Có một chỗ sai thì không ghi gì; ``dry_run`` chỉ nêu chỗ sai và số dòng."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.tables import header_key
from tinhgon.engine.vietnamese import fold
from tinhgon.org.access import require
from tinhgon.org.importing import wording
from tinhgon.org.importing.rows import read_day
from tinhgon.org.models import Field, Person
from tinhgon.org.rights import Verb
from tinhgon.personnel.access import visible_to
from tinhgon.personnel.models import Profile, Sex, Skill
from tinhgon.personnel.services.profiles import born_between

COLUMNS = ("Số hiệu cán bộ", "Họ và tên", "Ngày sinh", "Giới tính", "Lĩnh vực chính", "Lĩnh vực khác", "Căn cứ")
"""Ô lĩnh vực viết "Văn thư, lưu trữ: 3"; nhiều lĩnh vực cách nhau bằng dấu chấm phẩy. Tên hoặc mã lĩnh vực đều được."""

_CODE, _NAME, _BORN, _SEX, _MAIN, _OTHERS, _BASIS = COLUMNS
_NEEDED = (_CODE, _NAME, _BASIS)
_SKILL = re.compile(r"(?P<field>.+?)\s*[:=]\s*(?P<level>\S+)")
_SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class Problem:
    """Một chỗ sai: số dòng trong tệp (0: cả tệp), cột, câu nói sai gì và sửa sao."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Kết quả đọc: số người, số mức lĩnh vực sẽ đổi, số dữ liệu riêng sẽ ghi; mọi chỗ sai theo dòng."""

    people: int
    skills: int
    private: int
    problems: tuple[Problem, ...]


@dataclass
class _Line:
    number: int
    person: Person
    born_on: date | None = None
    sex: str = ""
    skills: dict[int, tuple[int, bool]] = field(default_factory=dict)  # lĩnh vực -> (mức, chính)
    basis: str = ""


class _Reading:
    """Đang đọc một tệp: các dòng hiểu được và mọi chỗ sai."""

    def __init__(self, actor: Actor, on: date) -> None:
        self.on = on
        self.problems: list[Problem] = []
        self.people = {person.code: person for person in visible_to(actor, on=on).exclude(user=actor.user_id or -1)}
        self.fields: dict[str, int] = {}
        for row in Field.objects.all():
            self.fields |= {header_key(row.name): row.pk, header_key(row.code): row.pk}

    def fault(self, row: int, column: str, sentence: str) -> None:
        self.problems.append(Problem(row, column, sentence))

    def lines(self, rows: Mapping[int, Mapping[str, str]]) -> list[_Line]:
        found: dict[str, _Line] = {}
        for number, cells in rows.items():
            code = cells.get(_CODE, "").strip()
            person = self._person(number, code, cells.get(_NAME, ""))
            if person is None:
                continue
            if code in found:
                shown = {"first": found[code].number, "code": code, "person": person.full_name}
                self.fault(number, _CODE, _("Dòng %(first)d cũng là %(person)s (%(code)s): mỗi người một dòng, hãy gộp hai dòng lại.") % shown)
                continue
            found[code] = self._line(number, person, cells)
        return list(found.values())

    def _person(self, number: int, code: str, name: str) -> Person | None:
        if not code:
            self.fault(number, _CODE, _("Ô này không được trống."))
            return None
        person = self.people.get(code)
        if person is None:
            self.fault(number, _CODE, _("Không có người mang số hiệu “%(code)s” trong phạm vi của bạn, hoặc đó là chính bạn.") % {"code": code})
        elif fold(person.full_name) != fold(name.strip()):
            sentence = _("Số hiệu %(code)s là của %(person)s, không phải “%(name)s”.")
            self.fault(number, _NAME, sentence % {"code": code, "person": person.full_name, "name": name})
        else:
            return person
        return None

    def _line(self, number: int, person: Person, cells: Mapping[str, str]) -> _Line:
        line = _Line(number, person, basis=cells.get(_BASIS, "").strip())
        if born := cells.get(_BORN, ""):
            line.born_on = read_day(born)
            if line.born_on is None or not born_between(line.born_on, self.on):
                self.fault(number, _BORN, _("“%(text)s” không phải ngày sinh của một cán bộ; viết như 01/07/1985.") % {"text": born})
        if sex := cells.get(_SEX, ""):
            line.sex = _SEXES.get(fold(sex), "")
            if not line.sex:
                self.fault(number, _SEX, _("Ghi Nam hoặc Nữ."))
        for is_main, column in ((True, _MAIN), (False, _OTHERS)):
            self._skills(line, column, cells.get(column, ""), is_main=is_main)
        if line.skills and not line.basis:
            self.fault(number, _BASIS, _("Mức của lĩnh vực phải có căn cứ công nhận."))
        return line

    def _skills(self, line: _Line, column: str, text: str, *, is_main: bool) -> None:
        parts = [part.strip() for part in text.split(";") if part.strip()]
        if is_main and len(parts) > 1:
            self.fault(line.number, column, _("Chỉ một lĩnh vực chính."))
            return
        for part in parts:
            match = _SKILL.fullmatch(part)
            field_id = self.fields.get(header_key(match["field"])) if match else None
            if match is None or match["level"] not in {"1", "2", "3", "4"}:
                self.fault(line.number, column, _("Không hiểu “%(text)s”: viết tên lĩnh vực, dấu hai chấm, mức 1 tới 4.") % {"text": part})
            elif field_id is None:
                self.fault(line.number, column, _("Không có lĩnh vực “%(text)s”.") % {"text": match["field"]})
            elif field_id in line.skills:
                self.fault(line.number, column, _("Lĩnh vực “%(text)s” ghi hai lần.") % {"text": match["field"]})
            else:
                line.skills[field_id] = (int(match["level"]), is_main)


@transaction.atomic
def import_profiles(actor: Actor, *, on: date, data: bytes, dry_run: bool) -> ImportReport:
    """Nhập hồ sơ trong tệp Excel hay CSV ``data``, hiệu lực từ ngày ``on``.

    ``Invalid`` khi tệp không đọc được, hoặc ghi thật mà còn chỗ sai; ``Forbidden`` khi không phải ban tổ chức.
    """
    require(actor, Verb.KEEP_PROFILES, on=on)
    table = wording.read(data, known=COLUMNS)
    reading = _Reading(actor, on)
    headers = {header_key(name): name for name in table.columns}
    for column in _NEEDED:
        if header_key(column) not in headers:
            reading.fault(0, column, _("Thiếu cột “%(column)s”.") % {"column": column})
    lines: list[_Line] = []
    if not reading.problems:
        rows = {number: {c: cells.get(headers.get(header_key(c), ""), "") for c in COLUMNS} for number, cells in table.rows}
        lines = reading.lines(rows)
    changes = list(_changes(lines, on, reading))
    private = [line for line in lines if line.born_on or line.sex]
    report = ImportReport(len(lines), len(changes), len(private), tuple(sorted(reading.problems, key=lambda p: p.row)))
    if dry_run:
        return report
    if report.problems:
        raise Invalid(*(Reason("personnel.import_problem", p.sentence, "file", {"row": p.row, "column": p.column}) for p in report.problems))
    _write(actor, changes, private, on)
    record(
        actor, "personnel.imported", ("personnel.import", f"{on:%Y-%m-%d}"),
        after={"people": report.people, "skills": report.skills, "private": report.private},
    )  # fmt: skip
    return report


def _changes(lines: list[_Line], on: date, reading: _Reading) -> Iterator[tuple[_Line, int, int, bool]]:
    """(dòng, lĩnh vực, mức, chính) khác với mức đang có; mức ghi sau ngày ``on`` là một chỗ sai."""
    current: dict[tuple[int, int], tuple[int, bool]] = {}
    later: set[tuple[int, int]] = set()
    for skill in Skill.objects.filter(person__in=[line.person.pk for line in lines]).order_by("valid"):
        if skill.valid.lower > on:
            later.add((skill.person_id, skill.field_id))
        elif skill.valid.upper is None:
            current[skill.person_id, skill.field_id] = (skill.level, skill.is_main)
    for line in lines:
        for field_id, (level, is_main) in line.skills.items():
            key = (line.person.pk, field_id)
            if key in later:
                reading.fault(line.number, _MAIN if is_main else _OTHERS, _("Đã ghi một mức của lĩnh vực này sau ngày ấy."))
            elif current.get(key) != (level, is_main):
                yield line, field_id, level, is_main


def _write(actor: Actor, changes: list[tuple[_Line, int, int, bool]], private: list[_Line], on: date) -> None:
    """Mỗi loại vài câu SQL: dừng các mức bị thay, thôi chính các lĩnh vực chính cũ, ghi mức mới và dữ liệu riêng."""
    moment, by = clock.now(), Person.objects.filter(user=actor.user_id).first() if actor.user_id else None
    wanted = {(line.person.pk, field_id): (line, level, is_main) for line, field_id, level, is_main in changes}
    new_mains = {person for (person, _field), (_line, _level, is_main) in wanted.items() if is_main}
    people = {person for person, _field in wanted}
    fresh: list[Skill] = []
    ended: list[Skill] = []
    for skill in Skill.objects.select_for_update().filter(person__in=people, valid__endswith__isnull=True):
        if (skill.person_id, skill.field_id) in wanted:
            ended.append(skill)
        elif skill.is_main and skill.person_id in new_mains:
            ended.append(skill)
            fresh.append(Skill(
                person_id=skill.person_id, field_id=skill.field_id, level=skill.level, is_main=False, valid=DateRange(on, None),
                basis=skill.basis, recorded_by_id=skill.recorded_by_id, recorded_at=moment,
            ))  # fmt: skip
    Skill.objects.filter(pk__in=[skill.pk for skill in ended if skill.valid.lower == on]).delete()
    for skill in ended:
        skill.valid = DateRange(skill.valid.lower, on)
    Skill.objects.bulk_update([skill for skill in ended if skill.valid.lower < on], ["valid"])
    fresh += [
        Skill(person_id=person, field_id=field_id, level=level, is_main=is_main, valid=DateRange(on, None), basis=line.basis, recorded_by=by, recorded_at=moment)
        for (person, field_id), (line, level, is_main) in wanted.items()
    ]
    Skill.objects.bulk_create(fresh)
    known = Profile.objects.in_bulk([line.person.pk for line in private])
    Profile.objects.bulk_create(
        [
            Profile(person=line.person, born_on=line.born_on or (known[line.person.pk].born_on if line.person.pk in known else None),
                    sex=line.sex or (known[line.person.pk].sex if line.person.pk in known else ""))
            for line in private
        ],
        update_conflicts=True, unique_fields=["person"], update_fields=["born_on", "sex"],
    )  # fmt: skip
