"""Giấy nháp của một thao tác: đọc phương án một lần, đổi trong bộ nhớ, ghi một lần. Không hỏi quyền.

Nhờ vậy một bảng hàng nghìn dòng chạy đúng các động từ của bảng vẽ mà không đọc lại phương án sau từng dòng.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.structure import Line, Live, Node
from tinhgon.org.models import Kind, Succession
from tinhgon.org.services import structure
from tinhgon.reorg import scenario
from tinhgon.reorg.models import DispositionRule, PlannedSuccession, PlannedUnit, Reorganisation
from tinhgon.reorg.services.drafting import UnitDraft, planned_rows
from tinhgon.reorg.services.journal import gesture
from tinhgon.reorg.services.templated import NEAREST_KIND

Type = Succession.Type


class Sketch:
    """Phương án đang sửa. ``plan`` luôn đúng với các lần đổi; cơ sở dữ liệu chỉ đúng sau ``write``."""

    def __init__(self, reorg: Reorganisation) -> None:
        read = scenario.read(reorg)
        self.reorg, self.short, self.function_names, self._codes = reorg, read.short, read.function_names, read.codes
        self.plan = Live(read.plan)
        self.planned: dict[int, PlannedUnit] = dict(read.planned)
        self._lines_written: dict[int, Sequence[Line]] = dict(read.plan.out)
        self._units_written = dict(read.planned)
        self._log: list[tuple[int, Sequence[Line] | None, PlannedUnit | None]] = []
        self._staying: list[tuple[int, int | None]] = []
        self._identities: list[int] = []
        self._reserved = 0

    def name(self, unit: int) -> str:
        """Tên như người soạn gọi: đơn vị đang có theo tên lúc này, đơn vị sẽ mở theo tên dự kiến."""
        node = self.plan.node(unit)
        return node.name if node else f"#{unit}"

    def names(self, units: Iterable[int]) -> str:
        return ", ".join(self.name(unit) for unit in units)

    def is_planned(self, unit: int) -> bool:
        return unit in self.plan.new

    def require(self, *units: int, field: str = "") -> None:
        """Mọi đơn vị có trong bộ máy sau này (không thì nêu từng đơn vị sai)."""
        wrong = [self._absent(unit, field) for unit in units if unit not in self.plan.after]
        if wrong:
            raise Invalid(*wrong)

    def know(self, units: Sequence[int]) -> None:
        """Mọi đơn vị có trong phương án, kể cả đơn vị sẽ kết thúc; ít nhất một đơn vị."""
        if not units:
            raise Invalid(Reason("reorg.no_unit", _("Hãy chọn ít nhất một đơn vị.")))
        wrong = [self._absent(unit, "") for unit in units if self.plan.node(unit) is None]
        if wrong:
            raise Invalid(*wrong)

    def _absent(self, unit: int, field: str) -> Reason:
        if self.plan.node(unit) is None:
            return Reason("reorg.unit_unknown", _("Có đơn vị không hoạt động vào ngày hiệu lực và không có trong phương án."), field, {"unit": unit})
        sentence = _("%(unit)s sẽ kết thúc trong phương án này: hãy giữ nó như cũ trước.") % {"unit": self.name(unit)}
        return Reason("reorg.unit_closing", sentence, field, {"unit": unit})

    def lines(self, unit: int) -> dict[int, Line]:
        """Nơi kế thừa -> dòng của đơn vị."""
        return {line.after: line for line in self.plan.out.get(unit, ())}

    def put(self, unit: int, parts: Mapping[int, Iterable[int]], type_: str = "") -> None:
        """Thay mọi dòng của ``unit`` bằng các nơi kế thừa ``parts`` (nơi -> chức năng); tên mới và cấp trên mới của nó giữ nguyên
        nếu nó còn lại.
        """
        old = self.lines(unit).get(unit)
        alone = len(parts) == 1
        kind = type_ or (Type.MERGED if alone else Type.SPLIT)
        lines = [Line(unit, heir, frozenset() if alone else frozenset(functions), type=kind) for heir, functions in parts.items()]
        self.set_lines(unit, [
            replace(line, new_name=old.new_name, new_parent=old.new_parent) if old is not None and line.after == unit else line for line in lines
        ])  # fmt: skip

    def keep_self(self, unit: int, *, new_name: str | None = None, new_parent: int | None = None, clear_parent: bool = False) -> None:
        """Đơn vị vẫn là chính nó, với tên hay cấp trên mới (``None``: không đổi phần ấy)."""
        lines = self.lines(unit)
        line = lines.get(unit) or Line(unit, unit, type=Type.MOVED)
        if new_name is not None:
            line = replace(line, new_name=new_name)
        if new_parent is not None or clear_parent:
            line = replace(line, new_parent=new_parent)
        self.set_lines(unit, [*(lines | {unit: line}).values()])

    def repoint(self, old: int, heir: int) -> None:
        """Mọi dòng về ``old`` nay về ``heir``; đơn vị đã về đó rồi thì gộp phần chức năng."""
        for giver in self.plan.givers(old):
            lines = self.lines(giver)
            line, twin = lines[old], lines.get(heir)
            if twin is not None:
                del lines[old]
                lines[heir] = replace(twin, functions=twin.functions | line.functions)
            elif giver == heir:
                del lines[old]
            else:
                lines[old] = replace(line, after=heir)
            self.set_lines(giver, [*lines.values()])

    def drop_lines(self, unit: int) -> None:
        """Đơn vị lại như lúc này."""
        self.set_lines(unit, [])

    def drop_line(self, unit: int, heir: int) -> None:
        """Đơn vị thôi giao cho ``heir``; các dòng khác của nó giữ nguyên."""
        self.set_lines(unit, [line for line in self.plan.out.get(unit, ()) if line.after != heir])

    def set_lines(self, unit: int, lines: Sequence[Line]) -> None:
        """Thay mọi dòng của ``unit``; kiểu kế thừa đặt lại cho đúng nghĩa."""
        settled = _settled(unit, lines)
        was = self.plan.out.get(unit, ())
        if list(was) != settled:
            self._log.append((unit, was, None))
            self.plan.set_lines(unit, settled)

    def open_units(self, drafts: Sequence[UnitDraft]) -> dict[str, int]:
        """Thêm đơn vị sẽ mở; trả về ``key`` -> mã đơn vị."""
        ids, rows = planned_rows(self.reorg, drafts, [self._identity(len(drafts)) for _draft in drafts])
        for row in rows:
            self._set_planned(row.unit_id, row)
        return ids

    def _identity(self, needed: int) -> int:
        """Một mã danh tính giữ trước; mỗi lần hết thì giữ gấp đôi lần trước, nên cả bảng chỉ vài câu SQL."""
        if not self._identities:
            self._reserved = max(needed, 2 * self._reserved)
            self._identities = structure.reserved_identities(self._reserved)[::-1]
        return self._identities.pop()

    def stay(self, unit: int, *, by: int | None) -> None:
        """Đơn vị còn lại giữ mọi việc khác: khi ghi thì thành quy tắc nơi nhận, nếu chưa có."""
        self._staying.append((unit, by))

    @property
    def totals(self) -> tuple[int, int]:
        """(số đơn vị sẽ mở, số dòng kế thừa) lúc này."""
        return len(self.planned), sum(map(len, self.plan.out.values()))

    @property
    def is_changed(self) -> bool:
        """Khác với điều đã ghi."""
        now = {unit: list(lines) for unit, lines in self.plan.out.items() if lines}
        return self.planned != self._units_written or now != {unit: list(lines) for unit, lines in self._lines_written.items() if lines}

    def change_planned(self, unit: int, **fields: Any) -> None:
        """Đổi vài cột của một đơn vị sẽ mở."""
        row = copy(self.planned[unit])
        for name, value in fields.items():
            setattr(row, name, value)
        self._set_planned(unit, row)

    def drop_planned(self, unit: int) -> None:
        """Bỏ một đơn vị sẽ mở."""
        self._set_planned(unit, None)

    def _set_planned(self, unit: int, row: PlannedUnit | None) -> None:
        self._log.append((unit, None, self.planned.get(unit)))
        self._place(unit, row)

    def _place(self, unit: int, row: PlannedUnit | None) -> None:
        if row is None:
            self.planned.pop(unit, None)
        else:
            self.planned[unit] = row
            self.short[unit] = row.short_name
        self.plan.set_new(unit, scenario.new_node(row, self._codes) if row is not None else None)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Thân hỏng thì giấy nháp trở lại như trước thân."""
        start, staying = len(self._log), len(self._staying)
        try:
            yield
        except Exception:
            del self._staying[staying:]
            while len(self._log) > start:
                unit, lines, row = self._log.pop()
                if lines is None:
                    self._place(unit, row)
                else:
                    self.plan.set_lines(unit, lines)
            raise

    def write(self) -> None:
        """Ghi mọi chỗ đã đổi; số câu SQL không theo số dòng."""
        was, now = self._units_written, self.planned
        self.reorg.planned_units.filter(unit__in=was.keys() - now.keys()).delete()
        changed = [row for unit, row in now.items() if row is not was.get(unit)]
        structure.make_identities(row.unit_id for row in changed if row.pk is None)
        PlannedUnit.objects.bulk_create(row for row in changed if row.pk is None)
        PlannedUnit.objects.bulk_update([row for row in changed if row.unit_id in was], ["name", "short_name", "parent"])
        self._units_written = dict(now)
        self._write_lines()
        self._write_staying()

    def _write_staying(self) -> None:
        case = {"kind": "", "function": None, "no_function": False}
        known = set(self.reorg.rules.filter(unit__in=[unit for unit, _by in self._staying], **case).values_list("unit_id", flat=True))
        DispositionRule.objects.bulk_create(
            DispositionRule(reorganisation=self.reorg, unit_id=unit, heir_id=unit, decided_at=clock.now(), decided_by_id=by, **case)
            for unit, by in dict(reversed(self._staying)).items() if unit not in known
        )  # fmt: skip
        self._staying.clear()

    def _write_lines(self) -> None:
        was, now = self._lines_written, self.plan.out
        changed = [unit for unit in dict.fromkeys((*was, *now)) if list(was.get(unit, ())) != list(now.get(unit, ()))]
        self.reorg.successions.filter(predecessor__in=changed).delete()
        lines = [line for unit in changed for line in now.get(unit, ())]
        rows = PlannedSuccession.objects.bulk_create(
            PlannedSuccession(
                reorganisation=self.reorg, predecessor_id=line.before, successor_id=line.after, type=line.type,
                new_name=line.new_name, new_parent_id=line.new_parent,
            )
            for line in lines
        )  # fmt: skip
        through = PlannedSuccession.functions.through
        through.objects.bulk_create(
            through(plannedsuccession_id=row.pk, function_id=function)
            for row, line in zip(rows, lines, strict=True) for function in sorted(line.functions)
        )  # fmt: skip
        self._lines_written = dict(now)

    def agency_like(self, node: Node, committee: int) -> int | None:
        """Đơn vị bên trong ``committee`` sau này cùng loại với ``node``, hay gần việc nhất; phòng thì cùng tên ngắn."""
        inner = [self.plan.after[unit] for unit in self.plan.children_after.get(committee, ()) if unit != node.id]
        if node.kind == Kind.ROOM:
            wanted = self.short.get(node.id)
            return next((each.id for each in inner if each.kind == Kind.ROOM and self.short.get(each.id) == wanted), None)
        for kind in NEAREST_KIND.get(Kind(node.kind), (node.kind,)):
            if found := next((each.id for each in inner if each.kind == kind), None):
                return found
        return None


@contextmanager
def drawing(actor: Actor, sketch: Sketch, code: str, told: dict[str, Any], *, facing: Iterable[int] = ()) -> Iterator[None]:
    """Một thao tác quanh phần thân, rồi ghi giấy nháp (``journal.gesture``)."""
    with gesture(actor, sketch.reorg, code, told, facing=facing):
        yield
        sketch.write()


def _settled(unit: int, lines: Sequence[Line]) -> list[Line]:
    """Kiểu đúng với các dòng còn lại: nhiều nơi là chia tách; chỉ còn chính nó là đổi tên, chuyển cấp trên, hay không gì cả."""
    if len(lines) != 1:
        return [replace(line, type=Type.SPLIT) for line in lines]
    (line,) = lines
    if line.after != unit:
        return [line if line.type in (Type.MERGED, Type.DISSOLVED) else replace(line, type=Type.MERGED, functions=frozenset())]
    if not (line.new_name or line.new_parent):
        return []
    return [replace(line, type=Type.MOVED if line.new_parent else Type.RENAMED, functions=frozenset())]
