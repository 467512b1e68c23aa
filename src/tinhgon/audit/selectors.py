"""Đọc nhật ký: của một đối tượng, và kiểm tra cả chuỗi."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tinhgon.audit import registry
from tinhgon.audit.chain import GENESIS, entry_hash
from tinhgon.audit.models import Entry, Head
from tinhgon.audit.services import HASHED


def history_of(kind: str, item_id: object) -> QuerySet[Entry]:
    """Các dòng của một đối tượng, mới trước. Nơi gọi đã kiểm tra người hỏi được thấy đối tượng."""
    return (
        Entry.objects.filter(target_kind=kind, target_id=str(item_id))
        .select_related("user")
        .order_by("-sequence")
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kết quả kiểm tra: số dòng đã đọc; ``broken`` là dòng hỏng đầu tiên, ``why`` nói hỏng thế nào."""

    entries: int
    broken: int | None = None
    why: str = ""

    @property
    def intact(self) -> bool:
        return self.broken is None


def verify() -> Verdict:
    """Đi từ dòng đầu: thứ tự liền nhau, băm đúng, băm đợt khớp sổ cái, đầu chuỗi là dòng cuối. Bộ nhớ không đổi."""
    previous, count = GENESIS, 0
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2_000):
        count += 1
        why = _fault(entry, previous, expected=count)
        if why:
            return Verdict(count, entry.sequence, why)
        previous = entry.hash
    head = Head.objects.get(pk=1)
    if (head.sequence, head.hash) != (count, previous):
        return Verdict(
            count, count + 1, _("Các dòng cuối đã bị xóa: đầu chuỗi không khớp với dòng sau cùng.")
        )
    return Verdict(count)


def _fault(entry: Entry, previous: str, *, expected: int) -> str:
    if entry.sequence != expected:
        return _("Thiếu dòng %(number)d trước dòng này.") % {"number": expected}
    if entry.previous_hash != previous or entry.hash != entry_hash(
        {f: getattr(entry, f) for f in HASHED}, previous
    ):
        return _("Nội dung dòng này đã bị sửa sau khi ghi.")
    hasher = registry.hasher_of(entry.code) if entry.batch_hash else None
    if hasher is not None and hasher(entry) != entry.batch_hash:
        return _("Sổ cái của đợt mà dòng này chứng nhận đã bị sửa.")
    return ""
