"""Thế giới mẫu: ``load`` nạp, ``logins`` nêu tài khoản; lệnh ``tinhgon demo``. Sinh từ một hạt giống, lần nào cũng như nhau."""

import argparse
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.demo.accounts import LOGINS, PASSWORD
from tinhgon.cli.demo.loading import load as _load
from tinhgon.cli.main import report

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def load(variant: str = "full", say: Callable[[str], None] = print) -> None:
    """Nạp thế giới mẫu vào cơ sở dữ liệu còn trống; chạy được trong một giao dịch đang mở. Lỗi: xem ``loading.load``."""
    _load(variant, say)


def logins() -> list[tuple[str, str, str, str]]:
    """(tên đăng nhập, mật khẩu, vai, đơn vị) của các tài khoản mẫu."""
    return [(login.username, PASSWORD, login.duty, login.where) for login in LOGINS]


def register(commands: "Commands") -> None:
    parser = commands.add_parser("demo", help=_("nạp thế giới mẫu vào cơ sở dữ liệu còn trống"))
    parser.add_argument("--small", action="store_true", help=_("cỡ nhỏ, để thử nhanh"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    began = time.monotonic()
    world = _load("small" if args.small else "full", (lambda _sentence: None) if args.json else print)
    seconds = round(time.monotonic() - began, 1)
    rows = [dict(zip(("username", "password", "role", "unit"), login, strict=True)) for login in logins()]
    report(
        args,
        {"variant": world.variant, "seconds": seconds, "units": len(world.units), "logins": rows},
        _("Đã nạp thế giới mẫu trong %(seconds)s giây. Tài khoản:") % {"seconds": seconds},
        *(f"  {row['username']:<22}{row['password']:<22}{row['role']}, {row['unit']}" for row in rows),
    )
