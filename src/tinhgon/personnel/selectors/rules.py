"""Quy định đang dùng của từng quyển (phiên bản mới nhất, chưa ai sửa thì bản đi kèm), các phiên bản, và khác nhau ở đâu."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from tinhgon.core.errors import NotFound, Reason
from tinhgon.engine import grading, headcount, leave
from tinhgon.engine.rulebook import Book, Difference, differences
from tinhgon.personnel.models import GradingRound, RuleBookVersion, RuleLineProposal

_SHIPPED: Mapping[str, Callable[[], dict[str, Any]]] = {
    Book.LEAVE: leave.shipped_data, Book.GRADING: grading.shipped_data, Book.DEPUTIES: headcount.shipped_data,
}  # fmt: skip
_READERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    Book.LEAVE: leave.book_from, Book.GRADING: grading.book_from, Book.DEPUTIES: headcount.book_from,
}  # fmt: skip
_PARSED: Mapping[str, Callable[[], Any]] = {Book.LEAVE: leave.shipped, Book.GRADING: grading.shipped, Book.DEPUTIES: headcount.shipped}


def leave_book() -> leave.LeaveBook:
    return _in_force(Book.LEAVE)


def grading_book() -> grading.GradingBook:
    return _in_force(Book.GRADING)


def deputies_book() -> headcount.DeputiesBook:
    return _in_force(Book.DEPUTIES)


def judging(round_: GradingRound) -> grading.GradingBook:
    """Quyển xét một đợt: đợt đã quyết định thì phiên bản đã dùng lúc ấy, đợt còn mở thì phiên bản mới nhất."""
    if round_.rules_version_id is None:
        return grading_book()
    return _read(RuleBookVersion.objects.values_list("pk", "made_at").get(pk=round_.rules_version_id))


def rules_of(round_: GradingRound) -> grading.Rules:
    """Bộ quy định của một đợt."""
    return judging(round_).by_code(round_.rules)


def version_of(round_: GradingRound) -> int | None:
    """Số phiên bản mà đợt đã quyết định nhớ."""
    return RuleBookVersion.objects.values_list("number", flat=True).get(pk=round_.rules_version_id) if round_.rules_version_id else None


def newest(book: str) -> RuleBookVersion:
    """Phiên bản đang dùng; chưa ai sửa thì bản đi kèm, không nằm trong bảng (``pk`` trống), số 0 hoặc số của bản đã chép."""
    last = RuleBookVersion.objects.filter(book=book).select_related("author").first()
    if last is not None and not last.is_shipped:
        return last
    return RuleBookVersion(book=book, number=last.number if last else 0, data=_SHIPPED[book](), is_shipped=True)


def shipped_data(book: str) -> dict[str, Any]:
    """Quyển đi kèm sản phẩm đang chạy."""
    return _SHIPPED[book]()


def open_proposals(book: str) -> list[RuleLineProposal]:
    """Các dòng của bản đi kèm mới mà cơ quan đã sửa khác đi, chờ nhận hay giữ."""
    return list(RuleLineProposal.objects.filter(shipped__book=book, state=RuleLineProposal.State.OPEN).select_related("shipped"))


def version(book: str, number: int) -> RuleBookVersion:
    """Một phiên bản đã ghi, hay bản đang dùng; 0 là bản đi kèm lúc chưa ai sửa. ``NotFound`` khi không có."""
    current = newest(book)
    if current.number == number:
        return current
    found = RuleBookVersion.objects.filter(book=book, number=number or 1).select_related("author").first()
    if found is None:
        raise NotFound(Reason("personnel.no_rule_version", _("Không có phiên bản quy định này.")))
    return found


@dataclass(frozen=True, slots=True)
class VersionLine:
    """Một phiên bản trong danh sách, chưa đọc nội dung."""

    number: int
    made_at: datetime | None
    author: str
    reason: str
    is_shipped: bool


def history(book: str, *, most: int | None = None) -> list[VersionLine]:
    """Các phiên bản, mới trước, nhiều nhất ``most``; cũ nhất luôn là bản đi kèm sản phẩm."""
    rows = RuleBookVersion.objects.filter(book=book).values_list("number", "made_at", "author__full_name", "reason", "is_shipped")[:most]
    found = [VersionLine(number, made_at, author or "", reason, is_shipped) for number, made_at, author, reason, is_shipped in rows]
    return found or [VersionLine(0, None, "", "", is_shipped=True)]


def changes_in(found: RuleBookVersion) -> tuple[Difference, ...]:
    """Phiên bản này khác phiên bản ngay trước ở đâu; bản đi kèm thì không có gì để so."""
    former = RuleBookVersion.objects.filter(book=found.book, number__lt=found.number).first()
    if found.is_shipped or former is None:
        return ()
    return differences(Book(found.book), former.data, found.data)


def _in_force(book: str) -> Any:
    last = RuleBookVersion.objects.filter(book=book).values_list("pk", "made_at", "is_shipped").first()
    return _PARSED[book]() if last is None or last[2] else _read(last[:2])


def _read(key: tuple[int, datetime]) -> Any:
    return _at(*key)


@lru_cache(maxsize=64)
def _at(version_id: int, made_at: datetime) -> Any:
    """Phiên bản đã ghi không bao giờ đổi, nên giữ lại được; ``made_at`` phân biệt hai cơ sở dữ liệu trùng mã."""
    found = RuleBookVersion.objects.get(pk=version_id, made_at=made_at)
    return _READERS[found.book](found.data)
