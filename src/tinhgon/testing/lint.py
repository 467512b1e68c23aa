"""``make lint``: chạy mọi bước kiểm tra mã, kể cả khi một bước hỏng, rồi mới kết luận."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = "src/tinhgon/web/templates"
STEPS: dict[str, tuple[str, ...]] = {
    "ruff": ("ruff", "check", "."),
    "tầng (import-linter)": ("lint-imports", "--no-logo"),
    "kiểu (mypy)": ("mypy",),
    "mẫu trang (djlint)": ("djlint", TEMPLATES, "--lint", "--quiet"),
}


def main() -> int:
    """0 khi mọi bước qua, 1 khi có bước hỏng; lời của bước hỏng được in ra."""
    broken = []
    with (
        tempfile.TemporaryDirectory() as home
    ):  # mypy nạp cấu hình Django: không được tạo thư mục dữ liệu thật
        environment = os.environ | {"TINHGON_HOME": home, "TINHGON_SECRET_KEY": "lint", "PYTHONPATH": "src"}
        for name, command in STEPS.items():
            began = time.monotonic()
            tool = Path(sys.executable).parent / command[0]
            done = subprocess.run(
                [tool, *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True
            )
            say(f"{'  ok ' if done.returncode == 0 else ' HỎNG'}  {time.monotonic() - began:5.1f} s  {name}")
            if done.returncode:
                broken.append(name)
                say(done.stdout + done.stderr)
    if broken:
        say(f"Bước hỏng: {', '.join(broken)}. Chạy lại: make lint")
    return 1 if broken else 0


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
