"""Thẻ của trang sắp xếp bộ máy: nút của hình trước và sau, vết chuyển giao của một mục."""

from collections.abc import Collection, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from tinhgon.org import holdings
from tinhgon.reorg.selectors import Item
from tinhgon.web.pages.reorg.alluvial import BAR, Node

register = template.Library()

_RULES = {
    "item": _("chọn riêng mục này"),
    "kind+function": _("quy tắc theo loại và chức năng"),
    "function": _("quy tắc theo chức năng"),
    "share": _("phần chức năng của nơi kế thừa"),
    "kind": _("quy tắc theo loại"),
    "unit": _("quy tắc của cả đơn vị"),
    "single": _("nơi kế thừa duy nhất"),
    "undo": _("về nơi cũ"),
}


@register.filter
def rule_word(value: str) -> str:
    """Quy tắc đã chọn nơi nhận, bằng chữ."""
    return str(_RULES.get(value, value))


@register.filter
def page_in(row: Item, urls: Mapping[tuple[str, int], str]) -> str:
    """Địa chỉ trang của một mục, rỗng khi người xem không mở được."""
    return urls.get((row.kind, row.item_id), "") if urls else ""


@register.filter
def kind_word(value: str) -> str:
    """Tên một loại mục."""
    return str(holdings.holding(value).label)


@register.inclusion_tag("web/pages/reorg/flow_node.html")
def flow_node(node: Node, side: str, opened: Collection[int]) -> dict[str, Any]:
    """Một dòng của hình; nhóm thì là liên kết mở hay thu."""
    x = node.x - 7 if side == "left" else node.x + BAR + 8
    return {"node": node, "side": side, "text_x": x, "url": _toggled(node, opened) if node.key else ""}


def _toggled(node: Node, opened: Collection[int]) -> str:
    keys = set(opened) ^ {node.key} if node.is_open or node.key not in opened else set(opened)
    return "?mo=" + ".".join(str(key) for key in sorted(keys)) if keys else "?"
