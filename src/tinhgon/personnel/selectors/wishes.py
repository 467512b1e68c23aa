"""Đợt nguyện vọng: của mình, cái gì đang trống, và tổng hợp cho ban tổ chức."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason
from tinhgon.org.access import scope_of, structure_root
from tinhgon.org.models import Appointment, Role
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import UnitAt, descendants, path, units_at
from tinhgon.personnel.access import private_for, self_of
from tinhgon.personnel.models import Wish, WishRound, WishSheet


@dataclass(frozen=True, slots=True)
class OpenPost:
    """Một vị trí còn ghế trống ngày xem."""

    post_id: int
    title: str
    unit_id: int
    unit_name: str
    free: int


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Một phiếu cho ban tổ chức: nguyện vọng đọc thành chữ, đã chấp nhận hai chiều chưa nếu muốn ở cùng một người."""

    sheet: WishSheet
    wishes: tuple[str, ...]
    is_mutual: bool


_FREE_SQL = """
SELECT po.id, po.title, po.unit_id, v.name, po.seats - count(a.id)
FROM org_post po
JOIN org_unit_version v ON v.unit_id = po.unit_id AND v.valid @> %(on)s::date
LEFT JOIN org_appointment a ON a.post_id = po.id AND a.valid @> %(on)s::date
WHERE po.unit_id = ANY(%(units)s) AND po.valid @> %(on)s::date AND NOT po.is_pool AND po.role <> 'administrator'
GROUP BY po.id, v.name, v.name_key HAVING po.seats > count(a.id)
ORDER BY v.name_key, po.rank, po.id
"""


def open_posts(root_id: int, *, on: date) -> list[OpenPost]:
    """Mọi vị trí còn ghế trống ở cấp ủy ấy và cấp dưới."""
    with connection.cursor() as cursor:
        cursor.execute(_FREE_SQL, {"units": sorted(descendants([root_id], on=on)), "on": on})
        return [OpenPost(*row) for row in cursor.fetchall()]


def units_of(root_id: int, *, on: date) -> list[UnitAt]:
    """Mọi đơn vị đang hoạt động của cấp ấy và cấp dưới."""
    return list(units_at(descendants([root_id], on=on), on=on).values())


def rounds_for(actor: Actor, *, on: date) -> QuerySet[WishRound]:
    """Đợt của mình (đơn vị mình ở dưới cấp ủy mở đợt) và đợt của ban tổ chức mình; mới trước."""
    roots: set[int] = set()
    for standing in scope_of(actor, on=on).standings:
        if not standing.is_lent:
            roots |= {step.id for step in path(standing.unit_id, on=on)}
    sheets = WishSheet.objects.filter(round=OuterRef("pk"), person__user=actor.user_id or -1)
    return WishRound.objects.filter(Q(root__in=roots) | Exists(sheets)).order_by("-closes_on", "-pk")


def round_for(actor: Actor, round_id: int, *, on: date) -> WishRound:
    """Đợt mà mình ghi được hoặc ban tổ chức mình giữ. ``NotFound`` khi không."""
    found = rounds_for(actor, on=on).filter(pk=round_id).first()
    if found is None:
        raise NotFound(Reason("personnel.no_wish_round", _("Không có đợt nguyện vọng này, hoặc đợt không dành cho đơn vị của bạn.")))
    return found


def keeps(actor: Actor, round_: WishRound, *, on: date) -> bool:
    """Vị trí đang dùng là ban tổ chức của chính cấp ủy mở đợt."""
    standing = next((s for s in scope_of(actor, on=on).standings if s.appointment_id == actor.appointment_id), None)
    return standing is not None and standing.role == Role.ORGANISATION_BOARD and standing.may(Verb.KEEP_WISHES) and structure_root(standing) == round_.root_id


def own_sheet(actor: Actor, round_id: int) -> WishSheet | None:
    """Phiếu của chính người đứng tên tài khoản."""
    return WishSheet.objects.filter(round=round_id, person=self_of(actor)).select_related("with_person").prefetch_related("wishes").first()


def sheets_visible_to(actor: Actor, *, on: date) -> QuerySet[WishSheet]:
    """Phiếu được xem: của mình; của người ở cấp mình và cấp dưới, với ban tổ chức. Lãnh đạo đơn vị không xem được."""
    if actor.is_system:
        return WishSheet.objects.all()
    return WishSheet.objects.filter(person__in=private_for(actor, on=on).values("pk"))


def sheet_lines(sheets: list[WishSheet], *, on: date) -> list[SheetLine]:
    """Các phiếu của một trang, nguyện vọng đọc thành chữ; số câu SQL không theo số phiếu."""
    wishes: dict[int, list[Wish]] = {}
    for wish in Wish.objects.filter(sheet__in=sheets).select_related("post").order_by("rank"):
        wishes.setdefault(wish.sheet_id, []).append(wish)
    units = units_at({_unit(wish) for found in wishes.values() for wish in found}, on=on)
    pairs = {(s.round_id, s.person_id, s.with_person_id) for s in WishSheet.objects.filter(person__in=[s.with_person_id for s in sheets if s.with_person_id])}
    return [
        SheetLine(
            sheet, tuple(_told(wish, units) for wish in wishes.get(sheet.pk, ())),
            (sheet.round_id, sheet.with_person_id, sheet.person_id) in pairs,
        )
        for sheet in sheets
    ]  # fmt: skip


def _told(wish: Wish, units: dict[int, UnitAt]) -> str:
    unit_id = _unit(wish)
    name = units[unit_id].name if unit_id in units else ""
    return f"{wish.post.title}, {name}" if wish.post else name


def _unit(wish: Wish) -> int:
    return wish.post.unit_id if wish.post else wish.unit_id or 0


def belongs(person_id: int, root_id: int, *, on: date) -> bool:
    """Người ấy đang giữ vị trí ở cấp ủy ấy hoặc cấp dưới."""
    units: Iterable[int] = Appointment.objects.filter(person=person_id, valid__contains=on).values_list("post__unit", flat=True)
    return bool(set(units) & descendants([root_id], on=on))
