"""In sổ: sổ ngắn in ngay; sổ dài thành việc nền có tiến độ, xong thì tệp nằm trong kho."""

import tempfile
from datetime import date
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tinhgon.audit.services import record
from tinhgon.core import progress
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Broken, Invalid, NotFound, Reason, TinhGonError
from tinhgon.documents.models import PrintedBook
from tinhgon.documents.printing import Book, book_of, write_pdf, write_xlsx
from tinhgon.files.services import store
from tinhgon.org.access import scope_of

LONG = 3_000
"""Quá chừng này văn bản thì in bằng việc nền."""

PRINT_JOB = "documents.print_book"
WRITERS = {"pdf": write_pdf, "xlsx": write_xlsx}


def write(book: Book, form: str, out: IO[bytes]) -> int:
    """Ghi sổ theo ``form`` ("pdf", "xlsx"); trả về số dòng."""
    if form not in WRITERS:
        raise Invalid(Reason("documents.no_such_form", _("Sổ chỉ in ra PDF hoặc Excel."), "dang"))
    return WRITERS[form](book, out)


@transaction.atomic
def print_later(
    actor: Actor, *, on: date, series_id: int, kind: str, form: str, since: date | None = None, until: date | None = None
) -> PrintedBook:
    """Xếp hàng in một sổ dài. ``NotFound``, ``Invalid`` như ``book_of``."""
    book = book_of(actor, series_id, on=on, kind=kind, since=since, until=until)
    job = progress.start("documents.print_book", total=book.entries, sentence=_("Đang chờ in %(title)s.") % {"title": book.title})
    asked = PrintedBook.objects.create(
        series_id=series_id, kind=book.kind, format=form, since=since, until=until, asked_on=on, progress=job.pk,
        asked_by_id=scope_of(actor, on=on).person_id,
    )  # fmt: skip
    record(actor, "documents.book_printed", ("series", series_id), after={"title": book.title, "entries": book.entries, "form": form})
    app.configure_task(PRINT_JOB).defer(printed_id=asked.pk)
    return asked


def run(printed_id: int) -> None:
    """Việc nền: in ra tệp tạm rồi cất vào kho. Gọi lại vô hại: cùng nội dung thì cùng một tệp."""
    asked = PrintedBook.objects.get(pk=printed_id)
    try:
        # Quyền đã xét lúc nhờ in, và chỉ người xem được sổ mới tải được tệp.
        book = book_of(SYSTEM, asked.series_id, on=asked.asked_on, kind=asked.kind, since=asked.since, until=asked.until)
        sentence = _("Đang in %(title)s.") % {"title": book.title}

        def told(done: int) -> None:
            progress.advance(asked.progress, done=done, total=max(done, book.entries), sentence=sentence)

        told(0)
        with tempfile.TemporaryFile() as out:
            WRITERS[asked.format](book, out, told=told)
            out.seek(0)
            asked.file = store(out, f"so.{asked.format}")
    except TinhGonError as error:
        progress.finish(asked.progress, sentence=" ".join(error.sentences), failed=True)
        raise
    asked.save(update_fields=["file"])
    progress.finish(asked.progress, sentence=_("Đã in xong %(title)s, %(count)d văn bản.") % {"title": book.title, "count": book.entries})


def printed_for(actor: Actor, printed_id: int, *, on: date) -> PrintedBook:
    """Một lần in, cho người xem được sổ ấy."""
    asked = PrintedBook.objects.select_related("file").filter(pk=printed_id).first()
    if asked is None:
        raise NotFound(Reason("documents.no_such_print", _("Không có lần in này.")))
    book_of(actor, asked.series_id, on=on)
    return asked


def ready(asked: PrintedBook) -> PrintedBook:
    if asked.file is None:
        raise Broken(Reason("documents.not_printed_yet", _("Sổ chưa in xong, hãy chờ thêm.")))
    return asked
