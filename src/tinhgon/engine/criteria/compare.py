"""Tính các thước đo từ con số, và nói hai bộ kết quả hơn kém ra sao. Thiếu con số thì không có kết quả, không bao giờ là số 0."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tinhgon.engine.criteria.formula import Node, NoValue
from tinhgon.engine.criteria.measures import Better, Criterion, Measure


@dataclass(frozen=True, slots=True)
class Missing:
    """Con số không có; ``reason`` là câu người đọc thấy."""

    reason: str


Reading = Fraction | Missing


@dataclass(frozen=True, slots=True)
class Result:
    """Kết quả một thước đo. ``used``: các con số đã vào công thức. Không tính được: ``missing`` các mã thiếu, hoặc ``zero`` phần chia bằng 0."""

    measure: Measure
    used: Mapping[str, Reading]
    value: Fraction | None
    missing: tuple[str, ...] = ()
    zero: Node | None = None


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    MIXED = "mixed"
    UNKNOWN = "unknown"


def compute(measure: Measure, figures: Mapping[str, Reading]) -> Result:
    """Con số × công thức = kết quả. Con số không có trong ``figures`` tính là thiếu."""
    used = {code: figures.get(code, Missing("")) for code in measure.formula.figures}
    missing = tuple(code for code, found in used.items() if isinstance(found, Missing))
    if missing:
        return Result(measure, used, None, missing)
    known = {code: found for code, found in used.items() if isinstance(found, Fraction)}
    try:
        return Result(measure, used, measure.formula.value(known))
    except NoValue as none:
        return Result(measure, used, None, zero=none.divisor)


def shown(value: Fraction, decimals: int) -> Fraction:
    """Giá trị như sẽ viết ra: làm tròn nửa lên xa số 0, để hai số viết giống nhau thì không nói là hơn kém."""
    scaled = value * 10**decimals
    whole = (abs(scaled) * 2 + 1) // 2
    return Fraction(whole if scaled >= 0 else -whole, 10**decimals)


def verdict(before: Result, after: Result) -> Verdict:
    """Thước đo này khá lên, kém đi, như cũ (theo số viết ra), hay chưa biết."""
    if before.value is None or after.value is None:
        return Verdict.UNKNOWN
    decimals = after.measure.decimals
    gain = shown(after.value, decimals) - shown(before.value, decimals)
    if gain == 0:
        return Verdict.SAME
    return Verdict.BETTER if (gain > 0) == (after.measure.better == Better.MORE) else Verdict.WORSE


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """Cả tiêu chí, không cộng điểm: hơn khi có thước đo hơn mà không thước đo nào kém; hơn chỗ này kém chỗ kia là ``MIXED``.

    Thước đo chưa biết không làm nên hơn hay kém; nhưng còn chưa biết thì không nói được là như cũ.
    """
    found = set(verdicts)
    moved = found & {Verdict.BETTER, Verdict.WORSE}
    if len(moved) == 2:
        return Verdict.MIXED
    if moved:
        return moved.pop()
    return Verdict.SAME if found == {Verdict.SAME} else Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class Difference:
    """Một tiêu chí của một phương án so với hiện nay. ``pairs``: (trước, sau, hơn kém) của từng thước đo."""

    criterion: Criterion
    verdict: Verdict
    pairs: tuple[tuple[Result, Result, Verdict], ...]


def differences(before: Sequence[Result], after: Sequence[Result]) -> tuple[Difference, ...]:
    """Từng tiêu chí theo thứ tự; hai bên cùng một bộ thước đo."""
    pairs = [(left, right, verdict(left, right)) for left, right in zip(before, after, strict=True)]
    found = []
    for criterion in Criterion:
        own = tuple(pair for pair in pairs if pair[0].measure.criterion == criterion)
        if own:
            found.append(Difference(criterion, overall(one for _left, _right, one in own), own))
    return tuple(found)
