"""Ghi nhật ký."""

from collections.abc import Mapping
from typing import Any

from tinhgon.core.actor import Actor


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

    ``target``: (loại, mã số). ``before``/``after``: các trường đã đổi, chỉ chuỗi, số nguyên, bool, None, list, dict;
    ngày giờ được đổi sang ISO. Gọi sau cùng trong động từ: dòng đầu chuỗi bị khóa tới hết giao dịch.
    """
    raise NotImplementedError
