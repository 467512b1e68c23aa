"""Ghi kết quả xếp loại đã quyết định trên giấy từ màn hình: cùng một luật với trang Xếp loại của tệp hồ sơ (``importing.gradings``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.org.access import remembering_scopes, require_below
from tinhgon.org.models import Appointment, Person
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import unit_at
from tinhgon.personnel.models import Grade, Grading
from tinhgon.personnel.periods import last_day
from tinhgon.personnel.selectors.matrix import rooms_inside
from tinhgon.personnel.services.importing import ImportReport, note_import
from tinhgon.personnel.services.importing.gradings import Gradings
from tinhgon.personnel.services.importing.reading import Reading, Row
from tinhgon.personnel.services.steps import required
from tinhgon.personnel.workbook import GRADINGS


@dataclass(frozen=True, slots=True)
class PaperLine:
    """Một người của cơ quan vào ngày cuối kỳ, và mức đang ghi (rỗng: chưa ghi)."""

    person_id: int
    full_name: str
    title: str
    level: str


def paper_lines(actor: Actor, *, on: date, unit_id: int, year: int, quarter: int) -> list[PaperLine]:
    """Những người giữ vị trí chính ở cơ quan (và phòng bên trong) vào ngày cuối kỳ, trừ chính người hỏi. ``Forbidden`` khi không giữ hồ sơ cấp ấy."""
    reading, ends = _reading(actor, on, unit_id), last_day(year, quarter)
    held = Appointment.objects.filter(post__unit__in=rooms_inside(unit_id, on=ends), post__is_pool=False, is_main=True, valid__contains=ends, person__code__in=reading.people)
    recorded = dict(Grading.objects.filter(round__unit=unit_id, round__year=year, round__quarter=quarter).values_list("person", "level"))
    rows = held.order_by("post__rank", "person__name_key", "pk").values_list("person", "person__full_name", "post__title")
    return [PaperLine(person, name, title, recorded.get(person, "")) for person, name, title in rows]


@transaction.atomic
def record_paper_gradings(
    actor: Actor, *, on: date, unit_id: int, year: int, quarter: int, decree: str, decided: date, levels: Mapping[int, str], cap_reason: str = ""
) -> ImportReport:
    """Ghi mức của từng người (``levels``: người -> mức; rỗng thì thôi) theo một quyết định. Nêu mọi chỗ sai cùng lúc, sai một chỗ thì không ghi gì."""
    told = required(decree, "decree", _("Hãy ghi số quyết định."))
    with remembering_scopes():
        reading = _reading(actor, on, unit_id)
        unit = unit_at(unit_id, on=last_day(year, quarter))
        people = {one.pk: one for one in Person.objects.filter(pk__in=levels)}
        cells = {"period": f"Quý {quarter}/{year}" if quarter else str(year), "unit": unit.name if unit else "", "decree": told, "decided": f"{decided:%d/%m/%Y}", "cap_reason": cap_reason.strip()}
        for number, (person_id, level) in enumerate(levels.items(), start=1):
            person = people.get(person_id)
            if person is None or person.code not in reading.people:
                raise Invalid(Reason("personnel.paper_person", _("Trong danh sách có người ngoài phạm vi của bạn, hoặc chính bạn."), f"muc_{person_id}"))
            if level:
                own = {"code": person.code, "name": person.full_name, "level": str(Grade(level).label)}
                reading.rows["gradings"].append(Row(GRADINGS, number, person, cells | own))
        if not reading.rows["gradings"]:
            raise Invalid(Reason("personnel.paper_nobody", _("Chưa chọn mức cho ai.")))
        sheet = Gradings(reading)
        sheet.plan()
        if reading.problems:
            boxes = {row.number: f"muc_{row.person.pk}" for row in reading.rows["gradings"]}
            own_box = {"Mức": "", "Quyết định": "decree", "Ngày quyết định": "decided", "Lý do vượt tỉ lệ": "cap_reason", "Kỳ": "year"}
            said = {(own_box.get(p.column) or boxes[p.row], p.sentence) for p in reading.problems}
            raise Invalid(*(Reason("personnel.import_problem", sentence, box) for box, sentence in sorted(said)))
        sheet.write(Person.objects.filter(user=actor.user_id).first() if actor.user_id else None)
        report = ImportReport(tuple(reading.effects), (), ())
        if report.changes:
            note_import(actor, report, on)
        return report


def _reading(actor: Actor, on: date, unit_id: int) -> Reading:
    require_below(actor, Verb.KEEP_PROFILES, on=on, unit_ids=[unit_id])
    return Reading(actor, on)
