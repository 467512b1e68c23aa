"""Trang Phân công: gọi đúng động từ của tổ chức (phân công, thôi giữ) cho cả loạt dòng; đọc thử thì lùi tất cả.

Bỏ một phân công ghi nhầm là thôi giữ ngay ngày bắt đầu: coi như chưa từng giữ.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tinhgon.engine.tables import header_key
from tinhgon.org.importing.rows import day_after
from tinhgon.org.models import Appointment, Post, UnitVersion
from tinhgon.org.services.appointing import Leaving, RowsRefused, Seat, appoint_many, end_many
from tinhgon.personnel.services.importing.reading import Kind, Reading, Row

_MAIN = {"": True, "chinh": True, "vi tri chinh": True, "1": True, "x": True, "co": True, "kiem nhiem": False, "0": False, "khong": False, "kiem": False}


@dataclass
class _Step:
    row: Row
    post: Post
    since: date
    until: date | None
    is_main: bool
    had: Appointment | None


@dataclass
class Appointments:
    """``ends`` trước, ``starts`` sau: chuyển vị trí trong cùng một tệp thì chỗ cũ trống đúng ngày chỗ mới bắt đầu."""

    reading: Reading
    ends: list[_Step] = field(default_factory=list)
    starts: list[_Step] = field(default_factory=list)

    def plan(self) -> None:
        rows = [(row, since) for row in self.reading.rows["appointments"] if (since := self.reading.day(row, "since"))]
        found = Appointment.objects.filter(person__in={row.person.pk for row, _since in rows}, valid__isempty=False, post__is_pool=False)
        had = {(one.person_id, one.post_id, one.valid.lower): one for one in found.select_related("post")}
        posts = _Posts([since for _row, since in rows])
        read = []
        for row, since in rows:
            post = posts.named(self.reading, row, since)
            if post is not None:
                read.append((row, (row.person.pk, post, since)))
        for row, (person, post, since) in self.reading.once(read, _("Dòng %(first)d đã ghi phân công này cho %(person)s (%(code)s)."), "since"):
            last, is_main = self.reading.day(row, "until"), self._main(row)
            if last is not None and last < since:
                self.reading.fault(row, "until", _("Ngày cuối phải từ ngày đầu trở đi."))
            elif is_main is not None and (last is not None or not row["until"]):
                until = day_after(last) if last else None
                self._step(_Step(row, post, since, until, is_main, had.get((person, post.pk, since))))

    def _main(self, row: Row) -> bool | None:
        found = _MAIN.get(header_key(row["main"]))
        if found is None:
            self.reading.fault(row, "main", _("Ghi Chính hoặc Kiêm nhiệm."))
        return found

    def _step(self, step: _Step) -> None:
        row, had = step.row, step.had
        shown = {"title": step.post.title, "since": f"{step.since:%d/%m/%Y}", "last": f"{step.until - timedelta(days=1):%d/%m/%Y}" if step.until else ""}
        if row.is_dropped:
            if had is None:
                self.reading.effect(row, Kind.SAME, _("không có mục này để bỏ"))
                return
            step.until = step.since
            self.ends.append(step)
            self.reading.effect(row, Kind.REMOVED, _("bỏ phân công “%(title)s” từ %(since)s") % shown)
        elif had is None:
            self.starts.append(step)
            self.reading.effect(row, Kind.NEW, _("phân công “%(title)s” từ %(since)s") % shown)
        elif had.is_main != step.is_main:
            self.reading.fault(row, "main", _("Phân công này đang ghi là %(kind)s: ghi x ở cột Bỏ cho dòng cũ rồi thêm một dòng mới.") % {"kind": _("vị trí chính") if had.is_main else _("kiêm nhiệm")})
        elif had.valid.upper == step.until:
            self.reading.effect(row, Kind.SAME, _("đã ghi"))
        elif had.valid.upper is None:
            self.ends.append(step)
            self.reading.effect(row, Kind.CHANGED, _("thôi giữ “%(title)s” sau ngày %(last)s") % shown)
        else:
            ended = had.valid.upper - timedelta(days=1)
            self.reading.fault(row, "until", _("Phân công này đã thôi sau ngày %(day)s.") % {"day": f"{ended:%d/%m/%Y}"})

    def carry_out(self) -> None:
        """Ghi thật. Dòng nào động từ từ chối thì thành chỗ sai của dòng ấy, với mọi lý do; các dòng đúng khác vẫn thử, để nêu hết một lần."""
        self._try(sorted(self.ends, key=lambda one: (one.until or one.since, one.row.number)), self._end)
        self._try(sorted(self.starts, key=lambda one: (one.since, not one.is_main, one.row.number)), self._start)

    def _try(self, steps: list[_Step], verb: Callable[[list[_Step]], object]) -> None:
        if not steps:
            return
        try:
            verb(steps)
        except RowsRefused as refused:
            for number, error in refused.rows.items():
                for reason in error.reasons:
                    key = {"until": "until", "post_id": "post", "person_id": "main", "decree": "decree"}.get(reason.field, "since")
                    self.reading.fault(steps[number].row, key, str(reason))
            self._try([step for number, step in enumerate(steps) if number not in refused.rows], verb)

    def _end(self, steps: list[_Step]) -> None:
        held = [(step, step.had, step.until) for step in steps]
        end_many(self.reading.actor, leavings=[Leaving(had.pk, until, step.row["decree"]) for step, had, until in held if had and until])

    def _start(self, steps: list[_Step]) -> None:
        seats = [Seat(step.row.person.pk, step.post.pk, step.since, step.row["decree"], step.is_main, step.until) for step in steps]
        appoint_many(self.reading.actor, seats=seats)


class _Posts:
    """Tìm vị trí theo mã, hay theo tên đơn vị và chức danh vào ngày bắt đầu."""

    def __init__(self, days: list[date]) -> None:
        self.posts = {post.pk: post for post in Post.objects.filter(is_pool=False, valid__isempty=False)} if days else {}
        self.by_unit: dict[int, list[Post]] = defaultdict(list)
        for post in self.posts.values():
            self.by_unit[post.unit_id].append(post)
        self.names: dict[str, list[tuple[int, date, date | None]]] = defaultdict(list)
        for unit, name, short, valid in UnitVersion.objects.filter(valid__isempty=False).values_list("unit", "name", "short_name", "valid") if days else ():
            for text in {header_key(name), header_key(short)}:
                self.names[text].append((unit, valid.lower, valid.upper))

    def named(self, reading: Reading, row: Row, since: date) -> Post | None:
        if row["post"]:
            number = row["post"].upper().removeprefix("V")
            post = self.posts.get(int(number)) if number.isascii() and number.isdigit() else None
            if post is None:
                reading.fault(row, "post", _("Không có vị trí mang mã “%(code)s”.") % {"code": row["post"]})
            elif row["title"] and header_key(row["title"]) != header_key(post.title):
                reading.fault(row, "title", _("Mã %(code)s là vị trí “%(title)s”, không phải “%(text)s”.") % {"code": row["post"], "title": post.title, "text": row["title"]})
            else:
                return post
            return None
        if not row["unit"] or not row["title"]:
            reading.fault(row, "post", _("Ghi mã vị trí, hoặc cả đơn vị và chức danh."))
            return None
        return self._by_name(reading, row, since)

    def _by_name(self, reading: Reading, row: Row, since: date) -> Post | None:
        units = {unit for unit, first, upper in self.names[header_key(row["unit"])] if first <= since and (upper is None or since < upper)}
        shown = {"unit": row["unit"], "title": row["title"], "day": f"{since:%d/%m/%Y}"}
        if not units:
            reading.fault(row, "unit", _("Không có đơn vị “%(unit)s” ngày %(day)s.") % shown)
            return None
        title = header_key(row["title"])
        posts = [post for unit in units for post in self.by_unit[unit] if header_key(post.title) == title and post.valid.lower <= since and (post.valid.upper is None or since < post.valid.upper)]
        if len(posts) == 1:
            return posts[0]
        if posts:
            codes = ", ".join(f"V{post.pk}" for post in posts[:5])
            reading.fault(row, "post", _("Có %(count)d vị trí “%(title)s” ở “%(unit)s” (%(codes)s): ghi mã vị trí.") % (shown | {"count": len(posts), "codes": codes}))
        else:
            reading.fault(row, "title", _("Không có vị trí “%(title)s” ở “%(unit)s” ngày %(day)s.") % shown)
        return None
