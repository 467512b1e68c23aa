"""Văn bản liên tịch: khối ký của mọi cơ quan đứng ngang hàng. Word và PDF xếp như nhau, ngắt dòng như nhau."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tinhgon.engine.paper.fitting import balanced, width
from tinhgon.engine.paper.measures import Measures
from tinhgon.engine.paper.model import RIGHT, Paper, Signing

_COMMITTEE = re.compile(r"(?<=\S) (?=(?:ĐẢNG ỦY|THÀNH ỦY|TỈNH ỦY)\b)")
_GAP = 6.0
"""Hai khối cạnh nhau không chạm chữ, mm."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Một khối đã ngắt dòng. ``blank``: số dòng trống thêm dưới chức vụ, để họ tên của mọi khối trong hàng ngang nhau."""

    authority: tuple[str, ...]
    position: tuple[str, ...]
    signer: str
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Một hàng khối ký, trái sang phải; ``width``: bề rộng mỗi khối, mm."""

    width: float
    blocks: tuple[Shown, ...]


def signature_rows(paper: Paper, m: Measures) -> tuple[Row, ...]:
    """Các hàng khối ký, cơ quan chủ trì ở hàng đầu; bốn cơ quan trên ba chỗ thì thành hai hàng hai khối, không để khối nào lẻ loi."""
    return tuple(_row(blocks, paper, m) for blocks in even_rows(paper.signings, paper.across))


def even_rows(blocks: Sequence[Signing], across: int) -> list[Sequence[Signing]]:
    """Chia đều thành ít hàng nhất, mỗi hàng nhiều nhất ``across``."""
    if not blocks:
        return []
    each = -(-len(blocks) // -(-len(blocks) // max(across, 1)))
    return [blocks[start : start + each] for start in range(0, len(blocks), each)]


def _row(blocks: Sequence[Signing], paper: Paper, m: Measures) -> Row:
    each = round(m.text_width / len(blocks), 1)
    room = each - _GAP
    shown = [
        Shown(tuple(_lines(one.authority, m.authority_size, room)), tuple(_lines(one.position, m.position_size, room)), one.signer)
        for one in blocks
    ]
    tallest = max(len(one.authority) + len(one.position) for one in shown)
    level = [Shown(one.authority, one.position, one.signer, tallest - len(one.authority) - len(one.position)) for one in shown]
    return Row(each, tuple(reversed(level) if paper.lead_side == RIGHT else level))


def _lines(text: str, size: float, room: float) -> list[str]:
    """Chữ dài quá khối thì ngắt trước tên cấp ủy ("T/M BAN THƯỜNG VỤ / ĐẢNG ỦY PHƯỜNG ...") rồi mới ngắt tiếp."""
    return balanced(_COMMITTEE.sub("\n", text, count=1) if width(text, size) > room else text, size, room)
