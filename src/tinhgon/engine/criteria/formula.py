"""Ngôn ngữ công thức: số, tên con số (``org.staff``), bốn phép tính, dấu ngoặc, ``min``/``max``. Không có gì khác, và không chạy mã nào.

Văn phạm mượn của Python: ``ast`` của thư viện chuẩn đọc, rồi chỉ các nút trong danh sách cho phép mới thành cây của ta; còn lại bị từ chối.
Viết kiểu Việt cũng hiểu: ``0,5``, ``×``, ``÷``, ``:``, và ``;`` giữa các số của ``min``/``max``. Tính bằng phân số nên không có sai số làm tròn.
"""

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tinhgon.engine.refusal import Refused

LONGEST = 300
"""Số ký tự nhiều nhất của một công thức."""
_FUNCTIONS: dict[str, Callable[..., Fraction]] = {"min": min, "max": max}
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_TYPED = str.maketrans({"×": "*", "·": "*", "÷": "/", ":": "/", "−": "-", "–": "-", ";": ","})
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,6})?")
_STRENGTH = {"+": 1, "−": 1, "×": 2, "÷": 2}


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """Tên một con số: "org.staff"."""

    code: str


@dataclass(frozen=True, slots=True)
class Operation:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negative:
    inner: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """``min`` hay ``max`` của các phần."""

    function: str
    parts: tuple["Node", ...]


Node = Number | Name | Operation | Negative | Call


class NoValue(Exception):
    """Công thức không có giá trị: ``divisor`` là phần chia đang bằng 0."""

    def __init__(self, divisor: "Node") -> None:
        super().__init__("zero")
        self.divisor = divisor


@dataclass(frozen=True, slots=True)
class Formula:
    """Một công thức đã đọc. ``text``: như người viết đã gõ."""

    text: str
    root: Node

    @property
    def figures(self) -> tuple[str, ...]:
        """Mã các con số công thức dùng, theo thứ tự gặp, mỗi mã một lần."""
        return tuple(dict.fromkeys(_names(self.root)))

    def value(self, figures: Mapping[str, Fraction]) -> Fraction:
        """Giá trị đúng (phân số). ``KeyError`` khi thiếu con số; ``NoValue`` khi chia cho 0."""
        return _value(self.root, figures)

    def told(self, word: Callable[[str], str]) -> str:
        """Công thức viết ra, mỗi con số thay bằng ``word(mã)``: tên của nó, hay giá trị của nó."""
        return told(self.root, word)


def parse(text: str) -> Formula:
    """Đọc một công thức. ``Refused`` (``formula_*``) nói chỗ sai: để trống, quá dài, viết sai, có phần không cho phép, số quá dài."""
    typed = text.strip()
    if not typed:
        raise Refused("formula_empty")
    if len(typed) > LONGEST:
        raise Refused("formula_long", most=LONGEST)
    readable = _COMMA.sub(".", typed.translate({ord(";"): " ; "})).translate(_TYPED)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(readable, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as wrong:
        raise Refused("formula_syntax", near=_near(readable, wrong)) from wrong
    return Formula(typed, _node(tree.body, readable))


def told(node: Node, word: Callable[[str], str], *, inside: int = 0, right: bool = False) -> str:
    """Một phần của công thức viết ra; ngoặc chỉ nơi cần."""
    match node:
        case Number(text=text):
            return text.replace(".", ",")
        case Name(code=code):
            return word(code)
        case Negative(inner=inner):
            return f"(−{told(inner, word, inside=3)})"
        case Call(function=function, parts=parts):
            return f"{function}({'; '.join(told(part, word) for part in parts)})"
    strength = _STRENGTH[node.sign]
    written = f"{told(node.left, word, inside=strength)} {node.sign} {told(node.right, word, inside=strength, right=True)}"
    return f"({written})" if strength < inside or (right and strength == inside) else written


def _node(found: ast.AST, source: str) -> Node:
    match found:
        case ast.Constant():
            return _number(found, source)
        case ast.Attribute(value=ast.Name(id=app), attr=name):
            return Name(f"{app}.{name}")
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            return Operation(_SIGNS[type(op)], _node(left, source), _node(right, source))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return Negative(_node(inner, source))
        case ast.Call(func=ast.Name(id=function), args=parts, keywords=[]) if function in _FUNCTIONS and parts:
            return Call(function, tuple(_node(part, source) for part in parts))
    raise Refused("formula_part", part=_text(found, source))


def _number(found: ast.Constant, source: str) -> Number:
    text = _text(found, source)
    if not _NUMBER.fullmatch(text):
        raise Refused("formula_number", part=text)
    return Number(Fraction(text), text)


def _text(found: ast.AST, source: str) -> str:
    return ast.get_source_segment(source, found) or source


def _near(source: str, wrong: Exception) -> str:
    place = getattr(wrong, "offset", None) or len(source)
    return source[max(0, place - 11) : place + 10].strip()


def _names(node: Node) -> Iterator[str]:
    match node:
        case Name(code=code):
            yield code
        case Operation(left=left, right=right):
            yield from _names(left)
            yield from _names(right)
        case Negative(inner=inner):
            yield from _names(inner)
        case Call(parts=parts):
            for part in parts:
                yield from _names(part)


def _value(node: Node, figures: Mapping[str, Fraction]) -> Fraction:
    match node:
        case Number(value=value):
            return value
        case Name(code=code):
            return figures[code]
        case Negative(inner=inner):
            return -_value(inner, figures)
        case Call(function=function, parts=parts):
            return _FUNCTIONS[function](_value(part, figures) for part in parts)
    left, right = _value(node.left, figures), _value(node.right, figures)
    match node.sign:
        case "+":
            return left + right
        case "−":
            return left - right
        case "×":
            return left * right
    if right == 0:
        raise NoValue(node.right)
    return left / right
