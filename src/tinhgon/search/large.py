"""Tìm trong một bảng lớn (một triệu văn bản có toàn văn): đi từ mới về cũ, dừng khi đủ số dòng thấy được.

Cột tìm nằm ở bảng chữ riêng, chỉ mục GIN mang cả số khối (khoảng một nghìn dòng một khối): chặng đầu hỏi chỉ mục đúng mấy
khối mới nhất, nên từ thông dụng không phải gom nửa bảng; thưa thì mở rộng theo mức thưa, từ hiếm thì hỏi cả bảng một lần, kể
cả khi không gì khớp. Quyền được xét ở từng dòng khớp. Người thấy ít thì ngược lại: chỉ xét chữ của các dòng thấy được.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.db.models import Q

from tinhgon.core.actor import Actor
from tinhgon.search.registry import Large, Source, Sql, compiled

FEW = 5_000
"""Thấy không quá chừng này dòng là thấy ít."""

REMEMBERED = 600
"""Giây nhớ rằng một người thấy nhiều: chỉ để chọn đường đi nhanh hơn, đường nào cũng cho cùng kết quả."""

BLOCK = 1_024
NEAR = 4
"""Chặng đầu: số khối mới nhất."""

LARGEST_BATCH = 64_000

_RANK = "CASE WHEN s.heading @@ q THEN ts_rank_cd(s.heading, q) ELSE 0 END"


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
        """Chỉ cần có đủ các từ: chỉ mục trả lời trọn vẹn, không dòng nào phải mở chữ ra xét lại."""
        return self.sql[0], [self.query.replace("<->", "&")]

    @property
    def phrases(self) -> list[Sql]:
        """Viết thành hàm để PostgreSQL không đưa vào chỉ mục, chỉ xét ở dòng chỉ mục đã chọn."""
        return [(f"ts_match_vq(t.{self.column}, to_tsquery('{self.config}', %s))", [self.query])] if "<->" in self.query else []


class Found(NamedTuple):
    """Một dòng khớp; ``rank``: khớp sát tới đâu ở đề mục, 0 khi chỉ khớp trong toàn văn."""

    row: int
    rank: float


@dataclass(frozen=True, slots=True)
class Asked:
    """Mọi ``ways`` phải khớp; ``pairs``: các cặp từ liền nhau trong những cụm được hỏi, không dấu; ``heading``: để xếp hạng."""

    ways: tuple[Way, ...]
    pairs: tuple[tuple[str, str], ...]
    heading: str


@dataclass
class Sight:
    """Ai hỏi, được thấy gì và thỏa ``where``; dùng cho mọi cách so của một lần tìm."""

    source: Source
    actor: Actor
    on: date
    where: Q

    @property
    def large(self) -> Large:
        assert self.source.large is not None
        return self.source.large

    @cached_property
    def narrowed(self) -> Sql | None:
        """Mã các dòng thỏa ``where`` trong một mảng mã (tham số cuối). ``None`` khi chắc chắn không có dòng nào."""
        if not self.where:
            return "", []
        wanted = compiled(self.source.model._default_manager.filter(self.where).order_by().values("pk"))
        return wanted and (f"AND s.id IN (SELECT w.id FROM ({wanted[0]}) w(id) WHERE w.id = ANY(%s::bigint[]))", wanted[1])

    @cached_property
    def few(self) -> list[int] | None:
        """Mã các dòng thấy được; ``None`` khi thấy nhiều."""
        key = f"search.many.{self.source.kind}.{self.actor.user_id}.{self.on}"
        if self.actor.is_system or cache.get(key):
            return None
        ids = self.large.ids(self.actor, on=self.on)
        if ids is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(f"{ids[0]} LIMIT {FEW + 1}", ids[1])
            rows = list({row for (row,) in cursor.fetchall()})
        if len(rows) <= FEW:
            return rows
        cache.set(key, True, REMEMBERED)
        return None


def newest(sight: Sight, asked: Asked, *, most: int) -> list[Found]:
    """Các dòng mới nhất khớp ``asked`` trong tầm ``sight``; nhiều nhất ``most``, mới trước."""
    if sight.narrowed is None:
        return []
    with connection.cursor() as cursor:
        return _Search(cursor, sight, asked, most).from_newest()


def among(sight: Sight, ids: list[int], asked: Asked, exact: Way | None, *, most: int) -> list[tuple[Found, bool]]:
    """Xét chữ của các dòng đã biết là thấy được, một lượt: khớp ``asked`` không, có khớp cả ``exact`` (đúng dấu) không."""
    narrowed = sight.narrowed
    if narrowed is None or not ids:
        return []
    table = connection.ops.quote_name(sight.source.model._meta.db_table)
    match, parameters = _all(way.sql for way in asked.ways)
    is_exact = exact.sql if exact else ("false", [])
    listed = _array(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT s.id, {_RANK}, {is_exact[0]}
            FROM {connection.ops.quote_name(sight.large.text._meta.db_table)} t
            JOIN (SELECT id, search_folded FROM {table}) s(id, heading) ON s.id = t.document_id, to_tsquery('vi', %s) q
            WHERE t.document_id = ANY(%s::bigint[]) AND {match} {narrowed[0]} ORDER BY t.document_id DESC LIMIT %s
            """,
            [*is_exact[1], asked.heading, listed, *parameters, *([*narrowed[1], listed] if sight.where else []), most],
        )
        return [(Found(row, rank), exactly) for row, rank, exactly in cursor.fetchall()]


@dataclass(slots=True)
class _Search:
    cursor: Any
    sight: Sight
    asked: Asked
    most: int

    def from_newest(self) -> list[Found]:
        """Đi theo các dòng khớp, từng chặng, mới trước; gom cho đủ rồi mới xét quyền một lần."""
        seen = self.sight.large.rows(self.sight.actor, on=self.sight.on)
        last, blocks = self._blocks()
        if seen is None or not blocks:
            return []
        found: list[Found] = []
        waiting: list[int] = []
        wide, before, batch = NEAR, None, self.most
        while True:
            hits = self._hits(last - wide if wide < blocks else None, before, batch)
            waiting += hits
            is_end = wide >= blocks and len(hits) < batch
            if is_end or len(found) + len(waiting) >= self.most:
                found += self._ranked(seen, waiting)
                waiting = []
            if is_end or len(found) >= self.most:
                return found[: self.most]
            if len(hits) == batch:
                before, batch = hits[-1], min(batch * 2, LARGEST_BATCH)
            else:
                before, wide = (last - wide + 1) * BLOCK, self._wider(wide, blocks, len(found) + len(waiting))

    def _wider(self, wide: int, blocks: int, met: int) -> int:
        """Rộng vừa đủ cho ``most`` dòng theo mức thưa đã gặp, dư một phần tám; chưa gặp dòng nào thì hỏi cả bảng."""
        return min(blocks, 1 + wide * self.most * 9 // (8 * met)) if met else blocks

    def _blocks(self) -> tuple[int, int]:
        """Khối mới nhất và số khối, theo khóa chính: hỏi min, max của block thì phải đọc cả bảng."""
        ends = (f"(SELECT block FROM {self.text} ORDER BY document_id {order} LIMIT 1)" for order in ("ASC", "DESC"))
        self.cursor.execute(f"SELECT {', '.join(ends)}")
        first, last = self.cursor.fetchone()
        return (0, 0) if first is None else (last, last - first + 1)

    def _hits(self, above: int | None, before: int | None, batch: int) -> list[int]:
        """Chỉ mục chọn trước (MATERIALIZED), rồi mới xếp: nếu không, PostgreSQL có khi đi ngược cả khóa chính tìm một dòng khớp.

        Chỉ chặn dưới: với GIN, hai đầu là hai lần gom. ``int8lt``: dòng cũ hơn là phần lớn bảng, không gom chúng bằng khóa chính.
        """
        conditions = [*(way.words for way in self.asked.ways), *self._pairs()]
        if above is not None:
            conditions.append(("t.block > %s", [above]))
        if before is not None:
            conditions.append(("int8lt(t.document_id, %s)", [before]))
        match, parameters = _all([*conditions, *(part for way in self.asked.ways for part in way.phrases)])
        self.cursor.execute(
            f"WITH hits AS MATERIALIZED (SELECT t.document_id AS id FROM {self.text} t WHERE {match}) SELECT id FROM hits ORDER BY id DESC LIMIT %s",
            [*parameters, batch],
        )
        return [row for (row,) in self.cursor.fetchall()]

    def _ranked(self, seen: Sql, rows: list[int]) -> list[Found]:
        """Các dòng của ``seen`` (mã, chữ của đề mục) nằm trong ``rows``, mới trước. Đề mục không khớp thì khỏi tính hạng."""
        narrowed = self.sight.narrowed
        if narrowed is None or not rows:
            return []
        listed = _array(rows)
        self.cursor.execute(
            f"""
            SELECT s.id, {_RANK}
            FROM ({seen[0]}) s(id, heading), to_tsquery('vi', %s) q
            WHERE s.id = ANY(%s::bigint[]) {narrowed[0]} ORDER BY s.id DESC
            """,
            [*seen[1], self.asked.heading, listed, *([*narrowed[1], listed] if self.sight.where else [])],
        )
        return [Found(*row) for row in self.cursor.fetchall()]

    def _pairs(self) -> list[Sql]:
        """Cụm từ: các cặp từ liền nhau loại ngay những dòng chỉ có đủ từ mà không liền nhau."""
        if not self.asked.pairs:
            return []
        one = ", ".join([f"{self.sight.large.pair}(%s, %s)"] * len(self.asked.pairs))
        return [(f"t.pairs @> ARRAY[{one}]", [word for pair in self.asked.pairs for word in pair])]

    @property
    def text(self) -> str:
        return connection.ops.quote_name(self.sight.large.text._meta.db_table)


def _all(parts: Iterable[Sql]) -> Sql:
    conditions, parameters = zip(*parts, strict=True)
    return " AND ".join(conditions), [value for values in parameters for value in values]


def _array(rows: Iterable[int]) -> str:
    """Viết sẵn thành chữ: psycopg đổi từng phần tử của một danh sách, vài nghìn phần tử mất vài ms."""
    return f"{{{','.join(map(str, rows))}}}"
