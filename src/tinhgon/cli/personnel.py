"""``tinhgon personnel import`` và ``tinhgon personnel export``: hồ sơ cán bộ bằng tệp Excel bảy trang; xuất rồi nhập thì không đổi gì."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, add_actor, read_file, write_file
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.core import clock
from tinhgon.org.access import remembering_scopes
from tinhgon.personnel.selectors.workbook import workbook
from tinhgon.personnel.services import ImportReport, import_profiles
from tinhgon.personnel.services.importing import Kind, said
from tinhgon.personnel.workbook import MATTERS

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands

_SHOWN = 50


def register(commands: "Commands") -> None:
    parser = commands.add_parser("personnel", help=_("cán bộ: nhập, xuất hồ sơ bằng Excel"))
    verbs = parser.add_subparsers(metavar=_("việc"), required=True)
    bring = verbs.add_parser("import", help=_("nhập hồ sơ từ tệp bảy trang; có chỗ sai thì không ghi gì"))
    bring.add_argument("file", type=Path, metavar="FILE", help=_("tệp Excel nhiều trang, hoặc CSV của một trang"))
    bring.add_argument("--dry-run", action="store_true", help=_("chỉ nêu từng dòng làm gì hay sai gì, không ghi"))
    add_actor(bring)
    bring.set_defaults(run=run_import)
    take = verbs.add_parser("export", help=_("xuất đúng tệp nhập được: mọi người trong phạm vi và điều đang ghi"))
    take.add_argument("file", type=Path, metavar="FILE", help=_("tệp .xlsx"))
    add_actor(take)
    take.set_defaults(run=run_export)


def run_import(args: argparse.Namespace) -> int:
    data = read_file(args.file)
    found = import_profiles(actor_of(args), on=clock.today(), data=data, dry_run=args.dry_run)
    told = {"entries": len(found.changes), "people": found.people, "problems": len(found.problems)}
    if args.dry_run:
        sentence = _("Nếu nhập: %(entries)d mục của %(people)d người; %(problems)d chỗ phải sửa.") % told
    else:
        sentence = _("Đã ghi %(entries)d mục vào hồ sơ của %(people)d người.") % told
    report(args, told | _whole(found), *_lines(found), *found.notes, sentence)
    return REFUSED if found.problems else DONE


def run_export(args: argparse.Namespace) -> None:
    with remembering_scopes():
        content = workbook(actor_of(args), on=clock.today())
    write_file(args.file, content)
    report(args, {"file": str(args.file), "bytes": len(content)}, _("Đã xuất hồ sơ cán bộ vào %(file)s.") % {"file": args.file})


def _whole(found: ImportReport) -> dict[str, object]:
    """Cho máy: mọi dòng. Câu không chứa ngày sinh, giới tính (``importing.Effect``)."""
    return {
        "sheets": {m.title: {str(kind): found.count(m.title, kind) for kind in Kind} for m in MATTERS.values()},
        "changes": [{"sheet": e.sheet, "row": e.row, "person": e.person, "kind": str(e.kind), "sentence": e.sentence} for e in found.changes],
        "faults": [{"sheet": p.sheet, "row": p.row, "column": p.column, "sentence": p.sentence} for p in found.problems],
        "notes": list(found.notes),
    }


def _lines(found: ImportReport) -> list[str]:
    lines = [said(problem) for problem in found.problems] or [f"{e.sheet}, {e.row}: {e.person}: {e.sentence}" for e in found.changes]
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([_("… và %(count)d dòng nữa (xem --json).") % {"count": more}] if more > 0 else [])]
