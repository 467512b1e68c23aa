"""Tìm trong một bảng lớn (một triệu văn bản có toàn văn): đi từ mới về cũ, dừng khi đủ số dòng thấy được.

Cột tìm nằm ở bảng chữ riêng, chỉ mục GIN mang cả số khối (khoảng hai nghìn dòng một khối). Hỏi chỉ mục từng khối, khối mới
trước, tới khi đủ: từ thông dụng không phải gom nửa bảng. Quá thưa thì hỏi cả phần còn lại một lần, kể cả khi không gì khớp.
Quyền được xét ở từng dòng khớp. Người thấy ít thì ngược lại: chỉ xét chữ của các dòng thấy được.
"""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Q

from tinhgon.core import prepared
from tinhgon.core.actor import Actor
from tinhgon.search.registry import Large, Source, Sql, compiled

FEW = 5_000
"""Thấy không quá chừng này dòng là thấy ít."""

REMEMBERED = 600
"""Giây nhớ rằng một người thấy nhiều: chỉ để chọn đường đi nhanh hơn, đường nào cũng cho cùng kết quả."""

BLOCK = 2_048
"""Số văn bản một khối. Đo ở một triệu: nhỏ hơn thì mỗi khối một lần giải nén cả trang của chỉ mục cho từng từ (nhiều từ và cụm từ
đắt gấp rưỡi), lớn hơn thì từ thông dụng phải mở quá nhiều dòng mới xếp được."""

NEAR = 4
"""Chặng đầu: số khối mới nhất."""

WIDEST = 128
"""Ước phải đi quá chừng này khối nữa mới đủ thì hỏi cả phần còn lại một lần."""

SPARE = 32
"""Gom dư một phần ba mươi hai: vài dòng không được thấy thì khỏi đi thêm một chặng."""

LARGEST_BATCH = 64_000

PROBE = 64
"""Cụm từ: chỉ mục đã chọn các dòng có đủ các cặp từ liền nhau, hầu như luôn là có cả cụm. Đã đủ dòng thì chỉ xét lại chừng này dòng
đứng đầu (và mọi dòng sẽ hiện ra); một dòng trong đó sai là xét lại hết, rồi đi tiếp."""

_RANK = "CASE WHEN t.heading @@ q THEN ts_rank_cd(t.heading, q) ELSE 0 END"
"""Đề mục không khớp thì khỏi tính hạng."""

_ASKED = "ANY((SELECT ids FROM asked)::bigint[])"
"""Mảng mã là kết quả của một bước trước, không phải hằng số: khỏi tính thống kê cho từng phần tử lúc lập kế hoạch."""

_CHOSEN = (
    "WITH asked AS MATERIALIZED (SELECT {}::bigint[] AS ids)"
    " SELECT CASE WHEN count(*) < {} THEN coalesce(array_agg(s.id), ARRAY[]::bigint[]) END"
    f" FROM ({{}}) s(id) WHERE s.id = {_ASKED}"
)
"""Các mã trong một mảng mà một câu hỏi có. Thường là tất cả: khi ấy không chuyển mã nào về."""


@dataclass(frozen=True, slots=True)
class Way:
    """Một cách so: cột của bảng chữ, cấu hình của PostgreSQL, câu hỏi. ``single``: phần của câu hỏi mà chỉ mục trả lời trọn
    vẹn (các từ đứng riêng); cụm từ thì chỉ mục trả lời bằng các cặp từ liền nhau, rồi xét lại trên cột.
    """

    column: str
    config: str
    query: str
    single: str

    @property
    def sql(self) -> Sql:
        """Viết thành hàm để PostgreSQL không đưa vào chỉ mục, chỉ xét ở dòng đã chọn."""
        return f"ts_match_vq(t.{self.column}, to_tsquery('{self.config}', %s))", [self.query]

    @property
    def indexed(self) -> list[Sql]:
        return [(f"t.{self.column} @@ to_tsquery('{self.config}', %s)", [self.single])] if self.single else []

    @property
    def checked(self) -> list[Sql]:
        return [self.sql] if self.single != self.query else []


@dataclass(frozen=True, slots=True)
class Found:
    """Các dòng khớp. ``ids``: mã, mới trước; ``ranks``: mã -> khớp sát tới đâu ở đề mục, cùng thứ tự, chỉ các dòng có đề mục khớp.

    Mỗi lần tìm có hai nghìn dòng, phần lớn chỉ khớp trong toàn văn: không mang theo hai nghìn số không.
    """

    ids: list[int]
    ranks: dict[int, float]

    def __len__(self) -> int:
        return len(self.ids)

    def __add__(self, older: "Found") -> "Found":
        return Found(self.ids + older.ids, self.ranks | older.ranks)

    def first(self, most: int) -> "Found":
        if len(self) <= most:
            return self
        oldest = self.ids[most - 1]
        return Found(self.ids[:most], {row: rank for row, rank in self.ranks.items() if row >= oldest})

    def only(self, rows: Set[int]) -> "Found":
        return Found([row for row in self.ids if row in rows], {row: rank for row, rank in self.ranks.items() if row in rows})

    def without(self, rows: Set[int]) -> "Found":
        return self.only(set(self.ids) - rows)

    def best(self, most: int) -> list[tuple[int, float]]:
        """Các dòng đứng đầu và hạng của chúng; cùng hạng thì mới trước."""
        ranked = sorted(self.ranks.items(), key=itemgetter(1), reverse=True)[:most]
        others = (row for row in self.ids if row not in self.ranks)
        return ranked + [(row, 0.0) for row in islice(others, most - len(ranked))]


NOTHING = Found([], {})


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

    @property
    def text(self) -> str:
        """Tên bảng chữ."""
        return connection.ops.quote_name(self.large.text._meta.db_table)

    @cached_property
    def wanted(self) -> Sql | None:
        """Mã các dòng thỏa ``where``; ``None`` khi chắc chắn không có dòng nào. Chỉ hỏi khi có ``where``."""
        return compiled(self.source.model._default_manager.filter(self.where).order_by().values("pk"))

    @property
    def is_empty(self) -> bool:
        return bool(self.where) and self.wanted is None

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
            prepared.execute(cursor, f"{ids} LIMIT {FEW + 1}")
            rows = list({row for (row,) in cursor.fetchall()})
        if len(rows) <= FEW:
            return rows
        cache.set(key, True, REMEMBERED)
        return None


def newest(sight: Sight, asked: Asked, *, most: int, shown: int) -> Found:
    """Các dòng mới nhất khớp ``asked`` trong tầm ``sight``; nhiều nhất ``most``, mới trước.

    ``shown`` dòng đứng đầu bao giờ cũng đã xét đủ. Các dòng sau có thể chỉ mới được xét bằng các cặp từ (``PROBE``), và chỉ khi đã
    đủ ``most`` dòng.
    """
    if sight.is_empty:
        return NOTHING
    with connection.cursor() as cursor:
        return _Search(cursor, sight, asked, most, shown).from_newest()


def among(sight: Sight, ids: list[int], asked: Asked, *, most: int) -> Found:
    """Xét chữ của các dòng đã biết là thấy được, một lượt; mới trước."""
    if sight.is_empty or not ids:
        return NOTHING
    wanted = sight.wanted if sight.where else None
    narrowed = (f"AND s.id IN (SELECT w.id FROM ({wanted[0]}) w(id) WHERE w.id = {_ASKED})", wanted[1]) if wanted else ("", [])
    match, parameters = _all(way.sql for way in asked.ways)
    with connection.cursor() as cursor:
        return _hits(
            cursor,
            f"""
            WITH asked AS MATERIALIZED (SELECT %s::bigint[] AS ids)
            SELECT s.id, {_RANK} AS rank
            FROM {sight.text} t CROSS JOIN LATERAL (SELECT t.document_id) s(id), to_tsquery('vi', %s) q
            WHERE t.document_id = {_ASKED} AND {match} {narrowed[0]} ORDER BY t.document_id DESC LIMIT %s
            """,
            [_array(ids), asked.heading, *parameters, *narrowed[1], most],
        )


def parted(sight: Sight, found: Found, way: Way, *, shown: int) -> tuple[Found, Found]:
    """Chia ``found`` thành các dòng khớp ``way`` và các dòng còn lại. Đủ ``shown`` dòng khớp thì thôi: các dòng sau không hiện ra,
    chỉ để đếm, nên nằm ở phần còn lại mà không xét.
    """
    true: set[int] = set()
    waiting, size = [row for row, _rank in found.best(len(found))], max(PROBE, shown)
    with connection.cursor() as cursor:
        while waiting and len(true) < shown:
            looked, waiting, size = waiting[:size], waiting[size:], size * 4
            true |= _matching(cursor, sight, looked, [way.sql])
    return found.only(true), found.without(true)


def _matching(cursor: Any, sight: Sight, rows: list[int], checks: list[Sql]) -> set[int]:
    """Các mã trong ``rows`` khớp mọi ``checks``."""
    match, parameters = _all(checks)
    cursor.execute(
        f"WITH asked AS MATERIALIZED (SELECT %s::bigint[] AS ids) SELECT array_agg(t.document_id) FROM {sight.text} t"
        f" WHERE t.document_id = {_ASKED} AND {match}",
        [_array(rows), *parameters],
    )
    return set(cursor.fetchone()[0] or ())


def _hits(cursor: Any, sql: str, parameters: list[Any]) -> Found:
    """Ba mảng thay vì hai nghìn dòng: trình nối đọc một mảng nhanh gấp mười; thứ tự vẫn là của ``sql``."""
    ranked = "FILTER (WHERE h.rank > 0)"
    cursor.execute(f"SELECT array_agg(h.id), array_agg(h.id) {ranked}, array_agg(h.rank) {ranked} FROM ({sql}) h", parameters)
    ids, heads, ranks = cursor.fetchone()
    return Found(ids or [], dict(zip(heads or (), ranks or (), strict=True)))


@dataclass(slots=True)
class _Search:
    cursor: Any
    sight: Sight
    asked: Asked
    most: int
    shown: int
    is_checked: bool = False
    """Đã gặp dòng chỉ có đủ các cặp từ: từ đây xét cả cụm ngay khi chọn dòng."""

    def from_newest(self) -> Found:
        """Đi theo các dòng khớp, từng chặng, mới trước; gom cho đủ rồi mới xét quyền, xét cụm từ một lần."""
        last, first = self._ends()
        seen, waiting = NOTHING, NOTHING
        before, wide, batch = (last + 1) * BLOCK, NEAR, self.most + self.most // SPARE
        while True:
            newest = (before - 1) // BLOCK
            wanted = batch - len(waiting)
            hits = self._near(newest, max(first, newest - wide + 1), before, wanted) if wide <= WIDEST else self._far(before, wanted)
            waiting += hits
            is_full = len(hits) == wanted
            before = hits.ids[-1] if is_full else (newest - wide + 1) * BLOCK
            is_end = not is_full and (wide > WIDEST or before <= first * BLOCK)
            if is_end or len(seen) + len(waiting) >= self.most:
                seen += self._true(self._visible(waiting), self.most - len(seen))
                waiting, batch = NOTHING, min(batch * 2, LARGEST_BATCH)
            if is_end or len(seen) >= self.most:
                return seen.first(self.most)
            wide = self._wider(last - before // BLOCK, len(seen) + len(waiting))

    def _wider(self, walked: int, met: int) -> int:
        """Số khối chặng sau, theo mức thưa đã gặp ở ``walked`` khối; đủ thì dừng sớm nên lấy dư. Chưa gặp dòng nào: hỏi hết."""
        return max(NEAR, 2 * walked * (self.most - met) // met) if met else WIDEST + 1

    def _ends(self) -> tuple[int, int]:
        """Khối mới nhất và khối cũ nhất, theo khóa chính: hỏi min, max của block thì phải đọc cả bảng."""
        ends = (f"(SELECT block FROM {self.sight.text} ORDER BY document_id {order} LIMIT 1)" for order in ("DESC", "ASC"))
        prepared.execute(self.cursor, f"SELECT {', '.join(ends)}")
        last, first = self.cursor.fetchone()
        return (-1, 0) if last is None else (last, first)

    def _near(self, newest: int, oldest: int, before: int, most: int) -> Found:
        """Các dòng khớp ở từng khối, từ ``newest`` lùi về ``oldest``. Vòng lặp lồng giữ thứ tự ấy, nên LIMIT dừng sớm.

        Hỏi một khối là một khóa bằng: GIN nhảy thẳng tới đó. Hỏi "lớn hơn" thì nó gom cả khoảng trước, đắt gấp ba.
        """
        match, parameters = self._match(before)
        return _hits(
            self.cursor,
            f"SELECT h.id, h.rank FROM generate_series(%s::int, %s::int, -1) b(block) CROSS JOIN LATERAL ("
            f"SELECT t.document_id AS id, {_RANK} AS rank FROM {self.sight.text} t, to_tsquery('vi', %s) q"
            f" WHERE t.block = b.block AND {match} ORDER BY t.document_id DESC) h LIMIT %s",
            [newest, oldest, self.asked.heading, *parameters, most],
        )

    def _far(self, before: int, most: int) -> Found:
        """Mọi dòng khớp cũ hơn ``before``, chỉ mục chọn trước (MATERIALIZED), rồi mới xếp: nếu không, PostgreSQL có khi đi ngược
        cả khóa chính tìm một dòng khớp."""
        match, parameters = self._match(before)
        return _hits(
            self.cursor,
            f"WITH hits AS MATERIALIZED (SELECT t.document_id AS id, {_RANK} AS rank FROM {self.sight.text} t, to_tsquery('vi', %s) q WHERE {match})"
            " SELECT id, rank FROM hits ORDER BY id DESC LIMIT %s",
            [self.asked.heading, *parameters, most],
        )

    def _match(self, before: int) -> Sql:
        """Chữ khớp, và cũ hơn ``before``. ``int8lt``: dòng cũ hơn là phần lớn bảng, không gom chúng bằng khóa chính."""
        return _all([
            *(part for way in self.asked.ways for part in way.indexed), *self._pairs(), ("int8lt(t.document_id, %s)", [before]),
            *(self._checks() if self.is_checked else []),
        ])  # fmt: skip

    def _checks(self) -> list[Sql]:
        return [part for way in self.asked.ways for part in way.checked]

    def _true(self, found: Found, room: int) -> Found:
        """Bỏ các dòng chỉ có đủ các cặp từ mà không có cả cụm. Đã đủ ``room`` dòng thì xét các dòng đứng đầu trước (``PROBE``)."""
        checks = self._checks()
        if self.is_checked or not found or not checks:
            return found
        if len(found) >= room:
            probe = [row for row, _rank in found.first(room).best(max(PROBE, self.shown))]
            if len(_matching(self.cursor, self.sight, probe, checks)) == len(probe):
                return found
        true = _matching(self.cursor, self.sight, found.ids, checks)
        self.is_checked = len(true) < len(found)
        return found.only(true)

    def _visible(self, found: Found) -> Found:
        """Các dòng thấy được trong ``found`` và thỏa điều kiện lọc. Xét lý do hay gặp trước; thấy hết rồi thì khỏi hỏi các lý do khác."""
        large, actor, on = self.sight.large, self.sight.actor, self.sight.on
        rows = self._wanted(found.ids) if self.sight.where else found.ids
        hidden = rows
        for reason in large.reasons:
            if hidden:
                seen = self._seen(reason(actor, on=on), hidden)
                hidden = [] if len(seen) == len(hidden) else [row for row in hidden if row not in seen]
        if len(rows) == len(found) and not hidden:
            return found
        return found.only(set(rows) - set(hidden))

    def _wanted(self, rows: list[int]) -> list[int]:
        """Các mã trong ``rows`` thỏa điều kiện lọc."""
        if self.sight.wanted is None or not rows:
            return []
        wanted, parameters = self.sight.wanted
        self.cursor.execute(_CHOSEN.format("%s", "%s", wanted), [_array(rows), len(rows), *parameters])
        return list(self._chosen(rows))

    def _seen(self, reason: str | None, rows: list[int]) -> Collection[int]:
        """Các mã trong ``rows`` được thấy vì ``reason``. Câu của mỗi người lần nào cũng thế: PostgreSQL nhớ kế hoạch."""
        if reason is None:
            return ()
        prepared.execute(self.cursor, _CHOSEN.format("$1", "$2", reason), [_array(rows), len(rows)])
        return self._chosen(rows)

    def _chosen(self, rows: list[int]) -> Collection[int]:
        (some,) = self.cursor.fetchone()
        return rows if some is None else set(some)

    def _pairs(self) -> list[Sql]:
        """Cụm từ: các cặp từ liền nhau loại ngay những dòng chỉ có đủ từ mà không liền nhau."""
        if not self.asked.pairs:
            return []
        one = ", ".join([f"{self.sight.large.pair}(%s, %s)"] * len(self.asked.pairs))
        return [(f"t.pairs @> ARRAY[{one}]", [word for pair in self.asked.pairs for word in pair])]


def _all(parts: Iterable[Sql]) -> Sql:
    conditions, parameters = zip(*parts, strict=True)
    return " AND ".join(conditions), [value for values in parameters for value in values]


def _array(rows: Iterable[int]) -> str:
    """Viết sẵn thành chữ: psycopg đổi từng phần tử của một danh sách, vài nghìn phần tử mất vài ms."""
    return f"{{{','.join(map(str, rows))}}}"
