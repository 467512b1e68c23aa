"""Điểm kết quả nhiệm vụ từ sản phẩm (NĐ 335/2025: a, b, c cho chuyên viên; thêm d, đ, e cho lãnh đạo). Phân số, không làm tròn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tinhgon.engine.leave.rules import Certainty, Source

SOURCE = Source("Nghị định 335/2025/NĐ-CP", "", Certainty.SECOND_HAND)
"""Công thức đọc từ một bản tóm tắt, chưa thấy nguyên văn."""

_LOST = Fraction(1, 4)
"""Mỗi lần phải làm lại vì lỗi của mình, mỗi lần chậm: mất một phần tư của sản phẩm ấy."""


@dataclass(frozen=True, slots=True)
class Product:
    """Một sản phẩm được giao: hệ số quy đổi, đã xong chưa, làm lại mấy lần, chậm mấy lần."""

    weight: Fraction = Fraction(1)
    is_done: bool = True
    redos: int = 0
    delays: int = 0


def ratio(part: Fraction, whole: Fraction) -> Fraction | None:
    """Tỉ lệ, không quá 1; mẫu số 0 là chưa đủ dữ liệu (``None``)."""
    return None if whole == 0 else min(Fraction(1), part / whole)


def parts(products: Iterable[Product]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """(a, b, c): số lượng, chất lượng, tiến độ. ``None``: chưa đủ dữ liệu."""
    listed = list(products)
    done = [product for product in listed if product.is_done]
    assigned, finished = sum((p.weight for p in listed), Fraction(0)), sum((p.weight for p in done), Fraction(0))
    good = sum((p.weight * _kept(p.redos) for p in done), Fraction(0))
    timely = sum((p.weight * _kept(p.delays) for p in done), Fraction(0))
    return ratio(finished, assigned), ratio(good, finished), ratio(timely, finished)


def followers_part(failed: int, people: int) -> Fraction | None:
    """d: 1 khi không ai dưới quyền không hoàn thành, 1/2 khi có; không có ai dưới quyền thì chưa đủ dữ liệu."""
    if people == 0:
        return None
    return Fraction(1, 2) if failed else Fraction(1)


def specialist_points(abc: Sequence[Fraction | None], *, most: int = 70) -> Fraction | None:
    """``most`` × (a + b + c) / 3; thiếu một phần là chưa đủ dữ liệu."""
    return _average(abc, 3, most)


def leader_points(all_six: Sequence[Fraction | None], *, most: int = 70) -> Fraction | None:
    """``most`` × (a + b + c + d + đ + e) / 6; thiếu một phần là chưa đủ dữ liệu."""
    return _average(all_six, 6, most)


def _average(found: Sequence[Fraction | None], count: int, most: int) -> Fraction | None:
    if len(found) != count:
        raise ValueError(f"Cần {count} phần, có {len(found)}.")
    if any(part is not None and not 0 <= part <= 1 for part in found):
        raise ValueError("Mỗi phần từ 0 tới 1.")
    known = [part for part in found if part is not None]
    return most * sum(known, Fraction(0)) / count if len(known) == count else None


def _kept(times: int) -> Fraction:
    return max(Fraction(0), 1 - times * _LOST)
