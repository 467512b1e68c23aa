"""``tinhgon up`` và ``tinhgon stop``: dựng và dừng cả nhà trên máy này."""

import argparse
import os
import sys
import time
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.main import report
from tinhgon.config import launch
from tinhgon.core.errors import Invalid, Reason, Refused

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    up = commands.add_parser(
        "up", help=_("dựng cơ sở dữ liệu, việc nền và máy chủ trang; chạy lại thì chỉ làm phần còn thiếu")
    )
    up.add_argument("--port", help=_("cổng của trang (mặc định TINHGON_PORT, rồi 8000)"))
    up.add_argument("--host", help=_("địa chỉ nghe (mặc định TINHGON_HOST, rồi 127.0.0.1)"))
    up.set_defaults(run=run_up, database=False)
    stop = commands.add_parser(
        "stop", help=_("dừng máy chủ trang, việc nền và PostgreSQL nhúng; giữ nguyên dữ liệu")
    )
    stop.set_defaults(run=run_stop, database=False)
    reset = commands.add_parser("reset", help=_("dừng rồi xóa mọi dữ liệu trong thư mục dữ liệu"))
    reset.add_argument("--yes", action="store_true", help=_("không hỏi lại"))
    reset.set_defaults(run=run_reset, database=False)


def run_up(args: argparse.Namespace) -> None:
    port = _port(args.port or os.environ.get("TINHGON_PORT") or "8000")
    host = args.host or os.environ.get("TINHGON_HOST") or "127.0.0.1"
    house = launch.up(host=host, port=port, say=_progress())
    rows = [dict(zip(("username", "password", "role", "unit"), login, strict=True)) for login in house.logins]
    lines = ["", _("Tinh Gọn đang chạy: %(address)s") % {"address": house.address}]
    if house.logins:
        lines += ["", _("Tài khoản của thế giới mẫu:"), *_table(house.logins)]
    report(args, {"address": house.address, "logins": rows}, *lines)


def run_stop(args: argparse.Namespace) -> None:
    stopped = launch.stop(_progress())
    sentence = (
        _("Đã dừng: %(names)s. Dữ liệu còn nguyên.") % {"names": ", ".join(stopped)}
        if stopped
        else _("Không có gì đang chạy.")
    )
    report(args, {"stopped": stopped}, sentence)


def run_reset(args: argparse.Namespace) -> None:
    what = launch.what_reset_removes()
    if not args.yes and not _confirmed(what):
        raise Refused(
            Reason(
                "not_confirmed", _("Chưa xóa gì. Gõ đúng “xóa” để xóa, hoặc thêm --yes (make reset FORCE=1).")
            )
        )
    removed = launch.reset(_progress())
    report(args, {"removed": removed}, _("Đã xóa dữ liệu trong %(folder)s.") % {"folder": removed})


def _confirmed(what: str) -> bool:
    if not sys.stdin.isatty():
        return False
    print(_("Sắp xóa vĩnh viễn: %(what)s") % {"what": what}, file=sys.stderr)
    return unicodedata.normalize("NFC", input(_("Gõ “xóa” để xóa: "))).strip().lower() in (
        "xóa",
        "xoá",
        "xoa",
    )


def _progress() -> Callable[[str], None]:
    """Mỗi bước một dòng với số giây đã qua, ra luồng lỗi để luồng chính chỉ có kết quả."""
    began = time.monotonic()

    def say(sentence: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {sentence}", file=sys.stderr, flush=True)

    return say


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Invalid(
        Reason("port", _("Cổng “%(text)s” không hợp lệ: cần số từ 1 đến 65535.") % {"text": text}, "port")
    )


def _table(logins: tuple[launch.Login, ...]) -> list[str]:
    head = (_("tên đăng nhập"), _("mật khẩu"), _("vai"), _("đơn vị"))
    rows = [head, *logins]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]
