"""Việc nền của văn bản: chỉ gọi động từ."""

from procrastinate.contrib.django import app

from tinhgon.core import clock
from tinhgon.documents.services import reserving


@app.periodic(cron="5 17,23 * * *")
@app.task(name="documents.release_expired_numbers", queueing_lock="documents.release_expired_numbers")
def release_expired_numbers(timestamp: int) -> None:
    """Số giữ quá hạn thành "hủy số" với lý do; chạy lại vô hại. Giờ UTC: 0 giờ 05 và 6 giờ 05 ở Việt Nam."""
    reserving.release_expired(on=clock.today())
