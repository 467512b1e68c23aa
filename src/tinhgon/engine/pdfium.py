"""Một khóa cho thư viện PDF: pdfium không chịu được hai luồng cùng lúc trong một tiến trình."""

import threading

LOCK = threading.RLock()
