"""Chuyển xử lý (bút phê): một chủ trì, các bên phối hợp, nơi nhận để biết; và thu hồi cả nhánh."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, refuse_if
from tinhgon.documents.access import document_for, line_for
from tinhgon.documents.branches import Branches
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.services import checks, deadlines
from tinhgon.documents.services.noting import note
from tinhgon.engine.edxml.states import Code
from tinhgon.org.locks import hold_open
from tinhgon.org.selectors.units import units_at

Role = RoutingLine.Role


@transaction.atomic
def route(
    actor: Actor,
    *,
    on: date,
    document_id: int,
    lead_id: int | None = None,
    coordinating: Sequence[int] = (),
    for_information: Sequence[int] = (),
    remark: str = "",
    due_on: date | None = None,
    working_days: int | None = None,
) -> list[RoutingLine]:
    """Chuyển văn bản từ đơn vị đang giữ tới các đơn vị, kèm bút phê và hạn (ngày, hoặc số ngày làm việc); chuyển thêm được
    nhiều lần.

    ``Refused`` với mọi lý do: đã có chủ trì, đơn vị lặp lại hay đang có dòng mở, đơn vị kết thúc hoặc đang chuyển giao,
    không ai ở đó được xem độ mật, hạn đã qua hay sau hạn của văn bản.
    """
    document = document_for(actor, document_id, to="route", on=on, lock=True)
    wanted = [(unit, Role.LEAD) for unit in ([lead_id] if lead_id else [])]
    wanted += [(unit, Role.COORDINATING) for unit in coordinating]
    wanted += [(unit, Role.FOR_INFORMATION) for unit in for_information]
    late = deadlines.objections(due_on, working_days, on=on, at_most=document.due_on, whose=_("văn bản"))
    refuse_if(_objections(document, wanted, on) + late)
    due_on = deadlines.settled(due_on, working_days, on=on)
    units = [unit for unit, _role in wanted]
    hold_open([document.holder_id, *units], on=on)
    lines = RoutingLine.objects.bulk_create(
        RoutingLine(
            document=document, to_unit_id=unit, from_unit_id=document.holder_id, role=role, remark=remark.strip(),
            due_on=None if role == Role.FOR_INFORMATION else due_on, sent_at=clock.now(),
        )
        for unit, role in wanted
    )  # fmt: skip
    if document.state != Document.State.IN_PROCESS:
        document.state = Document.State.IN_PROCESS
        document.save(update_fields=["state"])
    note(document, Code.ASSIGNED)
    record(
        actor, "documents.routed", ("document", document.pk),
        after={"lead": lead_id, "coordinating": list(coordinating), "for_information": list(for_information),
               "remark": remark.strip(), "due": due_on, "units": len(units)},
    )  # fmt: skip
    return lines


@transaction.atomic
def recall_line(actor: Actor, *, on: date, line_id: int) -> int:
    """Thu hồi một dòng chưa xong và mọi dòng còn mở bên dưới nó; trả về số dòng. Các đơn vị ấy không còn thấy văn bản qua đó."""
    line = line_for(actor, line_id, to="recall", on=on)
    branch = [line, *Branches(line.document.lines.all()).open_below(line)]
    hold_open([], on=on, touching=[line.from_unit_id, line.document.holder_id, *(found.to_unit_id for found in branch)])
    before = line.state
    RoutingLine.objects.filter(pk__in=[found.pk for found in branch]).update(
        state=RoutingLine.State.RECALLED, finished_at=clock.now()
    )
    record(
        actor, "documents.line_recalled", ("document", line.document_id), before={"state": before},
        after={"line": line.pk, "unit": line.to_unit_id, "lines": [found.pk for found in branch], "count": len(branch)},
    )  # fmt: skip
    return len(branch)


def _objections(document: Document, wanted: Sequence[tuple[int, str]], on: date) -> list[Reason]:
    units = [unit for unit, _role in wanted]
    if not units:
        return [Reason("documents.no_receiver", _("Chưa chọn đơn vị nhận nào."), "lead")]
    open_lines = list(document.lines.filter(state__in=RoutingLine.OPEN, personal=False).values_list("to_unit", "role", "parent"))
    reasons = checks.not_open(units, on=on, field="units")
    reasons += repeated(units, {unit for unit, *_rest in open_lines}, on)
    led = any(role == Role.LEAD and parent is None for _unit, role, parent in open_lines)
    if led and any(role == Role.LEAD for _unit, role in wanted):
        sentence = _("Văn bản đã có đơn vị chủ trì đang xử lý: một việc chỉ một đầu mối. Hãy thu hồi dòng ấy trước.")
        reasons.append(Reason("documents.lead_taken", sentence, "lead"))
    if document.holder_id in units:
        reasons.append(Reason("documents.to_itself", _("Đơn vị đang giữ không chuyển cho chính mình."), "units"))
    return reasons + checks.nobody_cleared(units, document.secrecy, on=on, field="units")


def repeated(units: Sequence[int], already: set[int], on: date) -> list[Reason]:
    repeated = {unit for unit, times in Counter(units).items() if times > 1} | (already & set(units))
    sentence = _("%(unit)s được chọn hai lần, hoặc đang có một dòng chưa xong của văn bản này.")
    return [
        Reason("documents.unit_repeated", sentence % {"unit": unit.name}, "units", {"unit": unit.id})
        for unit in units_at(repeated, on=on).values()
    ]
