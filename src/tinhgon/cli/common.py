"""Cách gọi tên chung của các lệnh: người hành động, ngày, đơn vị, tệp bảng."""

import argparse
import io
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from tinhgon.cli.spoken import os_reason
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Invalid, NotFound, Reason
from tinhgon.core.models import User
from tinhgon.engine.placement.sentences import REFUSALS, readable
from tinhgon.engine.refusal import Refused
from tinhgon.engine.tables import Table
from tinhgon.org.access import scope_of
from tinhgon.org.importing import wording
from tinhgon.org.selectors.succession import resolve


def add_actor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="as_user", metavar=_("tài-khoản"), help=_("làm với quyền của tài khoản này (mặc định: máy chủ)"))


def actor_of(args: argparse.Namespace) -> Actor:
    """Máy chủ, hoặc người của ``--as`` trong phân công chính hôm nay (không có thì phân công đầu tiên)."""
    if not args.as_user:
        return SYSTEM
    user = User.objects.filter(username__iexact=args.as_user, is_active=True).first()
    if user is None:
        raise NotFound(Reason("no_user", _("Không có tài khoản đang mở mang tên %(name)s.") % {"name": args.as_user}, "as"))
    standings = scope_of(Actor(user.pk), on=clock.today()).standings
    main = next((s for s in standings if s.is_main), standings[0] if standings else None)
    return Actor(user.pk, main.appointment_id if main else None)


def day(text: str) -> date:
    """``2025-07-01`` hay ``01/07/2025``; cho ``type=`` của argparse."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError as error:
        sentence = _("ngày “%(text)s” không đọc được: viết 2025-07-01 hoặc 01/07/2025")
        raise argparse.ArgumentTypeError(sentence % {"text": text}) from error


def unit_named(text: str, *, on: date, among: Collection[int] = ()) -> int:
    """Mã, ``#danh-tính`` hay tên -> đơn vị; ``among``: chỉ tìm trong các đơn vị ấy. ``Invalid`` khi không có hay không rõ."""
    found = [item.unit for item in resolve(text, on=on) if not among or item.unit.id in among]
    open_ones = [unit for unit in found if unit.is_open] or found
    if not open_ones:
        raise Invalid(Reason("no_unit", _("Không có đơn vị nào mang mã hoặc tên “%(text)s”.") % {"text": text}))
    if len(open_ones) > 1:
        names = ", ".join(f"#{unit.id} {unit.name}" for unit in open_ones[:5])
        sentence = _("“%(text)s” có thể là: %(names)s. Hãy viết #số.")
        raise Invalid(Reason("many_units", sentence % {"text": text, "names": names}))
    return open_ones[0].id


def read_file(path: Path, *, most: int | None = None) -> bytes:
    """Nội dung tệp; ``Invalid`` với một câu khi không đọc được, hay dài hơn ``most`` byte: không bao giờ nạp quá chừng ấy."""
    try:
        with path.open("rb") as file:
            content = file.read() if most is None else file.read(most + 1)
        if most is not None and len(content) > most:
            sentence = _("%(file)s dài hơn %(most)d MB: hãy chia nhỏ bài toán.")
            raise Invalid(Reason("too_big", sentence % {"file": path, "most": most >> 20}, "file"))
        return content
    except OSError as error:
        sentence = _("Không đọc được %(file)s: %(why)s.")
        raise Invalid(Reason("no_file", sentence % {"file": path, "why": os_reason(error)}, "file")) from error


MOST_PROBLEM = 256 << 20
"""Bài toán 100.000 người dài chừng 60 MB; đọc JSON cần bộ nhớ gấp vài lần tệp."""


def read_problem_file(path: Path) -> bytes:
    return read_file(path, most=MOST_PROBLEM)


def orlib_text(content: bytes) -> str:
    """Tệp OR-Library là chữ số và khoảng trắng; dấu BOM đầu tệp thì bỏ, byte lạ để bộ đọc từ chối."""
    return content.decode("utf-8-sig", "replace")


def read_table(path: Path, *, known: Sequence[str]) -> Table:
    """Bảng CSV hay Excel, mọi bảng mã; lỗi của tệp là ``Invalid`` với mọi câu."""
    return wording.read(read_file(path), known=known)


def write_file(path: Path, content: bytes | IO[bytes]) -> None:
    """Ghi trọn hoặc không ghi gì: tệp tạm cùng thư mục rồi đổi tên."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("wb") as out:
            shutil.copyfileobj(io.BytesIO(content) if isinstance(content, bytes) else content, out)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        sentence = _("Không ghi được %(file)s: %(why)s.")
        raise Invalid(Reason("cannot_write", sentence % {"file": path, "why": os_reason(error)}, "file")) from error


def table_lines(head: Sequence[object], rows: Sequence[Sequence[object]]) -> list[str]:
    """Bảng chữ cho người đọc: cột số căn phải."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    right = [bool(rows) and all(isinstance(row[i], int) for row in rows) for i in range(len(head))]

    def line(row: list[str]) -> str:
        shown = (cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True))
        return "  ".join(shown).rstrip()

    return [line(cells[0]), "  ".join("─" * width for width in widths), *(line(row) for row in cells[1:])]


def sentence_of(refused: Refused, own: Mapping[str, Any]) -> str:
    """Câu nói lời từ chối của động cơ: câu riêng của lệnh, không có thì câu chung của việc đọc tệp."""
    return str(own.get(refused.code) or _(REFUSALS[refused.code])) % readable(refused.data, _)
