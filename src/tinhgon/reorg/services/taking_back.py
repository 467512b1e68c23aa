"""Hoàn lại thao tác soạn gần nhất của phương án."""

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused
from tinhgon.engine.structure import Changes, taken_back
from tinhgon.reorg.gesture_words import sentence
from tinhgon.reorg.services.drafting import drawable, forget_preview
from tinhgon.reorg.services.journal import drop_stale_decisions, snapshot, write_back


@transaction.atomic
def take_back(actor: Actor, reorg_id: int) -> str:
    """Đặt lại đúng các dòng mà thao tác gần nhất đã đổi; trả về câu kể thao tác ấy. ``Refused`` khi không có, hay đã sửa khác đi."""
    reorg = drawable(actor, reorg_id)
    last = reorg.gestures.order_by("-pk").first()
    if last is None:
        raise Refused(Reason("reorg.no_gesture", _("Không còn thao tác nào để hoàn lại.")))
    if taken_back(snapshot(reorg), Changes(last.changes)) is None:
        raise Refused(Reason("reorg.gesture_overtaken", _("Các dòng của thao tác gần nhất đã được sửa theo cách khác, nên không hoàn lại được.")))
    write_back(reorg, last.changes)
    drop_stale_decisions(reorg)
    forget_preview(reorg)
    what = sentence(last)
    last.delete()
    record(actor, "reorg.taken_back", ("reorg", reorg.pk), after={"what": what})
    return what
