"""Hồ sơ cán bộ trong phạm vi của người hỏi, đúng tệp mà ``services.importing`` đọc lại được: xuất rồi nhập không đổi gì.

Cũng là tệp mẫu: đã điền sẵn người và điều đang ghi, có trang cách ghi và các danh mục đang dùng.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.engine.formats import day_said
from tinhgon.engine.tables import Sheet, write_workbook
from tinhgon.org.access import require
from tinhgon.org.models import Appointment, Field, Person, Post, UnitVersion
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import UnitAt, units_at
from tinhgon.personnel.access import people_of_standing
from tinhgon.personnel.models import (
    Grade,
    Grading,
    GradingRound,
    PastWork,
    Profile,
    Rotation,
    Skill,
    Training,
)
from tinhgon.personnel.periods import last_day, period_name
from tinhgon.personnel.selectors.evidence import Closed, Served, closed_tasks, served
from tinhgon.personnel.selectors.profile import pension_of
from tinhgon.personnel.selectors.rules import leave_book
from tinhgon.personnel.workbook import HOW_TITLE, LISTS_TITLE, MATTERS, POSTS_TITLE

Cells = tuple[object, ...]


def workbook(actor: Actor, *, on: date) -> bytes:
    """Tệp Excel của mọi người trong phạm vi (không kể chính người hỏi). ``Forbidden`` khi không giữ hồ sơ."""
    standing = require(actor, Verb.KEEP_PROFILES, on=on)
    people = Person.objects.all()
    if standing is not None:
        people = people.filter(people_of_standing(standing, on=on)).exclude(user=actor.user_id)
    book = _Book(list(people.order_by("name_key", "pk")), on)
    sheets = [Sheet(matter.title, matter.headers, getattr(book, f"{key}_sheet")(), _CHOICES.get(key, {})) for key, matter in MATTERS.items()]
    return write_workbook([*sheets, _how(), book.lists(), book.posts_list()])


_LEVELS_RANGE, _GRADES_RANGE, _FIELDS_RANGE = f"='{LISTS_TITLE}'!$C$2:$C$5", f"='{LISTS_TITLE}'!$D$2:$D$5", f"='{LISTS_TITLE}'!$B$2:$B$200"
_CHOICES = {
    "people": {"Giới tính": '"Nam,Nữ"'},
    "appointments": {"Chính hay kiêm nhiệm": '"Chính,Kiêm nhiệm"'},
    "skills": {"Lĩnh vực": _FIELDS_RANGE, "Mức": _LEVELS_RANGE},
    "past": {"Lĩnh vực": _FIELDS_RANGE},
    "gradings": {"Mức": _GRADES_RANGE},
    "trainings": {"Lĩnh vực": _FIELDS_RANGE},
    "rotations": {"Hình thức": '"Luân chuyển,Chuyển đổi vị trí công tác"'},
}
"""Trang -> cột -> danh sách thả xuống của Excel."""


class _Book:
    """Các trang; mỗi trang vài câu SQL, dù bao nhiêu người."""

    def __init__(self, people: list[Person], on: date) -> None:
        self.people, self.on = people, on
        self.ids = [person.pk for person in people]
        self.shown = {person.pk: (person.code, person.full_name) for person in people}
        self.fields = list(Field.objects.order_by("pk"))
        self.field_names = {field.pk: field.name for field in self.fields}

        self.place = {person.pk: number for number, person in enumerate(people)}

    def people_sheet(self) -> Iterator[Cells]:
        rules, known = leave_book().on(self.on), Profile.objects.in_bulk(self.ids)
        for person in self.people:
            private = known.get(person.pk)
            sex = {"male": "Nam", "female": "Nữ"}.get(private.sex, "") if private else ""
            yield *self.shown[person.pk], day_said(private.born_on if private else None), sex, day_said(pension_of(rules, private))

    def appointments_sheet(self) -> Iterator[Cells]:
        rows = Appointment.objects.filter(person__in=self.ids, valid__isempty=False, post__is_pool=False, post__valid__isempty=False).select_related("post")
        listed = sorted(rows, key=lambda one: (self.place[one.person_id], one.valid.lower, one.pk))
        names = _unit_names(listed)
        for one in listed:
            kind = "Chính" if one.is_main else "Kiêm nhiệm"
            unit = names[one.post.unit_id, one.valid.lower]
            yield *self.shown[one.person_id], f"V{one.post_id}", unit, one.post.title, kind, day_said(one.valid.lower), last_day_said(one.valid.upper), one.decree, ""

    def skills_sheet(self) -> Iterator[Cells]:
        rows = Skill.objects.filter(person__in=self.ids, valid__contains=self.on, valid__endswith__isnull=True)
        time, closed = served(self.ids, on=self.on), closed_tasks(self.ids, until=self.on)
        titles = dict(Post.objects.filter(appointments__person__in=self.ids).values_list("pk", "title"))
        for one in sorted(rows, key=lambda one: (self.place[one.person_id], not one.is_main, -one.level, one.field_id)):
            held = time.get((one.person_id, one.field_id), Served())
            posts = ", ".join(dict.fromkeys(titles[post] for post in held.posts))
            years, done = f"{held.years:.1f}".replace(".", ","), closed.get((one.person_id, one.field_id), Closed()).done
            level = f"{one.level} {one.get_level_display()}"
            yield *self.shown[one.person_id], self.field_names[one.field_id], level, "x" if one.is_main else "", one.basis, "", years, done, posts

    def past_sheet(self) -> Iterator[Cells]:
        for one in self._own(PastWork.objects, lambda one: (one.term.lower, one.pk)):
            field = self.field_names.get(one.field_id, "")
            yield *self.shown[one.person_id], day_said(one.term.lower), last_day_said(one.term.upper), one.title, one.place, field, one.basis, ""

    def gradings_sheet(self) -> Iterator[Cells]:
        decided = Grading.objects.filter(round__state=GradingRound.State.DECIDED).select_related("round")
        rows = self._own(decided, lambda one: (one.round.year, one.round.quarter, one.pk))
        names = {round_.pk: unit.name for round_, unit in _round_units([one.round for one in rows])}
        for one in rows:
            round_ = one.round
            yield (
                *self.shown[one.person_id], period_name(round_), names.get(round_.pk, ""), one.title, number_said(one.proposed_general), number_said(one.proposed_result),
                Grade(one.level).label, round_.decree, day_said(round_.decided_on), round_.cap_reason, "",
            )  # fmt: skip

    def trainings_sheet(self) -> Iterator[Cells]:
        for one in self._own(Training.objects, lambda one: (one.finished_on, one.pk)):
            yield *self.shown[one.person_id], one.title, day_said(one.finished_on), self.field_names.get(one.field_id, ""), one.place, ""

    def rotations_sheet(self) -> Iterator[Cells]:
        for one in self._own(Rotation.objects, lambda one: (one.term.lower, one.pk)):
            yield *self.shown[one.person_id], one.get_kind_display().capitalize(), day_said(one.term.lower), day_said(one.term.upper), one.note, one.basis, ""

    def _own(self, rows: Any, order: Callable[[Any], tuple[Any, ...]]) -> list[Any]:
        return sorted(rows.filter(person__in=self.ids), key=lambda one: (self.place[one.person_id], *order(one)))

    def lists(self) -> Sheet:
        """Các giá trị dùng được, để chọn từ danh sách thả xuống."""
        columns = ([field.code for field in self.fields], [field.name for field in self.fields], [f"{level.value} {level.label}" for level in Skill.Level], [grade.label for grade in Grade])
        return Sheet(LISTS_TITLE, (_("Mã lĩnh vực"), _("Lĩnh vực"), _("Mức của lĩnh vực"), _("Mức xếp loại")), list(zip_longest(*columns, fillvalue="")))

    def posts_list(self) -> Sheet:
        """Các vị trí đang có hiệu lực ở các đơn vị của những người trong tệp."""
        units = Appointment.objects.filter(person__in=self.ids, valid__contains=self.on).values("post__unit")
        posts = list(Post.objects.filter(unit__in=units, is_pool=False, valid__contains=self.on).order_by("unit_id", "rank", "pk"))
        names = units_at({post.unit_id for post in posts}, on=self.on)
        rows = [(f"V{post.pk}", names[post.unit_id].name, post.title, post.seats) for post in posts]
        return Sheet(POSTS_TITLE, (_("Mã vị trí"), _("Đơn vị"), _("Chức danh"), _("Số người")), rows)


def _unit_names(appointments: list[Appointment]) -> dict[tuple[int, date], str]:
    """(đơn vị, ngày bắt đầu) -> tên của đơn vị ngày ấy; một câu SQL cho tất cả."""
    versions: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in UnitVersion.objects.filter(unit__in={one.post.unit_id for one in appointments}, valid__isempty=False).order_by("valid"):
        versions[version.unit_id].append(version)
    found: dict[tuple[int, date], str] = {}
    for one in appointments:
        day, own = one.valid.lower, versions[one.post.unit_id]
        within = [v for v in own if v.valid.lower <= day and (v.valid.upper is None or day < v.valid.upper)]
        found[one.post.unit_id, day] = (within or own)[0].name if own else ""
    return found


def _round_units(rounds: list[GradingRound]) -> Iterator[tuple[GradingRound, UnitAt]]:
    """Đợt và cơ quan của nó vào ngày cuối kỳ; mỗi kỳ một câu SQL."""
    by_day: dict[date, dict[int, GradingRound]] = defaultdict(dict)
    for one in rounds:
        by_day[last_day(one.year, one.quarter)][one.pk] = one
    for day, own in by_day.items():
        units = units_at({one.unit_id for one in own.values()}, on=day)
        yield from ((one, units[one.unit_id]) for one in own.values() if one.unit_id in units)


def _how() -> Sheet:
    rows = [
        (matter.title, column.header, _("máy ghi") if column.is_shown_only else _("bắt buộc") if column.is_required else "", str(column.how))
        for matter in MATTERS.values() for column in matter.columns
    ]  # fmt: skip
    return Sheet(HOW_TITLE, (_("Trang"), _("Cột"), _("Bắt buộc"), _("Cách ghi")), rows)


def last_day_said(upper: date | None) -> str:
    """Ngày cuối còn tính, từ ngày đầu tiên không còn tính."""
    return day_said(upper - timedelta(days=1)) if upper else ""


def number_said(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}".replace(".", ",")
