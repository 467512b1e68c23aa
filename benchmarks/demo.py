"""Thời gian nạp thế giới mẫu, từng bước: ``python benchmarks/demo.py [full|small]``, trong cơ sở dữ liệu còn trống của TINHGON_HOME.

Nạp trong một giao dịch rồi trả lại, nên chạy lại bao nhiêu lần cũng được.
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon.config.settings")
os.environ["TINHGON_DEMO"] = "1"

import django

django.setup()

from django.core.management import call_command
from django.db import transaction

from tinhgon.cli import demo
from tinhgon.config.launch import ensure_database


def main(variant: str) -> None:
    ensure_database()
    call_command("migrate", interactive=False, verbosity=0)
    steps: list[tuple[float, str]] = []
    began = time.monotonic()
    with transaction.atomic():
        demo.load(variant, lambda sentence: steps.append((time.monotonic() - began, sentence)))
        total = time.monotonic() - began
        transaction.set_rollback(True)
    steps.append((total, ""))
    for (since, sentence), (until, _next) in zip(steps, steps[1:], strict=False):
        print(f"{until - since:8.2f} s  {sentence}")
    print(f"{total:8.2f} s  {variant}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "full")
