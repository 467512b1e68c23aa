"""``tinhgon backup FILE`` và ``tinhgon restore FILE``: cơ sở dữ liệu và kho tệp, một tệp."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.main import REFUSED, report
from tinhgon.cli.safety.archive import Manifest
from tinhgon.cli.safety.restoring import restore
from tinhgon.cli.safety.saving import save

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    backup = commands.add_parser("backup", help=_("sao lưu cơ sở dữ liệu và kho tệp vào một tệp, lúc đang chạy cũng được"))
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run=run_backup)
    back = commands.add_parser("restore", help=_("phục hồi từ một tệp sao lưu vào nơi còn trống"))
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--replace", action="store_true", help=_("thay hết dữ liệu đang có ở nơi này"))
    back.set_defaults(run=run_restore)


def run_backup(args: argparse.Namespace) -> int | None:
    manifest = save(args.file, say=say)
    done = _("Đã sao lưu vào %(file)s: %(rows)d dòng, %(files)d tệp, %(size)d MB.")
    sentences = [done % summary(args.file, manifest)]
    if manifest.missing:
        lack = _("%(count)d tệp thiếu hoặc hỏng trong kho nên không sao lưu được, ví dụ %(first)s.")
        sentences.append(lack % {"count": len(manifest.missing), "first": manifest.missing[0]})
    report(args, summary(args.file, manifest), *sentences)
    return REFUSED if manifest.missing else None


def run_restore(args: argparse.Namespace) -> None:
    manifest = restore(args.file, replace=args.replace, say=say)
    done = _("Đã phục hồi %(rows)d dòng, %(files)d tệp từ bản sao lưu lúc %(created_at)s; mọi bảng khớp bản kê.")
    report(args, summary(args.file, manifest), done % summary(args.file, manifest))


def summary(file: Path, manifest: Manifest) -> dict[str, object]:
    """Bản kê rút gọn cho người và máy đọc."""
    return {
        "file": str(file.absolute()), "created_at": manifest.created_at, "product": manifest.product,
        "postgres": manifest.postgres, "tables": len(manifest.tables), "rows": manifest.rows, "files": len(manifest.files),
        "missing": manifest.missing, "size": file.stat().st_size // 2**20, "bytes": file.stat().st_size,
    }  # fmt: skip


def say(sentence: str) -> None:
    """Một bước, ra luồng lỗi: luồng chính chỉ có kết quả."""
    print(f"  {sentence}", file=sys.stderr, flush=True)
