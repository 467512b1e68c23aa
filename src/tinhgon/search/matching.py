"""Câu SQL của một nguồn: lọc quyền và lọc chữ trước, rồi mới lấy 2.000 dòng mới nhất để xếp hạng.

Viết gọn ``WHERE ... ORDER BY id DESC LIMIT`` thì khi không dòng nào khớp, PostgreSQL đi ngược hết khóa chính: một triệu
văn bản mất gần một giây. Gom mọi dòng khớp trước thì từ thông dụng lại chậm. Nên tìm hai chặng trong một câu: chặng
gần chỉ trong 50.000 dòng mới nhất; chưa đủ 2.000 mới sang chặng xa, gom bằng chỉ mục (CTE có MATERIALIZED chặn đường đi tắt).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Field, Q, QuerySet

from tinhgon.core.actor import Actor
from tinhgon.engine import vietnamese
from tinhgon.search import filters, large
from tinhgon.search.registry import Source, Sql, compiled

MOST_RANKED = 2_000
NEAR = 50_000


EVERY = Q()


@dataclass(frozen=True, slots=True)
class Match:
    """Một dòng khớp: ``row`` khóa của dòng, ``id`` mã số của cái tìm được, ``exact`` đúng dấu."""

    row: int
    id: int
    exact: bool
    rank: float

    @property
    def sort_key(self) -> tuple[bool, float, int]:
        return not self.exact, -self.rank, -self.row


@dataclass(frozen=True, slots=True)
class Matches:
    """``top``: các dòng đứng đầu, đã xếp. ``total``: số cái tìm thấy; ``capped``: còn nhiều hơn, đếm tới 2.000 thì thôi.

    ``rows``: mã mọi dòng tìm thấy trong bảng lớn, để đếm theo nhóm.
    """

    top: list[Match]
    total: int
    capped: bool = False
    rows: tuple[int, ...] = ()


def matches(source: Source, actor: Actor, on: date, query: vietnamese.Query, *, most: int, where: Q = EVERY) -> Matches:
    """Các dòng của ``source`` khớp ``query`` mà ``actor`` được thấy và thỏa ``where``; nhiều nhất ``most`` dòng đứng đầu."""
    if source.large is not None:
        return _in_large(source, actor, on, query, where, most)
    visible = source.visible_to(actor, on=on).order_by().filter(where & filters.must_be_exact(query))
    branches = [] if query.only_exact else [visible.filter(filters.folded(query))]
    exact: Sql = ("true", [])
    if query.marked:
        branches.append(visible.filter(filters.exact(query)))
        exact = "t.search_exact @@ to_tsquery('vi_exact', %s)", [query.exact()]
    candidates = _candidates(source, branches)
    if candidates is None:
        return Matches([], 0)
    return _ranked(source, candidates, exact, query.folded(), most)


def _in_large(source: Source, actor: Actor, on: date, query: vietnamese.Query, where: Q, most: int) -> Matches:
    """Bảng lớn: người thấy ít thì xét các dòng của họ một lượt, người thấy nhiều thì đi từ mới về cũ."""
    sight = large.Sight(source, actor, on, where)
    exact, other = _from_newest(sight, query, most) if sight.few is None else _among(sight, sight.few, query, most)
    top = [Match(row, row, True, rank) for row, rank in exact.best(most)]
    top += [Match(row, row, False, rank) for row, rank in other.best(most - len(top))]
    rows = (*exact.ids, *other.ids)
    return Matches(top, min(len(rows), MOST_RANKED), capped=len(rows) >= MOST_RANKED, rows=rows)


def _among(sight: large.Sight, ids: list[int], query: vietnamese.Query, shown: int) -> tuple[large.Found, large.Found]:
    """Các dòng đúng dấu, và các dòng chỉ khác dấu. Bao giờ cũng xét không dấu trước: cột có dấu nằm ngoài dòng."""
    exact, folded = _ways(query)
    found = large.among(sight, ids, large.Asked(folded, query.pairs(), query.folded()), most=MOST_RANKED)
    if query.only_exact:
        return found, large.NOTHING
    if not query.marked:
        return large.NOTHING, found
    return large.parted(sight, found, exact, shown=shown)


def _from_newest(sight: large.Sight, query: vietnamese.Query, shown: int) -> tuple[large.Found, large.Found]:
    """Đúng dấu trước; đã đủ 2.000 dòng đúng dấu thì khỏi tìm dòng chỉ khác dấu."""
    exact, folded = _ways(query)
    found = _newest(sight, (exact,), query, shown) if query.marked else large.NOTHING
    if query.only_exact or len(found) >= MOST_RANKED:
        return found, large.NOTHING
    return found, _newest(sight, folded, query, shown).without(set(found.ids))


def _ways(query: vietnamese.Query) -> tuple[large.Way, tuple[large.Way, ...]]:
    """So đúng dấu; so không dấu, kèm những cụm phải đúng dấu."""
    single = query.without_pairs()
    must = query.must_be_exact()
    exact = (large.Way("search_exact", "vi_exact", must, single.must_be_exact()),) if must else ()
    return (
        large.Way("search_exact", "vi_exact", query.exact(), single.exact()),
        (large.Way("search_folded", "vi", query.folded(), single.folded()), *exact),
    )


def _newest(sight: large.Sight, ways: tuple[large.Way, ...], query: vietnamese.Query, shown: int) -> large.Found:
    return large.newest(sight, large.Asked(ways, query.pairs(), query.folded()), most=MOST_RANKED, shown=shown)


def _candidates(source: Source, branches: list[QuerySet]) -> Sql | None:
    """Các CTE; CTE cuối ``candidates(id)`` gồm 2.000 dòng mới nhất của mỗi nhánh. ``None`` khi chắc chắn không có gì."""
    edge = f"(SELECT max({_column(source, 'pk')}) - {NEAR} FROM {_table(source)})"
    ctes: list[str] = []
    newest: list[str] = []
    parameters: list[Any] = []
    for number, branch in enumerate(branches):
        asked = compiled(branch.values("pk"))
        if asked is None:
            continue
        sql, params = asked
        near, far = f"near_{number}", f"far_{number}"
        ctes += [
            f"{near} AS MATERIALIZED"
            f" (SELECT id FROM ({sql}) n(id) WHERE id > {edge} ORDER BY id DESC LIMIT {MOST_RANKED})",
            f"{far} AS MATERIALIZED"
            f" (SELECT id FROM ({sql}) f(id) WHERE id <= {edge} AND (SELECT count(*) FROM {near}) < {MOST_RANKED})",
        ]
        newest.append(
            f"(SELECT id FROM (TABLE {near} UNION ALL TABLE {far}) b ORDER BY id DESC LIMIT {MOST_RANKED})"
        )
        parameters += [*params, *params]
    if not newest:
        return None
    return f"{', '.join(ctes)}, candidates(id) AS ({' UNION '.join(newest)})", parameters


def _ranked(source: Source, candidates: Sql, exact: Sql, folded: str, most: int) -> Matches:
    key, identity = _column(source, "pk"), _column(source, source.identity)
    sql = f"""
        WITH {candidates[0]}, ranked AS (
            SELECT t.{key} AS row, t.{identity} AS id, {exact[0]} AS exact,
                   ts_rank_cd(t.search_folded, to_tsquery('vi', %s)) AS rank
            FROM {_table(source)} t JOIN candidates c ON c.id = t.{key}
        ), best AS (SELECT DISTINCT ON (id) * FROM ranked ORDER BY id, exact DESC, rank DESC, row DESC)
        SELECT row, id, exact, rank, count(*) OVER () FROM best ORDER BY exact DESC, rank DESC, row DESC LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [*candidates[1], *exact[1], folded, most])
        rows = cursor.fetchall()
    total = rows[0][4] if rows else 0
    return Matches([Match(*row[:4]) for row in rows], min(total, MOST_RANKED), capped=total >= MOST_RANKED)


def _table(source: Source) -> str:
    return connection.ops.quote_name(source.model._meta.db_table)


def _column(source: Source, name: str) -> str:
    meta = source.model._meta
    field = meta.pk if name == "pk" else meta.get_field(name)
    assert isinstance(field, Field)
    assert field.column
    return connection.ops.quote_name(field.column)
