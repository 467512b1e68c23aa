"""Chuyển tiếp xuống: đơn vị nhận chuyển dòng của mình tới phòng, đơn vị bên dưới hay đích danh người. Dòng của mình còn mở
cho tới khi bên dưới xong và mình kết luận; chỉ chuyển "để biết" thì không đổi gì ở dòng của mình (domain §4).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, refuse_if
from tinhgon.documents.access import line_for
from tinhgon.documents.branches import WORKING, Branches
from tinhgon.documents.models import RoutingLine
from tinhgon.documents.services import checks, deadlines
from tinhgon.documents.services.lines import not_ours
from tinhgon.documents.services.routing import repeated
from tinhgon.org.locks import hold_open
from tinhgon.org.selectors.units import descendants, units_at

Role = RoutingLine.Role


@dataclass(frozen=True, slots=True)
class _Target:
    unit_id: int
    person_id: int | None
    role: str


@transaction.atomic
def forward(
    actor: Actor,
    *,
    on: date,
    line_id: int,
    lead_id: int | None = None,
    coordinating: Sequence[int] = (),
    for_information: Sequence[int] = (),
    lead_person_id: int | None = None,
    persons: Sequence[int] = (),
    informed_persons: Sequence[int] = (),
    remark: str = "",
    due_on: date | None = None,
    working_days: int | None = None,
) -> list[RoutingLine]:
    """Chuyển dòng xuống dưới; không ghi hạn thì theo hạn của dòng. ``Refused`` với mọi lý do; trả về các dòng con."""
    line = line_for(actor, line_id, to="forward", on=on)
    units = [(lead_id, Role.LEAD)] if lead_id else []
    units += [(unit, Role.COORDINATING) for unit in coordinating] + [(unit, Role.FOR_INFORMATION) for unit in for_information]
    people = [(lead_person_id, Role.LEAD)] if lead_person_id else []
    people += [(person, Role.COORDINATING) for person in persons] + [(p, Role.FOR_INFORMATION) for p in informed_persons]
    targets = [_Target(unit, None, role) for unit, role in units]
    targets += [_Target(line.to_unit_id, person, role) for person, role in people]
    reasons = _objections(line, targets, on)
    if people:
        reasons += not_ours(actor, line, [person for person, _role in people], on, "persons")
    reasons += deadlines.objections(due_on, working_days, on=on, at_most=line.due_on, whose=_("dòng chuyển tới đơn vị"))
    refuse_if(reasons)
    hold_open(
        [line.to_unit_id, *(target.unit_id for target in targets)], on=on, touching=[line.from_unit_id, line.document.holder_id]
    )
    due = deadlines.settled(due_on, working_days, on=on) or line.due_on
    made = RoutingLine.objects.bulk_create(
        RoutingLine(
            document=line.document, parent=line, depth=line.depth + 1, to_unit_id=target.unit_id, from_unit_id=line.to_unit_id,
            assignee_id=target.person_id, personal=target.person_id is not None, role=target.role, remark=remark.strip(),
            due_on=due if target.role in WORKING else None, sent_at=clock.now(),
        )
        for target in targets
    )  # fmt: skip
    if line.state == RoutingLine.State.UNREAD and any(target.role in WORKING for target in targets):
        line.state, line.accepted_at = RoutingLine.State.ACCEPTED, clock.now()
        line.save(update_fields=["state", "accepted_at"])
    record(
        actor, "documents.line_forwarded", ("document", line.document_id),
        after={"line": line.pk, "unit": line.to_unit_id, "lines": [child.pk for child in made], "remark": remark.strip(),
               "count": len(made)},
    )  # fmt: skip
    return made


def _objections(line: RoutingLine, targets: Sequence[_Target], on: date) -> list[Reason]:
    if not targets:
        return [Reason("documents.no_receiver", _("Chưa chọn nơi nhận hay người nhận nào."), "lead")]
    units = [target.unit_id for target in targets if target.person_id is None]
    branches = Branches(line.document.lines.all())
    held = [found for found in branches.lines if found.state in RoutingLine.OPEN]
    reasons = checks.not_open(units, on=on, field="units")
    reasons += repeated(units, {found.to_unit_id for found in held if not found.personal} - {line.to_unit_id}, on)
    reasons += _twice([t.person_id for t in targets if t.person_id], {x.assignee_id for x in branches.open_below(line) if x.personal})
    reasons += _outside(line, units, on)
    leads = [target for target in targets if target.role == Role.LEAD]
    if len(leads) > 1 or (leads and any(child.role == Role.LEAD for child in branches.unfinished(line))):
        sentence = _("Phần việc này đã có một nơi chủ trì bên dưới: một việc chỉ một đầu mối. Hãy thu hồi dòng ấy trước.")
        reasons.append(Reason("documents.lead_taken", sentence, "lead"))
    return reasons + checks.nobody_cleared(units, line.document.secrecy, on=on, field="units")


def _twice(people: Sequence[int], already: set[int | None]) -> list[Reason]:
    if any(times > 1 for times in Counter(people).values()) or already & set(people):
        sentence = _("Một người được chọn hai lần, hoặc đang có một dòng chưa xong của phần việc này.")
        return [Reason("documents.person_repeated", sentence, "persons")]
    return []


def _outside(line: RoutingLine, units: Sequence[int], on: date) -> list[Reason]:
    """Chỉ chuyển xuống trong phạm vi đơn vị nhận; ra ngoài thì phải trả lại để nơi chuyển giao đúng chỗ."""
    outside = set(units) - (descendants([line.to_unit_id], on=on) - {line.to_unit_id})
    sentence = _("%(unit)s không ở dưới đơn vị nhận: hãy trả lại để nơi chuyển giao đúng chỗ.")
    return [
        Reason("documents.not_below", sentence % {"unit": unit.name}, "units", {"unit": unit.id})
        for unit in units_at(outside, on=on).values()
    ]
