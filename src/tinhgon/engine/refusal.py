"""Lời từ chối chung của các bài toán: bố trí cán bộ, chia việc, dự báo chuyển giao."""


class Refused(Exception):
    """Không làm được. ``code`` và ``data`` cho máy; câu tiếng Việt do ``sentences`` hay cửa dựng."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data
