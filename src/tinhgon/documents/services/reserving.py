"""Giữ số, trả lại số, và số hết hạn giữ: số nào đã rút cũng có văn bản, có người giữ, hoặc có lý do."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Reason, Refused, refuse_if
from tinhgon.documents.models import Direction, Document, DocumentType, NumberReservation, NumberSeries
from tinhgon.documents.services import checks, numbers
from tinhgon.documents.services.books import imprint, organ_of
from tinhgon.org.access import require
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb

LONGEST = 30
"""Ngày: giữ số quá lâu thì sổ không còn theo thứ tự ngày."""

EXPIRED = "Hết hạn giữ số"


@transaction.atomic
def reserve(
    actor: Actor, *, on: date, issuer_id: int, type_id: int, unit_id: int, reason: str, until: date,
    direction: str = Direction.OUTGOING, secrecy: int = 0, congress: bool = False,
) -> NumberReservation:  # fmt: skip
    """Giữ số kế tiếp của sổ cho ``unit_id`` tới hết ngày ``until``. Văn thư của cơ quan đứng tên giữ; lý do bắt buộc."""
    organ = organ_of(issuer_id, issuer_id, on=on)
    standing = require(actor, Verb.ISSUE, on=on, unit_id=organ.id)
    mistakes = [
        *checks.missing(reason, "reason", _("Hãy ghi lý do giữ số.")), *checks.unknown_type(type_id), *_bad_until(until, on),
        *checks.actor_not_cleared(standing, secrecy), *checks.not_open([unit_id], on=on, field="unit"),
    ]  # fmt: skip
    if direction not in (Direction.OUTGOING, Direction.INTERNAL):
        mistakes.append(Reason("documents.direction", _("Chỉ giữ số của sổ đi hoặc sổ nội bộ."), "direction"))
    if mistakes:
        raise Invalid(*mistakes)
    kind = DocumentType.objects.get(pk=type_id)
    printed = imprint(organ=organ, direction=direction, kind=kind, is_secret=secrecy > 0, on=on, congress=congress)
    refuse_if(printed.objections)
    assert printed.book is not None
    series = numbers.lock(printed.book, on=on)
    hold_open([organ.id, unit_id], on=on)
    number = numbers.draw(series)
    kept = NumberReservation.objects.create(
        series=series, type=kind, number=number, symbol=printed.symbol(number), organ_name=organ.name, secrecy=secrecy,
        unit_id=unit_id, reserved_by_id=standing.person_id if standing else None, reserved_on=on, until=until, reason=reason.strip(),
    )  # fmt: skip
    record(
        actor, "documents.number_reserved", ("number_reservation", kept.pk),
        after={"symbol": kept.symbol, "number": number, "series": series.pk, "unit": unit_id, "until": until, "reason": kept.reason},
    )  # fmt: skip
    return kept


@transaction.atomic
def release(actor: Actor, *, on: date, reservation_id: int, reason: str) -> Document:
    """Trả lại số đang giữ: số thành dòng "hủy số" kèm lý do, không dùng lại. Trả về dòng sổ ấy."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do trả lại số."), "reason"))
    kept = reservation_for(actor, reservation_id, on=on)
    kept = numbers.reserved_for(kept.pk, on=min(on, kept.until))
    return _end(actor, kept, NumberReservation.State.RELEASED, reason.strip(), on)


def release_expired(*, on: date) -> int:
    """Mọi số giữ quá hạn ngày ``on`` thành "hủy số" với lý do hết hạn giữ; trả về bao nhiêu số. Chạy lại vô hại.

    Mỗi số một giao dịch; đơn vị giữ sổ đang chuyển giao thì để lần sau.
    """
    late = NumberReservation.objects.filter(state=NumberReservation.State.HELD, until__lt=on)
    done = 0
    for pk in list(late.order_by("until", "pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                done += _expire(pk, on)
        except Refused:
            continue
    return done


def reservation_for(actor: Actor, reservation_id: int, *, on: date) -> NumberReservation:
    """Số giữ thuộc sổ mà người này cấp số. ``NotFound`` khi không có hay không được xem độ mật ấy; ``Forbidden`` khi thiếu quyền."""
    kept = NumberReservation.objects.select_related("series", "type").filter(pk=reservation_id).first()
    missing = NotFound(Reason("documents.no_such_reservation", _("Không có số giữ này, hoặc bạn không được xem.")))
    if kept is None:
        raise missing
    try:
        standing = require(actor, Verb.ISSUE, on=on, unit_id=kept.series.keeper_id)
    except Forbidden:
        if kept.secrecy:
            raise missing from None
        raise
    if standing is not None and standing.clearance < kept.secrecy:
        raise missing
    return kept


def _expire(pk: int, on: date) -> int:
    kept = NumberReservation.objects.select_related("series").get(pk=pk)
    NumberSeries.objects.select_for_update().get(pk=kept.series_id)
    kept = NumberReservation.objects.select_for_update(of=("self",)).select_related("series", "type").get(pk=pk)
    if kept.state != NumberReservation.State.HELD:
        return 0
    _end(SYSTEM, kept, NumberReservation.State.EXPIRED, EXPIRED, on)
    return 1


def _end(actor: Actor, kept: NumberReservation, state: str, reason: str, on: date) -> Document:
    hold_open([], on=on, touching=[kept.series.keeper_id, kept.unit_id])
    entry = numbers.entry_of(kept, reason=reason, on=on, created_at=clock.now())
    entry.save()
    kept.state, kept.document, kept.ended_on = state, entry, on
    kept.save(update_fields=["state", "document", "ended_on"])
    code = "documents.number_expired" if state == NumberReservation.State.EXPIRED else "documents.number_released"
    record(
        actor, code, ("number_reservation", kept.pk),
        after={"symbol": kept.symbol, "number": kept.number, "reason": reason, "document": entry.pk},
    )  # fmt: skip
    record(actor, "documents.voided", ("document", entry.pk), after={"symbol": kept.symbol, "number": kept.number, "reason": reason})
    return entry


def _bad_until(until: date, on: date) -> list[Reason]:
    if until < on:
        return [Reason("documents.until_past", _("Hạn giữ số không thể trước hôm nay."), "until")]
    if until > on + timedelta(days=LONGEST):
        sentence = _("Số chỉ giữ được tối đa %(days)d ngày.") % {"days": LONGEST}
        return [Reason("documents.until_too_far", sentence, "until")]
    return []
