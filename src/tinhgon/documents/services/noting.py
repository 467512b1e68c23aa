"""Báo trạng thái về nơi gửi, theo việc thật ở nơi nhận: các động từ gọi ``note`` trong chính giao dịch của mình.

Bên gửi ở hệ thống này thì dòng gửi của họ đổi ngay; ở hệ thống khác thì một dòng vào hộp thư đi. Không bao giờ làm hỏng
động từ gọi nó: bước đã qua hay không còn hợp lệ thì thôi.
"""

from datetime import datetime

from procrastinate.contrib.django import app

from tinhgon.core import clock
from tinhgon.documents.models import Arrival, Delivery, DeliveryStep, Document, Outbox, Receipt
from tinhgon.documents.models.exchange import STANDING
from tinhgon.engine.edxml.states import Code, IllegalStep, after, is_late

DISPATCH_JOB = "documents.exchange_dispatch"


def note(document: Document, code: Code, said: str = "") -> None:
    """Văn bản đã tới bước ``code`` ở nơi nhận; văn bản không đến qua trao đổi thì không có gì để báo."""
    if document.direction == "incoming":
        for receipt in Receipt.objects.select_for_update().filter(arrival__document=document).order_by("pk"):
            advance(receipt, code, said)


def note_arrival(arrival: Arrival, code: Code, said: str = "") -> None:
    """Như ``note``, cho thứ còn ở khay (từ chối tiếp nhận) hay vừa vào sổ."""
    receipt = Receipt.objects.select_for_update().filter(arrival=arrival).first()
    if receipt is not None:
        advance(receipt, code, said)


def advance(receipt: Receipt, code: Code, said: str = "", *, takes_away: bool = True) -> bool:
    """Đưa biên nhận tới bước ``code`` và báo nơi gửi. ``False`` khi bước ấy đã qua hoặc không hợp lệ: không đổi gì."""
    try:
        receipt.standing = after(receipt.standing, code, takes_away=takes_away)
    except IllegalStep:
        return False
    receipt.save(update_fields=STANDING)
    tell(receipt, code, said, takes_away=takes_away)
    return True


def tell(receipt: Receipt, code: Code, said: str = "", *, takes_away: bool = True) -> None:
    """Báo nơi gửi, không đổi biên nhận."""
    said = said[:500]
    if receipt.delivery_id:
        hear(receipt.delivery_id, code, said, at=clock.now(), takes_away=takes_away)
    elif receipt.partner_id:
        queue(Outbox(partner_id=receipt.partner_id, line=f"receipt:{receipt.pk}", kind=Outbox.Kind.STATUS, receipt=receipt, code=code, said=said))


def hear(delivery_id: int, code: str, said: str, *, at: datetime, takes_away: bool = True) -> Delivery:
    """Nơi nhận báo ``code``: ghi lịch sử, đổi trạng thái nếu là bước mới. ``IllegalStep`` khi không thể có bước ấy."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if not is_late(delivery.standing, code):
        delivery.standing = after(delivery.standing, code, takes_away=takes_away)
        delivery.heard_at = at
        delivery.save(update_fields=[*STANDING, "heard_at"])
        step(delivery, code, said, at=at)
    return delivery


def step(delivery: Delivery, code: str, said: str, *, at: datetime) -> None:
    """Một dòng lịch sử của dòng gửi."""
    DeliveryStep.objects.create(delivery=delivery, code=code, said=said[:500], at=at)


def queue(message: Outbox) -> Outbox:
    """Bỏ vào hộp thư đi và hẹn việc nền, cùng giao dịch đang mở: giao dịch hỏng thì không có gì để gửi."""
    message.created_at = message.next_at = clock.now()
    message.save()
    app.configure_task(DISPATCH_JOB).defer(outbox_id=message.pk)
    return message
