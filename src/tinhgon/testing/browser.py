"""Trình duyệt cho hành trình e2e: Chromium hay Chrome có sẵn trên máy; Playwright không tải gì về."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Đường dẫn trình duyệt: ``TINHGON_BROWSER``, rồi các tên thường gặp trên PATH; None nếu không có."""
    return os.environ.get("TINHGON_BROWSER") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )


HOW_TO_GET_ONE = (
    "Không có trình duyệt: cài gói chromium, hoặc đặt TINHGON_BROWSER=<đường dẫn Chromium/Chrome>."
)
