"""Sổ dày đóng thành nhiều quyển, như sổ giấy: bìa mẫu của NĐ 30/2020/NĐ-CP (Phụ lục IV) có ô "Quyển số".

Số văn bản nối tiếp từ quyển này sang quyển sau; mỗi quyển là một tập đóng riêng nên có bìa, trang kết và số trang của nó. Một văn bản không
bao giờ nằm ở hai quyển.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tinhgon.documents.printing.book import Book, Gap, Line

ROWS = 5_000
"""Số dòng nhiều nhất của một quyển: chừng bốn trăm trang A4 nằm, cỡ một tập đóng bìa còn lật được."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Một quyển. ``first``, ``last``: số đầu và số cuối của quyển; ``gaps``: các số của quyển cần lời giải thích."""

    number: int
    first: int
    last: int
    entries: int
    rows: list[list[str]]
    gaps: tuple[Gap, ...]
    is_last: bool

    @property
    def is_only(self) -> bool:
        return self.is_last and self.number == 1


def volumes(book: Book, *, most: int = ROWS) -> Iterator[Volume]:
    """Các quyển của sổ, lần lượt; sổ chưa có dòng nào cũng có một quyển. Bộ nhớ chỉ giữ hai quyển."""
    parts = _parts(book.lines(), most)
    part, told, first = next(parts, []), list(book.gaps), book.first
    number = 1
    while True:
        following = next(parts, None)
        edge = part[-1].key if part and following is not None else None
        inside = [gap for gap in told if edge is None or gap.key <= edge]
        told = told[len(inside) :]
        last = book.last if edge is None else edge[0]
        rows = [row for line in part for row in line.rows]
        yield Volume(number, first, last, len(part), rows, tuple(inside), is_last=following is None)
        if following is None:
            return
        # Số đang giữ không có dòng nào, nên quyển sau có thể mở đầu bằng một số như thế.
        first = min([following[0].key[0], *(gap.key[0] for gap in told[:1])])
        part, number = following, number + 1


def _parts(lines: Iterable[Line], most: int) -> Iterator[list[Line]]:
    part: list[Line] = []
    count = 0
    for line in lines:
        if part and count + len(line.rows) > most:
            yield part
            part, count = [], 0
        part.append(line)
        count += len(line.rows)
    if part:
        yield part
