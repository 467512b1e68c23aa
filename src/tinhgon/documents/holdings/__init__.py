"""Văn bản giữ những gì cho đơn vị và người, và bàn giao thế nào: mỗi tệp một nhóm bảng, tự đăng ký khi nạp."""

from tinhgon.documents.holdings import (
    dossiers,
    drafting,
    exchange,
    finding,
    intake,
    joint,
    numbers,
    papers,
    rules,
    signing,
)

__all__ = [
    "dossiers", "drafting", "exchange", "finding", "intake", "joint", "numbers", "papers", "rules", "signing",
]  # fmt: skip
