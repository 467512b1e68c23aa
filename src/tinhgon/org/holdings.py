"""Cái mà đơn vị đang giữ, và cách bàn giao. Mỗi ứng dụng phía trên đăng ký các ``Holding`` của mình.

``reorg`` chỉ gọi qua đây, không biết bảng nào của ứng dụng nào. Mọi phép là một câu SQL theo tập trên bảng kế hoạch
(``org_plan_row``), nên một triệu mục và một mục đi cùng một đường.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.module_loading import autodiscover_modules

from tinhgon.core import clock
from tinhgon.org.models.handover import Batch, Direction, Outcome


@dataclass(frozen=True)
class Holding:
    """Một loại mục mà đơn vị giữ. Lớp con khai báo, ``ColumnHolding`` lo trường hợp thường gặp.

    ``kind``: mã ổn định, ví dụ ``tasks.lead``. ``label``: tên loại bằng tiếng Việt. ``keys``: các khóa ngoài
    "app.Model.field" mà loại này chịu trách nhiệm (kiểm tra: mỗi khóa ngoài tới Unit, Post, Person phải có một loại,
    hoặc một lý do). ``order``: thứ tự chuyển. ``needs_receiver``: mục phải có nơi nhận trước khi áp dụng. ``outcome``: kết cục thường
    của loại này khi đi (sổ số thì khóa). ``opens``: loại mà chuyển giao mở mới, chưa đơn vị nào giữ nên kiểm kê không thấy: ai quyết thì ghi kế
    hoạch. ``is_work``: việc đang mở mà người của đơn vị phải làm, tính vào tải. ``seats_anew``: chi tiết trong sổ cái là chỗ đã nhận khi đi,
    khi về phải chọn lại.
    """

    kind: str
    label: object
    keys: tuple[str, ...] = ()  # "app.Model.field"
    order: int = 50
    needs_receiver: bool = True
    outcome: Outcome = Outcome.MOVE
    opens: bool = False
    is_work: bool = False
    seats_anew: bool = False

    def inventory_sql(self) -> str:
        """SELECT (item_id, holder_id, function_id, secrecy, content) của mọi mục ``%(units)s`` đang giữ ngày ``%(on)s``."""
        raise NotImplementedError

    def plan_joins(self, handover_id: object, direction: str) -> None:
        """Sửa kế hoạch: mục mà hai vế về cùng một đơn vị thành ``join``. Mặc định: không có vế nào để gộp."""

    def plan_persons(self, handover_id: object) -> None:
        """Sửa kế hoạch: người đang làm không sang đơn vị nhận. Mặc định: mục không gắn với người nào."""

    def hand_over(self, batch: Batch) -> "Written":
        """Làm một đợt (chuyển, gộp, khóa, mở lại; đi hay hoàn tác) bằng một câu SQL lấy từ kế hoạch: xem ``write_ledger``."""
        raise NotImplementedError

    def present_sql(self) -> str:
        """SELECT (item_id, holder_id, content) hiện thời của mọi mục, mở hay đã xong; nơi gọi nối với sổ cái theo item_id."""
        raise NotImplementedError


    def title_sql(self) -> str:
        """SELECT (item_id, title) của các mục có mã trong ``%(items)s``, đang mở hay đã xong."""
        raise NotImplementedError

    def over_sql(self) -> str:
        """SELECT item_id của những mục mà từ ngày ``%(on)s`` không còn gì để trả về (người đã thôi giữ). Mặc định: không có."""
        return ""

    def intruders_sql(self) -> str:
        """SELECT item_id của những gì phát sinh nhân danh các đơn vị ``%(units)s`` từ ngày ``%(on)s`` mà lẽ ra không được có."""
        return ""

    @property
    def column(self) -> str:
        """Cột giữ. Hai loại chung một cột (văn bản đang xử lý, văn bản lưu) không bao giờ cùng chuyển một mục."""
        return self.kind


@dataclass(frozen=True, kw_only=True)
class ColumnHolding(Holding):
    """Trường hợp thường gặp: bảng có đúng một cột giữ, NOT NULL, nên một mục luôn có đúng một nơi giữ.

    Các thuộc tính SQL viết theo bí danh ``t`` của bảng, là hằng trong mã nguồn, không bao giờ từ người dùng:
    ``where`` mục đang mở; ``content`` cột mà chuyển giao không được chạm; ``person`` cột người đang làm (giao cho người mà
    kế hoạch chọn, ``detail.receiver``; không chọn thì bỏ trống khi người ấy không sang đơn vị nhận); ``also_set`` cột suy ra phải
    tính lại khi chuyển, đi cũng như về;
    ``join_set``/``reopen_set`` đổi gì khi gộp và khi mở lại.
    """

    table: str
    holder: str
    where: str
    content: tuple[str, ...]
    title: str
    function: str = "NULL::bigint"
    secrecy: str = "0"
    person: str = ""
    also_set: str = ""
    join_set: str = ""
    reopen_set: str = ""

    def inventory_sql(self) -> str:
        return f"""
            SELECT t.id AS item_id, t.{self.holder} AS holder_id, {self.function} AS function_id,
                   {self.secrecy} AS secrecy, {self._content_sql()} AS content
            FROM {self.table} t
            WHERE ({self.where}) AND t.{self.holder} = ANY(%(units)s)
        """

    def present_sql(self) -> str:
        return f"""
            SELECT t.id AS item_id, t.{self.holder} AS holder_id, {self._content_sql()} AS content FROM {self.table} t
        """

    def title_sql(self) -> str:
        return f"SELECT t.id AS item_id, {self.title} AS title FROM {self.table} t WHERE t.id = ANY(%(items)s)"

    @property
    def column(self) -> str:
        return f"{self.table}.{self.holder}"

    def plan_persons(self, handover_id: object) -> None:
        """Ghi vào kế hoạch người đang làm mà không sang đơn vị nhận: việc sang đó chờ phân công lại.

        Mục đã chọn người nhận (``detail.receiver``) thì ghi người đang làm, có hay không, để hoàn tác trả lại đúng như cũ.
        """
        if not self.person:
            return
        execute(
            f"""
            UPDATE org_plan_row p SET detail = p.detail || jsonb_build_object('person', t.{self.person})
            FROM {self.table} t
            WHERE p.handover_id = %(handover)s AND p.direction = 'apply' AND p.kind = %(kind)s AND p.detail ? 'receiver' AND t.id = p.item_id
            """,
            {"handover": handover_id, "kind": self.kind},
        )
        execute(
            f"""
            UPDATE org_plan_row p SET detail = jsonb_build_object('person', t.{self.person})
            FROM {self.table} t
            WHERE p.handover_id = %(handover)s AND p.direction = 'apply' AND p.kind = %(kind)s
              AND p.outcome = 'move' AND t.id = p.item_id AND t.{self.person} IS NOT NULL AND NOT COALESCE(p.detail ? 'receiver', false)
              AND NOT EXISTS (
                SELECT 1 FROM org_plan_row a JOIN org_appointment ap ON ap.id = a.item_id
                WHERE a.handover_id = p.handover_id AND a.direction = 'apply' AND a.kind = 'org.appointment'
                  AND ap.person_id = t.{self.person} AND a.to_unit_id = p.to_unit_id)
              AND NOT EXISTS (
                SELECT 1 FROM org_plan_row a
                WHERE a.handover_id = p.handover_id AND a.direction = 'apply' AND a.outcome = 'open'
                  AND (a.detail->>'person')::bigint = t.{self.person} AND a.to_unit_id = p.to_unit_id)
              AND NOT EXISTS (
                SELECT 1 FROM org_appointment ap JOIN org_post po ON po.id = ap.post_id
                WHERE ap.person_id = t.{self.person} AND po.unit_id = p.to_unit_id AND upper_inf(ap.valid))
            """,
            {"handover": handover_id, "kind": self.kind},
        )

    def hand_over(self, batch: Batch) -> "Written":
        return write_ledger(
            batch,
            changed=f"""
                UPDATE {self.table} t SET {self._set_sql(batch)}
                FROM org_plan_row p
                WHERE {PLAN_ROWS_OF_BATCH} AND t.id = p.item_id AND {self._guard_sql(batch)}
                RETURNING p.id
            """,
        )

    def _set_sql(self, batch: Batch) -> str:
        if batch.outcome == Outcome.JOIN:
            return self.join_set
        if batch.outcome == Outcome.REOPEN:
            return self.reopen_set
        moved = f"{self.holder} = p.to_unit_id" + (f", {self.also_set}" if self.also_set else "")
        if not self.person:
            return moved
        if batch.direction == Direction.UNDO:
            kept = f"CASE WHEN NOT COALESCE(p.detail ? 'receiver', false) THEN t.{self.person} END"
            return f"{moved}, {self.person} = COALESCE((p.detail->>'person')::bigint, {kept})"
        kept = f"CASE WHEN p.detail IS NULL THEN t.{self.person} END"
        return f"{moved}, {self.person} = COALESCE((p.detail->>'receiver')::bigint, {kept})"

    def _guard_sql(self, batch: Batch) -> str:
        """Mục phải đúng còn ở nơi kế hoạch nói; nếu không, đợt thiếu dòng và dừng lại."""
        if batch.outcome == Outcome.REOPEN:
            return f"t.{self.holder} = p.to_unit_id"
        return f"t.{self.holder} = p.from_unit_id"

    def _content_sql(self) -> str:
        columns = ", ".join(f"t.{column}" for column in ("id", *self.content))
        return f"md5(ROW({columns})::text)::uuid"


@dataclass(frozen=True, slots=True)
class Written:
    """Sổ cái của một đợt: số dòng, và SHA-256 của các dòng theo thứ tự mục."""

    rows: int
    hash: str


PLAN_ROWS_OF_BATCH = """
    p.id BETWEEN %(first)s AND %(last)s AND p.handover_id = %(handover)s AND p.direction = %(direction)s
    AND p.kind = %(kind)s AND p.outcome = %(outcome)s
"""

LEDGER_LINE = """
    concat_ws('|', {a}.direction, {a}.kind, {a}.item_id, {a}.from_unit_id, COALESCE({a}.to_unit_id, 0), {a}.outcome,
              {a}.rule, {a}.decree, {a}.content, COALESCE({a}.detail::text, ''))
"""


def write_ledger(batch: Batch, *, changed: str, detail: str = "p.detail") -> Written:
    """Chạy ``changed`` (một câu đổi dữ liệu, RETURNING p.id của dòng kế hoạch) và ghi sổ cái trong cùng một câu SQL.

    ``detail``: biểu thức cho cột chi tiết của sổ cái, có thể dùng bí danh ``p`` (kế hoạch) và ``c`` (kết quả của ``changed``).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH changed AS ({changed}), ledger AS (
                INSERT INTO org_ledger_row (handover_id, direction, batch, kind, item_id, from_unit_id, to_unit_id,
                                            outcome, rule, decree, content, detail, recorded_at)
                SELECT p.handover_id, p.direction, %(batch)s, p.kind, p.item_id, p.from_unit_id, p.to_unit_id,
                       p.outcome, p.rule, %(decree)s, p.content, {detail}, %(now)s
                FROM org_plan_row p JOIN changed c ON c.id = p.id
                RETURNING *
            )
            SELECT count(*), {ledger_hash_sql("l")} FROM ledger l
            """,
            batch_parameters(batch),
        )
        return Written(*cursor.fetchone())


def ledger_hash_sql(alias: str) -> str:
    """Biểu thức gộp: SHA-256 của các dòng sổ cái; ghi vào nhật ký khi chuyển, tính lại khi kiểm tra."""
    line = LEDGER_LINE.format(a=alias)
    return f"encode(sha256(convert_to(COALESCE(string_agg({line}, E'\\n' ORDER BY {alias}.item_id), ''), 'UTF8')), 'hex')"


def batch_parameters(batch: Batch) -> dict[str, Any]:
    """Tham số chung của các câu SQL một đợt."""
    return {
        "handover": batch.handover_id,
        "direction": batch.direction,
        "batch": batch.number,
        "first": batch.first_row,
        "last": batch.last_row,
        "kind": batch.kind,
        "outcome": batch.outcome,
        "decree": batch.handover.decree,
        "on": batch.day,
        "now": clock.now(),
    }


def execute(sql: str, parameters: dict[str, Any]) -> int:
    """Chạy một câu SQL theo tập; trả về số dòng."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


_holdings: dict[str, Holding] = {}
_reasons: dict[str, object] = {}


def register(*holdings: Holding) -> None:
    for holding in holdings:
        if holding.kind in _holdings:
            raise ValueError(f"Loại {holding.kind} đã đăng ký.")
        _holdings[holding.kind] = holding


def keeps_its_holder(**reasons: object) -> None:
    """Khóa ngoài không phải là cái đang giữ, với lý do. Tên tham số: ``app__Model__field``."""
    _reasons.update({key.replace("__", "."): reason for key, reason in reasons.items()})


def all_holdings() -> list[Holding]:
    """Mọi loại đã đăng ký, theo thứ tự chuyển."""
    _discover()
    return sorted(_holdings.values(), key=lambda holding: (holding.order, holding.kind))


def holding(kind: str) -> Holding:
    _discover()
    return _holdings[kind]


def explained_keys() -> dict[str, object]:
    """"app.Model.field" -> loại mục hoặc lý do; cho bài kiểm tra không khóa nào bị quên."""
    _discover()
    named: dict[str, object] = {key: item.kind for item in _holdings.values() for key in item.keys}
    return named | _reasons


_discovered = False


def _discover() -> None:
    global _discovered
    if not _discovered:
        _discovered = True
        autodiscover_modules("holdings")
