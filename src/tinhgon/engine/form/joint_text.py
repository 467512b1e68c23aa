"""Các khối ký của văn bản liên tịch trong chữ của một tệp: mỗi khối vài dòng chữ hoa rồi họ tên; cơ quan chủ trì ở bên phải."""

import re
from collections.abc import Sequence

from tinhgon.engine.paper.model import Signing
from tinhgon.engine.paper.signatures import even_rows
from tinhgon.engine.reading.vocabulary import AUTHORITY, POSITION

_ACROSS = 3
_REACH = 7
_LIST = re.compile(r"^\s*(?:[-–]|Nơi nhận\b)", re.IGNORECASE)


def opens_block(raw: Sequence[str], place: int) -> bool:
    """Dòng chữ hoa là quyền hạn hay chức vụ, vài dòng dưới là họ tên, và trang còn một khối như thế nữa."""
    line = raw[place].strip()
    return place > len(raw) // 3 and _is_title(line) and bool(AUTHORITY.match(line) or POSITION.match(line)) and len(blocks_of(raw[place:])) > 1


def blocks_of(lines: Sequence[str]) -> tuple[Signing, ...]:
    """Theo thứ tự cơ quan: chủ trì trước. Trên giấy mỗi hàng đi từ phải sang, nhiều nhất ba khối một hàng."""
    found: list[Signing] = []
    titles: list[str] = []
    for line in (text.strip() for text in lines if not _LIST.match(text)):
        if _is_title(line):
            titles = [*titles, line][-_REACH:]
        elif titles and 2 <= len(line.split()) <= 8 and not line.endswith((".", ";", ",")):
            found.append(_block(titles, line))
            titles = []
    return tuple(one for row in even_rows(found, _ACROSS) for one in reversed(row))


def _block(titles: list[str], name: str) -> Signing:
    """Dòng xuống hàng nối lại; quyền hạn là phần trước dòng chức vụ cuối cùng."""
    parts: list[str] = []
    for line in titles:
        if parts and not AUTHORITY.match(line) and not POSITION.match(line):
            parts[-1] = f"{parts[-1]} {line}"
        else:
            parts.append(line)
    represented = parts[:-1] if len(parts) > 1 else [part for part in parts if AUTHORITY.match(part)]
    return Signing(authority=" ".join(represented), position=parts[-1] if parts[-1] not in represented else "", signer=name)


def _is_title(line: str) -> bool:
    return line == line.upper() and any(map(str.isalpha, line))
