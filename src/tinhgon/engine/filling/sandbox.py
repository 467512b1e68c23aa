"""Jinja thu hẹp: mẫu chỉ điền ô, chọn theo điều kiện và lặp một danh sách; không gọi hàm, không phép tính, không thuộc tính lạ.

Mẫu do người dùng tải lên, nên ngoài hộp cát của jinja còn có danh sách trắng các nút cú pháp: một mẫu độc không chạy được gì
và không làm đầy bộ nhớ được (``"a" * 10**9``, ``range(10**9)`` đều là phép tính hay lời gọi).
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.Compare,
    nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter, nodes.Getattr,
)  # fmt: skip
_FILTERS = frozenset({"upper", "lower", "default", "join", "length", "first", "last", "trim"})
_LOOP = frozenset({"index", "first", "last", "length"})
MOST_TEXT = 400_000


class BadTemplate(Exception):
    """Mẫu không dùng được. ``code``: syntax, forbidden, unknown_field, too_long, not_word, macros; ``detail``: phần nêu ra; ``line``: dòng, 0 khi không rõ."""

    def __init__(self, code: str, detail: str = "", line: int = 0) -> None:
        super().__init__(code, detail, line)
        self.code, self.detail, self.line = code, detail, line


class Narrow(ImmutableSandboxedEnvironment):
    """Mọi mẫu (kể cả phần đầu trang, cuối trang của tệp Word) qua danh sách trắng trước khi thành mã."""

    def __init__(self, *, autoescape: bool = False) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=autoescape, keep_trailing_newline=True)
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _check(tree)
        return tree


def _check(node: nodes.Node) -> None:
    line = getattr(node, "lineno", 0) or 0
    if not isinstance(node, _ALLOWED):
        raise BadTemplate("forbidden", type(node).__name__, line)
    if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        raise BadTemplate("forbidden", node.name, line)
    if isinstance(node, nodes.Getattr):
        on_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in _LOOP
        if not on_loop:
            raise BadTemplate("forbidden", node.attr, line)
    if isinstance(node, nodes.For) and any(True for _inner in node.find_all(nodes.For)):
        raise BadTemplate("forbidden", "for", line)  # lặp lồng nhau: thân mẫu nhân lên theo lũy thừa
    for child in node.iter_child_nodes():
        _check(child)


def fill(text: str, fields: Mapping[str, Any]) -> str:
    """Chữ đã điền. ``BadTemplate`` khi mẫu sai, hay nêu một ô không có."""
    if len(text) > MOST_TEXT:
        raise BadTemplate("too_long")
    filled = guarded(lambda: Narrow().from_string(text).render(fields))
    if len(filled) > MOST_TEXT:
        raise BadTemplate("too_long")
    return filled


def fields_of(text: str) -> frozenset[str]:
    """Các ô mà mẫu nêu. ``BadTemplate`` khi mẫu sai."""
    return frozenset(guarded(lambda: meta.find_undeclared_variables(Narrow().parse(text))))


def guarded(run: Any) -> Any:
    """Gọi ``run``, đổi mọi lỗi của jinja thành ``BadTemplate``."""
    try:
        return run()
    except TemplateSyntaxError as broken:
        raise BadTemplate("syntax", broken.message or "", broken.lineno) from broken
    except UndefinedError as unknown:
        raise BadTemplate("unknown_field", _quoted(str(unknown))) from unknown
    except (SecurityError, TemplateError, TypeError, ValueError) as broken:
        raise BadTemplate("syntax", str(broken)) from broken


def _quoted(message: str) -> str:
    """Tên ô trong câu của jinja: ``'ten' is undefined``."""
    return message.split("'")[1] if message.count("'") >= 2 else message
