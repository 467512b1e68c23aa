"""``tinhgon audit verify``: soát cả nhật ký; mã thoát 1 và dòng hỏng đầu tiên khi chuỗi bị động tới."""

import argparse
import dataclasses
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.audit import services
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.core.actor import SYSTEM

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser("audit", help=_("nhật ký"))
    verbs = parser.add_subparsers(metavar=_("việc"), required=True)
    verify = verbs.add_parser("verify", help=_("soát chuỗi băm và sổ cái của từng đợt"))
    verify.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace) -> int:
    verdict = services.verify(SYSTEM)
    counted = {"entries": verdict.entries, "batches": verdict.batches, "row": verdict.broken, "why": verdict.why}
    sentence = (
        _("Nhật ký nguyên vẹn: %(entries)d dòng, %(batches)d đợt chuyển giao.")
        if verdict.intact
        else _("Nhật ký hỏng ở dòng %(row)d: %(why)s (%(entries)d dòng trước đó nguyên vẹn.)")
    )
    report(args, {"intact": verdict.intact, **dataclasses.asdict(verdict)}, sentence % counted)
    return DONE if verdict.intact else REFUSED
