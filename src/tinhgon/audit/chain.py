"""Băm của một dòng nhật ký: SHA-256 của JSON chuẩn (khóa xếp thứ tự, không khoảng trắng) nối với băm trước."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

GENESIS = "0" * 64
"""Băm đứng trước dòng đầu tiên."""

HASHED = (
    "sequence",
    "at",
    "request_id",
    "user_id",
    "appointment_id",
    "code",
    "target_kind",
    "target_id",
    "before",
    "after",
    "batch_hash",
)
"""Các trường vào băm: mọi trường của dòng trừ chính hai băm của chuỗi."""


def plain(value: Any) -> Any:
    """Đổi ngày giờ, UUID và tập hợp sang dạng JSON giữ nguyên qua cơ sở dữ liệu."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(value)


def entry_hash(fields: Mapping[str, Any], previous: str) -> str:
    """Băm của dòng có các trường ``HASHED`` trong ``fields``, đứng sau dòng có băm ``previous``."""
    text = json.dumps(
        plain({name: fields[name] for name in HASHED}),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
