"""Đặt đơn vị đã chọn vào một đơn vị khác thì làm được gì: mỗi cách một câu nói điều sẽ xảy ra. Cùng câu hỏi cho kéo thả và bàn phím."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tinhgon.engine.structure import closes_a_ring
from tinhgon.reorg.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Way:
    """``code``: "move", "merge", "close". ``label``: chữ trên nút. ``says``: điều sẽ xảy ra."""

    code: str
    label: str
    says: str


def ways(scenario: Scenario, units: Sequence[int], target: int) -> list[Way]:
    """Các cách hợp lệ; rỗng khi không có cách nào."""
    after = scenario.after
    if target not in after or not units or target in units:
        return []
    name = scenario.name(target)
    told = {"target": name, "units": ", ".join(scenario.name(unit) for unit in units)}
    found: list[Way] = []
    open_ = [unit for unit in units if unit in after]
    loose = not any(closes_a_ring(unit, target, after) for unit in open_)
    if len(open_) == len(units) and loose and any(after[unit].parent != target for unit in units):
        found.append(Way("move", _("Chuyển về trực thuộc"), _("%(units)s vẫn là chính nó, cấp trên mới là %(target)s; việc và người giữ nguyên.") % told))
    if loose:
        found.append(Way("merge", _("Nhập vào"), _("%(units)s kết thúc; mọi việc, người và chức năng về %(target)s; cơ quan bên trong về nơi cùng loại.") % told))
        found.append(Way("close", _("Kết thúc, giao việc cho"), _("Như nhập, nhưng quyết định ghi là giải thể %(units)s; %(target)s nhận việc.") % told))
    return found
