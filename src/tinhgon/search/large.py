"""Tìm trong một bảng lớn (một triệu văn bản có toàn văn): đi từ mới về cũ, dừng khi đủ số dòng thấy được.

Cột tìm nằm ở bảng chữ riêng, chỉ mục GIN mang cả số khối (khoảng một nghìn dòng một khối): chặng gần hỏi chỉ mục đúng các
khối mới nhất, nên từ thông dụng không phải gom nửa bảng; chặng xa chỉ tới khi từ ấy hiếm, kể cả khi không gì khớp. Quyền
được xét ở từng dòng khớp. Người thấy ít thì ngược lại: đi theo các dòng thấy được, xét từng dòng có khớp chữ không.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from tinhgon.core.actor import Actor
from tinhgon.search.registry import Large, Source

Sql = tuple[str, list[Any]]
"""Một đoạn SQL và tham số của nó."""

FEW = 5_000
"""Thấy không quá chừng này dòng là thấy ít."""

REMEMBERED = 600
"""Giây: thấy ít hay nhiều chỉ để chọn đường đi nhanh hơn, đường nào cũng cho cùng kết quả."""

BLOCK = 1_024
NEAR = 4
"""Chặng đầu: số khối mới nhất."""

RARE = 10_000
"""Cả bảng chừng này dòng khớp thì gom một lần bằng chỉ mục, không đi từng chặng."""

LARGEST_BATCH = 64_000
HIT_COST, ROW_COST = 5, 14
"""Xét quyền một dòng đã khớp, so với mở chữ của một dòng ra xem có khớp không."""


@dataclass(frozen=True, slots=True)
class Way:
    """Một cách so: cột của bảng chữ, cấu hình của PostgreSQL, câu hỏi."""

    column: str
    config: str
    query: str

    @property
    def sql(self) -> Sql:
        return f"t.{self.column} @@ to_tsquery('{self.config}', %s)", [self.query]


@dataclass(frozen=True, slots=True)
class Found:
    """Một dòng khớp; ``rank``: khớp sát tới đâu ở đề mục, 0 khi chỉ khớp trong toàn văn."""

    row: int
    rank: float


@dataclass(frozen=True, slots=True)
class Asked:
    """Mọi ``ways`` phải khớp; ``pairs``: các cặp từ liền nhau trong những cụm được hỏi, không dấu."""

    ways: tuple[Way, ...]
    pairs: tuple[tuple[str, str], ...]


@dataclass
class Sight:
    """Ai hỏi, được thấy gì; SQL của nó chỉ dựng khi cần tới và một lần cho mọi cách so của một lần tìm."""

    source: Source
    actor: Actor
    on: date
    where: Q
    rank: Sql

    @property
    def large(self) -> Large:
        assert self.source.large is not None
        return self.source.large

    @cached_property
    def rows(self) -> Sql | None:
        """(mã, hạng) của các dòng thấy được và thỏa ``where``; ``None`` khi chắc chắn không có dòng nào."""
        found = self.large.rows(self.actor, on=self.on).filter(self.where).order_by().annotate(found_rank=RawSQL(*self.rank))
        return _sql(found.values_list("pk", "found_rank"))

    @cached_property
    def ids(self) -> Sql | None:
        return _sql(self.large.ids(self.actor, on=self.on))


def newest(sight: Sight, asked: Asked, *, most: int) -> list[Found]:
    """Các dòng mới nhất khớp ``asked`` trong tầm ``sight``; nhiều nhất ``most``, mới trước."""
    large = sight.large
    with connection.cursor() as cursor:
        # Khối của dòng cũ nhất và mới nhất, theo khóa chính: hỏi min, max của block thì phải đọc cả bảng.
        ends = (f"(SELECT block FROM {_table(large.text)} ORDER BY document_id {order} LIMIT 1)" for order in ("ASC", "DESC"))
        cursor.execute(f"SELECT {', '.join(ends)}")
        first, last = cursor.fetchone()
        if first is None:
            return []
        search = _Search(cursor, large, asked, sight, most, first, last)
        visible = FEW + 1 if sight.actor.is_system else cache.get_or_set(
            f"search.few.{sight.source.kind}.{sight.actor.user_id}.{sight.on}", search.visible_count, REMEMBERED
        )  # fmt: skip
        if visible is not None and visible <= FEW and search.shorter_by_rows(visible):
            return search.among()
        return search.from_newest()


@dataclass(slots=True)
class _Search:
    cursor: Any
    large: Large
    asked: Asked
    sight: Sight
    most: int
    first: int
    last: int

    def visible_count(self) -> int:
        ids = self.sight.ids
        return self.count(f"{ids[0]} LIMIT {FEW + 1}", ids[1]) if ids else 0

    def count(self, sql: str, parameters: list[Any]) -> int:
        self.cursor.execute(f"SELECT count(*) FROM ({sql}) n", parameters)
        return self.cursor.fetchone()[0]

    def shorter_by_rows(self, visible: int) -> bool:
        """Mở chữ từng dòng thấy được rẻ hơn xét từng dòng khớp; ước theo mấy khối mới nhất, chỉ đếm từ, chưa xét cụm."""
        words = [(sql, [values[0].replace("<->", "&")]) for sql, values in (way.sql for way in self.asked.ways)]
        match, parameters = _all([*words, *self._pairs()])
        recent = f"SELECT 1 FROM {self.text} t WHERE {match} AND t.block > %s"
        near = self.count(recent, [*parameters, self.last - NEAR])
        hits = near * max(1.0, (self.last - self.first + 1) / NEAR)
        needed = min(visible, self.most * NEAR * BLOCK / near) if near else visible
        return needed * ROW_COST < hits * HIT_COST

    def among(self) -> list[Found]:
        """Đi theo các dòng thấy được."""
        ids = self.sight.ids
        if ids is None:
            return []
        match, parameters = _all([way.sql for way in self.asked.ways])
        self.cursor.execute(
            f"""
            SELECT t.document_id FROM {self.text} t
            WHERE t.document_id = ANY(ARRAY({ids[0]})) AND {match} ORDER BY t.document_id DESC
            """,
            [*ids[1], *parameters],
        )
        return self._visible([row[0] for row in self.cursor.fetchall()])

    def from_newest(self) -> list[Found]:
        """Đi theo các dòng khớp, từng chặng, mới trước; gom cho đủ rồi mới xét quyền một lần."""
        found: list[Found] = []
        waiting: list[int] = []
        batch, upper, blocks = self.most, self.last, NEAR
        while upper >= self.first:
            lower, before, met = max(self.first, self.last - blocks + 1), None, 0
            while True:
                hits = self._hits(lower, upper, before, batch)
                met += len(hits)
                waiting += hits
                if len(waiting) >= self.most:
                    found += self._visible(waiting)
                    waiting, batch = [], min(batch * 2, LARGEST_BATCH)
                if len(found) >= self.most:
                    return found[: self.most]
                if len(hits) < batch:
                    break
                before = hits[-1]
            # Gặp thưa thì phần còn lại của bảng cũng ít: hỏi một lần cho xong; gặp dày thì đi tiếp một chặng rộng gấp ba.
            sparse = met * (lower - self.first + 1) < RARE * (upper - lower + 1)
            upper, blocks = lower - 1, self.last - self.first + 1 if sparse else blocks * 3
        return (found + self._visible(waiting))[: self.most]

    def _hits(self, lower: int, upper: int, before: int | None, batch: int) -> list[int]:
        # "block + 0": chặng tới cuối bảng không để chỉ mục gom mọi khối cũ, chỉ gom các dòng khớp.
        part = "t.block BETWEEN %s AND %s" if lower > self.first else "t.block + 0 BETWEEN %s AND %s"
        match, parameters = _all([*(way.sql for way in self.asked.ways), *self._pairs()])
        older = "" if before is None else "AND t.document_id < %s"
        self.cursor.execute(
            f"SELECT t.document_id FROM {self.text} t WHERE {match} AND {part} {older} ORDER BY t.document_id DESC LIMIT %s",
            [*parameters, lower, upper, *([] if before is None else [before]), batch],
        )
        return [row[0] for row in self.cursor.fetchall()]

    def _visible(self, rows: list[int]) -> list[Found]:
        """Các dòng thấy được, mới trước."""
        seen = self.sight.rows if rows else None
        if seen is None:
            return []
        self.cursor.execute(f"SELECT s.id, s.rank FROM ({seen[0]}) s(id, rank) WHERE s.id = ANY(%s::bigint[])", [*seen[1], rows])
        return sorted((Found(*row) for row in self.cursor.fetchall()), key=lambda found: -found.row)

    def _pairs(self) -> list[Sql]:
        """Cụm từ: chỉ mục các cặp từ liền nhau loại ngay những dòng chỉ có đủ từ mà không liền nhau."""
        if not self.asked.pairs or not self.large.pairs:
            return []
        one = ", ".join([f"{self.large.pair}(%s, %s)"] * len(self.asked.pairs))
        return [(f"{self.large.pairs}(t.search_folded) @> ARRAY[{one}]", [word for pair in self.asked.pairs for word in pair])]

    @property
    def text(self) -> str:
        return _table(self.large.text)


def _sql(found: QuerySet) -> Sql | None:
    try:
        sql, parameters = found.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, list(parameters)


def _all(parts: Iterable[Sql]) -> Sql:
    conditions, parameters = zip(*parts, strict=True)
    return " AND ".join(conditions), [value for values in parameters for value in values]


def _table(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)
