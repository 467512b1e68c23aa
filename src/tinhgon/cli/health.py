"""``tinhgon health``: mọi kiểm tra thường trực; mã thoát 1 khi có điều không ổn."""

import argparse
import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.core import health
from tinhgon.core.health import Result

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser("health", help=_("kiểm tra dữ liệu, nhật ký, tìm kiếm, việc nền, đĩa, sao lưu"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    results = health.run_checks()
    report(args, as_data(results), *lines(results))
    return DONE if all(result.ok for result in results) else REFUSED


def as_data(results: Sequence[Result]) -> dict[str, object]:
    return {"ok": all(r.ok for r in results), "checks": [dataclasses.asdict(result) for result in results]}


def lines(results: Sequence[Result]) -> list[str]:
    """Mỗi kiểm tra một dòng; dòng cuối kết luận."""
    width = max((len(result.label) for result in results), default=0)
    said = [f"{'  ok ' if r.ok else _('LỖI').ljust(5)} {r.label.ljust(width)}  {r.sentence}" for r in results]
    wrong = sum(not result.ok for result in results)
    return [*said, _("%(count)d điều cần xem.") % {"count": wrong} if wrong else _("Mọi kiểm tra đều ổn.")]
