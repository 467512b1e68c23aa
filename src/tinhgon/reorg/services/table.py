"""Bảng phương án trong Excel: mỗi dòng một việc vẽ (mở, nhập, tách, kết thúc, chuyển, đổi tên, chuyển chức năng).

Đọc thử chạy đúng các động từ của bảng trên giấy nháp rồi bỏ, nên câu báo từng dòng chính là câu của bảng. Ghi thì cả bảng hoặc
không dòng nào, thành một thao tác hoàn lại được. Phương án đọc một lần, đổi trong bộ nhớ, ghi một lần (``services.sketch``).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.engine.tables import header_key
from tinhgon.org.models import ExternalCode, Function
from tinhgon.reorg.services.dividing import Part, divide
from tinhgon.reorg.services.drafting import drawable
from tinhgon.reorg.services.importing import Problem
from tinhgon.reorg.services.joining import merge
from tinhgon.reorg.services.journal import Rows, nothing_changed, snapshot
from tinhgon.reorg.services.moving import give_name, pass_function, place_under
from tinhgon.reorg.services.opening import NewUnit, open_in
from tinhgon.reorg.services.sketch import Sketch, Type, drawing
from tinhgon.reorg.structure import CODE_SCHEME

UNIT, DEED, TARGET, NAME, TEMPLATE, PARENT, FUNCTIONS = "Đơn vị", "Việc", "Về đơn vị", "Tên mới", "Mẫu", "Cấp trên", "Chức năng"
COLUMNS = (UNIT, DEED, TARGET, NAME, TEMPLATE, PARENT, FUNCTIONS)
OPEN, MERGE, CLOSE, SPLIT, MOVE, RENAME, FUNCTION = "mở", "nhập", "kết thúc", "tách", "chuyển", "đổi tên", "chuyển chức năng"
DEEDS: Mapping[str, tuple[str, ...]] = {
    OPEN: (NAME, TEMPLATE, PARENT), MERGE: (UNIT, TARGET), CLOSE: (UNIT, TARGET), SPLIT: (UNIT, TARGET),
    MOVE: (UNIT, PARENT), RENAME: (UNIT, NAME), FUNCTION: (UNIT, TARGET, FUNCTIONS),
}  # fmt: skip
"""Việc -> các cột phải có; thứ tự cũng là thứ tự làm: mở trước, rồi nhập, tách, chuyển."""
_ONE_ROW = (MERGE, CLOSE, SPLIT)
MOST_ROWS = 5_000
STEP = 250
"""Cứ ngần ấy dòng thì báo tiến độ."""
Step = Callable[[int, int], None]


_key = lru_cache(maxsize=1024)(header_key)  # vài tiêu đề và việc, hỏi lại ở mọi dòng
_DEED_OF = {header_key(deed): deed for deed in DEEDS}


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: Mapping[str, str]
    deed: str

    @classmethod
    def of(cls, number: int, cells: Mapping[str, str]) -> "Row":
        """Dòng của tệp; tiêu đề viết kiểu nào cũng được, việc lạ là chuỗi rỗng."""
        known = {_key(name): value.strip() for name, value in cells.items()}
        return cls(number, known, _DEED_OF.get(_key(known.get(_key(DEED), "")), ""))

    def __getitem__(self, column: str) -> str:
        return self.cells.get(_key(column), "")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Kết quả của một bảng: thêm mấy đơn vị mới, mấy dòng kế thừa, và lỗi từng dòng."""

    units: int
    successions: int
    problems: Sequence[Problem]


class _Wrong(Exception):
    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def is_drawing(columns: Sequence[str]) -> bool:
    """Bảng này là bảng phương án (có cột Việc), không phải danh sách kế thừa."""
    return _key(DEED) in {_key(name) for name in columns}


def read_drawing(
    actor: Actor, reorg_id: int, *, rows: Sequence[tuple[int, Mapping[str, str]]], dry_run: bool, step: Step | None = None,
    written: Callable[[], None] | None = None,
) -> Drawn:  # fmt: skip
    """Làm các dòng theo thứ tự trên giấy nháp; ``dry_run`` chỉ trả về số lượng và lỗi từng dòng, không ghi và không khóa gì.

    Ghi thật mà còn lỗi: ``Invalid`` với mọi lỗi, không gì đổi; phương án đã đổi trong lúc đọc: ``Refused``. ``step``: báo đã làm bao nhiêu dòng;
    ``written``: gọi trong chính giao dịch ghi.
    """
    check_length(rows)
    with transaction.atomic():
        reorg = drawable(actor, reorg_id)
        seen, sketch = snapshot(reorg), Sketch(reorg)
    before = sketch.totals
    problems = _problems(_Reader(actor, sketch), [Row.of(number, cells) for number, cells in rows], step or _silent)
    if not problems and not sketch.is_changed:
        problems = [Problem(0, DEED, nothing_changed().sentence)]
    if not dry_run:
        with transaction.atomic():
            _write(actor, sketch, seen, rows=len(rows), problems=problems)
            if written is not None:
                written()
    units, successions = (max(now - was, 0) for was, now in zip(before, sketch.totals, strict=True))
    return Drawn(units, successions, problems)


def check_length(rows: Sequence[object]) -> None:
    """``Invalid`` khi bảng quá dài."""
    if len(rows) > MOST_ROWS:
        sentence = _("Bảng có hơn %(most)d dòng: chia nhỏ, hoặc dùng danh sách kế thừa cho cả tỉnh.")
        raise Invalid(Reason("reorg.table_long", sentence % {"most": MOST_ROWS}, "table"))


def _write(actor: Actor, sketch: Sketch, seen: Rows, *, rows: int, problems: Sequence[Problem]) -> None:
    """Ghi giấy nháp thành một thao tác, khi phương án vẫn như lúc đọc."""
    if problems:
        sentence = _("Dòng %(row)d, cột %(column)s: %(sentence)s")
        raise Invalid(*(Reason("reorg.import_row", sentence % {"row": p.row, "column": p.column, "sentence": p.sentence}) for p in problems))
    sketch.reorg = drawable(actor, sketch.reorg.pk)
    if snapshot(sketch.reorg) != seen:
        raise Refused(Reason("reorg.changed_meanwhile", _("Phương án vừa được sửa trong lúc đọc bảng: hãy đọc thử lại.")))
    with drawing(actor, sketch, "reorg.table_read", {"rows": rows}):
        pass


def _silent(_done: int, _total: int) -> None:
    return


def _problems(reader: "_Reader", rows: Sequence[Row], step: Step) -> list[Problem]:
    problems = [*_incomplete(rows), *_repeated(rows)]
    skipped = {problem.row for problem in problems}
    order = list(DEEDS)
    work = _grouped(sorted((row for row in rows if row.number not in skipped), key=lambda row: order.index(row.deed)))
    for done, row in enumerate(work):
        if done % STEP == 0:
            step(done, len(work))
        if problem := reader.try_(row):
            problems.append(problem)
    return sorted(problems, key=lambda problem: problem.row)


def _incomplete(rows: Sequence[Row]) -> list[Problem]:
    found = []
    for row in rows:
        if not row.deed:
            words = _("không hiểu việc “%(deed)s”; các việc: %(deeds)s.") % {"deed": row[DEED], "deeds": ", ".join(DEEDS)}
            found.append(Problem(row.number, DEED, words))
            continue
        found += [Problem(row.number, column, _("thiếu, việc “%(deed)s” cần cột này.") % {"deed": row.deed}) for column in DEEDS[row.deed] if not row[column]]
    return found


def _repeated(rows: Sequence[Row]) -> list[Problem]:
    """Một đơn vị chỉ nhập, tách hay kết thúc một lần; chia tách thì nhiều dòng cùng việc tách."""
    deeds: dict[str, list[Row]] = {}
    for row in rows:
        if row.deed in _ONE_ROW:
            deeds.setdefault(row[UNIT].casefold(), []).append(row)
    found = []
    for same in deeds.values():
        if len(same) > 1 and {row.deed for row in same} != {SPLIT}:
            words = _("“%(unit)s” đã có ở dòng %(row)d: một đơn vị chỉ một việc nhập, tách hay kết thúc.")
            found += [Problem(row.number, UNIT, words % {"unit": row[UNIT], "row": same[0].number}) for row in same[1:]]
        if len(same) == 1 and same[0].deed == SPLIT:
            found.append(Problem(same[0].number, UNIT, _("chia tách cần ít nhất hai dòng, mỗi dòng một nơi nhận.")))
    return found


def _grouped(rows: Sequence[Row]) -> list[list[Row]]:
    """Các dòng tách của một đơn vị làm một lượt; dòng khác riêng từng dòng."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(row[UNIT].casefold() if row.deed == SPLIT else row.number, []).append(row)
    return list(found.values())


class _Reader:
    def __init__(self, actor: Actor, sketch: Sketch) -> None:
        self.actor, self.sketch = actor, sketch
        self.codes = dict(ExternalCode.objects.filter(scheme=CODE_SCHEME, unit__in=sketch.plan.now).values_list("code", "unit_id"))
        self.functions = {code.casefold(): pk for pk, code in Function.objects.values_list("pk", "code")}
        self.deeds: Mapping[str, Callable[[list[Row]], None]] = {
            OPEN: self._open, MERGE: self._merge, CLOSE: self._merge, SPLIT: self._split, MOVE: self._move, RENAME: self._rename, FUNCTION: self._function,
        }  # fmt: skip

    def try_(self, rows: list[Row]) -> Problem | None:
        try:
            with self.sketch.whole():
                self.deeds[rows[0].deed](rows)
        except _Wrong as wrong:
            return Problem(rows[0].number, wrong.column, wrong.sentence)
        except Invalid as refused:
            return Problem(rows[0].number, DEED, str(refused))
        return None

    def _unit(self, row: Row, column: str) -> int:
        """Đơn vị theo #mã, mã hành chính, hay đúng tên; đơn vị mới trong bảng gọi bằng tên."""
        text = row[column]
        if text.startswith("#") and text[1:].isdecimal() and self.sketch.plan.node(int(text[1:])):
            return int(text[1:])
        if text in self.codes:
            return self.codes[text]
        named = self.sketch.plan.named(text)
        if len(named) == 1:
            return named[0]
        told = {"text": text, "count": len(named)}
        if named:
            raise _Wrong(column, _("có %(count)d đơn vị tên “%(text)s”: hãy ghi mã ở trang tính Đơn vị.") % told)
        raise _Wrong(column, _("không có đơn vị nào tên hay mã “%(text)s”.") % told)

    def _functions_of(self, row: Row) -> list[int]:
        codes = [code.strip() for code in row[FUNCTIONS].replace(",", ";").split(";") if code.strip()]
        if unknown := [code for code in codes if code.casefold() not in self.functions]:
            raise _Wrong(FUNCTIONS, _("không có chức năng mã %(codes)s: xem trang tính Chức năng.") % {"codes": ", ".join(unknown)})
        return [self.functions[code.casefold()] for code in codes]

    def _open(self, rows: list[Row]) -> None:
        (row,) = rows
        open_in(self.sketch, NewUnit(row[NAME], self._unit(row, PARENT), row[TEMPLATE]))

    def _merge(self, rows: list[Row]) -> None:
        (row,) = rows
        target = self._unit(row, TARGET)
        self.sketch.require(target)
        merge(self.sketch, [self._unit(row, UNIT)], target, type_=Type.DISSOLVED if row.deed == CLOSE else Type.MERGED)

    def _split(self, rows: list[Row]) -> None:
        parts = [Part(unit_id=self._unit(row, TARGET), functions=self._functions_of(row)) for row in rows]
        divide(self.sketch, self._unit(rows[0], UNIT), parts)

    def _move(self, rows: list[Row]) -> None:
        (row,) = rows
        unit, parent = self._unit(row, UNIT), self._unit(row, PARENT)
        self.sketch.require(unit, parent)
        place_under(self.sketch, unit, parent)

    def _rename(self, rows: list[Row]) -> None:
        (row,) = rows
        give_name(self.sketch, self._unit(row, UNIT), row[NAME])

    def _function(self, rows: list[Row]) -> None:
        (row,) = rows
        for function in self._functions_of(row):
            pass_function(self.actor, self.sketch, function, self._unit(row, UNIT), self._unit(row, TARGET))


def totals(rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[tuple[str, int]]:
    """(việc, số dòng) theo thứ tự làm."""
    counted = Counter(Row.of(number, cells).deed for number, cells in rows)
    return [(deed, counted[deed]) for deed in DEEDS if counted[deed]]
