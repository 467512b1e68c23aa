"""``tinhgon register print``: in sổ. ``tinhgon register import``: nhập một sổ văn bản cũ từ Excel, CSV; đọc thử nêu mọi chỗ, ghi thì cả sổ hoặc không gì."""

import argparse
import dataclasses
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, add_actor, day, read_file, unit_named, write_file
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.core import clock
from tinhgon.core.errors import Invalid, Reason
from tinhgon.documents.models import Direction
from tinhgon.documents.printing import book_of
from tinhgon.documents.services import printing
from tinhgon.documents.services.intake import importing, register_wording
from tinhgon.engine.registers import FIELDS

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands

_SHOWN = 50


def register(commands: "Commands") -> None:
    parser = commands.add_parser("register", help=_("sổ văn bản: nhập sổ cũ, in sổ"))
    verbs = parser.add_subparsers(metavar=_("việc"), required=True)
    bring = verbs.add_parser("import", help=_("nhập một sổ cũ; có chỗ phải sửa thì không ghi gì"))
    bring.add_argument("file", type=Path, metavar="FILE", help=_("tệp .xlsx hoặc .csv, mỗi dòng một văn bản"))
    bring.add_argument("--unit", required=True, help=_("cơ quan đứng tên sổ: mã, tên, hoặc #số"))
    bring.add_argument("--direction", choices=["incoming", "outgoing"], default="outgoing", help=_("sổ đến hay sổ đi (mặc định: đi)"))
    bring.add_argument(
        "--map", dest="pairs", nargs="+", default=[], metavar="ô=cột",
        help=_("khớp cột, ví dụ symbol=so_ky_hieu; bỏ trống thì theo lần trước hoặc tự đoán. Các ô: %(fields)s") % {"fields": ", ".join(FIELDS)},
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help=_("chỉ nêu mọi chỗ đáng nói theo dòng, không ghi"))
    add_actor(bring)
    bring.set_defaults(run=run_import)
    paper = verbs.add_parser("print", help=_("in một sổ ra PDF hay Excel, đúng các cột của mẫu"))
    paper.add_argument("series", type=int, metavar=_("số-sổ"), help=_("mã của sổ, ở cuối địa chỉ trang sổ"))
    paper.add_argument("file", type=Path, metavar="FILE", help=_("tệp .pdf hoặc .xlsx"))
    paper.add_argument("--kind", default="", help=_("mẫu sổ: den, di, chuyen-giao, theo-doi, gui, sao, mat-den, mat-di"))
    paper.add_argument("--since", type=day, help=_("từ ngày"))
    paper.add_argument("--until", type=day, help=_("đến ngày"))
    add_actor(paper)
    paper.set_defaults(run=run_print)


def run_import(args: argparse.Namespace) -> int:
    on = clock.today()
    call = importing.dry_run if args.dry_run else importing.import_register
    found = call(
        actor_of(args), on=on, organ_id=unit_named(args.unit, on=on), direction=Direction(args.direction),
        data=read_file(args.file), mapping=_mapping(args.pairs) or None,
    )  # fmt: skip
    told = {"documents": found.documents, "books": found.books, "rows": found.rows, "same": found.same, "blocking": len(found.blocking)}
    sentence = _("Nếu nhập: %(documents)d văn bản vào %(books)d sổ (đọc %(rows)d dòng, bỏ %(same)d dòng trùng hoàn toàn; %(blocking)d chỗ phải sửa).")
    done = _("Đã nhập %(documents)d văn bản vào %(books)d sổ (đọc %(rows)d dòng, bỏ %(same)d dòng trùng hoàn toàn).")
    problems = [dataclasses.asdict(p) | {"sentence": register_wording.sentence(p)} for p in found.problems]
    lines = [register_wording.sentence(p) for p in found.problems[:_SHOWN]]
    if len(found.problems) > _SHOWN:
        lines.append(_("… và %(count)d chỗ nữa (xem --json).") % {"count": len(found.problems) - _SHOWN})
    report(args, told | {"mapping": found.mapping, "problems": problems}, *lines, (sentence if args.dry_run else done) % told)
    return REFUSED if found.blocking else DONE


def run_print(args: argparse.Namespace) -> None:
    form = args.file.suffix.lower().lstrip(".")
    book = book_of(actor_of(args), args.series, on=clock.today(), kind=args.kind, since=args.since, until=args.until)
    with tempfile.TemporaryFile() as out:
        made = printing.write(book, form, out)
        out.seek(0)
        file = args.file.with_suffix("." + printing.suffix(form, made.volumes))
        write_file(file, out)
    told = {"title": book.title, "rows": made.rows, "volumes": made.volumes, "gaps": len(book.gaps), "file": str(file)}
    sentence = _("Đã in %(title)s: %(rows)d dòng, %(volumes)d quyển, %(gaps)d số cần giải thích, vào %(file)s.")
    report(args, told, sentence % told)


def _mapping(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, mark, column = pair.partition("=")
        if not mark or name not in FIELDS:
            told = {"pair": pair, "fields": ", ".join(FIELDS)}
            raise Invalid(Reason("register.map", _("“%(pair)s” không phải ô=cột; các ô: %(fields)s.") % told, "map"))
        found[name] = column
    return found
