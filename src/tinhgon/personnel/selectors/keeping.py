"""Giữ người: ai nghỉ thì một việc không còn ai làm được, vì sao, và luật cho dùng biện pháp nào. Chỉ lãnh đạo và ban tổ chức xem."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason
from tinhgon.personnel.access import may_plan_keeping, private_for
from tinhgon.personnel.models import Profile, Rotation
from tinhgon.personnel.selectors.matrix import Column, Matrix, Row, matrix
from tinhgon.personnel.selectors.profile import pension_of
from tinhgon.personnel.selectors.rules import leave_book

_YEARS_AHEAD = 3

MEASURES = (
    (_("Giữ phụ cấp chức vụ tới hết nhiệm kỳ, hết thời hạn bổ nhiệm, hoặc sáu tháng"), "memory"),
    (_("Ưu tiên quy hoạch, đào tạo, bồi dưỡng, bổ nhiệm vị trí cao hơn"), "memory"),
    (_("Nâng một bậc lương cho người có thành tích xuất sắc"), "memory"),
    (_("Phụ cấp và trợ cấp khi tăng cường đi cơ sở ba năm"), "memory"),
)
"""(biện pháp, biết chắc tới đâu): Nghị định 178/2024/NĐ-CP, Điều 9 tới 15."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Một người, các việc chỉ họ làm được, và những gì khiến chỗ trống sắp tới gần (chỉ với người được xem dữ liệu riêng)."""

    person: Column
    duties: tuple[Row, ...]
    pension_from: date | None
    rotation_due: date | None


@dataclass(frozen=True, slots=True)
class KeepingPage:
    keeps: tuple[Keep, ...]
    bare: tuple[Row, ...]


def keeping(actor: Actor, unit_id: int, *, on: date) -> KeepingPage:
    """Những người mà vắng họ thì một lĩnh vực được giao không còn ai làm được. ``Forbidden`` theo ``may_plan_keeping``."""
    if not may_plan_keeping(actor, unit_id, on=on):
        raise Forbidden(Reason("personnel.no_keeping", gettext("Kế hoạch giữ người chỉ hiện với người đứng đầu đơn vị ấy và ban tổ chức.")))
    found: Matrix = matrix(actor, unit_id, on=on)
    held: dict[Column, list[Row]] = {}
    for row in found.rows:
        if row.state == "single":
            held.setdefault(row.able[0], []).append(row)
    ids = [person.person_id for person in held]
    private = Profile.objects.in_bulk(private_for(actor, on=on).filter(pk__in=ids).values_list("pk", flat=True))
    near = date(on.year + _YEARS_AHEAD, 12, 31)
    due = dict(Rotation.objects.filter(person__in=ids, term__contains=on).order_by("-term").values_list("person", "term"))
    rules = leave_book().on(on)
    keeps = [
        Keep(person, tuple(rows), pension if (pension := pension_of(rules, private.get(person.person_id))) and pension <= near else None,
             due[person.person_id].upper if person.person_id in due else None)
        for person, rows in held.items()
    ]  # fmt: skip
    return KeepingPage(tuple(sorted(keeps, key=lambda keep: -len(keep.duties))), tuple(row for row in found.rows if row.state == "bare"))
