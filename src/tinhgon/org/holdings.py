"""Cái mà đơn vị đang giữ, và cách bàn giao. Mỗi ứng dụng phía trên đăng ký các ``Holding`` của mình.

``reorg`` chỉ gọi qua đây, không biết bảng nào của ứng dụng nào. Mọi phép là một câu SQL theo tập trên bảng kế hoạch
(``org_plan_row``), nên một triệu mục và một mục đi cùng một đường.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.module_loading import autodiscover_modules

from tinhgon.core import clock
from tinhgon.org.models.handover import Batch, Direction, Outcome


@dataclass(frozen=True)
class Holding:
    """Một loại mục mà đơn vị giữ. Lớp con khai báo, ``ColumnHolding`` lo trường hợp thường gặp.

    ``kind``: mã ổn định, ví dụ ``tasks.lead``. ``label``: tên loại bằng tiếng Việt. ``models``: các mô hình mà loại này
    chịu trách nhiệm (kiểm tra: mỗi khóa ngoài tới Unit, Post, Person phải có một loại, hoặc một lý do).
    ``order``: thứ tự chuyển. ``needs_receiver``: mục phải có nơi nhận trước khi áp dụng.
    """

    kind: str
    label: object
    keys: tuple[str, ...] = ()  # "app.Model.field"
    order: int = 50
    needs_receiver: bool = True

    def inventory_sql(self) -> str:
        """SELECT (item_id, holder_id, function_id, secrecy, content, title) của mọi mục ``%(units)s`` đang giữ ngày ``%(on)s``."""
        raise NotImplementedError

    def plan_joins(self, handover_id: object, direction: str) -> None:
        """Sửa kế hoạch: mục mà hai vế về cùng một đơn vị thành ``join``. Mặc định: không có vế nào để gộp."""

    def plan_persons(self, handover_id: object) -> None:
        """Sửa kế hoạch: người đang làm không sang đơn vị nhận. Mặc định: mục không gắn với người nào."""

    def hand_over(self, batch: Batch) -> int:
        """Chuyển một đợt bằng một câu UPDATE lấy từ kế hoạch và ghi sổ cái; trả về số dòng sổ cái."""
        raise NotImplementedError

    def verify_sql(self) -> str:
        """SELECT (item_id, holder_id, content) hiện thời của các mục có trong ``%(items)s`` (mảng)."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ColumnHolding(Holding):
    """Trường hợp thường gặp: bảng có đúng một cột giữ, NOT NULL, nên một mục luôn có đúng một nơi giữ.

    Các thuộc tính SQL viết theo bí danh ``t`` của bảng, là hằng trong mã nguồn, không bao giờ từ người dùng:
    ``where`` mục đang mở; ``content`` cột mà chuyển giao không được chạm; ``person`` cột người đang làm (bỏ trống
    khi người ấy không sang đơn vị nhận); ``join_set``/``reopen_set`` đổi gì khi gộp và khi mở lại.
    """

    table: str
    holder: str
    where: str
    content: tuple[str, ...]
    title: str
    function: str = "NULL::bigint"
    secrecy: str = "0"
    person: str = ""
    join_set: str = ""
    reopen_set: str = ""

    def inventory_sql(self) -> str:
        return f"""
            SELECT t.id AS item_id, t.{self.holder} AS holder_id, {self.function} AS function_id,
                   {self.secrecy} AS secrecy, {self._content_sql()} AS content, {self.title} AS title
            FROM {self.table} t
            WHERE ({self.where}) AND t.{self.holder} = ANY(%(units)s)
        """

    def verify_sql(self) -> str:
        return f"""
            SELECT t.id AS item_id, t.{self.holder} AS holder_id, {self._content_sql()} AS content
            FROM {self.table} t WHERE t.id = ANY(%(items)s)
        """

    def plan_persons(self, handover_id: object) -> None:
        """Ghi vào kế hoạch người đang làm mà không sang đơn vị nhận: việc sang đó chờ phân công lại."""
        if not self.person:
            return
        execute(
            f"""
            UPDATE org_plan_row p SET detail = jsonb_build_object('person', t.{self.person})
            FROM {self.table} t
            WHERE p.handover_id = %(handover)s AND p.direction = 'apply' AND p.kind = %(kind)s
              AND p.outcome = 'move' AND t.id = p.item_id AND t.{self.person} IS NOT NULL
              AND NOT EXISTS (
                SELECT 1 FROM org_plan_row a JOIN org_appointment ap ON ap.id = a.item_id
                WHERE a.handover_id = p.handover_id AND a.direction = 'apply' AND a.kind = 'org.appointment'
                  AND ap.person_id = t.{self.person} AND a.to_unit_id = p.to_unit_id)
              AND NOT EXISTS (
                SELECT 1 FROM org_appointment ap JOIN org_post po ON po.id = ap.post_id
                WHERE ap.person_id = t.{self.person} AND po.unit_id = p.to_unit_id AND upper_inf(ap.valid))
            """,
            {"handover": handover_id, "kind": self.kind},
        )

    def hand_over(self, batch: Batch) -> int:
        return execute(
            f"""
            WITH changed AS (
                UPDATE {self.table} t SET {self._set_sql(batch)}
                FROM org_plan_row p
                WHERE p.handover_id = %(handover)s AND p.direction = %(direction)s AND p.batch = %(batch)s
                  AND t.id = p.item_id AND {self._guard_sql(batch)}
                RETURNING p.id
            )
            {LEDGER_FROM_PLAN} JOIN changed c ON c.id = p.id
            """,
            batch_parameters(batch),
        )

    def _set_sql(self, batch: Batch) -> str:
        if batch.outcome == Outcome.JOIN:
            return self.join_set
        if batch.outcome == Outcome.REOPEN:
            return self.reopen_set
        moved = f"{self.holder} = p.to_unit_id"
        if not self.person:
            return moved
        if batch.direction == Direction.UNDO:
            return f"{moved}, {self.person} = COALESCE((p.detail->>'person')::bigint, t.{self.person})"
        return f"{moved}, {self.person} = CASE WHEN p.detail IS NULL THEN t.{self.person} END"

    def _guard_sql(self, batch: Batch) -> str:
        """Mục phải đúng còn ở nơi kế hoạch nói; nếu không, đợt thiếu dòng và dừng lại."""
        if batch.outcome == Outcome.REOPEN:
            return f"t.{self.holder} = p.to_unit_id"
        return f"t.{self.holder} = p.from_unit_id"

    def _content_sql(self) -> str:
        columns = ", ".join(f"t.{column}" for column in ("id", *self.content))
        return f"md5(ROW({columns})::text)::uuid"


LEDGER_FROM_PLAN = """
    INSERT INTO org_ledger_row (handover_id, direction, batch, kind, item_id, from_unit_id, to_unit_id, outcome,
                                rule, decree, content, detail, recorded_at)
    SELECT p.handover_id, p.direction, p.batch, p.kind, p.item_id, p.from_unit_id, p.to_unit_id, p.outcome,
           p.rule, %(decree)s, p.content, p.detail, %(now)s
    FROM org_plan_row p
"""


def batch_parameters(batch: Batch) -> dict[str, object]:
    """Tham số chung của các câu SQL một đợt."""
    return {
        "handover": batch.handover_id,
        "direction": batch.direction,
        "batch": batch.number,
        "decree": batch.handover.decree,
        "on": batch.handover.effective_on,
        "now": clock.now(),
    }


def execute(sql: str, parameters: dict[str, object]) -> int:
    """Chạy một câu SQL theo tập; trả về số dòng."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


_holdings: dict[str, Holding] = {}
_reasons: dict[str, str] = {}


def register(*holdings: Holding) -> None:
    for holding in holdings:
        if holding.kind in _holdings:
            raise ValueError(f"Loại {holding.kind} đã đăng ký.")
        _holdings[holding.kind] = holding


def keeps_its_holder(**reasons: str) -> None:
    """Khóa ngoài không phải là cái đang giữ, với lý do. Tên tham số: ``app__Model__field``."""
    _reasons.update({key.replace("__", "."): reason for key, reason in reasons.items()})


def all_holdings() -> list[Holding]:
    """Mọi loại đã đăng ký, theo thứ tự chuyển."""
    _discover()
    return sorted(_holdings.values(), key=lambda holding: (holding.order, holding.kind))


def holding(kind: str) -> Holding:
    _discover()
    return _holdings[kind]


def explained_keys() -> dict[str, str]:
    """"app.Model.field" -> loại mục hoặc lý do; cho bài kiểm tra không khóa nào bị quên."""
    _discover()
    named = {key: item.kind for item in _holdings.values() for key in item.keys}
    return named | _reasons


_discovered = False


def _discover() -> None:
    global _discovered
    if not _discovered:
        _discovered = True
        autodiscover_modules("holdings")
