"""Biên bản bàn giao của một đơn vị: dữ liệu lấy từ sổ cái và danh mục ngoài hệ thống, in thành PDF để hai bên ký."""

from datetime import date

from django.utils import translation

from tinhgon.reorg.minutes.data import Minutes, minutes_data
from tinhgon.reorg.minutes.paper import printed
from tinhgon.reorg.models import Reorganisation

__all__ = ["Minutes", "minutes_data", "minutes_pdf"]


def minutes_pdf(reorg: Reorganisation, unit_id: int, *, on: date) -> bytes:
    """PDF của biên bản, ghi ngày ``on``. Nơi gọi đã kiểm tra người hỏi được xem lần sắp xếp (``reorg_for``).

    ``Refused`` khi chưa chuyển giao; ``NotFound`` khi đơn vị không giao gì trong lần này.
    """
    with translation.override("vi"):  # giấy của Đảng chỉ có một thứ tiếng, người bấm in dùng giao diện nào cũng vậy
        return printed(minutes_data(reorg, unit_id, on=on))
