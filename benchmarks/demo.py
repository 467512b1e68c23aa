"""Thời gian nạp thế giới mẫu, từng bước: ``python benchmarks/demo.py [full|small]``, trên máy chủ dùng một lần."""

import os
import sys
import time

from throwaway import house


def main(variant: str) -> None:
    os.environ["TINHGON_DEMO"] = "1"
    with house():
        from tinhgon.cli import demo  # noqa: PLC0415

        steps: list[tuple[float, str]] = []
        began = time.monotonic()
        demo.load(variant, lambda sentence: steps.append((time.monotonic() - began, sentence)))
        total = time.monotonic() - began
    steps.append((total, ""))
    for (since, sentence), (until, _next) in zip(steps, steps[1:], strict=False):
        print(f"{until - since:8.2f} s  {sentence}")
    print(f"{total:8.2f} s  {variant}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "full")
