"""Các khối ký của văn bản liên tịch trong chữ của một tệp: mỗi khối vài dòng chữ hoa rồi họ tên; tên cơ quan trong khối nói bên nào là cơ quan chủ trì."""

import re
from collections.abc import Sequence

from tinhgon.engine.paper.model import LEFT, RIGHT, Signing
from tinhgon.engine.paper.signatures import even_rows
from tinhgon.engine.reading.vocabulary import AUTHORITY, POSITION
from tinhgon.engine.vietnamese import fold

_ACROSS = 3
_REACH = 7
_OF_COMMITTEE = re.compile(r"\s+(?:thanh uy|tinh uy|dang uy)\b.*$")
_OFFICE = re.compile(r"^van phong\b")
_LIST = re.compile(r"^\s*(?:[-–]|Nơi nhận\b)", re.IGNORECASE)


def opens_block(raw: Sequence[str], place: int) -> bool:
    """Dòng chữ hoa là quyền hạn hay chức vụ, vài dòng dưới là họ tên, và trang còn một khối như thế nữa."""
    line = raw[place].strip()
    return place > len(raw) // 3 and _is_title(line) and bool(AUTHORITY.match(line) or POSITION.match(line)) and len(blocks_of(raw[place:])) > 1


def organs_in(organ: str) -> list[str]:
    """Tên các cơ quan đứng tên, chủ trì trước; không liên tịch thì một."""
    return [name.strip() for name in " ".join(organ.split()).split(" - ") if name.strip()]


def names(block: Signing, organ: str) -> bool:
    """Quyền hạn, chức vụ có tên cơ quan, hay phần riêng của nó sau khi bỏ tên cấp ủy ("BAN TỔ CHỨC" của Ban Tổ chức Thành ủy)."""
    text, whole = fold(f"{block.authority} {block.position}"), fold(organ)
    own = _OF_COMMITTEE.sub("", whole)
    return whole in text or (own != whole and own in text) or bool(_OFFICE.match(own) and "van phong" in text)


def in_order(printed: Sequence[Signing], organs: Sequence[str]) -> tuple[str, tuple[Signing, ...]]:
    """(phía của cơ quan chủ trì, các khối theo thứ tự cơ quan). Trên giấy nhiều nhất ba khối một hàng.

    Bên nào thì theo tên cơ quan ghi trong khối ký; không nói rõ thì bên phải, chỗ thường gặp (quy tắc ``joint.signatures``).
    """
    rows = even_rows(printed, _ACROSS)
    from_right = tuple(one for row in rows for one in reversed(row))
    from_left = tuple(printed)
    said = [sum(names(block, organ) for block, organ in zip(order, organs, strict=False)) for order in (from_left, from_right)]
    return (LEFT, from_left) if said[0] > said[1] else (RIGHT, from_right)


def blocks_of(lines: Sequence[str]) -> tuple[Signing, ...]:
    """Các khối ký như in, trái sang phải, hàng trên trước."""
    found: list[Signing] = []
    titles: list[str] = []
    for line in (text.strip() for text in lines if not _LIST.match(text)):
        if _is_title(line):
            titles = [*titles, line][-_REACH:]
        elif titles and 2 <= len(line.split()) <= 8 and not line.endswith((".", ";", ",")):
            found.append(_block(titles, line))
            titles = []
    return tuple(found)


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
