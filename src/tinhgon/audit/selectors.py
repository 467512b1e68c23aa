"""Đọc nhật ký: của một đối tượng, và kiểm tra cả chuỗi."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext as _

from tinhgon.audit import registry
from tinhgon.audit.chain import GENESIS, entry_hash
from tinhgon.audit.models import Entry, Head

VERIFIED = "audit.verified"


def history_of(kind: str, item_id: object) -> QuerySet[Entry]:
    """Các dòng của một đối tượng, mới trước. Nơi gọi đã kiểm tra người hỏi được thấy đối tượng."""
    return (
        Entry.objects.filter(target_kind=kind, target_id=str(item_id))
        .select_related("user")
        .order_by("-sequence")
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kết quả kiểm tra: số dòng và số đợt đã soát; ``broken`` là dòng hỏng đầu tiên, ``why`` nói hỏng thế nào."""

    entries: int
    batches: int
    broken: int | None = None
    why: str = ""

    @property
    def intact(self) -> bool:
        return self.broken is None


def verify() -> Verdict:
    """Đi từ dòng đầu: thứ tự liền nhau, băm đúng, băm đợt khớp sổ cái, đầu chuỗi là dòng cuối.

    Bộ nhớ không phụ thuộc số dòng. Dòng ghi thêm trong lúc soát để lần sau.
    """
    head_sequence, head_hash, last = _head_and_last()
    previous, entries, batches = GENESIS, 0, 0
    for entry in _stream(upto=head_sequence):
        why = _fault(entry, previous, expected=entries + 1)
        if why:
            return Verdict(entries, batches, entry.sequence, why)
        previous = entry.hash
        entries += 1
        batches += bool(entry.batch_hash)
    if (entries, previous) != (head_sequence, head_hash):
        return Verdict(entries, batches, entries + 1, _("Các dòng cuối đã bị xóa: đầu chuỗi không khớp."))
    if last != head_sequence:
        return Verdict(entries, batches, head_sequence + 1, _("Có dòng chen vào sau đầu chuỗi."))
    return Verdict(entries, batches)


def verify_tail(count: int) -> Verdict:
    """Như ``verify`` với ``count`` dòng cuối: đủ nhanh để hỏi thường xuyên. Không tính lại băm của các đợt."""
    head_sequence, head_hash, last = _head_and_last()
    first = max(1, head_sequence - count + 1)
    before = Entry.objects.filter(sequence=first - 1).values_list("hash", flat=True).first()
    previous, entries = before or GENESIS, 0
    for entry in Entry.objects.filter(sequence__range=(first, head_sequence)).order_by("sequence"):
        why = _link_fault(entry, previous, expected=first + entries)
        if why:
            return Verdict(entries, 0, entry.sequence, why)
        previous = entry.hash
        entries += 1
    if (first + entries - 1, previous) != (head_sequence, head_hash) or last != head_sequence:
        return Verdict(entries, 0, first + entries, _("Dòng cuối không phải là đầu chuỗi."))
    return Verdict(entries, 0)


def last_verification() -> Entry | None:
    """Dòng nhật ký của lần soát cả chuỗi gần nhất (``audit.services.verify``)."""
    return Entry.objects.filter(code=VERIFIED).order_by("-sequence").first()


def oldest() -> Entry | None:
    """Dòng đầu tiên của nhật ký."""
    return Entry.objects.order_by("sequence").first()


def _head_and_last() -> tuple[int, str, int]:
    """Đầu chuỗi và số của dòng cuối, đọc trong một câu lệnh nên cùng một thời điểm."""
    last = Subquery(Entry.objects.order_by("-sequence").values("sequence")[:1])
    sequence, digest, found = (
        Head.objects.annotate(last=last).values_list("sequence", "hash", "last").get(pk=1)
    )
    return sequence, digest, found or 0


def _stream(*, upto: int) -> Iterator[Entry]:
    return Entry.objects.filter(sequence__lte=upto).order_by("sequence").iterator(chunk_size=2_000)


def _fault(entry: Entry, previous: str, *, expected: int) -> str:
    why = _link_fault(entry, previous, expected=expected)
    return why or (_batch_fault(entry) if entry.batch_hash else "")


def _link_fault(entry: Entry, previous: str, *, expected: int) -> str:
    if entry.sequence != expected:
        return _("Thiếu dòng %(number)d trước dòng này.") % {"number": expected}
    if entry.previous_hash != previous:
        return _("Dòng này không nối với dòng đứng trước.")
    if entry.hash != entry_hash(vars(entry), previous):
        return _("Nội dung dòng này đã bị sửa sau khi ghi.")
    return ""


def _batch_fault(entry: Entry) -> str:
    hasher = registry.hasher_of(entry.code)
    if hasher is None:
        return _("Không có cách tính lại băm của đợt mang mã %(code)s.") % {"code": entry.code}
    if hasher(entry) != entry.batch_hash:
        return _("Sổ cái của đợt mà dòng này chứng nhận đã bị sửa.")
    return ""
