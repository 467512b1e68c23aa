"""Nhập hồ sơ cán bộ từ tệp: mỗi loại một trang (``personnel.workbook``). Có một chỗ sai thì không ghi gì; đưa lại cùng tệp thì không đổi gì.

``dry_run`` chạy đúng mọi phép kiểm tra rồi bỏ, nêu từng dòng làm gì hay sai gì. Phân công đi qua động từ của tổ chức cả loạt một lúc; các trang khác
ghi theo khối với cùng luật, để hàng nghìn người không giữ chuỗi nhật ký lâu. Trang gọi việc nền (``later``); lệnh gọi thẳng.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import Entry, record, record_many
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.org.access import remembering_scopes
from tinhgon.org.models import Person
from tinhgon.personnel.services.importing.appointments import Appointments
from tinhgon.personnel.services.importing.gradings import Gradings
from tinhgon.personnel.services.importing.reading import Effect, Kind, Problem, Reading
from tinhgon.personnel.services.importing.records import Records
from tinhgon.personnel.services.importing.skills import Private, Skills
from tinhgon.personnel.workbook import MATTERS

__all__ = ["Effect", "ImportReport", "Kind", "Problem", "import_profiles", "said"]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Kết quả đọc: từng dòng làm gì, mọi chỗ sai theo trang và dòng, lời nhắc về trang, cột không đọc."""

    effects: tuple[Effect, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def changes(self) -> tuple[Effect, ...]:
        return tuple(effect for effect in self.effects if effect.kind != Kind.SAME)

    @property
    def people(self) -> int:
        return len({effect.person_id for effect in self.changes})

    def count(self, sheet: str, kind: Kind) -> int:
        return sum(effect.sheet == sheet and effect.kind == kind for effect in self.effects)


Tell = Callable[[int, int, str], None]
"""(bước đã xong, tổng số bước, đang làm gì): nơi gọi cho người chờ thấy tới đâu."""


def _silent(done: int, total: int, sentence: str) -> None:
    """Không ai chờ xem tiến độ."""


@transaction.atomic
def import_profiles(actor: Actor, *, on: date, data: bytes, dry_run: bool, tell: Tell = _silent) -> ImportReport:
    """Nhập hồ sơ trong tệp Excel hay CSV ``data``; mức của lĩnh vực có hiệu lực từ ngày ``on``. ``tell`` được gọi trước mỗi bước.

    ``Invalid`` khi tệp không đọc được, hoặc ghi thật mà còn chỗ sai; ``Forbidden`` khi không phải ban tổ chức của cấp ấy.
    """
    with remembering_scopes():
        return _import(actor, on, data, dry_run=dry_run, tell=tell)


def _import(actor: Actor, on: date, data: bytes, *, dry_run: bool, tell: Tell) -> ImportReport:
    reading = Reading(actor, on)
    sheets: tuple[Private | Skills | Records | Gradings, ...] = (Private(reading), Skills(reading), Records(reading), Gradings(reading))
    appointments = Appointments(reading)
    parts = len(sheets) + 1
    steps = 1 + parts + (1 if dry_run else parts)  # mở tệp, xét từng phần, rồi thử phân công hoặc ghi từng phần
    tell(0, steps, _("Đang mở tệp"))
    reading.read(data)
    for done, plan in enumerate((*(sheet.plan for sheet in sheets), appointments.plan), start=1):
        tell(done, steps, _("Đang xét từng dòng"))
        plan()
    if dry_run:
        tell(steps - 1, steps, _("Đang thử các phân công"))
        with transaction.atomic():
            appointments.carry_out()
            transaction.set_rollback(True)
        return _report(reading)
    if not reading.problems:
        by = Person.objects.filter(user=actor.user_id).first() if actor.user_id else None
        for done, sheet in enumerate(sheets, start=1 + parts):
            tell(done, steps, _("Đang ghi hồ sơ"))
            sheet.write(by)
        tell(steps - 1, steps, _("Đang ghi phân công"))
        appointments.carry_out()
    if reading.problems:
        raise Invalid(*(Reason("personnel.import_problem", said(p), "file", {"sheet": p.sheet, "row": p.row, "column": p.column}) for p in _report(reading).problems))
    report = _report(reading)
    if report.changes:
        note_import(actor, report, on)
    return report


def _report(reading: Reading) -> ImportReport:
    order = [matter.title for matter in MATTERS.values()]
    placed = {title: place for place, title in enumerate(order)}
    problems = sorted(reading.problems, key=lambda p: (placed.get(p.sheet, -1), p.row))
    effects = sorted(reading.effects, key=lambda e: (placed[e.sheet], e.row))
    return ImportReport(tuple(effects), tuple(problems), tuple(reading.notes))


def said(problem: Problem) -> str:
    where = {"sheet": problem.sheet, "row": problem.row, "sentence": problem.sentence}
    return _("%(sheet)s, dòng %(row)d: %(sentence)s") % where if problem.row else problem.sentence


def note_import(actor: Actor, report: ImportReport, on: date) -> None:
    """Mỗi người một dòng nhật ký (phân công đã có dòng của động từ), và một dòng cho cả lần nhập."""
    changes: dict[int, list[Effect]] = defaultdict(list)
    for effect in report.changes:
        changes[effect.person_id].append(effect)
    entries = [
        Entry("personnel.file_imported", ("person", person), after={"person": own[0].person, "changes": "; ".join(f"{e.sheet}: {e.sentence}" for e in own)})
        for person, own in changes.items()
    ]
    record_many(actor, entries)
    record(actor, "personnel.imported", ("personnel.import", f"{on:%Y-%m-%d}"), after={"people": report.people, "entries": len(report.changes)})
