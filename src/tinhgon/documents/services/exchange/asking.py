"""Bên gửi xin lấy lại, cập nhật hay thay thế một văn bản đã gửi; nơi nhận trả lời từng nơi một."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Delivery, Document, ExchangeRequest, Outbox, Receipt
from tinhgon.documents.models.exchange import STANDING
from tinhgon.documents.services import checks
from tinhgon.documents.services.exchange.arriving import reading_of
from tinhgon.documents.services.exchange.sending import line_of, send
from tinhgon.documents.services.exchange.signers import columns_of, signers_of
from tinhgon.documents.services.noting import queue, step, tell
from tinhgon.engine.edxml.states import Code, IllegalStep, after

Kind = ExchangeRequest.Kind
Way = Delivery.Way

_CODES = {Kind.RECALL: "documents.recall_asked", Kind.UPDATE: "documents.update_asked", Kind.REPLACE: "documents.replace_asked"}


@transaction.atomic
def ask(
    actor: Actor, *, on: date, document_id: int, kind: str, reason: str, delivery_ids: Sequence[int] = (), replacement_id: int | None = None
) -> list[ExchangeRequest]:
    """Xin ``kind`` ở các nơi đã gửi (bỏ trống: mọi nơi còn xin được). ``replacement_id``: văn bản mới, chỉ cho thay thế.

    Cập nhật gửi lại các ô và tệp đang có của văn bản. ``Refused`` với mọi lý do, nêu tên từng nơi không xin được.
    """
    document = document_for(actor, document_id, to="send", on=on, lock=True)
    list(Receipt.objects.select_for_update(of=("self",)).filter(delivery__document=document).order_by("pk"))  # khóa trước dòng gửi, như bên nhận
    everyone = list(document.deliveries.select_for_update(of=("self",)).select_related("to_organ__partner").order_by("pk"))
    chosen = [one for one in everyone if one.pk in set(delivery_ids)] if delivery_ids else [one for one in everyone if not _cannot(one)]
    reasons = [*checks.missing(reason, "reason", _("Hãy ghi lý do để nơi nhận biết.")), *(why for one in chosen for why in _cannot(one))]
    if not chosen:
        reasons.append(Reason("exchange.nobody_to_ask", _("Không nơi nhận nào còn xin được: chưa gửi, đã từ chối, đã xử lý xong hoặc đang chờ trả lời."), "deliveries"))
    if kind == Kind.UPDATE and document.secrecy:
        reasons.append(Reason("documents.secret_content", _("Văn bản mật không gửi qua hệ thống."), "reason"))
    replacement = _replacement(actor, document, replacement_id, on, reasons) if kind == Kind.REPLACE else None
    refuse_if(reasons)
    changes = _changes(document) if kind == Kind.UPDATE else {}
    asked = [_ask_one(actor, on, one, kind, reason.strip(), changes, replacement) for one in chosen]
    record(
        actor, _CODES[Kind(kind)], ("document", document.pk),
        after={"count": len(asked), "reason": reason.strip(), "by": replacement.symbol if replacement else ""},
    )  # fmt: skip
    return asked


def file_request(receipt: Receipt, kind: str, reason: str, changes: dict[str, Any]) -> ExchangeRequest | None:
    """Lời xin tới nơi nhận. Đã xử lý xong hay đã từ chối thì máy trả lời không ngay; đang chờ một lời xin khác thì bỏ qua."""
    try:
        receipt.standing = after(receipt.standing, Code.RECALL)
    except IllegalStep:
        if not receipt.is_asked and not receipt.is_withdrawn:
            tell(receipt, Code.DECLINED, _("Văn bản đã xử lý xong, không lấy lại được."))
        return None
    receipt.save(update_fields=STANDING)
    return ExchangeRequest.objects.create(receipt=receipt, kind=kind, reason=reason[:500], changes=changes, asked_at=clock.now())


def _ask_one(
    actor: Actor, on: date, delivery: Delivery, kind: str, reason: str, changes: dict[str, Any], replacement: Document | None
) -> ExchangeRequest:
    if replacement is not None:
        units, organs = ([delivery.to_unit_id] if delivery.to_unit_id else []), ([delivery.to_organ_id] if delivery.to_organ_id else [])
        send(actor, on=on, document_id=replacement.pk, unit_ids=units, organ_ids=organs, note=reason, replaces=delivery)
    delivery.standing = after(delivery.standing, Code.RECALL)
    delivery.save(update_fields=STANDING)
    step(delivery, Code.RECALL, reason, at=clock.now())
    if delivery.way == Way.INTERNAL:
        request = file_request(Receipt.objects.select_for_update().get(delivery=delivery), kind, reason, changes)
        assert request is not None  # hai bên cùng trạng thái trong một cơ sở dữ liệu
        request.delivery = delivery
        request.save(update_fields=["delivery"])
        return request
    request = ExchangeRequest.objects.create(delivery=delivery, kind=kind, reason=reason[:500], changes=changes, asked_at=clock.now())
    if delivery.way == Way.NETWORK and kind != Kind.REPLACE:  # thông điệp của văn bản mới đã mang lời xin thay thế
        assert delivery.to_organ is not None
        queue(Outbox(partner=delivery.to_organ.partner, line=line_of(delivery), kind=Outbox.Kind.REQUEST, delivery=delivery, request=request))
    return request


def _cannot(delivery: Delivery) -> list[Reason]:
    shown = {"unit": delivery.to_name}
    if delivery.way == Way.PAPER:
        return [Reason("exchange.paper", _("%(unit)s nhận bản giấy: hãy làm việc trực tiếp với nơi nhận.") % shown, "deliveries")]
    try:
        after(delivery.standing, Code.RECALL)
    except IllegalStep:
        return [Reason("exchange.cannot_ask", _("%(unit)s: văn bản đã xử lý xong, đã từ chối, đã lấy lại hoặc đang chờ trả lời một lời xin trước.") % shown, "deliveries")]
    return []


def _replacement(actor: Actor, document: Document, replacement_id: int | None, on: date, reasons: list[Reason]) -> Document | None:
    if replacement_id is None or replacement_id == document.pk:
        reasons.append(Reason("exchange.no_replacement", _("Chưa chọn văn bản thay thế."), "replacement"))
        return None
    found = document_for(actor, replacement_id, to="send", on=on)
    if found.issuer_id != document.issuer_id:
        reasons.append(Reason("exchange.other_issuer", _("Văn bản thay thế phải cùng cơ quan ban hành."), "replacement"))
    return found


def _changes(document: Document) -> dict[str, Any]:
    return {
        "fields": {
            "summary": document.summary, "place": document.place, "receivers": document.receivers, "pages": document.pages,
            **columns_of(signers_of(document)),
        },
        "reading": reading_of(document),
        "files": [[file, name] for file, name in document.attachments.order_by("pk").values_list("file", "name")],
    }  # fmt: skip


