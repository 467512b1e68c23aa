"""``tinhgon form check``: kiểm tra thể thức một tệp theo bộ quy tắc của ngày ban hành, hay bộ được chọn."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.core import clock
from tinhgon.core.errors import Reason, Refused
from tinhgon.documents.selectors.form import sentence
from tinhgon.documents.selectors.form_files import form_of_file
from tinhgon.engine.extract import Unreadable

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser("form", help=_("thể thức văn bản"))
    verbs = parser.add_subparsers(metavar=_("việc"), required=True)
    check = verbs.add_parser("check", help=_("kiểm tra thể thức một tệp; mã thoát 1 khi có lỗi chặn ban hành"))
    check.add_argument("file", type=Path, metavar="FILE", help=_("tệp docx, doc, pdf hoặc ảnh quét"))
    check.add_argument("--rules", default="", metavar=_("BỘ"), help=_("mã bộ quy tắc, ví dụ HD05-2026; bỏ trống thì theo ngày ghi trên văn bản"))
    check.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if not args.file.is_file():
        raise Refused(Reason("cli.no_such_file", _("Không có tệp %(file)s.") % {"file": args.file}))
    try:
        found = form_of_file(args.file, args.file.name, on=clock.today(), code=args.rules)
    except Unreadable as unreadable:
        sentence_of = _("Không đọc được tệp %(file)s (%(code)s).") % {"file": args.file.name, "code": unreadable.code}
        raise Refused(Reason(f"documents.unreadable.{unreadable.code}", sentence_of)) from unreadable
    blocking = [one for one in found.violations if one.is_blocking]
    told = [
        {
            "code": one.code, "wording": one.wording, "severity": one.severity, "certainty": one.certainty, "source": one.source,
            "field": one.found.field, "line": one.found.line, "found": one.found.found, "expected": one.found.expected,
        }
        for one in found.violations
    ]  # fmt: skip
    lines = [f"{'!' if one.is_blocking else '-'} {sentence(one)}" for one in found.violations]
    last = _("%(set)s: %(count)d chỗ cần xem lại, %(blocking)d chỗ chặn ban hành.") % {
        "set": found.rules.label, "count": len(told), "blocking": len(blocking),
    }  # fmt: skip
    report(args, {"rules": found.rules.code, "version": found.rules.version, "blocking": len(blocking), "violations": told}, *lines, last)
    return REFUSED if blocking else DONE
