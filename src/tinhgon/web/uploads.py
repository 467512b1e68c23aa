"""Tệp đang tải lên nằm ở đĩa tạm, không ở bộ nhớ; quá cỡ thì phần thừa chỉ đọc cho hết chứ không ghi.

Vẫn ghi quá giới hạn một byte: nhờ thế nơi cất tệp thấy là quá cỡ và nói đúng câu của nó, không ai nhận nhầm một tệp cụt.
"""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from tinhgon.files import services


class BoundedUpload(TemporaryFileUploadHandler):
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        super().receive_data_chunk(raw_data[: max(services.MOST_BYTES + 1 - start, 0)], start)
