"""Văn bản liên tịch: ghi các cơ quan cùng ban hành vào dự thảo, ghi nhận bản đã ký ở ngoài, mỗi người ký một chữ ký số."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused, refuse_if
from tinhgon.documents.access import document_for
from tinhgon.documents.joint_access import for_joint_signer
from tinhgon.documents.minutes_access import is_minutes
from tinhgon.documents.models import Approval, Document, JointOrgan, Signature
from tinhgon.documents.selectors.joint import joint_of, signed_in_round
from tinhgon.documents.selectors.paths import issuing_organ, leaders_of
from tinhgon.documents.services.books import organ_reasons
from tinhgon.documents.services.drafting import secret_content
from tinhgon.documents.services.sealing import Unlock, opened, put
from tinhgon.org.access import scope_of
from tinhgon.org.locks import hold_open
from tinhgon.org.selectors.units import units_at

MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class JointSeat:
    """Một cơ quan cùng ban hành như người soạn ghi: cơ quan trong hệ thống (``unit_id``), hay cơ quan ngoài (``name``, ``symbol``).

    ``person_id`` trống: lãnh đạo cơ quan ký; cơ quan ngoài thì ghi họ tên.
    """

    unit_id: int | None = None
    name: str = ""
    symbol: str = ""
    person_id: int | None = None
    signer_name: str = ""
    position: str = ""
    authority: str = ""


@transaction.atomic
def name_joint_organs(actor: Actor, *, on: date, document_id: int, organs: Sequence[JointSeat]) -> Document:
    """Đặt danh sách cơ quan cùng ban hành, theo thứ tự sau cơ quan chủ trì; rỗng là không còn liên tịch.

    Đổi thì chữ ký đã có theo danh sách cũ không còn giá trị: lượt đã ký duyệt phải trình lại. ``Refused`` với mọi lý do: biên bản,
    cơ quan trùng, đã kết thúc, không có ký hiệu, người ký không phải lãnh đạo cơ quan ấy, cơ quan ngoài thiếu tên hay người ký.
    """
    document = document_for(actor, document_id, to="edit", on=on, lock=True)
    refuse_if([*_document_faults(document, organs), *_organ_faults(document, organs, on), *_signer_faults(organs, on)])
    inside = {one.unit_id for one in organs if one.unit_id}
    hold_open([document.holder_id, *inside], on=on)
    before = _said(document, on)
    document.joint_organs.all().delete()
    JointOrgan.objects.bulk_create(_row(document, place, one, on) for place, one in enumerate(organs, start=1))
    document.approvals.filter(state=Approval.State.APPROVED).update(state=Approval.State.OUTDATED)
    now = _said(document, on)
    record(
        actor, "documents.joint_named" if now else "documents.joint_dropped", ("document", document.pk),
        before={"organs": "; ".join(before)}, after={"organs": "; ".join(now)},
    )  # fmt: skip
    return document


@transaction.atomic
def receive_signature(actor: Actor, *, on: date, joint_id: int, received_on: date, note: str = "") -> JointOrgan:
    """Văn thư ghi nhận cơ quan ấy đã ký ở ngoài lượt trình: bản giấy, hay bản của cơ quan ngoài. Bản quét đủ chữ ký đưa lên lúc cấp số.

    ``Refused`` khi văn bản chưa chờ cấp số, mật, người ấy đã ký trong lượt trình, hay đã ghi nhận rồi.
    """
    known = JointOrgan.objects.filter(pk=joint_id).values("document").first()
    document = document_for(actor, known["document"] if known else 0, to="receive_signature", on=on, lock=True)
    row = JointOrgan.objects.select_for_update(of=("self",)).get(pk=joint_id)
    refuse_if(_receiving_faults(document, row, received_on, on))
    hold_open([], on=on, touching=[document.holder_id])
    row.received_on, row.received_note, row.received_by_id = received_on, note.strip()[:300], scope_of(actor, on=on).person_id
    row.save(update_fields=["received_on", "received_note", "received_by"])
    record(
        actor, "documents.joint_received", ("document", document.pk),
        after={"organ": next(one.name for one in joint_of(document, on=on) if one.row.pk == row.pk), "signer": row.signer_name, "on": received_on, "note": row.received_note},
    )  # fmt: skip
    return row


@transaction.atomic
def sign_joint(actor: Actor, *, on: date, document_id: int, unlock: Unlock) -> Document:
    """Người ký của một cơ quan cùng ban hành ký số lên bản ban hành đã mang chữ ký của cơ quan chủ trì, như chữ ký kế tiếp."""
    document, row = for_joint_signer(actor, document_id, on=on)
    final = document.attachments.select_related("file").filter(is_final=True).order_by("pk").last()
    if final is None:
        raise Refused(Reason("documents.no_final", _("Không thấy bản PDF mà cơ quan chủ trì đã ký.")))
    hold_open([], on=on, touching=[document.holder_id])
    with opened(actor, unlock, on=on) as pen:
        put(actor, document, final, pen, purpose=Signature.Purpose.SIGN, on=on, joint=row)
    return document


def _document_faults(document: Document, organs: Sequence[JointSeat]) -> Iterable[Reason]:
    if organs and is_minutes(document):
        yield Reason("documents.joint_minutes", _("Biên bản có chữ ký người ghi và chủ trì, không ghi cơ quan cùng ban hành."))
    if len(organs) > MOST:
        yield Reason("documents.joint_too_many", _("Ghi nhiều nhất %(count)d cơ quan cùng ban hành.") % {"count": MOST})


def _organ_faults(document: Document, organs: Sequence[JointSeat], on: date) -> Iterable[Reason]:
    lead = issuing_organ(document, on=on)
    known = units_at([one.unit_id for one in organs if one.unit_id], on=on)
    seen: set[object] = {lead.id if lead else None}
    for place, one in enumerate(organs, start=1):
        unit = known.get(one.unit_id or 0)
        if one.unit_id is None:
            if not one.name.strip() or not one.symbol.strip():
                yield Reason("documents.joint_unnamed", _("Cơ quan ngoài hệ thống phải ghi tên và ký hiệu."), f"name_{place}")
        elif unit is None:
            yield Reason("org.unit_not_found", _("Đơn vị này không có."), f"unit_{place}")
        else:
            yield from organ_reasons(unit, on, f"unit_{place}")
        key = one.unit_id or one.name.strip().casefold()
        if key in seen:
            yield Reason("documents.joint_repeated", _("Cơ quan này đã đứng tên rồi."), f"unit_{place}" if one.unit_id else f"name_{place}")
        seen.add(key)


def _signer_faults(organs: Sequence[JointSeat], on: date) -> Iterable[Reason]:
    for place, one in enumerate(organs, start=1):
        if one.unit_id is None:
            if not one.signer_name.strip():
                yield Reason("documents.joint_unsigned_by", _("Ghi họ tên người ký của cơ quan ngoài."), f"signer_{place}")
        elif one.person_id and all(line.person_id != one.person_id for line in leaders_of(one.unit_id, on=on)):
            yield Reason("documents.no_signing_authority", _("Người ký phải là lãnh đạo của cơ quan ấy hôm nay."), f"person_{place}")


def _receiving_faults(document: Document, row: JointOrgan, received_on: date, on: date) -> Iterable[Reason]:
    if document.secrecy:
        yield secret_content()
    if received_on > on:
        yield Reason("documents.dated_later", _("Ngày nhận không thể sau hôm nay."), "received_on")
    if row.received_on is not None:
        yield Reason("documents.joint_received", _("Đã ghi nhận bản đã ký của cơ quan này."))
    elif row.pk in signed_in_round(document):
        yield Reason("documents.joint_signed", _("Người ký của cơ quan này đã ký trong lượt trình ký."))


def _row(document: Document, place: int, one: JointSeat, on: date) -> JointOrgan:
    """Chọn người trong hệ thống thì họ tên theo người ấy, chức vụ bỏ trống thì theo chức danh."""
    outside = one.unit_id is None
    seated = next((line for line in leaders_of(one.unit_id, on=on) if line.person_id == one.person_id), None) if one.unit_id else None
    position = one.position.strip() or (seated.title.upper() if seated else "")
    return JointOrgan(
        document=document, order=place, unit_id=one.unit_id, name=one.name.strip()[:200] if outside else "",
        symbol=one.symbol.strip()[:30] if outside else "", person_id=seated.person_id if seated else None,
        signer_name=(seated.full_name if seated else one.signer_name.strip())[:120], signer_position=position[:120],
        authority=one.authority.strip()[:120],
    )  # fmt: skip


def _said(document: Document, on: date) -> list[str]:
    return [f"{one.name} ({one.row.signer_name})" if one.row.signer_name else one.name for one in joint_of(document, on=on)]
