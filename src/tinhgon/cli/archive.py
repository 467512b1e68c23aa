"""``tinhgon archive verify GÓI``: soát một gói nộp lưu trữ, không cần cơ sở dữ liệu; mã thoát 1 khi gói không nguyên vẹn."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.engine.archive import Fault, verify

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser("archive", help=_("gói nộp lưu trữ"))
    verbs = parser.add_subparsers(metavar=_("việc"), required=True)
    checked = verbs.add_parser("verify", help=_("soát băm, kích thước, thiếu thừa của một gói"))
    checked.add_argument("package", type=Path, metavar=_("GÓI"))
    checked.set_defaults(run=run_verify, database=False)


def run_verify(args: argparse.Namespace) -> int:
    faults = verify(args.package)
    sentence = (
        _("Gói hỏng %(count)d chỗ: %(faults)s") % {"count": len(faults), "faults": "; ".join(_said(fault) for fault in faults[:20])}
        if faults
        else _("Gói nguyên vẹn.")
    )
    report(args, {"intact": not faults, "faults": [{"code": fault.code, "name": fault.name} for fault in faults]}, sentence)
    return REFUSED if faults else DONE


def _said(fault: Fault) -> str:
    words = {
        "not_zip": _("không phải tệp zip"),
        "no_manifest": _("không có mục lục goi.xml"),
        "bad_manifest": _("mục lục không đọc được"),
        "seal": _("mục lục đã bị sửa sau khi đóng gói"),
        "missing": _("thiếu %(name)s"),
        "changed": _("%(name)s đã khác"),
        "size": _("%(name)s sai kích thước"),
        "extra": _("thừa %(name)s"),
        "too_big": _("%(name)s lớn quá mức"),
        "repeated": _("%(name)s lặp lại"),
    }
    return words[fault.code] % {"name": fault.name}
