"""``tinhgon org import`` và ``tinhgon org export``: cả tổ chức bằng bảng CSV, Excel; xuất rồi nhập cho lại cùng một tổ chức."""

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, add_actor, read_file, write_file
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.tables import header_key
from tinhgon.org.importing.columns import TABLES
from tinhgon.org.importing.exporting import TITLES, export_csv, export_workbook
from tinhgon.org.importing.wording import read
from tinhgon.org.services.importing import ImportReport, import_organisation

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands

_SHOWN = 50


def register(commands: "Commands") -> None:
    parser = commands.add_parser("org", help=_("tổ chức: nhập, xuất bằng bảng"))
    verbs = parser.add_subparsers(metavar=_("việc"), required=True)
    bring = verbs.add_parser("import", help=_("nhập đơn vị, vị trí, người, phân công; có chỗ sai thì không ghi gì"))
    bring.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("tệp Excel nhiều trang, hoặc các tệp CSV"))
    bring.add_argument("--dry-run", action="store_true", help=_("chỉ nêu chỗ sai và số dòng, không ghi"))
    add_actor(bring)
    bring.set_defaults(run=run_import)
    take = verbs.add_parser("export", help=_("xuất thành đúng các bảng nhập được"))
    take.add_argument("file", type=Path, metavar="FILE", help=_("tệp .xlsx (cả bốn trang) hoặc .csv (một bảng)"))
    take.add_argument("--table", choices=list(TABLES), default="units", help=_("bảng khi xuất CSV"))
    take.set_defaults(run=run_export)


def run_import(args: argparse.Namespace) -> int:
    found = import_organisation(actor_of(args), files=_by_table(args.files), dry_run=args.dry_run)
    counted = {name: getattr(found, name) for name in TABLES}
    summary = _("%(units)d đơn vị, %(posts)d vị trí, %(people)d người, %(appointments)d phân công") % counted
    sentence = _("Nếu nhập: %(what)s.") if args.dry_run else _("Đã nhập %(what)s.")
    report(args, dataclasses.asdict(found), *_problems(found), sentence % {"what": summary})
    return REFUSED if found.problems else DONE


def run_export(args: argparse.Namespace) -> None:
    ending = args.file.suffix.lower()
    if ending not in (".xlsx", ".csv"):
        raise Invalid(Reason("export_kind", _("Tên tệp xuất phải tận cùng là .xlsx hoặc .csv."), "file"))
    content = export_workbook() if ending == ".xlsx" else export_csv(args.table)
    write_file(args.file, content)
    report(args, {"file": str(args.file), "bytes": len(content)}, _("Đã xuất tổ chức vào %(file)s.") % {"file": args.file})


def _by_table(paths: list[Path]) -> dict[str, bytes]:
    """Tên bảng -> nội dung. Excel đưa vào cả bốn; CSV thì nhận ra bảng nhờ các cột bắt buộc."""
    files: dict[str, bytes] = {}
    for path in paths:
        content = read_file(path)
        tables = list(TABLES) if content.startswith(b"PK\x03\x04") else [_table_of(path, content)]
        again = next((table for table in tables if table in files), None)
        if again:
            told = {"file": path, "table": TITLES[again]}
            raise Invalid(Reason("twice", _("%(file)s: bảng %(table)s đã có ở tệp trước.") % told, "file"))
        files |= dict.fromkeys(tables, content)
    return files


def _table_of(path: Path, content: bytes) -> str:
    known = {c.header for columns in TABLES.values() for c in columns} | {a for cs in TABLES.values() for c in cs for a in c.aliases}
    have = {header_key(name) for name in read(content, known=known).columns}
    for table, columns in TABLES.items():
        required = [column for column in columns if column.is_required]
        if all(have & {header_key(name) for name in (column.header, *column.aliases)} for column in required):
            return table
    sentence = _("%(file)s: không nhận ra bảng nào (đơn vị, vị trí, người, phân công) từ tiêu đề cột.")
    raise Invalid(Reason("which_table", sentence % {"file": path}, "file"))


def _problems(found: ImportReport) -> list[str]:
    said = [
        _("%(table)s dòng %(row)d, cột %(column)s: %(sentence)s")
        % {"table": TITLES[p.table], "row": p.row, "column": p.column, "sentence": p.sentence}
        for p in found.problems[:_SHOWN]
    ]
    left = len(found.problems) - _SHOWN
    return [*said, _("… và %(count)d chỗ nữa (xem --json).") % {"count": left}] if left > 0 else said
