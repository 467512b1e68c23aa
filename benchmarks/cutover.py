"""Chuyển giao N việc đang mở, bên cạnh SQL trần sửa cùng các dòng và ghi cùng sổ cái, trong một lần chạy.

``python benchmarks/cutover.py [N]``; mặc định 100.000. In một bảng tỉ lệ; JSON ở dòng cuối.
"""

import json
import resource
import sys
import time
from datetime import date

from throwaway import house

DAY = date(2025, 7, 1)
BARE = """
WITH plan AS (SELECT * FROM org_plan_row WHERE handover_id = %(handover)s AND direction = 'apply' AND kind = 'tasks.lead'),
changed AS (
    UPDATE tasks_task t SET lead_id = p.to_unit_id, joined = (p.to_unit_id = t.assigner_id)
    FROM plan p WHERE t.id = p.item_id RETURNING t.id)
INSERT INTO org_ledger_row (handover_id, direction, batch, kind, item_id, from_unit_id, to_unit_id, outcome, rule, decree,
                            content, detail, recorded_at)
SELECT p.handover_id, p.direction, 1, p.kind, p.item_id, p.from_unit_id, p.to_unit_id, p.outcome, p.rule, '10-QĐ/TU',
       p.content, p.detail, now()
FROM plan p JOIN changed c ON c.id = p.item_id
"""


def main(items: int) -> None:
    with house():
        from django.db import connection, transaction  # noqa: PLC0415

        from tinhgon.core import clock  # noqa: PLC0415
        from tinhgon.core.actor import SYSTEM  # noqa: PLC0415
        from tinhgon.reorg import services  # noqa: PLC0415
        from tinhgon.reorg.services import running  # noqa: PLC0415
        from tinhgon.reorg.tests import world as small  # noqa: PLC0415

        clock.today = lambda: DAY  # type: ignore[assignment]
        world = small.build()
        times: dict[str, float] = {}

        def measured(name: str, work) -> None:
            start = time.perf_counter()
            work()
            times[name] = time.perf_counter() - start

        with connection.cursor() as cursor:
            fill(cursor, small.task(world, "A", product="Báo cáo", due_on=DAY), [world["A"], world["B"], world["C"]], items)
            cursor.execute("VACUUM ANALYZE tasks_task")
        services.decide_by_rule(SYSTEM, world.reorg.pk, unit_ids=[world["C"], world["H"]], heir_id=world["Y"])
        found = []
        measured("xem trước", lambda: found.append(services.preview(SYSTEM, world.reorg.pk)))
        services.decide(SYSTEM, world.reorg.pk, preview_hash=found[0].hash)
        bare(connection, transaction, world, measured)
        measured("bắt đầu (khóa, so từng mục với bản xem trước)", lambda: services.apply(SYSTEM, world.reorg.pk, preview_hash=found[0].hash))
        measured("chuyển giao và chứng minh", lambda: running.run(world.reorg.pk))
        world.reorg.refresh_from_db()
        assert world.reorg.proof["whole"], world.reorg.proof
        measured("bắt đầu hoàn tác", lambda: services.undo(SYSTEM, world.reorg.pk, on=DAY, reason="đo"))
        measured("hoàn tác và chứng minh", lambda: running.run(world.reorg.pk))
        world.reorg.refresh_from_db()
        assert world.reorg.proof["whole"], world.reorg.proof
        report(items, times)


def fill(cursor, pattern, leads: list[int], items: int) -> None:
    """Nhân một việc mẫu thành ``items`` việc, chia đều cho các đơn vị."""
    own = {"id", "lead_id", "title"}
    columns = [f.column for f in pattern._meta.concrete_fields if not f.generated and f.column not in own]
    listed = ", ".join(columns)
    cursor.execute(
        f"""
        INSERT INTO tasks_task (title, lead_id, {listed})
        SELECT 'Báo cáo kết quả thực hiện nghị quyết số ' || n, (%s::bigint[])[1 + n %% 3], {listed}
        FROM tasks_task CROSS JOIN generate_series(2, %s) n WHERE id = %s
        """,
        [leads, items, pattern.pk],
    )


def bare(connection, transaction, world, measured) -> None:
    """Cùng các dòng, cùng sổ cái, một câu SQL; rồi trả lại như cũ để phép đo sau bắt đầu từ cùng một trạng thái."""

    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BARE, {"handover": world.reorg.handover_id})

    measured("SQL trần", run)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE org_ledger_row DISABLE TRIGGER USER")
        cursor.execute("UPDATE tasks_task t SET lead_id = l.from_unit_id, joined = false FROM org_ledger_row l WHERE l.item_id = t.id")
        cursor.execute("DELETE FROM org_ledger_row")
        cursor.execute("ALTER TABLE org_ledger_row ENABLE TRIGGER USER")
        cursor.execute("VACUUM FULL tasks_task")
        cursor.execute("VACUUM FULL org_ledger_row")
        cursor.execute("ANALYZE tasks_task")


def report(items: int, times: dict[str, float]) -> None:
    base = times["SQL trần"]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{items} việc đang mở, bộ nhớ cao nhất của tiến trình {memory:.0f} MB")
    for name, seconds in times.items():
        print(f"  {name:50} {seconds:8.2f} s   {seconds / base:5.2f} lần SQL trần")
    apply_ratio = (times["bắt đầu (khóa, so từng mục với bản xem trước)"] + times["chuyển giao và chứng minh"]) / base
    undo_ratio = (times["bắt đầu hoàn tác"] + times["hoàn tác và chứng minh"]) / base
    print(json.dumps({"items": items, "memory_mb": round(memory), "run_ratio": round(times["chuyển giao và chứng minh"] / base, 2),
                      "apply_ratio": round(apply_ratio, 2), "undo_ratio": round(undo_ratio, 2)}))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
