"""Khép lại: biên bản đã ký, không còn hoàn tác được nữa."""

from django.db import transaction

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import refuse_if
from tinhgon.reorg.access import reorg_for
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services.undoing import not_applied


@transaction.atomic
def close(actor: Actor, reorg_id: int) -> Reorganisation:
    """Khép lại một lần sắp xếp đã chuyển giao xong."""
    reorg = reorg_for(actor, reorg_id, to="apply", on=clock.today(), lock=True)
    refuse_if(not_applied(reorg))
    reorg.state = Reorganisation.State.CLOSED
    reorg.save(update_fields=["state"])
    record(actor, "reorg.closed", ("reorg", reorg.pk))
    return reorg
