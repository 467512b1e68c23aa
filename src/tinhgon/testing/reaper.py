"""Chờ phiên pytest chết (đầu ống vào đóng lại), rồi dừng máy chủ dùng một lần và xóa thư mục của nó."""

import shutil
import signal
import sys
from pathlib import Path

from tinhgon.config.postgres import Server

if __name__ == "__main__":
    for polite in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(polite, signal.SIG_IGN)  # ai đó dừng hàng loạt tiến trình: người dọn vẫn phải ở lại tới cuối
    folder = Path(sys.argv[1])
    sys.stdin.read()
    if folder.exists():
        Server(folder).stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
