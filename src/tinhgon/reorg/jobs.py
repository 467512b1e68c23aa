"""Việc nền: chạy các đợt, và mỗi phút chạy tiếp những gì dở dang hoặc tới hẹn."""

import logging

from procrastinate.contrib.django import app

from tinhgon.core.errors import TinhGonError
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import (
    act_drafting,
    acting,
    applying,
    full_rules,
    giving,
    placing,
    running,
    table_jobs,
)

log = logging.getLogger(__name__)


@app.task(name="reorg.run")
def run(reorg_id: int) -> None:
    """Chạy một lần chuyển giao hay hoàn tác tới hết; gọi lại bao nhiêu lần cũng được."""
    running.run(reorg_id)


@app.task(name="reorg.place")
def place(placement_id: int) -> None:
    """Tính một phương án bố trí đông người."""
    placing.run(placement_id)


@app.task(name="reorg.place_fully")
def place_fully(placement_id: int) -> None:
    """Tìm phương án giữ cả các luật ngoài dòng chảy."""
    full_rules.run_fully(placement_id)


@app.task(name="reorg.weigh")
def weigh(placement_id: int) -> None:
    """Đo công bằng và đường đánh đổi của một phương án đông người."""
    placing.run_weighing(placement_id)


@app.task(name=acting.DRAFT_JOB)
def draft_acts(reorg_id: int) -> None:
    """Soạn, sửa, bỏ văn bản cho từng người cho khớp với quyết định bố trí."""
    act_drafting.run_drafting(reorg_id)


@app.task(name=acting.SUBMIT_JOB)
def submit_acts(reorg_id: int) -> None:
    """Trình ký các dự thảo đã soạn cho từng người."""
    act_drafting.run_submitting(reorg_id)


@app.task(name="reorg.give_work")
def give_work(reorg_id: int, progress_id: str) -> None:
    """Lập đề xuất chia việc cho mọi đơn vị nhận."""
    giving.run_proposing(reorg_id, progress_id)


@app.task(name=table_jobs.TASK)
def read_table(table_id: int) -> None:
    """Đọc thử hay ghi một bảng phương án dài."""
    table_jobs.run(table_id)


@app.periodic(cron="* * * * *")
@app.task(name="reorg.carry_on", queueing_lock="reorg.carry_on")
def carry_on(timestamp: int) -> None:
    """Việc nền bị dừng giữa chừng thì chạy tiếp; lần sắp xếp đã hẹn tới ngày thì bắt đầu."""
    for reorg_id in applying.due():
        scheduled = Reorganisation.objects.filter(pk=reorg_id, state=Reorganisation.State.DECIDED).exists()
        if scheduled and not applying.start_scheduled(reorg_id):
            continue
        try:
            running.run(reorg_id)
        except TinhGonError as error:
            log.warning("Lần sắp xếp %s chưa chạy xong: %s", reorg_id, error)
