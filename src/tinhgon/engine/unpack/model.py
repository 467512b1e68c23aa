"""Cái lấy ra từ một gói, và lý do không mở được."""


class Unpackable(Exception):
    """Không mở được gói. ``code``: "corrupt", "encrypted", "bomb", "traversal", "too_many", "too_big", "empty"."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
