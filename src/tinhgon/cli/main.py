"""Khung của mọi lệnh: đọc tham số, chuẩn bị Django và cơ sở dữ liệu, chạy, biến lỗi thành một dòng và mã thoát.

Thêm một lệnh: tạo ``tinhgon/cli/<danh từ>.py`` với ``register(commands)``::

    def register(commands: Commands) -> None:
        parser = commands.add_parser("backup", help=_("sao lưu"))
        parser.add_argument("file")
        parser.set_defaults(run=run)          # database=False nếu lệnh không cần cơ sở dữ liệu

    def run(args: argparse.Namespace) -> int | None:
        ...
        report(args, {"file": args.file}, _("Đã sao lưu vào %(file)s.") % {"file": args.file})

``run`` trả về mã thoát (None là 0) và ném lỗi của ``core.errors``; không tự in lỗi, không gọi ``sys.exit``.
"""

import argparse
import json
import os
import pkgutil
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

import django
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tinhgon.cli.spoken import speak
from tinhgon.core.errors import Forbidden, Refused, TinhGonError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]

DONE, REFUSED, FAILED = 0, 1, 2
_NOT_COMMANDS = {"main", "apps", "tests"}


class Parser(argparse.ArgumentParser):
    """Lệnh nào cũng nhận ``--json``; gọi sai thì một dòng và mã 2."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=_("kết quả dạng JSON cho máy đọc")
        )

    def error(self, message: str) -> NoReturn:
        sentence = _("%(prog)s: %(message)s. Xem %(prog)s --help.")
        self.exit(FAILED, sentence % {"prog": self.prog, "message": message} + "\n")


def report(args: argparse.Namespace, data: Mapping[str, Any], *sentences: str) -> None:
    """In kết quả: các câu cho người, hoặc ``data`` một dòng JSON khi có ``--json``."""
    if args.json:
        print(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False))
        return
    for sentence in sentences:
        print(sentence)


def main(argv: Sequence[str] | None = None) -> int:
    """Điểm vào của lệnh ``tinhgon``; trả về mã thoát."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon.config.settings")
    try:
        django.setup()
    except OSError as error:  # chưa có Django thì chưa có bản dịch
        print(
            f"tinhgon: không đọc hay ghi được thư mục dữ liệu: {error.strerror} ({error.filename}).",
            file=sys.stderr,
        )
        return FAILED
    speak()
    args = _parser().parse_args(argv)
    try:
        if args.database:
            import_module("tinhgon.config.launch").ensure_database()
        return args.run(args) or DONE
    except TinhGonError as error:
        _say_error(args, error.code, error.sentences, [dict(r.data) for r in error.reasons])
        return REFUSED if isinstance(error, Refused | Forbidden) else FAILED
    except DatabaseError as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        _say_error(args, "database", [_("Cơ sở dữ liệu báo lỗi: %(why)s") % {"why": lines[0]}], [])
        return FAILED
    except BrokenPipeError:  # người đọc phía sau ống đã thôi đọc
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        _say_error(args, "interrupted", [_("Đã dừng theo yêu cầu.")], [])
        return FAILED
    except Exception as error:  # noqa: BLE001  (chốt chặn cuối: một dòng cho người, dấu vết vào nhật ký)
        _say_error(args, "unexpected", [_unexpected(error)], [])
        return FAILED


def _parser() -> Parser:
    parser = Parser(prog="tinhgon", description=_("Tinh Gọn: điều hành công việc văn phòng cấp ủy."))
    parser.set_defaults(json=False, database=True)
    commands = parser.add_subparsers(metavar=_("lệnh"), required=True)
    for module in _modules():
        module.register(commands)
    return parser


def _modules() -> Iterator[ModuleType]:
    package = import_module("tinhgon.cli")
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        if found.name not in _NOT_COMMANDS and not found.name.startswith("_"):
            module = import_module(f"tinhgon.cli.{found.name}")
            if hasattr(module, "register"):
                yield module


def _say_error(args: argparse.Namespace, code: str, sentences: list[str], data: list[dict[str, Any]]) -> None:
    if args.json:
        error = {"code": code, "sentences": sentences, "data": data}
        print(json.dumps({"error": error}, ensure_ascii=False, default=str))
    else:
        print("tinhgon: " + " ".join(" ".join(s.split()) for s in sentences), file=sys.stderr)


def _unexpected(error: Exception) -> str:
    if os.environ.get("TINHGON_DEBUG") == "1":
        traceback.print_exception(error)
    from django.conf import settings  # noqa: PLC0415  (chỉ sau django.setup())

    log = Path(settings.HOME) / "log" / "cli.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a") as out:
        traceback.print_exception(error, file=out)
    sentence = _("Lỗi chưa lường trước: %(kind)s: %(why)s (chi tiết trong %(log)s).")
    return sentence % {"kind": type(error).__name__, "why": str(error).split("\n", 1)[0], "log": log}


if __name__ == "__main__":
    sys.exit(main())
