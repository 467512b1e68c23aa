"""Giao nhiệm vụ: sáu rõ (việc, người, thời gian, trách nhiệm, sản phẩm, thẩm quyền) ngay từ đầu."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, Secrecy
from tinhgon.documents.services import checks
from tinhgon.org.access import require
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Kind
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import descendants, path, units_at
from tinhgon.tasks.models import Coordination, Task
from tinhgon.tasks.services.steps import add_entry, required, working_deadline


@transaction.atomic
def assign_task(
    actor: Actor,
    *,
    on: date,
    title: str,
    lead_id: int,
    assigner_id: int | None = None,
    coordinating: Sequence[int] = (),
    due_on: date | None = None,
    detail: str = "",
    product: str = "",
    function_id: int | None = None,
    source_id: int | None = None,
) -> Task:
    """Giao việc cho một đơn vị chủ trì và các đơn vị phối hợp.

    ``assigner_id``: đơn vị giao, mặc định đơn vị của vị trí đang dùng. Hạn rơi vào ngày nghỉ được dời, có ghi lại. Giao
    trong chính đơn vị mình thì coi như đã nhận. ``Refused`` với mọi lý do: đơn vị kết thúc, ngoài phạm vi, lặp lại, hạn đã
    qua, văn bản chưa vào sổ, không ai được xem độ mật.
    """
    standing = require(actor, Verb.ASSIGN_TASK, on=on, unit_id=assigner_id)
    assigner = assigner_id or (standing.unit_id if standing else None)
    if assigner is None:
        raise Invalid(Reason("tasks.missing", _("Chưa chọn đơn vị giao."), "assigner"))
    named = required(title, "title", _("Chưa ghi nội dung nhiệm vụ."))
    source = document_for(actor, source_id, on=on) if source_id else None
    refuse_if(_objections(assigner, lead_id, list(coordinating), due_on, function_id, source, on))
    deadline, note = working_deadline(due_on) if due_on else (None, "")
    hold_open([assigner, lead_id, *coordinating], on=on)
    is_own = assigner == lead_id
    task = Task.objects.create(
        title=named, detail=detail.strip(), product=product.strip(), assigner_id=assigner, lead_id=lead_id, joined=is_own,
        state=Task.State.ACCEPTED if is_own else Task.State.ASSIGNED, accepted_at=clock.now() if is_own else None,
        function_id=function_id, source=source, secrecy=source.secrecy if source else Secrecy.NORMAL,
        original_due_on=deadline, due_on=deadline, created_at=clock.now(),
    )  # fmt: skip
    Coordination.objects.bulk_create(Coordination(task=task, unit_id=unit) for unit in coordinating)
    add_entry(actor, task, " ".join(filter(None, [_("Giao nhiệm vụ."), note])), on=on)
    record(
        actor, "tasks.assigned", ("task", task.pk),
        after={"title": task.title, "assigner": assigner, "lead": lead_id, "coordinating": list(coordinating),
               "due": deadline, "source": source_id},
    )  # fmt: skip
    return task


def _objections(
    assigner: int, lead: int, coordinating: list[int], due_on: date | None, function_id: int | None,
    source: Document | None, on: date,
) -> list[Reason]:  # fmt: skip
    partners = [lead, *coordinating]
    reasons = checks.not_open({assigner, *partners}, on=on, field="units") + checks.unknown_function(function_id)
    if len(set(partners)) < len(partners):
        reasons.append(Reason("tasks.unit_repeated", _("Một đơn vị chỉ chọn một lần: chủ trì hoặc phối hợp."), "coordinating"))
    reasons += _out_of_reach(assigner, set(partners), on)
    if due_on and due_on < on:
        reasons.append(Reason("tasks.due_past", _("Hạn đã qua."), "due_on"))
    if source is not None:
        if source.state in Document.NEVER_NUMBERED:
            reasons.append(Reason("tasks.source_draft", _("Văn bản giao chưa vào sổ."), "source"))
        reasons += checks.nobody_cleared(partners, source.secrecy, on=on, field="units")
    return reasons


def _out_of_reach(assigner: int, units: set[int], on: date) -> list[Reason]:
    """Giao cho đơn vị mình và cấp dưới; cơ quan giúp việc giao được trong phạm vi cấp ủy của mình, không giao ngược lên."""
    chain = path(assigner, on=on)
    if not chain:
        return []
    own = chain[-1]
    serves = own.is_organ and own.kind != Kind.COMMITTEE
    top = own.parent_id if serves and own.parent_id else assigner
    reach = descendants([top], on=on)
    outside = units - (reach - {unit.id for unit in chain[:-1]})
    sentence = _("%(unit)s không thuộc phạm vi giao việc của đơn vị giao.")
    return [
        Reason("tasks.out_of_reach", sentence % {"unit": unit.name}, "units", {"unit": unit.id})
        for unit in units_at(outside, on=on).values()
        if unit.is_open
    ]
