"""Nói điều động cơ tìm ra bằng tên thay vì mã: mã của bài toán là của máy, người đọc không dùng."""

from typing import Any

from django.utils.translation import gettext as _

from tinhgon.engine.placement.model import Fact
from tinhgon.engine.placement.sentences import FACTS, Speaker


class ByName(Speaker):
    def _shown(self, key: str, value: object) -> str:
        return super()._shown(key, value).removesuffix(f" ({value})")

    def kept(self, fact: Fact) -> dict[str, Any]:
        """Điều ấy với tên đã thay mã, để cất lại và nói sau bằng tiếng của người xem."""
        return {"code": fact.code, "data": self._told(fact)}


def said(kept: dict[str, Any]) -> str:
    """Nói một điều đã cất."""
    sentence = FACTS[kept["code"]]
    return _(sentence) % kept["data"]
