"""Gửi một văn bản đã ban hành tới nơi nhận: cơ quan trong hệ thống, cơ quan ở hệ thống khác, tệp edXML, bản giấy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason, refuse_if
from tinhgon.core.workcalendar import work_calendar
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Delivery, Document, Outbox, PartnerOrgan
from tinhgon.documents.services import checks
from tinhgon.documents.services.drafting import secret_content
from tinhgon.documents.services.exchange.arriving import Coming, arrive, reading_of
from tinhgon.documents.services.exchange.identity import organ_codes
from tinhgon.documents.services.noting import hear, queue, step
from tinhgon.documents.services.readiness import missing_before_seal
from tinhgon.engine.edxml.model import document_id as message_id_of
from tinhgon.engine.edxml.states import Code
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Person
from tinhgon.org.selectors.units import UnitAt, units_at

Way = Delivery.Way
MOST_FILES_BYTES = 30 * 1024 * 1024
"""Base64 làm nở một phần ba; thông điệp nhiều nhất 48 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTo:
    """Nơi nhận chọn lúc ban hành, lúc đóng dấu: như ba ô của ``send``."""

    unit_ids: Sequence[int] = ()
    organ_ids: Sequence[int] = ()
    paper: Sequence[str] = ()


NOWHERE = SendTo()


def send_with(actor: Actor, document: Document, to: SendTo, *, on: date) -> list[Delivery]:
    """Gửi ngay trong giao dịch của động từ gọi: một nơi không nhận được thì cả động từ như chưa làm. Không chọn nơi nào thì thôi."""
    if not (to.unit_ids or to.organ_ids or any(name.strip() for name in to.paper)):
        return []
    return send(actor, on=on, document_id=document.pk, unit_ids=to.unit_ids, organ_ids=to.organ_ids, paper=to.paper)


@transaction.atomic
def send(
    actor: Actor,
    *,
    on: date,
    document_id: int,
    unit_ids: Sequence[int] = (),
    organ_ids: Sequence[int] = (),
    paper: Sequence[str] = (),
    note: str = "",
    replaces: Delivery | None = None,
) -> list[Delivery]:
    """Gửi tới mọi nơi đã chọn, tất cả hoặc không nơi nào; gửi thêm được nhiều lần.

    ``organ_ids``: cơ quan ở đối tác; đối tác chưa nối thì thành tệp edXML để chuyển tay. ``paper``: tên nơi nhận bản giấy.
    ``Refused`` với mọi lý do: văn bản mật, chưa có tệp, nơi nhận đã kết thúc, gửi trùng, thiếu mã định danh.
    """
    document = document_for(actor, document_id, to="send", on=on, lock=True)
    organs = list(PartnerOrgan.objects.select_related("partner").filter(pk__in=organ_ids))
    papers = [name.strip()[:200] for name in paper if name.strip()]
    assert document.issuer_id is not None
    codes = organ_codes({document.issuer_id, *unit_ids})
    refuse_if(_objections(document, unit_ids, organs, papers, codes, on, again=replaces is not None))
    hold_open(unit_ids, on=on, touching=[document.holder_id])
    units = units_at(unit_ids, on=on)
    base = {
        "document": document, "from_unit_id": document.series.keeper_id if document.series else document.holder_id,
        "from_code": codes.get(document.issuer_id, ""), "note": note.strip()[:500], "sent_by": _name_of(actor),
        "sent_at": clock.now(), "replaces": replaces,
    }  # fmt: skip
    due = work_calendar().add_working_days(on, 1)
    made = [_to_unit(Delivery(way=Way.INTERNAL, to_unit_id=unit.id, to_name=unit.name, answer_due_on=due, **base), codes) for unit in units.values()]
    made += [_to_organ(Delivery(to_organ=organ, to_name=organ.name, answer_due_on=due, **base)) for organ in organs]
    made += [_on_paper(Delivery(way=Way.PAPER, to_name=name, **base)) for name in papers]
    record(
        actor, "documents.sent", ("document", document.pk),
        after={"count": len(made), "to": "; ".join(one.to_name for one in made)[:500], "note": note.strip()},
    )  # fmt: skip
    return made


@transaction.atomic
def resend(actor: Actor, *, on: date, delivery_id: int) -> Delivery:
    """Gửi lại một dòng chưa tới: đúng thông điệp cũ, nên nơi nhận không bao giờ có hai bản."""
    delivery = delivery_for(actor, delivery_id, on=on)
    stuck = Outbox.objects.filter(delivery=delivery).exclude(state=Outbox.State.SENT)
    if delivery.way != Way.NETWORK or not stuck.exists():
        sentence = _("Văn bản đã tới %(unit)s, không cần gửi lại.") if delivery.way in (Way.NETWORK, Way.INTERNAL) else _("Chỉ gửi lại được văn bản gửi qua trục liên thông.")
        refuse_if([Reason("exchange.nothing_to_resend", sentence % {"unit": delivery.to_name})])
    for waiting in stuck.select_for_update():
        waiting.state, waiting.attempts = Outbox.State.WAITING, 0
        queue(waiting)
    step(delivery, "", _("Gửi lại"), at=clock.now())
    record(actor, "documents.sent_again", ("document", delivery.document_id), after={"to": delivery.to_name})
    return delivery


@transaction.atomic
def record_paper(actor: Actor, *, on: date, delivery_id: int, refused: bool = False, said: str = "") -> Delivery:
    """Ghi tay hồi âm của bản giấy hay của tệp chuyển tay: đã nhận, hoặc trả lại kèm lý do."""
    delivery = delivery_for(actor, delivery_id, on=on)
    reasons = []
    if delivery.way not in (Way.PAPER, Way.FILE):
        reasons.append(Reason("exchange.not_by_hand", _("Dòng gửi này có hồi âm tự động, không ghi tay.")))
    if delivery.code not in ("", Code.ARRIVED):
        reasons.append(Reason("exchange.already_answered", _("Dòng gửi này đã có hồi âm.")))
    if refused and not said.strip():
        reasons.append(Reason("documents.missing", _("Hãy ghi lý do trả lại."), "said"))
    refuse_if(reasons)
    delivery = hear(delivery.pk, Code.REFUSED if refused else Code.REGISTERED, said.strip(), at=clock.now())
    record(actor, "documents.delivery_recorded", ("document", delivery.document_id), after={"to": delivery.to_name, "said": said.strip()})
    return delivery


def delivery_for(actor: Actor, delivery_id: int, *, on: date, to: str = "send") -> Delivery:
    """Dòng gửi, sau khi khóa văn bản của nó để ``to``; lỗi như ``document_for``."""
    row = Delivery.objects.filter(pk=delivery_id).values("document").first()
    if row is None:
        raise NotFound(Reason("exchange.no_delivery", _("Không có dòng gửi này, hoặc bạn không được xem.")))
    document = document_for(actor, row["document"], to=to, on=on, lock=True)
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("to_organ__partner").get(pk=delivery_id)
    delivery.document = document
    return delivery


def line_of(delivery: Delivery) -> str:
    """Thông điệp của một dòng gửi, và của văn bản thay thế nó, đi theo thứ tự."""
    return f"delivery:{delivery.replaces_id or delivery.pk}"


def message_id(document: Document, from_code: str) -> str:
    """Mã văn bản theo quy chuẩn; cơ quan chưa có mã định danh thì lấy danh tính trong hệ thống."""
    assert document.issued_on is not None
    return message_id_of(from_code or f"#{document.issuer_id}", document.issued_on, document.symbol)[:200]


def _to_unit(delivery: Delivery, codes: dict[int, str]) -> Delivery:
    document = delivery.document
    delivery.save()
    step(delivery, "", _("Đã gửi"), at=delivery.sent_at)
    assert delivery.to_unit_id is not None
    arrive(Coming(
        to_unit_id=delivery.to_unit_id, to_code=codes.get(delivery.to_unit_id, ""), from_code=delivery.from_code, delivery=delivery,
        message_id=message_id(document, delivery.from_code), from_name=document.issuer_name, subject=document.summary,
        reading=reading_of(document), files=list(document.attachments.order_by("pk").values_list("file", "name")),
    ))  # fmt: skip
    delivery.refresh_from_db()
    return delivery


def _to_organ(delivery: Delivery) -> Delivery:
    assert delivery.to_organ is not None
    partner = delivery.to_organ.partner
    delivery.way = Way.NETWORK if partner.is_active and partner.address else Way.FILE
    delivery.save()
    step(delivery, "", _("Đã gửi"), at=delivery.sent_at)
    if delivery.way == Way.NETWORK:
        queue(Outbox(partner=partner, line=line_of(delivery), kind=Outbox.Kind.DOCUMENT, delivery=delivery))
    return delivery


def _on_paper(delivery: Delivery) -> Delivery:
    delivery.save()
    step(delivery, "", _("Đã gửi bản giấy"), at=delivery.sent_at)
    return delivery


def _name_of(actor: Actor) -> str:
    if actor.is_system:
        return ""
    return Person.objects.filter(user=actor.user_id).values_list("full_name", flat=True).first() or ""


def _objections(
    document: Document, unit_ids: Sequence[int], organs: Sequence[PartnerOrgan], papers: Sequence[str], codes: dict[int, str], on: date, *, again: bool
) -> list[Reason]:
    reasons = missing_before_seal(document)
    if not (unit_ids or organs or papers):
        reasons.append(Reason("exchange.no_receiver", _("Chưa chọn nơi nhận nào."), "units"))
    if document.secrecy and (unit_ids or organs):
        reasons.append(secret_content())
    elif (unit_ids or organs) and not document.attachments.exists():
        reasons.append(Reason("exchange.no_file", _("Văn bản chưa có tệp nào để gửi: hãy đính kèm bản đã ký trước."), "units"))
    elif organs and (sum(document.attachments.values_list("file__size", flat=True)) > MOST_FILES_BYTES):
        reasons.append(Reason("exchange.too_big", _("Các tệp của văn bản lớn quá 30 MB: hãy chuyển tay hoặc chia nhỏ."), "organs"))
    reasons += checks.not_open(unit_ids, on=on, field="units")
    units = units_at(unit_ids, on=on)
    reasons += [_not_an_organ(unit) for unit in units.values() if unit.is_open and not unit.is_organ]
    if document.issuer_id in unit_ids:
        reasons.append(Reason("exchange.to_itself", _("Cơ quan ban hành không gửi cho chính mình."), "units"))
    if organs and document.issuer_id and not codes.get(document.issuer_id):
        sentence = _("%(unit)s chưa có mã định danh nên chưa gửi được ra ngoài hệ thống: quản trị đặt mã ở trang Liên thông.")
        reasons.append(Reason("exchange.no_code", sentence % {"unit": document.issuer_name}, "organs"))
    return reasons + ([] if again else _already_sent(document, unit_ids, organs))


def _not_an_organ(unit: UnitAt) -> Reason:
    sentence = _("%(unit)s là phòng bên trong, không có sổ đến: hãy gửi cho cơ quan của phòng ấy.")
    return Reason("documents.not_an_organ", sentence % {"unit": unit.name}, "units")


def _already_sent(document: Document, unit_ids: Sequence[int], organs: Sequence[PartnerOrgan]) -> list[Reason]:
    still = document.deliveries.filter(is_withdrawn=False).exclude(code=Code.REFUSED)
    names = still.filter(to_unit__in=unit_ids).values_list("to_name", flat=True).union(
        still.filter(to_organ__in=organs).values_list("to_name", flat=True)
    )
    sentence = _("Đã gửi cho %(unit)s: không gửi hai lần. Muốn sửa thì gửi bản cập nhật.")
    return [Reason("exchange.sent_already", sentence % {"unit": name}, "units") for name in sorted(names)]

