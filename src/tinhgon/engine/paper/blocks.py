"""Thân văn bản thành các khối: mục I-, 1., a), gạch đầu dòng, điều, căn cứ, dòng giữa trang. Hai phép in dùng chung."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from tinhgon.engine.paper import tables

_PART = re.compile(r"(?:[IVXLC]+\s*[-–.]|[A-ZĐ]\s*[-–.])\s*\S")
_SECTION = re.compile(r"\d+(?:\.\d+)*\.?\s+\S")
_ITEM = re.compile(r"[a-zđ]\)\s*\S")
_ARTICLE = re.compile(r"(Điều\s+\d+[a-zđ]?\s*[.:])\s*(.*)", re.DOTALL)
_CHAPTER = re.compile(r"(?:Chương|Phần|Phụ lục)\s+(?:[IVXLC]+|\d+)\b", re.IGNORECASE)
_BASIS = re.compile(r"(?:-\s*)?(?:Căn cứ|Theo đề nghị|Xét đề nghị)\b")
_TITLE_LENGTH = 160
_CENTRED_LENGTH = 90


class BlockKind(StrEnum):
    TEXT = "text"
    PART = "part"
    SECTION = "section"
    ITEM = "item"
    DASH = "dash"
    ARTICLE = "article"
    BASIS = "basis"
    CENTRED = "centred"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """Một đoạn. ``label``: phần đầu in đậm ("Điều 1."); ``is_title``: cả đoạn in đậm; ``level``: bậc trong dàn ý, 0 là không.

    ``rows``: các dòng của một bảng, dòng đầu là tên cột.
    """

    kind: BlockKind
    text: str
    label: str = ""
    is_title: bool = False
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def level(self) -> int:
        if self.kind in (BlockKind.PART, BlockKind.CENTRED):
            return 1
        return 2 if self.is_title else 0


def blocks(body: Iterable[str]) -> tuple[Block, ...]:
    """Mỗi đoạn một khối, các dòng bảng liền nhau một khối; đoạn trống bị bỏ. Chữ giữ nguyên, chỉ gọn khoảng trắng."""
    lines = [line for line in (" ".join(part.split()) for part in body) if line]
    found: list[Block] = []
    for is_row, group in groupby(lines, key=tables.is_row):
        if is_row:
            found.append(Block(BlockKind.TABLE, "", rows=tables.even([tables.cells(line) for line in group])))
        else:
            found += map(_block, group)
    return tuple(found)


def _block(line: str) -> Block:
    if article := _ARTICLE.fullmatch(line):
        return Block(BlockKind.ARTICLE, article[2], label=article[1], is_title=_is_title(article[2]))
    if _is_centred(line):
        return Block(BlockKind.CENTRED, line, is_title=True)
    if _BASIS.match(line):
        return Block(BlockKind.BASIS, line)
    if line.startswith(("-", "–", "+")):
        return Block(BlockKind.DASH, line)
    if _PART.match(line):
        return Block(BlockKind.PART, line, is_title=True)
    if _SECTION.match(line):
        return Block(BlockKind.SECTION, line, is_title=_is_title(line))
    if _ITEM.match(line):
        return Block(BlockKind.ITEM, line)
    return Block(BlockKind.TEXT, line)


def _is_title(line: str) -> bool:
    """Tên mục ngắn, không có dấu kết câu; câu đánh số thì là đoạn thường."""
    return bool(line) and len(line) <= _TITLE_LENGTH and line[-1] not in ".;:,"


def _is_centred(line: str) -> bool:
    """``QUYẾT ĐỊNH``, ``BAN THƯỜNG VỤ TỈNH ỦY``, ``Chương I``: đứng giữa trang."""
    if _CHAPTER.match(line) and len(line) <= _CENTRED_LENGTH:
        return True
    is_numbered = bool(_PART.match(line)) or line[0] in "-+–" or line[0].isdigit()
    return not is_numbered and line.isupper() and len(line) <= _CENTRED_LENGTH
