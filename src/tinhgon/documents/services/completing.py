"""Khép lại một văn bản khi mọi phần việc đã xong."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, RoutingLine
from tinhgon.documents.services.noting import note
from tinhgon.engine.edxml.states import Code
from tinhgon.org.locks import hold_open
from tinhgon.org.selectors.units import units_at


@transaction.atomic
def complete_document(actor: Actor, *, on: date, document_id: int) -> Document:
    """Đánh dấu xử lý xong. ``Refused`` nêu mọi đơn vị chủ trì, phối hợp chưa xong; nhận để biết thì không chặn."""
    document = document_for(actor, document_id, to="complete", on=on, lock=True)
    refuse_if(_unfinished(document, on))
    hold_open([document.holder_id], on=on)
    before = document.state
    document.state, document.finished_on = Document.State.DONE, on
    document.save(update_fields=["state", "finished_on"])
    note(document, Code.DONE)
    record(
        actor, "documents.completed", ("document", document.pk), before={"state": before}, after={"on": on}
    )
    return document


def _unfinished(document: Document, on: date) -> list[Reason]:
    lines = list(
        document.lines.filter(state__in=RoutingLine.OPEN)
        .exclude(role=RoutingLine.Role.FOR_INFORMATION).order_by("pk")
    )  # fmt: skip
    names = units_at({line.to_unit_id for line in lines}, on=on)
    sentence = _("%(unit)s (%(role)s) chưa xong phần của mình.")
    return [
        Reason(
            "documents.line_open",
            sentence % {"unit": names[line.to_unit_id].name, "role": line.get_role_display()},
            data={"line": line.pk, "unit": line.to_unit_id},
        )
        for line in lines
    ]
