"""Vào sổ văn bản đến: số đến theo năm của cơ quan nhận, ngày đến; thư đến muộn của đơn vị đã kết thúc do nơi kế thừa nhận thay."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.documents.models import Direction, Document, Secrecy, Urgency
from tinhgon.documents.services import checks, numbers
from tinhgon.org.access import require, scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.succession import open_heirs
from tinhgon.org.selectors.units import UnitAt, unit_at, units_at


@transaction.atomic
def register_incoming(
    actor: Actor,
    *,
    on: date,
    addressed_to_id: int,
    type_id: int,
    symbol: str,
    summary: str,
    issued_on: date | None,
    issuer_name: str = "",
    issuer_id: int | None = None,
    arrived_on: date | None = None,
    heir_id: int | None = None,
    signer_name: str = "",
    signer_position: str = "",
    authority: str = "",
    place: str = "",
    receivers: str = "",
    pages: int | None = None,
    copies: int | None = None,
    urgency: int = Urgency.NORMAL,
    secrecy: int = Secrecy.NORMAL,
    due_on: date | None = None,
    function_id: int | None = None,
    content: str = "",
) -> Document:
    """Vào sổ đến ngày ``on``; ``arrived_on`` bỏ trống là ``on``.

    ``addressed_to_id``: nơi nhận ghi trên văn bản. Đã kết thúc: về nơi kế thừa, ghi "nhận thay"; nhiều nơi kế thừa thì
    ``Refused`` kèm danh sách, văn thư chọn ``heir_id``. ``Invalid`` với mọi ô sai.

    ``content``: toàn văn của các tệp mà nơi gọi sắp đính kèm, lưu cùng một lượt để cột tìm chỉ tính một lần; văn bản mật không giữ chữ nào.
    """
    receiver = _receiver(addressed_to_id, heir_id, on)
    standing = require(actor, Verb.REGISTER, on=on, unit_id=receiver.id)
    arrived = arrived_on or on
    document = Document(
        direction=Direction.INCOMING, state=Document.State.REGISTERED, type_id=type_id, holder_id=receiver.id,
        issuer_id=issuer_id, issuer_name=issuer_name.strip() or _name_of(issuer_id, issued_on or on), symbol=symbol.strip(),
        summary=summary.strip(), issued_on=issued_on, arrived_on=arrived, signer_name=signer_name.strip(),
        signer_position=signer_position.strip(), authority=authority.strip(), place=place.strip(), receivers=receivers.strip(),
        pages=pages, copies=copies,
        received_for_id=addressed_to_id if addressed_to_id != receiver.id else None, urgency=urgency, secrecy=secrecy,
        due_on=due_on, function_id=function_id, content="" if secrecy else content, drafter_id=scope_of(actor, on=on).person_id,
        created_at=clock.now(),
    )  # fmt: skip
    reasons = _mistakes(document, arrived, on) + checks.actor_not_cleared(standing, secrecy)
    if reasons:
        raise Invalid(*reasons)
    series = numbers.lock_incoming(organ_id=receiver.id, is_secret=secrecy > 0, on=on)
    hold_open([receiver.id], on=on)
    document.series, document.number = series, numbers.draw(series)
    document.save()
    record(
        actor, "documents.registered", ("document", document.pk),
        after={"number": document.number, "symbol": document.symbol, "series": series.pk, "arrived": arrived,
               "holder": receiver.id, "received_for": document.received_for_id},
    )  # fmt: skip
    return document


def _receiver(addressed_to_id: int, heir_id: int | None, on: date) -> UnitAt:
    """Cơ quan vào sổ: nơi nhận nếu còn hoạt động, nếu không thì nơi kế thừa (duy nhất, hoặc do văn thư chọn)."""
    addressed = unit_at(addressed_to_id, on=on)
    if addressed is None:
        raise Invalid(Reason("org.unit_not_found", _("Nơi nhận này không có."), "addressed_to"))
    if addressed.is_open:
        receiver = addressed
    else:
        heirs = units_at(open_heirs([addressed_to_id], on=on)[addressed_to_id], on=on)
        receiver = _chosen_heir(addressed, heirs, heir_id)
    if not receiver.is_organ:
        sentence = _("%(unit)s là phòng bên trong, không có sổ đến: hãy vào sổ ở cơ quan của phòng ấy.")
        raise Refused(Reason("documents.not_an_organ", sentence % {"unit": receiver.name}, "addressed_to"))
    return receiver


def _chosen_heir(addressed: UnitAt, heirs: dict[int, UnitAt], heir_id: int | None) -> UnitAt:
    shown = {"unit": addressed.name, "heirs": ", ".join(heir.name for heir in heirs.values())}
    data = {"unit": addressed.id, "heirs": list(heirs)}
    if not heirs:
        sentence = _("%(unit)s đã kết thúc hoạt động và không có đơn vị kế thừa: hãy trả lại nơi gửi.") % shown
        raise Refused(Reason("documents.no_heir", sentence, "addressed_to", data))
    if heir_id is None and len(heirs) > 1:
        sentence = _("%(unit)s đã kết thúc hoạt động và có nhiều đơn vị kế thừa: hãy chọn nơi nhận thay trong %(heirs)s.") % shown
        raise Refused(Reason("documents.several_heirs", sentence, "heir", data))
    chosen = heirs.get(heir_id) if heir_id is not None else next(iter(heirs.values()))
    if chosen is None:
        sentence = _("Đơn vị được chọn không kế thừa %(unit)s: hãy chọn trong %(heirs)s.") % shown
        raise Refused(Reason("documents.not_an_heir", sentence, "heir", data))
    return chosen


def _name_of(unit_id: int | None, on: date) -> str:
    unit = unit_at(unit_id, on=on) if unit_id else None
    return unit.name if unit else ""


def _mistakes(document: Document, arrived: date, on: date) -> list[Reason]:
    reasons = [
        *checks.missing(document.summary, "summary", _("Chưa ghi trích yếu.")),
        *checks.missing(document.issuer_name, "issuer_name", _("Chưa ghi tác giả (cơ quan ban hành).")),
        *checks.missing(document.issued_on, "issued_on", _("Chưa ghi ngày văn bản.")),
        *checks.unknown_type(document.type_id),
        *checks.unknown_function(document.function_id),
    ]
    if arrived > on:
        reasons.append(Reason("documents.arrived_later", _("Ngày đến không thể sau hôm nay."), "arrived_on"))
    if document.issued_on and document.issued_on > arrived:
        reasons.append(Reason("documents.issued_later", _("Ngày văn bản không thể sau ngày đến."), "issued_on"))
    return reasons
