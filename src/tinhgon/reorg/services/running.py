"""Chạy các đợt của một lần chuyển giao hay hoàn tác. Dừng lúc nào cũng chạy tiếp được: mỗi đợt một giao dịch.

Đợt 0 là cấu trúc và người, trong một giao dịch, để không lúc nào có người mà không có đơn vị.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock, progress
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Broken, Reason
from tinhgon.engine.formats import format_number
from tinhgon.org import holdings
from tinhgon.org.models import Batch, Freeze
from tinhgon.org.models.handover import Direction, Outcome
from tinhgon.reorg import concurrent, plan, structure
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import verifying

State = Reorganisation.State
STRUCTURE = "structure"
WITH_STRUCTURE = ("org.appointment", concurrent.KIND)
_DIRECTIONS: dict[str, str] = {State.APPLYING: Direction.APPLY, State.UNDOING: Direction.UNDO}


def prepare_batches(reorg: Reorganisation, *, direction: str, day: date) -> int:
    """Ghi danh sách đợt (trong giao dịch bắt đầu); trả về số đợt."""
    Batch.objects.create(
        handover_id=reorg.handover_id, direction=direction, number=0, kind=STRUCTURE, outcome=Outcome.MOVE,
        first_row=0, last_row=0, rows=0, day=day,
    )  # fmt: skip
    return 1 + plan.cut_batches(reorg, direction=direction, day=day)


def run(reorg_id: int) -> bool:
    """Chạy tới hết. Trả về ``False`` khi không có gì để chạy, hoặc một tiến trình khác đang chạy."""
    reorg = Reorganisation.objects.select_related("handover").get(pk=reorg_id)
    direction = _DIRECTIONS.get(reorg.state)
    if direction is None:
        return False
    with _only_one(reorg) as alone:
        if not alone:
            return False
        try:
            _run_all(reorg, direction)
        except Broken as error:
            progress.finish(_progress(reorg), sentence=str(error), failed=True)
            raise
    return True


def _run_all(reorg: Reorganisation, direction: str) -> None:
    actor = Actor(reorg.acting_user_id, reorg.acting_appointment_id)
    _structure(reorg, direction, actor)
    batches = Batch.objects.filter(handover=reorg.handover_id, direction=direction)
    total = sum(batches.values_list("rows", flat=True))
    done = sum(batches.filter(done_at__isnull=False).values_list("rows", flat=True))
    for number, rows in batches.filter(done_at__isnull=True).order_by("number").values_list("number", "rows"):
        with transaction.atomic():
            _one_batch(reorg, direction, number, actor)
        done += rows
        progress.advance(_progress(reorg), done=done, total=total, sentence=_("Đã chuyển %(done)s trên %(total)s mục.") % {"done": format_number(done), "total": format_number(total)})
    _complete(reorg, direction, actor)


@transaction.atomic
def _structure(reorg: Reorganisation, direction: str, actor: Actor) -> None:
    batch = _locked_batch(reorg, direction, 0)
    if batch.done_at:
        return
    if direction == Direction.APPLY:
        structure.change(reorg)
    else:
        structure.change_back(reorg, batch.day)
    numbers = Batch.objects.filter(handover=reorg.handover_id, direction=direction, kind__in=WITH_STRUCTURE)
    for number in numbers.order_by("number").values_list("number", flat=True):
        _one_batch(reorg, direction, number, actor)
    batch.done_at = clock.now()
    batch.save(update_fields=["done_at"])
    record(actor, "reorg.structure_changed", ("reorg", reorg.pk), after={"direction": direction, "on": batch.day})


def _one_batch(reorg: Reorganisation, direction: str, number: int, actor: Actor) -> None:
    batch = _locked_batch(reorg, direction, number)
    if batch.done_at:
        return
    written = holdings.holding(batch.kind).hand_over(batch)
    if written.rows != batch.rows:
        raise Broken(
            Reason(
                "reorg.batch_short",
                _("Đợt %(number)d (%(kind)s) chỉ chuyển được %(rows)d trên %(wanted)d mục nên đã dừng, không đổi gì: có mục không còn ở nơi giao.")
                % {"number": number, "kind": batch.kind, "rows": written.rows, "wanted": batch.rows},
            )
        )
    batch.done_at, batch.ledger_hash = clock.now(), written.hash
    batch.save(update_fields=["done_at", "ledger_hash"])
    record(
        actor, "reorg.batch_moved", ("reorg", reorg.pk), batch_hash=written.hash,
        after={"handover": str(reorg.handover_id), "direction": direction, "number": number, "kind": batch.kind, "rows": batch.rows},
    )  # fmt: skip


def _progress(reorg: Reorganisation) -> UUID:
    """Tiến độ được mở cùng giao dịch bắt đầu, nên luôn có khi đang chạy."""
    if reorg.progress_id is None:
        raise Broken(Reason("reorg.no_progress", _("Lần sắp xếp này đang chạy mà không có tiến độ: dữ liệu bị sửa ngoài chương trình.")))
    return reorg.progress_id


def _locked_batch(reorg: Reorganisation, direction: str, number: int) -> Batch:
    rows = Batch.objects.select_related("handover").select_for_update(of=("self",))
    return rows.get(handover=reorg.handover_id, direction=direction, number=number)


@transaction.atomic
def _complete(reorg: Reorganisation, direction: str, actor: Actor) -> None:
    proof = verifying.prove(reorg, direction)
    reorg.proof = proof
    if not proof["whole"]:
        reorg.save(update_fields=["proof"])
        progress.finish(_progress(reorg), sentence=_("Chứng minh không khớp: các đơn vị vẫn khóa đọc, hãy xem bảng chứng minh."), failed=True)
        return
    reorg.state = State.APPLIED if direction == Direction.APPLY else State.UNDONE
    reorg.save(update_fields=["proof", "state"])
    Freeze.objects.filter(handover=reorg.handover_id).delete()
    progress.finish(_progress(reorg), sentence=_("Đã xong: %(items)s mục, không mục nào bị mất.") % {"items": format_number(proof["items"])})
    record(actor, "reorg.proved", ("reorg", reorg.pk), after={"direction": direction, "items": proof["items"], "hash": proof["hash"]})


@contextmanager
def _only_one(reorg: Reorganisation) -> Iterator[bool]:
    """Khóa tư vấn của phiên: kẻ bị kill -9 tự nhả khóa khi mất kết nối."""
    key = reorg.handover_id.int % (1 << 63)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
