"""Việc nền của cán bộ: chỉ gọi dịch vụ. Việc nào cũng gọi lại được nhiều lần."""

from procrastinate.contrib.django import app

from tinhgon.personnel.services.importing import later


@app.task(name=later.READ)
def read_profiles(import_id: str) -> None:
    later.run_reading(import_id)


@app.task(name=later.WRITE, lock=later.WRITE)
def write_profiles(import_id: str) -> None:
    """Mỗi lúc một tệp: hai tệp của hai người không chờ khóa của nhau giữa chừng."""
    later.run_writing(import_id)


@app.periodic(cron="30 17 * * *")
@app.task(name="personnel.forget_imports", queueing_lock="personnel.forget_imports")
def forget_imports(timestamp: int) -> None:
    """0 giờ 30 ở Việt Nam: tệp đã đưa mà không ghi thì bỏ."""
    later.forget_old()
