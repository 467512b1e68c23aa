"""Tải lên một bảng phương án, đọc thử, rồi ghi: bảng dài thì việc nền làm, có tiến độ; bảng ngắn thì xong ngay trong một lần bấm."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import NotFound, Reason, Refused, TinhGonError
from tinhgon.engine.formats import format_number
from tinhgon.reorg.access import reorg_for
from tinhgon.reorg.models import DrawingTable
from tinhgon.reorg.services.drafting import drawable
from tinhgon.reorg.services.table import check_length, read_drawing, totals

TASK = "reorg.read_table"
IN_REQUEST = 200
"""Bảng dài hơn thế thì đọc ở việc nền."""
MOST_KEPT = 200
"""Số lỗi cất lại để nêu; phần còn lại chỉ đếm."""
State = DrawingTable.State


@transaction.atomic
def upload_table(actor: Actor, reorg_id: int, *, rows: Sequence[tuple[int, Mapping[str, str]]]) -> DrawingTable:
    """Cất một bảng vừa tải lên và cho đọc thử. Bảng cũ chưa ghi của lần sắp xếp ấy thì bỏ."""
    reorg = drawable(actor, reorg_id)
    check_length(rows)
    for old in DrawingTable.objects.filter(reorganisation=reorg).select_related("progress"):
        if not is_running(old):
            old.delete()
    made = DrawingTable.objects.create(
        reorganisation=reorg, rows=[[number, dict(row)] for number, row in rows], made_at=clock.now(),
        acting_user_id=actor.user_id, acting_appointment_id=actor.appointment_id,
    )  # fmt: skip
    return _begin(made, State.READING)


@transaction.atomic
def write_table(actor: Actor, table_id: int) -> DrawingTable:
    """Ghi bảng đã đọc thử không lỗi vào phương án. ``Refused`` khi nó còn lỗi, đang chạy, hay đã ghi."""
    table = table_for(actor, table_id, lock=True)
    if not table.is_clean or is_running(table):
        raise Refused(Reason("reorg.table_not_clean", _("Bảng này chưa đọc thử xong, còn dòng sai, hay đã ghi rồi.")))
    table.acting_user_id, table.acting_appointment_id = actor.user_id, actor.appointment_id
    return _begin(table, State.WRITING)


def table_for(actor: Actor, table_id: int, *, lock: bool = False) -> DrawingTable:
    """Bảng đã tải lên, của lần sắp xếp người ấy soạn được."""
    rows = DrawingTable.objects.select_for_update(of=("self",)) if lock else DrawingTable.objects.all()
    table = rows.select_related("progress").filter(pk=table_id).first()
    if table is None:
        raise NotFound(Reason("reorg.no_table", _("Bảng này không còn: hãy tải lên lại.")))
    reorg_for(actor, table.reorganisation_id, to="prepare", on=clock.today())
    return table


def is_running(table: DrawingTable) -> bool:
    return table.progress is not None and not table.progress.is_over


def _begin(table: DrawingTable, state: str) -> DrawingTable:
    table.state = state
    table.progress = progress.start(TASK, total=len(table.rows), sentence=_("Đang chờ việc nền bắt đầu."))
    table.save(update_fields=["state", "progress", "acting_user_id", "acting_appointment_id"])
    if len(table.rows) <= IN_REQUEST:
        run(table.pk)
        table.refresh_from_db()
    else:
        jobs.configure_task(TASK, lock=f"table-{table.reorganisation_id}").defer(table_id=table.pk)
    return table


def run(table_id: int) -> None:
    """Đọc thử hay ghi, tùy bảng đang chờ gì; xong rồi thì thôi. Dừng giữa chừng thì chưa ghi gì, nên làm lại từ đầu được."""
    table = DrawingTable.objects.select_related("progress").filter(pk=table_id).first()
    if table is None or table.progress is None or table.state not in (State.READING, State.WRITING):
        return
    job, total = table.progress.pk, len(table.rows)

    def step(done: int, groups: int) -> None:
        told = _("Đã đọc %(done)s trên %(total)s việc.") % {"done": format_number(done), "total": format_number(groups)}
        progress.advance(job, done=done, total=groups, sentence=told)

    progress.advance(job, done=0, total=total, sentence=_("Đang đọc phương án."))
    try:
        told = _write(table, step) if table.state == State.WRITING else _read(table, step)
    except TinhGonError as error:
        DrawingTable.objects.filter(pk=table.pk).update(state=State.READ)
        progress.finish(job, sentence=" ".join(error.sentences), failed=True)
        return
    progress.finish(job, sentence=told)


def _read(table: DrawingTable, step: Any) -> str:
    rows = [(number, row) for number, row in table.rows]
    drawn = read_drawing(table.actor, table.reorganisation_id, rows=rows, dry_run=True, step=step)
    table.found = {
        "wrong": len(drawn.problems), "units": drawn.units, "successions": drawn.successions, "deeds": totals(rows), "rows": len(rows),
        "problems": [[one.row, one.column, one.sentence] for one in drawn.problems[:MOST_KEPT]],
    }  # fmt: skip
    table.state = State.READ
    table.save(update_fields=["state", "found"])
    if drawn.problems:
        return _("Đã đọc thử %(rows)s dòng: %(wrong)s dòng sai.") % {"rows": format_number(len(rows)), "wrong": format_number(len(drawn.problems))}
    return _("Đã đọc thử %(rows)s dòng: không dòng nào sai.") % {"rows": format_number(len(rows))}


def _write(table: DrawingTable, step: Any) -> str:
    rows = [(number, row) for number, row in table.rows]

    def written() -> None:
        table.rows, table.state = [], State.WRITTEN
        table.save(update_fields=["rows", "state"])

    drawn = read_drawing(table.actor, table.reorganisation_id, rows=rows, dry_run=False, step=step, written=written)
    told = _("Đã ghi vào phương án: thêm %(units)s đơn vị mới, %(lines)s dòng kế thừa; hoàn lại được trên bảng.")
    return told % {"units": format_number(drawn.units), "lines": format_number(drawn.successions)}
