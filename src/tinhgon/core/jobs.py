"""Việc nền của nền: làm lại những việc mà tiến trình đang giữ đã chết (kill -9, mất điện)."""

from procrastinate.contrib.django import app


@app.periodic(cron="*/5 * * * *")
@app.task(name="core.retry_stalled", queueing_lock="core.retry_stalled")
async def retry_stalled(timestamp: int) -> None:
    """Việc nào cũng gọi lại được nhiều lần (CONTRIBUTING), nên việc bỏ dở chỉ cần xếp hàng lại."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
