"""Việc nền của văn bản: chỉ gọi dịch vụ. Việc nào cũng gọi lại được nhiều lần."""

from typing import Any

from procrastinate.contrib.django import app

from tinhgon.core import clock
from tinhgon.documents.services import citations, contents, printing, reserving
from tinhgon.documents.services.exchange import dispatching
from tinhgon.documents.services.intake import importing, reading, watching
from tinhgon.documents.services.noting import DISPATCH_JOB


@app.periodic(cron="5 17,23 * * *")
@app.task(name="documents.release_expired_numbers", queueing_lock="documents.release_expired_numbers")
def release_expired_numbers(timestamp: int) -> None:
    """Số giữ quá hạn thành "hủy số" với lý do; chạy lại vô hại. Giờ UTC: 0 giờ 05 và 6 giờ 05 ở Việt Nam."""
    reserving.release_expired(on=clock.today())


@app.task(name="documents.read_arrival")
def read_arrival(arrival_id: int) -> None:
    reading.read(arrival_id)


@app.task(name="documents.fill_content")
def fill_content(document_id: int) -> None:
    contents.fill(document_id)


@app.task(name="documents.import_register")
def import_register(**told: Any) -> None:
    importing.run(**told)


@app.periodic(cron="* * * * *")
@app.task(name="documents.watch_places", queueing_lock="documents.watch_places", lock="documents.watch_places")
def watch_places(timestamp: int) -> None:
    watching.look_everywhere()


@app.task(name=DISPATCH_JOB)
def exchange_dispatch(outbox_id: int) -> None:
    dispatching.dispatch(outbox_id)


@app.periodic(cron="* * * * *")
@app.task(name="documents.exchange_sweep", queueing_lock="documents.exchange_sweep")
def exchange_sweep(timestamp: int) -> None:
    """Thông điệp tới hẹn gửi lại, hay có việc của nó đã mất vì máy dừng đột ngột."""
    dispatching.sweep()


@app.task(name=printing.PRINT_JOB)
def print_book(printed_id: int) -> None:
    printing.run(printed_id)


@app.periodic(cron="* * * * *")
@app.task(name="documents.read_citations", queueing_lock="documents.read_citations")
def read_citations(timestamp: int) -> None:
    """Viện dẫn của những văn bản có chữ mới trong phút vừa qua."""
    citations.read_pending()
