"""Trang Hồ sơ (ngày sinh, giới tính) và trang Lĩnh vực (mức, lĩnh vực chính, căn cứ): cùng luật với ``services.profiles``."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.engine.tables import header_key
from tinhgon.engine.vietnamese import fold
from tinhgon.org.models import Person
from tinhgon.personnel.models import Profile, Sex, Skill
from tinhgon.personnel.services.importing.reading import Kind, Reading, Row
from tinhgon.personnel.services.profiles import born_between

_SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE}
_LEVELS = {
    key: level
    for level in Skill.Level
    for key in (str(level.value), f"muc {level.value}", header_key(str(level.label)), header_key(f"{level.value} {level.label}"), header_key(f"mức {level.value} {level.label}"))
}


@dataclass
class Private:
    """Ngày sinh, giới tính; ô trống giữ điều đã ghi."""

    reading: Reading
    fresh: dict[int, Profile] = field(default_factory=dict)

    def plan(self) -> None:
        rows = self.reading.rows["people"]
        sentence = _("Dòng %(first)d cũng là %(person)s (%(code)s): mỗi người một dòng, hãy gộp hai dòng lại.")
        known = Profile.objects.in_bulk([row.person.pk for row in rows])
        for row, _identity in self.reading.once(((row, (row.person.pk,)) for row in rows), sentence, "code"):
            self._row(row, known.get(row.person.pk))

    def _row(self, row: Row, known: Profile | None) -> None:
        born, sex = self.reading.day(row, "born"), _SEXES.get(fold(row["sex"]), "")
        if born and not born_between(born, self.reading.on):
            self.reading.fault(row, "born", _("“%(text)s” không phải ngày sinh của một cán bộ; viết như 01/07/1985.") % {"text": row["born"]})
        if row["sex"] and not sex:
            self.reading.fault(row, "sex", _("Ghi Nam hoặc Nữ."))
        wanted = (born or (known.born_on if known else None), sex or (known.sex if known else ""))
        if wanted == ((known.born_on, known.sex) if known else (None, "")):
            self.reading.effect(row, Kind.SAME, _("không đổi"))
            return
        self.fresh[row.person.pk] = Profile(person=row.person, born_on=wanted[0], sex=wanted[1])
        self.reading.effect(row, Kind.CHANGED if known else Kind.NEW, _("ghi ngày sinh, giới tính; tuổi nghỉ hưu tính theo luật"))

    def write(self, by: Person | None) -> None:
        Profile.objects.bulk_create(self.fresh.values(), update_conflicts=True, unique_fields=["person"], update_fields=["born_on", "sex"])


@dataclass
class Skills:
    """Mức có hiệu lực từ ngày nhập. ``wanted``: (người, lĩnh vực) -> (mức, chính, căn cứ); ``dropped``: thôi công nhận."""

    reading: Reading
    wanted: dict[tuple[int, int], tuple[int, bool, str]] = field(default_factory=dict)
    dropped: set[tuple[int, int]] = field(default_factory=set)

    def plan(self) -> None:
        current, later = self._recorded()
        read = [(row, (row.person.pk, found.pk)) for row in self.reading.rows["skills"] if (found := self.reading.field_of(row))]
        mains: dict[int, int] = {}
        kept = self.reading.once(read, _("Dòng %(first)d đã ghi lĩnh vực này cho %(person)s (%(code)s)."), "field")
        for row, (person, field_id) in sorted(kept, key=lambda one: not one[0].is_dropped):
            if row.is_dropped:
                self._drop(row, (person, field_id), current)
                continue
            level, main = self.reading.chosen(row, "level", _LEVELS), self.reading.flag(row, "main")
            if main and person in mains:
                self.reading.fault(row, "main", _("Dòng %(first)d đã là lĩnh vực chính của người này: chỉ một lĩnh vực chính.") % {"first": mains[person]})
            elif (person, field_id) in later:
                self.reading.fault(row, "field", _("Đã ghi một mức của lĩnh vực này sau ngày ấy."))
            elif level is not None:
                self._level(row, (person, field_id), (level, main, row["basis"]), current.get((person, field_id)))
            if main:
                mains[person] = row.number

    def _recorded(self) -> tuple[dict[tuple[int, int], Skill], set[tuple[int, int]]]:
        current, later = {}, set()
        for skill in Skill.objects.filter(person__in=[row.person.pk for row in self.reading.rows["skills"]]).order_by("valid"):
            if skill.valid.lower > self.reading.on:
                later.add((skill.person_id, skill.field_id))
            elif skill.valid.upper is None:
                current[skill.person_id, skill.field_id] = skill
        return current, later

    def _drop(self, row: Row, key: tuple[int, int], current: dict[tuple[int, int], Skill]) -> None:
        had = current.get(key)
        level = _LEVELS.get(header_key(row["level"]))
        if had is None or (level and level != had.level) or (row["basis"] and row["basis"] != had.basis):
            self.reading.effect(row, Kind.SAME, _("không có mục này để bỏ"))
            return
        self.dropped.add(key)
        del current[key]
        self.reading.effect(row, Kind.REMOVED, _("thôi công nhận %(field)s") % {"field": row["field"]})

    def _level(self, row: Row, key: tuple[int, int], wanted: tuple[int, bool, str], had: Skill | None) -> None:
        level, main, basis = wanted
        if had and (had.level, had.is_main) == (level, main):
            told = _("đang ở đúng mức này") if had.basis == basis else _("đang ở đúng mức này; căn cứ cũ giữ nguyên")
            self.reading.effect(row, Kind.SAME, told)
            return
        self.wanted[key] = wanted
        shown = {"field": row["field"], "level": level, "label": Skill.Level(level).label, "before": had.level if had else 0}
        sentence = _("%(field)s: mức %(before)d thành %(level)d (%(label)s)") if had else _("%(field)s: mức %(level)d (%(label)s)")
        said = sentence % shown + (f", {_('lĩnh vực chính')}" if main else "")
        self.reading.effect(row, Kind.CHANGED if had else Kind.NEW, said)

    def write(self, by: Person | None) -> None:
        """Vài câu SQL: dừng các mức bị thay hay bỏ, thôi chính các lĩnh vực chính cũ, ghi mức mới."""
        on, moment = self.reading.on, clock.now()
        new_mains = {person for (person, _field), (_level, is_main, _basis) in self.wanted.items() if is_main}
        people = {person for person, _field in (*self.wanted, *self.dropped)}
        fresh: list[Skill] = []
        ended: list[Skill] = []
        for skill in Skill.objects.select_for_update().filter(person__in=people, valid__endswith__isnull=True):
            key = (skill.person_id, skill.field_id)
            if key in self.wanted or key in self.dropped:
                ended.append(skill)
            elif skill.is_main and skill.person_id in new_mains:
                ended.append(skill)
                fresh.append(_level(key, (skill.level, False, skill.basis), on, skill.recorded_by_id, moment))
        Skill.objects.filter(pk__in=[skill.pk for skill in ended if skill.valid.lower == on]).delete()
        for skill in ended:
            skill.valid = DateRange(skill.valid.lower, on)
        Skill.objects.bulk_update([skill for skill in ended if skill.valid.lower < on], ["valid"])
        fresh += [_level(key, wanted, on, by.pk if by else None, moment) for key, wanted in self.wanted.items()]
        Skill.objects.bulk_create(fresh)


def _level(key: tuple[int, int], wanted: tuple[int, bool, str], on: date, by: int | None, moment: datetime) -> Skill:
    level, is_main, basis = wanted
    return Skill(
        person_id=key[0], field_id=key[1], level=level, is_main=is_main, valid=DateRange(on, None), basis=basis, recorded_by_id=by, recorded_at=moment
    )
