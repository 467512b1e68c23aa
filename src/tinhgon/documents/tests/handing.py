"""Chuyển giao thu nhỏ cho bài kiểm tra của các loại mục: kế hoạch từ kiểm kê, gộp, từng đợt, rồi về lại từ sổ cái."""

from datetime import date

from django.db import connection

from tinhgon.org import holdings
from tinhgon.org.models import Batch, Handover, LedgerRow, PlanRow
from tinhgon.org.models.handover import Direction, Outcome

DAY = date(2025, 7, 1)


def plan(heirs: dict[int, int], kinds: tuple[str, ...], *, direction: str = Direction.APPLY, handover: Handover | None = None) -> Handover:
    """Mọi mục thuộc ``kinds`` của các đơn vị cũ, tới ``heirs``; gộp và người được tính như thật."""
    handover = handover or Handover.objects.create(decree="QĐ 10", effective_on=DAY)
    for kind in kinds:
        holding = holdings.holding(kind)
        for old, new in heirs.items():
            for item, holder, function, secrecy, content, *_title in _rows(holding.inventory_sql(), {"units": [old], "on": DAY}):
                PlanRow.objects.create(
                    handover=handover, direction=direction, kind=kind, item_id=item, from_unit_id=holder, to_unit_id=new,
                    function_id=function, secrecy=secrecy, content=content, rule="single",
                    outcome=Outcome.STAY if new == holder else holding.outcome,
                )  # fmt: skip
    for kind in kinds:
        holdings.holding(kind).plan_joins(handover.pk, direction)
    for kind in kinds:
        holdings.holding(kind).plan_persons(handover.pk)
    return handover


def carry_out(handover: Handover, *, direction: str = Direction.APPLY, day: date = DAY) -> int:
    """Chạy mọi đợt; mỗi đợt phải chuyển đủ dòng. Trả về số mục."""
    total = 0
    for batch in batches(handover, direction=direction, day=day):
        written = holdings.holding(batch.kind).hand_over(batch)
        assert written.rows == batch.rows, f"{batch.kind}: {written.rows} / {batch.rows}"
        total += written.rows
    return total


def batches(handover: Handover, *, direction: str = Direction.APPLY, day: date = DAY) -> list[Batch]:
    """Các đợt theo thứ tự loại; trong một loại: gộp, khóa, chuyển, mở lại."""
    found = []
    for holding in holdings.all_holdings():
        for outcome in (Outcome.JOIN, Outcome.CLOSE, Outcome.MOVE, Outcome.REOPEN):
            rows = PlanRow.objects.filter(handover=handover, direction=direction, kind=holding.kind, outcome=outcome)
            ids = sorted(rows.values_list("pk", flat=True))
            if ids:
                found.append(Batch.objects.create(
                    handover=handover, direction=direction, number=len(found) + 1, kind=holding.kind, outcome=outcome,
                    first_row=ids[0], last_row=ids[-1], rows=len(ids), day=day,
                ))  # fmt: skip
    return found


def take_back(handover: Handover, *, day: date) -> int:
    """Hoàn tác theo sổ cái: chuyển thì về, gộp và khóa thì mở lại."""
    for row in LedgerRow.objects.filter(handover=handover, direction=Direction.APPLY):
        PlanRow.objects.create(
            handover=handover, direction=Direction.UNDO, kind=row.kind, item_id=row.item_id,
            from_unit_id=row.to_unit_id or row.from_unit_id, to_unit_id=row.from_unit_id, content=row.content,
            detail=row.detail, rule="undo", outcome=Outcome.MOVE if row.outcome == Outcome.MOVE else Outcome.REOPEN,
        )  # fmt: skip
    return carry_out(handover, direction=Direction.UNDO, day=day)


def contents(kind: str) -> dict[int, str]:
    """Mục -> băm nội dung hiện thời."""
    return {item: content for item, _holder, content in _rows(holdings.holding(kind).present_sql(), {})}


def _rows(sql: str, parameters: dict[str, object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall()
