"""Thế giới mẫu: ``load`` nạp, ``logins`` nêu tài khoản; lệnh ``tinhgon demo``. Sinh từ một hạt giống, lần nào cũng như nhau."""

import argparse
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from tinhgon.cli.demo import bulk
from tinhgon.cli.demo.accounts import LOGINS, PASSWORD
from tinhgon.cli.demo.loading import load as _load
from tinhgon.cli.main import report
from tinhgon.config import home as homes

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
    """Tạo bảng nếu chưa có, nạp, rồi đánh dấu cơ sở dữ liệu này là thế giới mẫu để ``make run`` nhận ra."""
    began = time.monotonic()
    call_command("migrate", interactive=False, verbosity=0)
    settings.DEMO = True  # lệnh này chính là lời nói "đây là thế giới mẫu"
    world = _load("small" if args.small else "full", (lambda _sentence: None) if args.json else print)
    bulk.analyze()
    homes.demo_mark(settings.HOME).write_text(homes.database_url(settings.HOME))
    seconds = round(time.monotonic() - began, 1)
    rows = [dict(zip(("username", "password", "role", "unit"), login, strict=True)) for login in logins()]
    report(
        args,
        {"variant": world.variant, "seconds": seconds, "units": len(world.units), "logins": rows},
        _("Đã nạp thế giới mẫu trong %(seconds)s giây. Tài khoản:") % {"seconds": seconds},
        *(f"  {row['username']:<22}{row['password']:<22}{row['role']}, {row['unit']}" for row in rows),
    )
