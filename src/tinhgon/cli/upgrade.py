"""``tinhgon upgrade``: sao lưu, nâng bảng lên bản của phần mềm, kiểm tra. Nói tên bản sao lưu để quay lại được."""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.cli.backup import say
from tinhgon.cli.health import as_data, lines
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.cli.safety.restoring import refuse_running
from tinhgon.cli.safety.saving import save
from tinhgon.core import clock, health
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Broken, Reason

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser("upgrade", help=_("sao lưu, nâng cấp bảng, kiểm tra"))
    parser.add_argument("--backup", type=Path, metavar="FILE", help=_("tên bản sao lưu (mặc định trong thư mục dữ liệu)"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    refuse_running()
    file = args.backup or _default_file()
    save(file, say=say)
    say(_("Bảng và quy tắc trong cơ sở dữ liệu"))
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, CommandError) as error:
        sentence = _("Nâng cấp dừng giữa chừng: %(why)s. Quay lại như cũ: cài phần mềm bản cũ, rồi tinhgon restore %(file)s --replace")
        first = str(error).strip().split("\n", 1)[0]
        raise Broken(Reason("upgrade_failed", sentence % {"why": first, "file": file})) from error
    with transaction.atomic():
        after = {"product": version("tinhgon"), "file": file.name}
        record(SYSTEM, "cli.upgraded", ("database", "default"), after=after)
    say(_("Kiểm tra"))
    results = health.run_checks()
    done = _("Đã nâng cấp lên bản %(product)s. Bản sao lưu trước khi nâng cấp: %(file)s")
    report(args, {"backup": str(file), **as_data(results)}, *lines(results), done % {"product": version("tinhgon"), "file": file})
    return DONE if all(result.ok for result in results) else REFUSED


def _default_file() -> Path:
    folder = Path(settings.HOME) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"truoc-nang-cap-{timezone.localtime(clock.now()):%Y%m%d-%H%M%S}.tar"
