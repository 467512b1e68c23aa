"""Giết tiến trình chạy, hoặc cả PostgreSQL, ở lúc bất kỳ giữa lần chuyển giao và hoàn tác; mỗi lần đều phải chạy tiếp được.

Sau mỗi lần giết, kiểm ngay: mục đã có dòng sổ cái thì ở đúng nơi nhận, mục chưa có thì còn nguyên nơi giao (mỗi mục luôn
có đúng một nơi giữ), và chuỗi nhật ký nguyên vẹn.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, connections
from django.db.utils import OperationalError

from tinhgon.audit.selectors import verify as verify_audit
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models.handover import Direction
from tinhgon.reorg import services
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import running

State = Reorganisation.State

_TORN = """
SELECT count(*) FROM org_plan_row p
JOIN tasks_task t ON t.id = p.item_id
LEFT JOIN org_ledger_row l ON l.handover_id = p.handover_id AND l.direction = p.direction AND l.kind = p.kind
                          AND l.item_id = p.item_id
WHERE p.handover_id = %s AND p.direction = %s AND p.kind = 'tasks.lead' AND p.outcome = 'move'
  AND t.lead_id <> CASE WHEN l.item_id IS NULL THEN p.from_unit_id ELSE p.to_unit_id END
"""


@dataclass
class Tally:
    """Số lần giết tiến trình, giết máy chủ; số mục rách (phải bằng không); số lần chuỗi hỏng (phải bằng không)."""

    workers: int = 0
    servers: int = 0
    torn: int = 0
    chains_broken: int = 0
    rounds: int = 0
    unproved: int = 0
    log: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return self.workers + self.servers

    @property
    def clean(self) -> bool:
        return not (self.torn or self.chains_broken or self.unproved)


def kill_until_done(reorg_id: int, tally: Tally, *, dice: random.Random, most: int, kill_server: Callable[[], None] | None) -> None:
    """Chạy lần sắp xếp tới hết, giết tối đa ``most`` lần; lần cuối để chạy trọn."""
    direction = Direction.APPLY if _state(reorg_id) == State.APPLYING else Direction.UNDO
    for _n in range(most):
        if _state(reorg_id) not in (State.APPLYING, State.UNDOING):
            break
        _kill_once(reorg_id, tally, dice, kill_server)
        _check(reorg_id, direction, tally)
    while _state(reorg_id) in (State.APPLYING, State.UNDOING):
        running.run(reorg_id)
    reorg = Reorganisation.objects.get(pk=reorg_id)
    tally.rounds += 1
    tally.unproved += not reorg.proof["whole"]


def _kill_once(reorg_id: int, tally: Tally, dice: random.Random, kill_server: Callable[[], None] | None) -> None:
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            running.run(reorg_id)
        finally:
            os._exit(0)
    time.sleep(dice.uniform(0.005, 0.35))
    if kill_server is not None and dice.random() < 0.2:
        kill_server()
        tally.servers += 1
        os.kill(child, signal.SIGKILL)
    else:
        os.kill(child, signal.SIGKILL)
        tally.workers += 1
    os.waitpid(child, 0)
    _wait_for_the_lock()


def _wait_for_the_lock() -> None:
    """Máy chủ nhận ra kết nối đứt và nhả khóa của tiến trình đã chết trong chốc lát."""
    for _n in range(200):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
                if cursor.fetchone()[0] == 0:
                    return
        except OperationalError:
            connection.close()
        time.sleep(0.05)


def _check(reorg_id: int, direction: str, tally: Tally) -> None:
    handover = Reorganisation.objects.values_list("handover_id", flat=True).get(pk=reorg_id)
    with connection.cursor() as cursor:
        cursor.execute(_TORN, [handover, direction])
        tally.torn += cursor.fetchone()[0]
    tally.chains_broken += not verify_audit().intact


def _state(reorg_id: int) -> str:
    return Reorganisation.objects.values_list("state", flat=True).get(pk=reorg_id)


def there_and_back(reorg_id: int, preview_hash: str, tally: Tally, *, on: date, dice: random.Random, most: int, kill_server: Callable[[], None] | None) -> None:  # fmt: skip
    """Chuyển giao rồi hoàn tác, cả hai đều bị giết giữa chừng."""
    services.apply(SYSTEM, reorg_id, preview_hash=preview_hash)
    kill_until_done(reorg_id, tally, dice=dice, most=most, kill_server=kill_server)
    services.undo(SYSTEM, reorg_id, on=on, reason="thử giết")
    kill_until_done(reorg_id, tally, dice=dice, most=most, kill_server=kill_server)
