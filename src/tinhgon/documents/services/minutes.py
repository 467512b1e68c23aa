"""Biên bản ký số bởi hai người: người ghi ký và rút số, rồi người chủ trì ký tiếp lên chính tệp ấy."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused
from tinhgon.documents import minutes_access
from tinhgon.documents.models import Document, Signature
from tinhgon.documents.services.issuing import Order, sign_in
from tinhgon.documents.services.sealing import Unlock, opened, put
from tinhgon.org.locks import hold_open


def sign_as_recorder(actor: Actor, *, on: date, document_id: int, unlock: Unlock, issuer_id: int | None = None) -> Document:
    """Người ghi biên bản ký số: số rút ngay và nằm trong nội dung được ký. Chưa đóng dấu được cho tới khi chủ trì ký."""
    with opened(actor, unlock, on=on) as pen:
        return sign_in(actor, document_id, Order(issuer_id=issuer_id), pen, to="record", on=on)


@transaction.atomic
def sign_as_chair(actor: Actor, *, on: date, document_id: int, unlock: Unlock) -> Document:
    """Người chủ trì ký số lên bản người ghi đã ký, như chữ ký thứ hai."""
    document = minutes_access.for_chair(actor, document_id, on=on)
    final = document.attachments.select_related("file").filter(is_final=True).order_by("pk").last()
    if final is None:
        raise Refused(Reason("documents.no_final", _("Không thấy bản PDF người ghi biên bản đã ký.")))
    hold_open([], on=on, touching=[document.holder_id])
    with opened(actor, unlock, on=on) as pen:
        put(actor, document, final, pen, purpose=Signature.Purpose.SIGN, on=on)
    return document
