"""Ghi nhật ký."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from tinhgon.audit import selectors
from tinhgon.audit.chain import HASHED, entry_hash, plain
from tinhgon.core import clock, request
from tinhgon.core.actor import Actor

COLUMNS = (*HASHED, "previous_hash", "hash")
APPEND = f"""
    WITH appended AS (
        INSERT INTO audit_entry ({", ".join(COLUMNS)}) VALUES ({", ".join(f"%({name})s" for name in COLUMNS)})
    )
    UPDATE audit_head SET sequence = %(sequence)s, hash = %(hash)s WHERE id = 1
"""
"""Một lượt đi về trong lúc giữ khóa đầu chuỗi: mọi người ghi khác đang chờ khóa này."""


def record(
    actor: Actor,
    code: str,
    target: tuple[str, object],
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    batch_hash: str = "",
) -> int:
    """Ghi một dòng trong giao dịch đang mở; trả về số thứ tự của dòng.

    ``target``: (loại, mã số). ``before``/``after``: các trường đã đổi; ngày giờ được đổi sang ISO, số lẻ sang chuỗi.
    Gọi sau cùng trong động từ: dòng đầu chuỗi bị khóa tới hết giao dịch. Ngoài giao dịch thì ``RuntimeError``.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Nhật ký phải nằm trong giao dịch của thay đổi.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, hash FROM audit_head WHERE id = 1 FOR UPDATE")
        last, previous = cursor.fetchone()
        fields: dict[str, Any] = {
            "sequence": last + 1,
            "at": clock.now(),
            "request_id": request.current_id(),
            "user_id": actor.user_id,
            "appointment_id": actor.appointment_id,
            "code": code,
            "target_kind": target[0],
            "target_id": str(target[1]),
            "before": plain(before or {}),
            "after": plain(after or {}),
            "batch_hash": batch_hash,
        }
        digest = entry_hash(fields, previous)
        cursor.execute(
            APPEND,
            fields
            | {
                "before": Jsonb(fields["before"]),
                "after": Jsonb(fields["after"]),
                "previous_hash": previous,
                "hash": digest,
            },
        )
    return last + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """Một dòng của ``record_many``: như các tham số của ``record``."""

    code: str
    target: tuple[str, object]
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def record_many(actor: Actor, entries: Sequence[Entry]) -> None:
    """Như ``record`` gọi lần lượt, mà khóa đầu chuỗi một lần và gửi đi một lượt (mỗi dòng vẫn nối một mắt của chuỗi): cho động từ sửa nhiều mục một lúc."""
    if not connection.in_atomic_block:
        raise RuntimeError("Nhật ký phải nằm trong giao dịch của thay đổi.")
    if not entries:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, hash FROM audit_head WHERE id = 1 FOR UPDATE")
        sequence, digest = cursor.fetchone()
        common = {"at": clock.now(), "request_id": request.current_id(), "user_id": actor.user_id, "appointment_id": actor.appointment_id, "batch_hash": ""}
        rows: list[dict[str, Any]] = []
        for entry in entries:
            sequence, previous = sequence + 1, digest
            fields: dict[str, Any] = common | {
                "sequence": sequence, "code": entry.code, "target_kind": entry.target[0], "target_id": str(entry.target[1]),
                "before": plain(entry.before), "after": plain(entry.after),
            }  # fmt: skip
            digest = entry_hash(fields, previous)
            rows.append(fields | {"before": Jsonb(fields["before"]), "after": Jsonb(fields["after"]), "previous_hash": previous, "hash": digest})
        cursor.executemany(APPEND, rows)


def verify(actor: Actor) -> selectors.Verdict:
    """Soát cả chuỗi (``selectors.verify``) và ghi vào nhật ký rằng đã soát, kết quả thế nào."""
    verdict = selectors.verify()
    with transaction.atomic():
        after = {
            "entries": verdict.entries,
            "batches": verdict.batches,
            "broken": verdict.broken,
            "why": verdict.why,
        }
        record(actor, selectors.VERIFIED, ("audit", "chain"), after=after)
    return verdict
