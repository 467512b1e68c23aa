"""Các cơ quan cùng ban hành của một văn bản: tên, ký hiệu theo ngày, đã ký chưa và ký thế nào."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tinhgon.documents.models import Approval, ApprovalStep, Document, JointOrgan, Signature
from tinhgon.org.selectors.succession import open_heirs
from tinhgon.org.selectors.units import UnitAt, units_at

_DONE = (ApprovalStep.State.APPROVED, ApprovalStep.State.CHANGED)


@dataclass(frozen=True, slots=True)
class JointAt:
    """Một cơ quan cùng ban hành. ``name``, ``symbol``: lúc ban hành nếu đã có số, không thì theo ngày xem; ``unit`` trống: cơ quan ngoài."""

    row: JointOrgan
    name: str
    symbol: str
    unit: UnitAt | None


def joint_of(document: Document, *, on: date) -> tuple[JointAt, ...]:
    """Theo thứ tự sau cơ quan chủ trì; chưa cùng ai thì rỗng, một câu SQL.

    Chưa có số mà cơ quan đã kết thúc, có đúng một nơi kế thừa thì nơi ấy đứng tên; hoàn tác thì lại là cơ quan cũ.
    """
    rows = list(document.joint_organs.select_related("person"))
    units = units_at([row.unit_id for row in rows if row.unit_id], on=on) if rows else {}
    closed = [row.unit_id for row in rows if row.unit_id and row.kept_by_id is None and not units[row.unit_id].is_open]
    heirs = {unit: found[0] for unit, found in open_heirs(closed, on=on).items() if len(found) == 1} if closed else {}
    units |= units_at(heirs.values(), on=on) if heirs else {}
    return tuple(_at(row, units.get(heirs.get(row.unit_id or 0, row.unit_id or 0))) for row in rows)


def _at(row: JointOrgan, unit: UnitAt | None) -> JointAt:
    if unit is None or row.kept_by_id is not None:
        return JointAt(row, row.name, row.symbol, unit)
    return JointAt(row, unit.name, unit.symbol, unit)


def signed_in_round(document: Document) -> frozenset[int]:
    """Mã các dòng mà người ký đã ký liên tịch trong lượt trình ký đã qua hết."""
    last = document.approvals.exclude(state=Approval.State.WITHDRAWN).order_by("-number").first()
    if last is None or last.state != Approval.State.APPROVED:
        return frozenset()
    steps = last.steps.filter(kind=ApprovalStep.Kind.JOINT, state__in=_DONE, joint__isnull=False)
    return frozenset(pk for pk in steps.values_list("joint", flat=True) if pk is not None)


def unsigned(document: Document | OuterRef) -> QuerySet[JointOrgan]:
    """Cơ quan cùng ban hành mà người ký chưa ký số; bản giấy đã nhận thì thôi."""
    made = Signature.objects.filter(joint=OuterRef("pk"), purpose=Signature.Purpose.SIGN)
    return JointOrgan.objects.filter(~Exists(made), document=document, kept_by__isnull=False, person__isnull=False, received_on=None)


def digitally_due(document: Document) -> list[JointOrgan]:
    """Những cơ quan mà người ký còn phải ký số lên bản ban hành đã có chữ ký số của cơ quan chủ trì; nhận bản giấy đã ký thì thôi."""
    if not Signature.objects.filter(document=document, purpose=Signature.Purpose.SIGN).exists():
        return []
    return list(unsigned(document).select_related("person"))


def signer_of(row: JointOrgan) -> str:
    return row.signer_name or (row.person.full_name if row.person else "")
