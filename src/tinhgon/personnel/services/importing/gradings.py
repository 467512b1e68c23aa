"""Trang Xếp loại: kết quả đã quyết định trên giấy, ghi lại theo đợt (cơ quan, kỳ). Tỉ lệ xuất sắc xét trên cả đợt.

Đợt mở trong hệ thống thì không sửa bằng tệp: đang xếp loại thì làm ở trang đợt, đã quyết định thì qua khiếu nại.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.engine.grading import Rules
from tinhgon.engine.rulebook import Book
from tinhgon.engine.tables import header_key
from tinhgon.org.access import require_below
from tinhgon.org.models import Appointment, Person, UnitVersion
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import organs_of
from tinhgon.personnel.models import Grade, Grading, GradingRound
from tinhgon.personnel.periods import first_day, last_day
from tinhgon.personnel.selectors.rules import grading_book
from tinhgon.personnel.services.gradings import no_rules_said, over_cap
from tinhgon.personnel.services.importing.reading import Kind, Reading, Row
from tinhgon.personnel.services.rules import keep_shipped

_SHORT = {"xuat sac": Grade.EXCELLENT, "htxsnv": Grade.EXCELLENT, "tot": Grade.GOOD, "httnv": Grade.GOOD, "hoan thanh": Grade.DONE, "htnv": Grade.DONE,
          "khong hoan thanh": Grade.FAILED, "khtnv": Grade.FAILED, "hoan thanh xuat sac": Grade.EXCELLENT, "hoan thanh tot": Grade.GOOD}  # fmt: skip
_GRADES = {header_key(str(grade.label)): grade for grade in Grade} | _SHORT
_QUARTER = re.compile(r"(?:quy|q)?\s*(?P<quarter>[1-4]|iv|i{1,3})\s+(?:nam\s+)?(?P<year>\d{4})")
_YEAR = re.compile(r"(?:ca nam|nam)?\s*(?P<year>\d{4})")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MOST_DIGITS = Decimal("999.9")

Period = tuple[int, int]
Key = tuple[int, int, int]


@dataclass
class _Line:
    row: Row
    title: str
    level: Grade
    general: Decimal | None
    result: Decimal | None
    decided: date

    @property
    def values(self) -> tuple[str, Decimal | None, Decimal | None]:
        return str(self.level), self.general, self.result


@dataclass
class Gradings:
    """``rounds``: đợt -> các dòng sẽ ghi hay sửa; ``gone``: dòng xếp loại bỏ đi."""

    reading: Reading
    rounds: dict[Key, list[_Line]] = field(default_factory=lambda: defaultdict(list))
    rules: dict[Key, Rules] = field(default_factory=dict)
    had: dict[Key, GradingRound] = field(default_factory=dict)
    gone: list[Grading] = field(default_factory=list)

    def plan(self) -> None:
        by_period: dict[Period, list[Row]] = defaultdict(list)
        for row in self.reading.rows["gradings"]:
            period = _period(row["period"])
            if period is None:
                self.reading.fault(row, "period", _("Không hiểu kỳ “%(text)s”: viết 2024, hoặc Quý 3/2025.") % {"text": row["period"]})
            elif last_day(*period) > self.reading.on:
                self.reading.fault(row, "period", _("Kỳ này tới %(day)s mới hết: chưa xếp loại được.") % {"day": f"{last_day(*period):%d/%m/%Y}"})
            else:
                by_period[period].append(row)
        by_round: dict[Key, list[tuple[Row, str]]] = defaultdict(list)
        for period, rows in by_period.items():
            for row, unit, title in self._places(rows, last_day(*period)):
                by_round[(unit, *period)].append((row, title))
        if by_round:
            require_below(self.reading.actor, Verb.KEEP_PROFILES, on=self.reading.on, unit_ids={unit for unit, _year, _quarter in by_round})
        found = GradingRound.objects.filter(unit__in={key[0] for key in by_round}, year__in={key[1] for key in by_round})
        self.had = {(one.unit_id, one.year, one.quarter): one for one in found}
        recorded: dict[int, dict[int, Grading]] = defaultdict(dict)
        for one in Grading.objects.filter(round__in=self.had.values()):
            recorded[one.round_id][one.person_id] = one
        for key, titled in by_round.items():
            had = self.had.get(key)
            self._round(key, titled, recorded[had.pk] if had else {})

    def _places(self, rows: list[Row], day: date) -> Iterable[tuple[Row, int, str]]:
        """Từng dòng với cơ quan và chức danh: ô trống thì lấy của vị trí chính vào ngày cuối kỳ."""
        people = {row.person.pk for row in rows}
        posts = {
            person: (unit, title)
            for person, unit, title in Appointment.objects.filter(person__in=people, is_main=True, valid__contains=day).values_list("person", "post__unit", "post__title")
        }
        organs = organs_of({unit for unit, _title in posts.values()}, on=day)
        names: dict[str, set[int]] = defaultdict(set)
        for unit, name, short in UnitVersion.objects.filter(valid__contains=day, is_organ=True).values_list("unit", "name", "short_name"):
            names[header_key(name)].add(unit)
            names[header_key(short)].add(unit)
        for row in rows:
            unit, title = posts.get(row.person.pk, (0, ""))
            own = {organs[unit]} if unit else set()
            units = names[header_key(row["unit"])] if row["unit"] else own
            units = own & units or units
            if len(units) == 1:
                yield row, next(iter(units)), (row["title"] or title)[:120]
            elif units:
                self.reading.fault(row, "unit", _("Có %(count)d cơ quan mang tên “%(name)s” ngày %(day)s: ghi tên đầy đủ.") % {"count": len(units), "name": row["unit"], "day": f"{day:%d/%m/%Y}"})
            elif row["unit"]:
                self.reading.fault(row, "unit", _("Không có cơ quan “%(name)s” ngày %(day)s.") % {"name": row["unit"], "day": f"{day:%d/%m/%Y}"})
            else:
                self.reading.fault(row, "unit", _("Ngày %(day)s người này không giữ vị trí chính nào: hãy ghi cơ quan.") % {"day": f"{day:%d/%m/%Y}"})

    def _round(self, key: Key, rows: list[tuple[Row, str]], recorded: dict[int, Grading]) -> None:
        unit, year, quarter = key
        had, period = self.had.get(key), GradingRound.Period.QUARTER if quarter else GradingRound.Period.YEAR
        rules = grading_book().on(last_day(year, quarter), period=period)
        titles = {row.number: title for row, title in rows}
        kept = self.reading.once(((row, (row.person.pk,)) for row, _title in rows), _("Dòng %(first)d cũng xếp loại %(person)s (%(code)s) kỳ này: mỗi người một dòng."), "code")
        if rules is None:
            for row, _identity in kept:
                self.reading.fault(row, "period", no_rules_said(last_day(year, quarter)))
            return
        self.rules[key] = rules
        lines = [line for row, _identity in kept if not row.is_dropped and (line := self._line(row, titles[row.number], rules, key))]
        levels = {person: str(one.level) for person, one in recorded.items()}
        for row, _identity in kept:
            if row.is_dropped:
                self._drop(row, had, recorded, levels)
        for line in lines:
            self._place(line, key, had, recorded)
            levels[line.row.person.pk] = str(line.level)
        self._same_decree(key, lines)
        self._cap(key, lines, [level for level in levels.values() if level])

    def _line(self, row: Row, title: str, rules: Rules, key: Key) -> _Line | None:
        level, decided = self.reading.chosen(row, "level", _GRADES), self.reading.day(row, "decided")
        general, result = self._points(row, "general", rules.general), self._points(row, "result", rules.result)
        if decided and not first_day(*key[1:]) <= decided <= self.reading.on:
            self.reading.fault(row, "decided", _("Ngày quyết định phải từ ngày đầu kỳ tới hôm nay."))
        if level is None or decided is None:
            return None
        return _Line(row, title, level, general, result, decided)

    def _points(self, row: Row, key: str, most: int | None) -> Decimal | None:
        if not row[key]:
            return None
        try:
            points = Decimal(row[key].replace(",", "."))
        except InvalidOperation:
            points = Decimal(-1)
        if most is None:
            self.reading.fault(row, key, _("Quy định của kỳ này không chấm điểm."))
        elif not points.is_finite() or not 0 <= points <= min(Decimal(most), _MOST_DIGITS):
            self.reading.fault(row, key, _("Điểm từ 0 tới %(most)d.") % {"most": most})
        else:
            return points.quantize(Decimal("0.1"))
        return None

    def _drop(self, row: Row, had: GradingRound | None, recorded: dict[int, Grading], levels: dict[int, str]) -> None:
        one = recorded.get(row.person.pk)
        if one is None:
            self.reading.effect(row, Kind.SAME, _("không có mục này để bỏ"))
        elif had and not had.is_from_paper:
            self.reading.fault(row, "drop", _("Đợt này xếp loại trong hệ thống: kết quả không bỏ bằng tệp được."))
        elif one.appeals.exists():
            self.reading.fault(row, "drop", _("Kết quả này đã có khiếu nại: không bỏ được."))
        else:
            self.gone.append(one)
            levels.pop(row.person.pk)
            self.reading.effect(row, Kind.REMOVED, _("bỏ kết quả %(period)s: %(level)s") % {"period": row["period"], "level": one.get_level_display()})

    def _place(self, line: _Line, key: Key, had: GradingRound | None, recorded: dict[int, Grading]) -> None:
        row, one = line.row, recorded.get(line.row.person.pk)
        shown = {"period": row["period"], "level": line.level.label}
        if had and had.state == GradingRound.State.OPEN:
            self.reading.fault(row, "period", _("Cơ quan này đang xếp loại kỳ ấy trong hệ thống: ghi ở trang đợt."))
        elif one is not None and (str(one.level), one.proposed_general, one.proposed_result) == line.values:
            self.reading.effect(row, Kind.SAME, _("đã ghi"))
        elif had and not had.is_from_paper:
            before = one.get_level_display() if one else _("không có tên trong đợt")
            sentence = _("Kỳ này đã quyết định trong hệ thống (%(before)s): muốn đổi thì qua khiếu nại.")
            self.reading.fault(row, "level", sentence % {"before": before})
        elif one is None:
            self.rounds[key].append(line)
            self.reading.effect(row, Kind.NEW, _("%(period)s: %(level)s") % shown)
        else:
            self.rounds[key].append(line)
            self.reading.effect(row, Kind.CHANGED, _("%(period)s: %(before)s thành %(level)s") % (shown | {"before": one.get_level_display()}))

    def _same_decree(self, key: Key, lines: list[_Line]) -> None:
        """Một đợt một quyết định; đợt đã ghi lại trước đây thì theo quyết định đã ghi."""
        had = self.had.get(key)
        expected = (had.decree, had.decided_on) if had and had.is_from_paper else (lines[0].row["decree"], lines[0].decided) if lines else None
        for line in lines:
            if had and not had.is_from_paper:
                return
            if expected != (line.row["decree"], line.decided):
                sentence = _("Cả đợt cùng một quyết định; đợt này theo “%(decree)s” ngày %(day)s.")
                assert expected is not None
                self.reading.fault(line.row, "decree", sentence % {"decree": expected[0], "day": f"{expected[1]:%d/%m/%Y}"})

    def _cap(self, key: Key, lines: list[_Line], levels: list[str]) -> None:
        if key not in self.rounds:
            return
        reason = next((line.row["cap_reason"] for line in lines if line.row["cap_reason"]), self.had[key].cap_reason if key in self.had else "")
        excellent = next((line.row for line in self.rounds[key] if line.level == Grade.EXCELLENT), None)
        for found in over_cap(self._shell(key), levels, reason):
            self.reading.fault(excellent or lines[0].row, found.field if found.field == "cap_reason" else "level", str(found))

    def _shell(self, key: Key) -> GradingRound:
        unit, year, quarter = key
        period = GradingRound.Period.QUARTER if quarter else GradingRound.Period.YEAR
        return self.had.get(key) or GradingRound(unit_id=unit, authority_id=unit, period=period, year=year, quarter=quarter, rules=self.rules[key].code)

    def write(self, by: Person | None) -> None:
        judged_by = keep_shipped(Book.GRADING) if self.rounds else None
        moment = clock.now()
        fresh: list[Grading] = []
        changed: list[Grading] = []
        Grading.objects.filter(pk__in=[one.pk for one in self.gone]).delete()
        for key, lines in self.rounds.items():
            round_ = self._shell(key)
            reason = next((line.row["cap_reason"] for line in lines if line.row["cap_reason"]), "")
            if round_.pk is None:
                round_.state, round_.is_from_paper, round_.opened_at, round_.rules_version = GradingRound.State.DECIDED, True, moment, judged_by
                round_.self_until = round_.decided_on = lines[0].decided
                round_.decree = lines[0].row["decree"]
            round_.cap_reason = reason or round_.cap_reason
            round_.save()
            recorded = {one.person_id: one for one in Grading.objects.select_for_update().filter(round=round_)}
            for line in lines:
                one = recorded.get(line.row.person.pk) or Grading(round=round_, person=line.row.person, title=line.title)
                one.level = one.proposed_level = line.level
                one.proposed_general, one.proposed_result, one.proposed_at = line.general, line.result, moment
                (changed if one.pk else fresh).append(one)
        Grading.objects.bulk_create(fresh)
        Grading.objects.bulk_update(changed, ["level", "proposed_level", "proposed_general", "proposed_result", "proposed_at"])
        emptied = {one.round_id for one in self.gone}
        GradingRound.objects.filter(pk__in=emptied, is_from_paper=True, gradings__isnull=True).delete()


def _period(text: str) -> Period | None:
    """(năm, quý); quý 0 là cả năm. ``None`` khi không hiểu."""
    key = header_key(text)
    if found := _YEAR.fullmatch(key):
        return (int(found["year"]), 0) if 2000 <= int(found["year"]) <= 2100 else None
    if found := _QUARTER.fullmatch(key):
        quarter = _ROMAN.get(found["quarter"]) or int(found["quarter"])
        return (int(found["year"]), quarter) if 2000 <= int(found["year"]) <= 2100 else None
    return None
