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
from tinhgon.documents.printing import Book, Printed, book_of, write_pdf, write_xlsx
from tinhgon.files.services import store
from tinhgon.org.access import scope_of

TRIES = 3
LONG = 3_000
"""Quá chừng này văn bản thì in bằng việc nền."""

PRINT_JOB = "documents.print_book"
WRITERS = {"pdf": write_pdf, "xlsx": write_xlsx}


def write(book: Book, form: str, out: IO[bytes]) -> Printed:
    """Ghi sổ theo ``form`` ("pdf", "xlsx"); PDF của sổ dày là gói zip các quyển."""
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
    """Việc nền: in ra tệp tạm rồi cất vào kho, trọn sổ hoặc không gì. Gọi lại vô hại: cùng nội dung thì cùng một tệp."""
    asked = PrintedBook.objects.get(pk=printed_id)
    try:
        with tempfile.TemporaryFile() as out:
            book, made = _whole(asked, out)
            out.seek(0)
            asked.file = store(out, f"so.{suffix(asked.format, made.volumes)}")
    except Exception as error:
        told = " ".join(error.sentences) if isinstance(error, TinhGonError) else _("Không in được sổ vì máy gặp lỗi: hãy in lại, còn lỗi thì báo quản trị.")
        progress.finish(asked.progress, sentence=told, failed=True)
        raise
    asked.volumes = made.volumes
    asked.save(update_fields=["file", "volumes"])
    progress.finish(asked.progress, sentence=_("Đã in xong %(title)s, %(count)d văn bản.") % {"title": book.title, "count": book.entries})


def _whole(asked: PrintedBook, out: IO[bytes]) -> tuple[Book, Printed]:
    """In tới khi sổ ở lúc in xong vẫn là sổ ở lúc bắt đầu: trang bìa, các dòng và trang kết luôn nói cùng một điều."""
    for _time in range(TRIES):
        book = _now(asked)
        sentence = _("Đang in %(title)s.") % {"title": book.title}

        def told(done: int, *, book: Book = book, sentence: str = sentence) -> None:
            progress.advance(asked.progress, done=done, total=max(done, book.entries), sentence=sentence)

        told(0)
        out.seek(0)
        out.truncate()
        made = WRITERS[asked.format](book, out, told=told)
        if book.is_still(_now(asked)):
            return book, made
    raise Broken(Reason("documents.book_moved", _("Sổ có số vừa hủy, chèn thêm hay dùng tới trong lúc in: hãy in lại sau.")))


def _now(asked: PrintedBook) -> Book:
    """Quyền đã xét lúc nhờ in, và chỉ người xem được sổ mới tải được tệp."""
    return book_of(SYSTEM, asked.series_id, on=asked.asked_on, kind=asked.kind, since=asked.since, until=asked.until)


def suffix(form: str, volumes: int) -> str:
    """Đuôi của tệp đã in."""
    return "zip" if volumes > 1 else form


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
