"""Tìm trong một bảng lớn (một triệu văn bản có toàn văn): đi từ mới về cũ, dừng khi đủ số dòng thấy được.

Cột tìm nằm ở bảng chữ riêng, chỉ mục GIN mang cả số khối (khoảng một nghìn dòng một khối): chặng gần hỏi chỉ mục đúng các
khối mới nhất, nên từ thông dụng không phải gom nửa bảng; chặng xa chỉ tới khi từ ấy hiếm, kể cả khi không gì khớp. Quyền
được xét ở từng dòng khớp. Người thấy ít thì ngược lại: đi theo các dòng thấy được, xét từng dòng có khớp chữ không.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
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
NEAR = (4, 24, 160)
"""Các chặng gần: số khối mới nhất, rộng dần. Sau đó là phần còn lại của bảng."""

HIT_COST, ROW_COST = 5, 14
"""Xét quyền một dòng đã khớp, so với mở chữ của một dòng ra xem có khớp không (đo, xem docs/decisions/0013)."""


@dataclass(frozen=True, slots=True)
class Way:
    """Một cách so: cột của bảng chữ, cấu hình của PostgreSQL, câu hỏi."""

    column: str
    config: str
    query: str

    @property
    def sql(self) -> Sql:
        return f"t.{self.column} @@ to_tsquery('{self.config}', %s)", [self.query]

    @property
    def words(self) -> Sql:
        """Chỉ cần có đủ các từ: chỉ mục tự trả lời, không mở chữ ra xem có liền nhau không."""
        return f"t.{self.column} @@ to_tsquery('{self.config}', %s)", [self.query.replace("<->", "&")]


@dataclass(frozen=True, slots=True)
class Found:
    """Một dòng khớp; ``rank``: khớp sát tới đâu ở đề mục, 0 khi chỉ khớp trong toàn văn."""

    row: int
    rank: float


def newest(source: Source, actor: Actor, on: date, ways: list[Way], where: Q, *, rank: Sql, most: int) -> list[Found]:
    """Các dòng mới nhất khớp mọi ``ways``, thấy được và thỏa ``where``; nhiều nhất ``most``, mới trước."""
    large = source.large
    assert large is not None
    try:
        seen = _seen(large.rows(actor, on=on).filter(where), rank)
        ids = large.ids(actor, on=on)[: FEW + 1].query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        # Khối của dòng mới nhất, theo khóa chính: hỏi max(block) thì phải đọc cả bảng.
        cursor.execute(f"SELECT block FROM {_table(large.text)} ORDER BY document_id DESC LIMIT 1")
        row = cursor.fetchone()
        if row is None:
            return []
        (last,) = row
        search = _Search(cursor, large, ways, seen, most, last)
        visible = cache.get_or_set(
            f"search.few.{source.kind}.{actor.user_id}.{on}",
            lambda: search.count(f"SELECT 1 FROM ({ids[0]}) i", list(ids[1])),
            REMEMBERED,
        )
        if visible <= FEW and search.shorter_by_rows(visible):
            return search.among((ids[0], list(ids[1])))
        return search.from_newest()


@dataclass(slots=True)
class _Search:
    cursor: Any
    large: Large
    ways: list[Way]
    seen: Sql
    most: int
    last: int

    def count(self, sql: str, parameters: list[Any]) -> int:
        self.cursor.execute(f"SELECT count(*) FROM ({sql}) n", parameters)
        return self.cursor.fetchone()[0]

    def shorter_by_rows(self, visible: int) -> bool:
        """Mở chữ từng dòng thấy được rẻ hơn xét quyền từng dòng khớp; ước theo mấy khối mới nhất."""
        words, parameters = _all(way.words for way in self.ways)
        near = self.count(
            f"SELECT 1 FROM {self.text} t WHERE {words} AND t.block > %s", [*parameters, self.last - NEAR[0]]
        )
        hits = near * max(1.0, (self.last + 1) / NEAR[0])
        needed = min(visible, self.most * NEAR[0] * BLOCK / near) if near else visible
        return needed * ROW_COST < hits * HIT_COST

    def among(self, ids: Sql) -> list[Found]:
        """Đi theo các dòng thấy được, mới trước."""
        match, parameters = _all(way.sql for way in self.ways)
        hits = f"""
            SELECT i.id FROM (SELECT DISTINCT id FROM ({ids[0]}) u(id) ORDER BY id DESC) i
            CROSS JOIN LATERAL (SELECT 1 FROM {self.text} t WHERE t.document_id = i.id AND {match} OFFSET 0) m
        """
        return self._run(hits, [*ids[1], *parameters])

    def from_newest(self) -> list[Found]:
        """Đi theo các dòng khớp, từng chặng, mới trước."""
        match, parameters = _all(way.sql for way in self.ways)
        found: list[Found] = []
        upper = self.last
        for blocks in (*NEAR, None):
            if blocks is None:
                # "block + 0": chặng cuối không để chỉ mục gom mọi khối cũ, chỉ gom các dòng khớp.
                where, edges = "t.block + 0 <= %s", [upper]
            else:
                where, edges = "t.block BETWEEN %s AND %s", [self.last - blocks + 1, upper]
            hits = f"SELECT t.document_id FROM {self.text} t WHERE {match} AND {where} ORDER BY t.document_id DESC"
            found += self._run(hits, [*parameters, *edges], self.most - len(found))
            if len(found) >= self.most or (blocks and blocks > self.last):
                break
            upper = self.last - (blocks or 0)
        return found

    def _run(self, hits: str, parameters: list[Any], most: int | None = None) -> list[Found]:
        self.cursor.execute(
            f"""
            WITH hits(id) AS MATERIALIZED ({hits})
            SELECT v.id, v.rank FROM hits h
            CROSS JOIN LATERAL (SELECT s.id, s.rank FROM ({self.seen[0]}) s(id, rank) WHERE s.id = h.id OFFSET 0) v LIMIT %s
            """,
            [*parameters, *self.seen[1], self.most if most is None else most],
        )
        return [Found(*row) for row in self.cursor.fetchall()]

    @property
    def text(self) -> str:
        return _table(self.large.text)


def _seen(rows: Any, rank: Sql) -> Sql:
    """(mã, hạng) của các dòng thấy được."""
    ranked = rows.order_by().annotate(found_rank=RawSQL(*rank)).values_list("pk", "found_rank")
    sql, parameters = ranked.query.sql_with_params()
    return sql, list(parameters)


def _all(parts: Iterator[Sql]) -> Sql:
    conditions, parameters = zip(*parts, strict=True)
    return " AND ".join(conditions), [value for values in parameters for value in values]


def _table(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)
