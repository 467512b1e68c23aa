"""Cây luân chuyển của một văn bản: dòng cha, dòng con, kể cả khi vài dòng đã gộp qua một lần chuyển giao."""

from collections.abc import Iterable, Iterator

from tinhgon.documents.models import RoutingLine

WORKING = (RoutingLine.Role.LEAD, RoutingLine.Role.COORDINATING)
"""Dòng phải có kết quả; nhận để biết thì không giữ ai lại."""


class Branches:
    """Các dòng của một văn bản (hay vài văn bản), biết dòng nào dưới dòng nào."""

    def __init__(self, lines: Iterable[RoutingLine]) -> None:
        self.lines = sorted(lines, key=lambda line: line.pk)
        self._by_id = {line.pk: line for line in self.lines}
        self._children: dict[int | None, list[RoutingLine]] = {}
        for line in self.lines:
            self._children.setdefault(self.parent_id(line), []).append(line)

    def parent_id(self, line: RoutingLine) -> int | None:
        """Mã dòng cha đang có hiệu lực: cha đã gộp thì là dòng giữ lại, qua bao nhiêu lần gộp cũng vậy."""
        parent = line.parent_id
        while parent in self._by_id and (into := self._by_id[parent].joined_into_id) is not None:
            parent = into
        return parent

    def children(self, line: RoutingLine) -> list[RoutingLine]:
        return self._children.get(line.pk, [])

    def below(self, line: RoutingLine) -> Iterator[RoutingLine]:
        """Mọi dòng dưới dòng ấy, mọi bậc."""
        for child in self.children(line):
            yield child
            yield from self.below(child)

    def open_below(self, line: RoutingLine) -> list[RoutingLine]:
        return [found for found in self.below(line) if found.state in RoutingLine.OPEN]

    def unfinished(self, line: RoutingLine) -> list[RoutingLine]:
        """Các dòng con chủ trì, phối hợp chưa xong: còn chúng thì dòng này chưa xong."""
        return [child for child in self.children(line) if child.state in RoutingLine.OPEN and child.role in WORKING]

    def in_order(self) -> list[tuple[RoutingLine, int]]:
        """(dòng, bậc) theo cây: cha trước con, cùng cha thì trước sau theo thời gian."""
        return list(self._walk(None, 0))

    def _walk(self, parent_id: int | None, depth: int) -> Iterator[tuple[RoutingLine, int]]:
        for line in self._children.get(parent_id, ()):
            yield line, depth
            yield from self._walk(line.pk, depth + 1)

    def deepest_lead(self) -> RoutingLine | None:
        """Dòng chủ trì đang mở ở sâu nhất trên mạch chủ trì: ai đang thật sự cầm việc."""
        found: RoutingLine | None = None
        step = self._open_lead(None)
        while step is not None:
            found, step = step, self._open_lead(step.pk)
        return found

    def _open_lead(self, parent_id: int | None) -> RoutingLine | None:
        lines = self._children.get(parent_id, ())
        return next((x for x in lines if x.role == RoutingLine.Role.LEAD and x.state in RoutingLine.OPEN), None)
