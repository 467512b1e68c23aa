"""Việc nền: chạy các đợt, và mỗi phút chạy tiếp những gì dở dang hoặc tới hẹn."""

import logging

from procrastinate.contrib.django import app

from tinhgon.core.actor import Actor
from tinhgon.core.errors import TinhGonError
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import applying, running

log = logging.getLogger(__name__)


@app.task(name="reorg.run")
def run(reorg_id: int) -> None:
    """Chạy một lần chuyển giao hay hoàn tác tới hết; gọi lại bao nhiêu lần cũng được."""
    running.run(reorg_id)


@app.periodic(cron="* * * * *")
@app.task(name="reorg.carry_on", queueing_lock="reorg.carry_on")
def carry_on(timestamp: int) -> None:
    """Việc nền bị dừng giữa chừng thì chạy tiếp; lần sắp xếp đã hẹn tới ngày thì bắt đầu."""
    for reorg_id in applying.due():
        try:
            _start_if_scheduled(reorg_id)
            running.run(reorg_id)
        except TinhGonError as error:
            log.warning("Lần sắp xếp %s chưa chạy được: %s", reorg_id, error)


def _start_if_scheduled(reorg_id: int) -> None:
    reorg = Reorganisation.objects.get(pk=reorg_id)
    if reorg.state == Reorganisation.State.DECIDED:
        actor = Actor(reorg.acting_user_id, reorg.acting_appointment_id)
        applying.apply(actor, reorg_id, preview_hash=reorg.preview_hash)
