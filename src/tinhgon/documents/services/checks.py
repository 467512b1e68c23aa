"""Những điều nhiều động từ cùng kiểm tra. Trả về lý do, không ném lỗi, để động từ nêu mọi lý do cùng lúc."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason
from tinhgon.documents.models import DocumentType
from tinhgon.org.access import Standing
from tinhgon.org.models import Function, Post, Unit
from tinhgon.org.selectors.succession import open_heirs
from tinhgon.org.selectors.units import UnitAt, units_at


def missing(value: object, field: str, sentence: str) -> list[Reason]:
    """Một lý do khi ô bắt buộc để trống."""
    return [] if str(value or "").strip() else [Reason("documents.missing", sentence, field)]


def unknown_type(type_id: int) -> list[Reason]:
    if DocumentType.objects.filter(pk=type_id).exists():
        return []
    return [Reason("documents.no_such_type", _("Chưa chọn tên loại có trong danh mục."), "type")]


def unknown_function(function_id: int | None) -> list[Reason]:
    if function_id is None or Function.objects.filter(pk=function_id).exists():
        return []
    return [Reason("documents.no_such_function", _("Chức năng này không có."), "function")]


def not_open(unit_ids: Iterable[int], *, on: date, field: str) -> list[Reason]:
    """Đơn vị không có, hay không hoạt động ngày ``on``: nêu các nơi kế thừa để chọn lại."""
    wanted = set(unit_ids)
    known = set(Unit.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    shown = units_at(known, on=on)
    closed = [unit for unit in shown.values() if not unit.is_open]
    heirs = open_heirs([unit.id for unit in closed], on=on) if closed else {}
    reasons = [_closed_reason(unit, heirs[unit.id], on, field) for unit in closed]
    if wanted - set(shown):
        reasons.append(Reason("org.unit_not_found", _("Đơn vị này không có."), field))
    return reasons


def _closed_reason(unit: UnitAt, heirs: tuple[int, ...], on: date, field: str) -> Reason:
    names = [heir.name for heir in units_at(heirs, on=on).values()]
    sentence = (
        _("%(unit)s đã kết thúc hoạt động: hãy chọn đơn vị kế thừa: %(heirs)s.")
        if names
        else _("%(unit)s đã kết thúc hoạt động và không có đơn vị kế thừa.")
    )
    shown = {"unit": unit.name, "heirs": ", ".join(names)}
    return Reason("documents.unit_closed", sentence % shown, field, {"unit": unit.id, "heirs": list(heirs)})


def nobody_cleared(unit_ids: Iterable[int], secrecy: int, *, on: date, field: str) -> list[Reason]:
    """Văn bản mật chỉ tới nơi có vị trí được xem độ mật ấy: nếu không thì không ai xử lý được."""
    if not secrecy:
        return []
    wanted = set(unit_ids)
    able = set(
        Post.objects.filter(unit__in=wanted, clearance__gte=secrecy, valid__contains=on).values_list("unit", flat=True)
    )
    names = units_at(wanted - able, on=on)
    sentence = _("%(unit)s không có vị trí nào được xem độ mật này.")
    return [
        Reason("documents.no_clearance", sentence % {"unit": unit.name}, field, {"unit": unit.id})
        for unit in names.values()
    ]


def actor_not_cleared(standing: Standing | None, secrecy: int) -> list[Reason]:
    """Người ghi văn bản mật phải được xem độ mật ấy ở vị trí đang dùng."""
    if standing is None or secrecy <= standing.clearance:
        return []
    return [Reason("documents.not_cleared", _("Vị trí bạn đang dùng không được xem độ mật này."), "secrecy")]
