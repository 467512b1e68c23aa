"""Lệnh chạy từ vỏ trần: chưa ai đặt DJANGO_SETTINGS_MODULE, như lúc người ta gõ ``tinhgon`` lần đầu."""

import os
import subprocess
import sys


def test_a_command_starts_where_nobody_named_the_settings() -> None:
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "-m", "tinhgon.cli.main", "up", "--help"], env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "cách dùng: " in done.stdout
