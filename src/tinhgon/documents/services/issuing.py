"""Ban hành: cấp số lúc phát hành, không bao giờ lúc dự thảo; chèn số kèm lý do; hủy số thì phải có lý do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused, TinhGonError, refuse_if
from tinhgon.documents import minutes_access
from tinhgon.documents.access import document_for
from tinhgon.documents.models import (
    Document,
    NumberReservation,
    NumberSeries,
    RoutingLine,
    Signature,
)
from tinhgon.documents.selectors.joint import joint_of
from tinhgon.documents.services import checks, numbers, readiness
from tinhgon.documents.services.books import Imprint, imprint, organ_of
from tinhgon.documents.services.drafting import secret_content
from tinhgon.documents.services.exchange.sending import NOWHERE, SendTo, send_with
from tinhgon.documents.services.finals import Upload, file_final, refuse_without_final
from tinhgon.documents.services.form import form_objections
from tinhgon.documents.services.sealing import Pen, Unlock, inked, opened
from tinhgon.engine.vietnamese import fold
from tinhgon.org.access import acting, require
from tinhgon.org.locks import hold_open
from tinhgon.org.models import Person
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import path

MOST_AT_ONCE = 50
"""Một lượt ký nhiều: chừng mười giây, trang còn chờ được."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Chèn số: sau số nào đã có, ghi ngày nào, vì sao."""

    after: int
    dated: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Cách cấp số văn thư chọn. ``congress``: vào dãy của đại hội đang họp."""

    issuer_id: int | None = None
    signer_name: str = ""
    congress: bool = False
    reservation_id: int | None = None
    late: Late | None = None


@transaction.atomic
def issue(
    actor: Actor, *, on: date, document_id: int, issuer_id: int | None = None, signer_name: str = "", congress: bool = False,
    reservation_id: int | None = None, final: Upload | None = None, seal: Unlock | None = None, send_to: SendTo = NOWHERE,
) -> Document:  # fmt: skip
    """Cấp số và ban hành ngày ``on``, tất cả hoặc không gì cả: số, ngày, bản ban hành, con dấu số, gửi đi, lưu tệp.

    Số kế tiếp của sổ (cơ quan, tên loại, nhiệm kỳ hay năm; mật sổ riêng), hay số đã giữ. ``final``: bản giấy đã ký, quét thành
    PDF; bỏ trống thì lập từ dự thảo. ``issuer_id``: cơ quan đứng tên, mặc định theo dự thảo, rồi cơ quan của đơn vị soạn; văn bản liên tịch lấy số của nó,
    cơ quan cùng ban hành theo dự thảo.
    ``Refused`` với mọi lý do: cơ quan đã kết thúc, không phải cơ quan có sổ, chưa có ký hiệu, không có nhiệm kỳ, tên loại
    không cấp số, chưa ghi người ký, số giữ của đơn vị khác.
    """
    order = Order(
        issuer_id=issuer_id, signer_name=signer_name, congress=congress, reservation_id=reservation_id
    )
    document = give_number(actor, document_id, order, to="issue", on=on)
    publish(actor, document, on=on, final=final, seal=seal, send_to=send_to)
    return document


@transaction.atomic
def insert_late(
    actor: Actor, *, on: date, document_id: int, after: int, dated: date, reason: str, issuer_id: int | None = None,
    signer_name: str = "", congress: bool = False, final: Upload | None = None, seal: Unlock | None = None,
    send_to: SendTo = NOWHERE,
) -> Document:  # fmt: skip
    """Chèn số (``12a``) cho văn bản lẽ ra đã vào sổ ngày ``dated``: sau số ``after`` đã có, đúng thứ tự ngày, kèm lý do."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do chèn số."), "reason"))
    if dated > on:
        raise Invalid(Reason("documents.dated_later", _("Ngày văn bản không thể sau hôm nay."), "dated"))
    order = Order(
        issuer_id=issuer_id, signer_name=signer_name, congress=congress,
        late=Late(after=after, dated=dated, reason=reason.strip()),
    )  # fmt: skip
    document = give_number(actor, document_id, order, to="issue", on=on)
    publish(actor, document, on=on, final=final, seal=seal, send_to=send_to)
    return document


def sign_and_issue(
    actor: Actor, *, on: date, document_id: int, unlock: Unlock, issuer_id: int | None = None, congress: bool = False,
    reservation_id: int | None = None,
) -> Document:  # fmt: skip
    """Người ký ký số và ban hành trong một lần: số rút ngay, nằm trong nội dung được ký; văn thư chỉ còn đóng dấu và gửi.

    Xem docs/decisions/0009. ``Refused`` khi không phải người ký của văn bản, hay không có bản PDF để ký: số chưa rút.
    """
    order = Order(
        issuer_id=issuer_id, congress=congress, reservation_id=reservation_id
    )
    with opened(actor, unlock, on=on) as pen:
        return sign_in(actor, document_id, order, pen, on=on)


@dataclass(frozen=True, slots=True)
class Signed:
    """Kết quả của một văn bản trong lượt ký nhiều: đã ban hành (``document``), hay còn nguyên vì ``reasons``."""

    document_id: int
    document: Document | None
    reasons: tuple[Reason, ...] = ()


def sign_and_issue_many(actor: Actor, *, on: date, document_ids: Sequence[int], unlock: Unlock) -> list[Signed]:
    """Ký và ban hành nhiều văn bản một lượt, theo thứ tự đã cho: một người, một mật khẩu, khóa mở một lần cho đúng lời gọi này.

    Mỗi văn bản một giao dịch, tất cả hoặc không gì cả: văn bản bị từ chối còn nguyên và nói vì sao, không kéo văn bản khác theo.
    ``Refused`` khi khóa không mở được, hay quá ``MOST_AT_ONCE`` văn bản: chưa làm gì.
    """
    wanted = list(dict.fromkeys(document_ids))
    if not wanted:
        raise Invalid(Reason("documents.none_chosen", _("Hãy chọn ít nhất một văn bản."), "documents"))
    if len(wanted) > MOST_AT_ONCE:
        sentence = _("Ký nhiều nhất %(count)d văn bản một lượt.") % {"count": MOST_AT_ONCE}
        raise Invalid(Reason("documents.too_many_chosen", sentence, "documents"))
    with opened(actor, unlock, on=on) as pen:
        return [_tried(actor, document_id, pen, on) for document_id in wanted]


def _tried(actor: Actor, document_id: int, pen: Pen, on: date) -> Signed:
    try:
        return Signed(document_id, sign_in(actor, document_id, Order(), pen, on=on))
    except TinhGonError as refused:
        return Signed(document_id, None, tuple(refused.reasons))


@transaction.atomic
def sign_in(actor: Actor, document_id: int, order: Order, pen: Pen, *, on: date, to: str = "sign") -> Document:
    """Số, bản ban hành, chữ ký, nhật ký của một văn bản: một giao dịch, bút đã mở sẵn. ``to``: "sign", hay "record" (biên bản)."""
    document = give_number(actor, document_id, order, to=to, on=on)
    ink = inked(actor, document, pen, purpose=Signature.Purpose.SIGN, on=on)
    ink.kept(refuse_without_final(file_final(actor, document, None, sign=ink.sign)))
    return document


def publish(
    actor: Actor, document: Document, *, on: date, final: Upload | None, seal: Unlock | None, send_to: SendTo
) -> None:
    """Sau khi có số: lập và cất bản ban hành, đóng dấu số, gửi đi. Một bước hỏng thì số cũng chưa rút."""
    if seal is None:
        file_final(actor, document, final)
    else:
        with opened(actor, seal, on=on) as pen:
            ink = inked(actor, document, pen, purpose=Signature.Purpose.SEAL, on=on)
            ink.kept(refuse_without_final(file_final(actor, document, final, sign=ink.sign)))
    send_with(actor, document, send_to, on=on)


def give_number(actor: Actor, document_id: int, order: Order, *, to: str, on: date) -> Document:
    """Một đường duy nhất tới số: kiểm mọi điều, khóa sổ, rồi văn bản, rồi đơn vị; rút số; ghi. Trong giao dịch của nơi gọi."""
    draft = _door(actor, document_id, to, on)
    organ = organ_of(draft.holder_id, order.issuer_id or draft.issuer_id, on=on)
    if to != "record":  # người ghi biên bản ký vì tên mình trên biên bản, không vì quyền ở sổ
        require(actor, Verb.ISSUE if to == "issue" else Verb.ROUTE, on=on, unit_id=organ.id if organ.is_open else draft.holder_id)
    signer = _signer(actor, draft, on) if to == "sign" else order.signer_name.strip() or draft.signer_name
    printed = imprint(
        organ=organ, direction=draft.direction, kind=draft.type, is_secret=draft.secrecy > 0, on=on,
        joint=joint_of(draft, on=on), congress=order.congress,
    )  # fmt: skip
    unfinished = readiness.missing_before_issue(draft, printed.joint, on=on)
    draft.issuer_id, draft.signer_name = organ.id, signer
    unfinished += form_objections(draft, on=on)
    refuse_if([*printed.objections, *unfinished, *checks.missing(signer, "signer_name", _("Chưa ghi người ký."))])
    assert printed.book is not None
    reservation = _reservation(order, draft, printed, on)
    series = reservation.series if reservation else numbers.lock(printed.book, on=on)
    document = _door(actor, document_id, to, on, lock=True)
    hold_open([organ.id, *(one.unit.id for one in printed.joint if one.unit)], on=on, touching=[document.holder_id])
    _number(document, series, order.late, reservation)
    document.symbol = printed.symbol(document.number or 0, document.number_suffix)
    document.issuer_id, document.issuer_name = organ.id, printed.issuer_name[:200]
    document.checked_by_id = draft.checked_by_id
    document.issued_on, document.signer_name = order.late.dated if order.late else on, signer
    document.state, document.return_reason = Document.State.REGISTERED, ""
    document.save()
    _bind(document, printed, reservation, on)
    record(actor, "documents.inserted_late" if order.late else "documents.issued", ("document", document.pk), after=_told(document, printed, order))
    return document


def _door(actor: Actor, document_id: int, to: str, on: date, *, lock: bool = False) -> Document:
    if to == "record":
        return minutes_access.for_recorder(actor, document_id, on=on, lock=lock)
    document = document_for(actor, document_id, to=to, on=on, lock=lock)
    if to == "sign" and minutes_access.is_minutes(document):
        sentence = _("Biên bản có hai chữ ký: người ghi biên bản ký trước (số rút lúc ấy), rồi chủ trì ký.")
        raise Refused(Reason("documents.recorder_first", sentence))
    return document


@transaction.atomic
def void(actor: Actor, *, on: date, document_id: int, reason: str) -> Document:
    """Hủy số: văn bản ở lại trong sổ với lý do, số không dùng lại; các dòng chuyển đang mở bị thu hồi."""
    if not reason.strip():
        raise Invalid(Reason("documents.missing", _("Hãy ghi lý do hủy số."), "reason"))
    document = document_for(actor, document_id, to="void", on=on, lock=True)
    open_lines = document.lines.filter(state__in=RoutingLine.OPEN)
    touched = {document.holder_id, *open_lines.values_list("to_unit", flat=True)}
    hold_open([], on=on, touching=touched)
    recalled = open_lines.update(state=RoutingLine.State.RECALLED, finished_at=clock.now())
    before = document.state
    document.state, document.void_reason, document.finished_on = Document.State.VOID, reason.strip(), on
    document.save(update_fields=["state", "void_reason", "finished_on"])
    record(
        actor, "documents.voided", ("document", document.pk), before={"state": before},
        after={"symbol": document.symbol, "number": document.number, "reason": document.void_reason, "recalled": recalled},
    )  # fmt: skip
    return document


def _signer(actor: Actor, document: Document, on: date) -> str:
    """Tên người ký ghi trên văn bản, phải là chính người đang ký; chưa ghi thì là người ấy."""
    if document.secrecy:
        raise Refused(secret_content())
    name = Person.objects.values_list("full_name", flat=True).get(pk=acting(actor, on=on).person_id)
    written = document.signer_name.strip()
    if written and fold(written) != fold(name):
        sentence = _("Người ký ghi trên văn bản là %(name)s: chỉ người ấy ký được.") % {"name": written}
        raise Refused(Reason("documents.not_the_signer", sentence))
    return name


def _reservation(order: Order, draft: Document, printed: Imprint, on: date) -> NumberReservation | None:
    """Số đang giữ mà văn bản này được dùng: đúng sổ, đúng tên loại, và do chính đơn vị soạn giữ."""
    if order.reservation_id is None:
        return None
    found = numbers.reserved_for(order.reservation_id, on=on)
    inside = {draft.holder_id}
    for unit in reversed(path(draft.holder_id, on=on)):
        inside.add(unit.id)
        if unit.is_organ:
            break
    reasons = []
    if found.unit_id not in inside:
        sentence = _("Số %(symbol)s giữ cho đơn vị khác: chỉ đơn vị ấy dùng được.") % {"symbol": found.symbol}
        reasons.append(Reason("documents.reserved_for_another", sentence, "reservation"))
    if not _same_book(found, draft, printed):
        sentence = _("Số %(symbol)s không thuộc sổ mà văn bản này phải vào.") % {"symbol": found.symbol}
        reasons.append(Reason("documents.reserved_elsewhere", sentence, "reservation"))
    if found.series.closed_on is not None:
        sentence = _("Sổ của số %(symbol)s đã khóa, không ban hành vào đó nữa.") % {"symbol": found.symbol}
        reasons.append(Reason("documents.series_closed", sentence, "reservation"))
    refuse_if(reasons)
    return found


def _same_book(found: NumberReservation, draft: Document, printed: Imprint) -> bool:
    assert printed.book is not None
    book, series = printed.book, found.series
    names = ("organ_id", "direction", "kind", "type_id", "term_id", "year", "congress_id", "is_secret")
    return found.type_id == draft.type_id and all(getattr(series, name) == getattr(book, name) for name in names)


def _number(document: Document, series: NumberSeries, late: Late | None, reservation: NumberReservation | None) -> None:
    document.series = series
    if reservation is not None:
        document.number = reservation.number
    elif late is not None:
        document.number_suffix = numbers.late_suffix(series, after=late.after, dated=late.dated)
        document.number, document.late_reason = late.after, late.reason
    else:
        document.number = numbers.draw(series)


def _bind(document: Document, printed: Imprint, reservation: NumberReservation | None, on: date) -> None:
    if reservation is not None:
        reservation.state, reservation.document, reservation.ended_on = NumberReservation.State.USED, document, on
        reservation.save(update_fields=["state", "document", "ended_on"])
    for one in printed.joint:  # tên và ký hiệu như in lúc ban hành; từ đây cơ quan ấy được xem
        one.row.unit_id = one.row.kept_by_id = one.unit.id if one.unit else None
        one.row.name, one.row.symbol = one.name[:200], one.symbol
        one.row.save(update_fields=["unit", "kept_by", "name", "symbol"])


def _told(document: Document, printed: Imprint, order: Order) -> dict[str, object]:
    told: dict[str, object] = {
        "symbol": document.symbol, "number": document.number, "series": document.series_id, "on": document.issued_on,
        "issuer": document.issuer_id,
    }  # fmt: skip
    if order.late:
        told |= {"suffix": document.number_suffix, "reason": order.late.reason}
    if order.reservation_id:
        told["reservation"] = order.reservation_id
    if printed.joint:
        told["joint"] = [one.name for one in printed.joint]
    return told
