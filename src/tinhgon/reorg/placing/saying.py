"""Nói điều động cơ tìm ra bằng tên thay vì mã: mã của bài toán là của máy, người đọc không dùng."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhgon.engine.placement.model import Fact
from tinhgon.engine.placement.sentences import FACTS, Speaker

if TYPE_CHECKING:
    from tinhgon.engine.placement.conflict.searching import Conflict


class ByName(Speaker):
    def _shown(self, key: str, value: object) -> str:
        return super()._shown(key, value).removesuffix(f" ({value})")

    def kept(self, fact: Fact) -> dict[str, Any]:
        """Điều ấy với tên đã thay mã, để cất lại và nói sau bằng tiếng của người xem."""
        return {"code": fact.code, "data": self._told(fact)}

    def kept_conflict(self, found: "Conflict") -> dict[str, Any]:
        """Một tập trái nhau, để cất như trên."""
        rules = [{"kind": one.kind, "data": {key: self._shown(key, value) for key, value in one.data.items()}} for one in found.rules]
        return {"rules": rules, "because": [self.kept(one) for one in found.because], "is_law": found.is_law}


def said(kept: dict[str, Any]) -> str:
    """Nói một điều đã cất."""
    sentence = FACTS[kept["code"]]
    return _(sentence) % kept["data"]


def said_conflict(kept: dict[str, Any]) -> str:
    """Nói một tập trái nhau đã cất."""
    speaker = Speaker(translate=_)
    return speaker.conflict([speaker.rule(one["kind"], one["data"]) for one in kept["rules"]], [said(one) for one in kept["because"]])
