"""Tìm trong một bảng lớn (một triệu văn bản có toàn văn): đi từ mới về cũ, dừng khi đủ 2.000 dòng thấy được.

Cột tìm nằm ở bảng chữ riêng, chỉ mục GIN mang cả số khối (khoảng một nghìn dòng một khối): chặng gần hỏi chỉ mục đúng các
khối mới nhất, nên từ thông dụng không phải gom nửa bảng; chặng xa chỉ tới khi từ ấy hiếm, và cả khi không có gì khớp.
Quyền được xét từng dòng khớp. Người thấy ít thì ngược lại: đi theo các dòng thấy được, xét từng dòng có khớp chữ không.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, Q, QuerySet

from tinhgon.core.actor import Actor
from tinhgon.engine import vietnamese
from tinhgon.search.registry import Source

FEW = 20_000
"""Thấy không quá chừng này dòng là thấy ít."""

BLOCKS = (4, 24, 160)
"""Chặng gần: số khối mới nhất, rộng dần; sau đó là phần còn lại của bảng."""

_HIT, _ROW = 5, 14
"""Phần nghìn giây của một nghìn lần: xét quyền một dòng đã khớp; mở chữ của một dòng để xét có khớp không (đo, xem 0013)."""


@dataclass(frozen=True, slots=True)
class Way:
    """Một cách so: cột của bảng chữ, câu hỏi, và cấu hình của PostgreSQL."""

    column: str
    query: str
    config: str

    @property
    def sql(self) -> str:
        return f"{self.column} @@ to_tsquery('{self.config}', %s)"

    @property
    def words_only(self) -> str:
        """Chỉ cần có đủ các từ: trả lời từ chỉ mục, không mở chữ ra xem có liền nhau không."""
        return self.query.replace("<->", "&")


@dataclass(frozen=True, slots=True)
class Found:
    row: int
    rank: float


def newest(source: Source, actor: Actor, on: date, way: Way, where: Q, *, most: int, folded: str) -> list[Found]:
    """Các dòng mới nhất khớp ``way``, thấy được và thỏa ``where``; nhiều nhất ``most``, mới trước."""
    search = _Search(source, actor, on, way, where, most, folded)
    return search.run()


@dataclass(slots=True)
class _Search:
    source: Source
    actor: Actor
    on: date
    way: Way
    where: Q
    most: int
    folded: str

    def run(self) -> list[Found]:
        large = self.source.large
        assert large is not None
        last = large.text.objects.aggregate(last=Max("block"))["last"]
        if last is None:
            return []
        seen = self._seen_count()
        if not seen:
            return []
        near = self._matching(last - BLOCKS[0] + 1)
        likely = near * max(1.0, last / BLOCKS[0])
        share = near / (BLOCKS[0] * 1024)
        if seen <= FEW and min(seen, self.most / share if share else seen) * _ROW < likely * _HIT:
            return self._among_seen()
        return self._from_newest(last)
