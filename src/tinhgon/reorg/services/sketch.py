"""Giấy nháp của một thao tác: đọc phương án, đổi các dòng của một đơn vị, giữ kiểu kế thừa đúng nghĩa. Không hỏi quyền."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.structure import Node
from tinhgon.org.models import Kind, Succession
from tinhgon.reorg import scenario
from tinhgon.reorg.models import PlannedSuccession, Reorganisation
from tinhgon.reorg.services.templated import NEAREST_KIND

Type = Succession.Type


class Sketch:
    """Phương án đang sửa. Sau mỗi lần ghi gọi ``reread`` nếu còn đọc tiếp."""

    def __init__(self, reorg: Reorganisation) -> None:
        self.reorg = reorg
        self.reread()

    def reread(self) -> None:
        self.read = scenario.read(self.reorg)

    def name(self, unit: int) -> str:
        return self.read.name(unit)

    def names(self, units: Iterable[int]) -> str:
        return ", ".join(self.name(unit) for unit in units)

    def is_planned(self, unit: int) -> bool:
        return unit in self.read.plan.new

    def require(self, *units: int, field: str = "") -> None:
        """Mọi đơn vị có trong bộ máy sau này (không thì nêu từng đơn vị sai)."""
        wrong = [self._absent(unit, field) for unit in units if unit not in self.read.after]
        if wrong:
            raise Invalid(*wrong)

    def know(self, units: Sequence[int]) -> None:
        """Mọi đơn vị có trong phương án, kể cả đơn vị sẽ kết thúc; ít nhất một đơn vị."""
        if not units:
            raise Invalid(Reason("reorg.no_unit", _("Hãy chọn ít nhất một đơn vị.")))
        wrong = [self._absent(unit, "") for unit in units if self.read.node(unit) is None]
        if wrong:
            raise Invalid(*wrong)

    def _absent(self, unit: int, field: str) -> Reason:
        if self.read.node(unit) is None:
            return Reason("reorg.unit_unknown", _("Có đơn vị không hoạt động vào ngày hiệu lực và không có trong phương án."), field, {"unit": unit})
        sentence = _("%(unit)s sẽ kết thúc trong phương án này: hãy giữ nó như cũ trước.") % {"unit": self.name(unit)}
        return Reason("reorg.unit_closing", sentence, field, {"unit": unit})

    def lines(self, unit: int) -> dict[int, PlannedSuccession]:
        """Nơi kế thừa -> dòng của đơn vị."""
        return {line.successor_id: line for line in self.reorg.successions.filter(predecessor=unit)}

    def put(self, unit: int, parts: Mapping[int, Sequence[int]], type_: str = "") -> None:
        """Thay mọi dòng của ``unit`` bằng các nơi kế thừa ``parts`` (nơi -> chức năng); tên mới và cấp trên mới của nó giữ nguyên
        nếu nó còn lại.
        """
        old = self.lines(unit).get(unit)
        self.reorg.successions.filter(predecessor=unit).delete()
        alone = len(parts) == 1
        for heir, functions in parts.items():
            same = old if old is not None and heir == unit else None
            line = PlannedSuccession.objects.create(
                reorganisation=self.reorg, predecessor_id=unit, successor_id=heir,
                type=type_ or (Type.MERGED if alone else Type.SPLIT),
                new_name=same.new_name if same else "", new_parent_id=same.new_parent_id if same else None,
            )  # fmt: skip
            line.functions.set(functions if not alone else [])
        self.settle(unit)

    def keep_self(self, unit: int, *, new_name: str | None = None, new_parent: int | None = None, clear_parent: bool = False) -> None:
        """Đơn vị vẫn là chính nó, với tên hay cấp trên mới (``None``: không đổi phần ấy)."""
        line = self.lines(unit).get(unit)
        if line is None:
            line = PlannedSuccession(reorganisation=self.reorg, predecessor_id=unit, successor_id=unit, type=Type.MOVED)
        if new_name is not None:
            line.new_name = new_name
        if new_parent is not None or clear_parent:
            line.new_parent_id = new_parent
        line.save()
        self.settle(unit)

    def settle(self, unit: int) -> None:
        """Kiểu đúng với các dòng còn lại: nhiều nơi là chia tách; chỉ còn chính nó là đổi tên, chuyển cấp trên, hay không gì cả."""
        lines = self.lines(unit)
        if len(lines) > 1:
            self.reorg.successions.filter(predecessor=unit).update(type=Type.SPLIT)
            return
        for heir, line in lines.items():
            if heir == unit and not (line.new_name or line.new_parent_id):
                line.delete()
            elif heir == unit:
                line.type = Type.MOVED if line.new_parent_id else Type.RENAMED
                line.save(update_fields=["type"])
                line.functions.clear()
            elif line.type not in (Type.MERGED, Type.DISSOLVED):
                line.type = Type.MERGED
                line.save(update_fields=["type"])
                line.functions.clear()

    def repoint(self, old: int, heir: int) -> None:
        """Mọi dòng về ``old`` nay về ``heir``; đơn vị đã về đó rồi thì gộp phần chức năng."""
        for line in self.reorg.successions.filter(successor=old).exclude(predecessor=old):
            twin = self.lines(line.predecessor_id).get(heir)
            if twin is None and line.predecessor_id != heir:
                line.successor_id = heir
                line.save(update_fields=["successor"])
            else:
                if twin is not None:
                    twin.functions.add(*line.functions.all())
                line.delete()
            self.settle(line.predecessor_id)

    def agency_like(self, node: Node, committee: int) -> int | None:
        """Đơn vị bên trong ``committee`` sau này cùng loại với ``node``, hay gần việc nhất; phòng thì cùng tên ngắn."""
        inner = [self.read.after[unit] for unit in self.read.children_after.get(committee, ()) if unit != node.id]
        if node.kind == Kind.ROOM:
            wanted = self.read.short.get(node.id)
            return next((each.id for each in inner if each.kind == Kind.ROOM and self.read.short.get(each.id) == wanted), None)
        for kind in NEAREST_KIND.get(Kind(node.kind), (node.kind,)):
            if found := next((each.id for each in inner if each.kind == kind), None):
                return found
        return None
