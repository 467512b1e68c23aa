"""In một cuốn sổ: chọn mẫu, kỳ, dạng tệp; sổ ngắn tải ngay, sổ dài có tiến độ."""

import tempfile
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from tinhgon.core.models import Progress
from tinhgon.documents.models import PrintedBook
from tinhgon.documents.printing import Book, Kind, book_of, kinds_for
from tinhgon.documents.printing.volumes import ROWS as VOLUME_ROWS
from tinhgon.documents.selectors.registers import book as series_for
from tinhgon.documents.services import printing
from tinhgon.files.services import open_file
from tinhgon.web.forms.base import DayField, PlainForm, attempt

_TYPES = {
    "pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip": "application/zip",
}  # fmt: skip


class BookForm(PlainForm):
    layout = (("mau", "dang"), ("tu", "den"))
    mau = forms.ChoiceField(label=_("Mẫu sổ"))
    dang = forms.ChoiceField(label=_("Dạng tệp"), choices=[("pdf", _("PDF, để in và ký")), ("xlsx", _("Excel"))])
    tu = DayField(label=_("Từ ngày"), required=False, help_text=_("Bỏ trống cả hai ngày thì in cả sổ."))
    den = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args: Any, kinds: list[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mau"].choices = [(kind.value, kind.label) for kind in kinds]


def print_book(request: HttpRequest, series_id: int) -> HttpResponseBase:
    """Địa chỉ ``/van-ban/so/<số>/in/``; có ``mau`` trên địa chỉ thì in."""
    series = series_for(request.actor, series_id, on=request.today)
    form = BookForm(request.GET if "mau" in request.GET else None, kinds=kinds_for(series))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        asked = {"kind": data["mau"], "since": data["tu"], "until": data["den"]}
        book = attempt(form, lambda: book_of(request.actor, series_id, on=request.today, **asked))
        if book is not None and book.entries <= printing.LONG:
            return _now(book, data["dang"])
        if book is not None:
            later = printing.print_later(request.actor, on=request.today, series_id=series_id, form=data["dang"], **asked)
            return redirect("web:printed_book", later.pk)
    return render(request, "web/pages/print_book.html", {"form": form, "series": series, "most": VOLUME_ROWS}, status=422 if form.errors else 200)


def _now(book: Book, form: str) -> FileResponse:
    out = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse đóng khi gửi xong)
    made = printing.write(book, form, out)
    out.seek(0)
    return _sent(out, book.kind, printing.suffix(form, made.volumes))


def _sent(content: Any, kind: str, suffix: str) -> FileResponse:
    return FileResponse(content, content_type=_TYPES[suffix], as_attachment=suffix != "pdf", filename=f"so-{kind}.{suffix}")


def printed(request: HttpRequest, printed_id: int) -> HttpResponse:
    """Tiến độ của một lần in dài, và chỗ tải khi xong."""
    asked = printing.printed_for(request.actor, printed_id, on=request.today)
    job = Progress.objects.filter(pk=asked.progress).first()
    return render(request, "web/pages/printed_book.html", {
        "asked": asked, "job": job, "title": Kind(asked.kind).label, "most": VOLUME_ROWS,
    })  # fmt: skip


def download(request: HttpRequest, printed_id: int) -> FileResponse:
    asked: PrintedBook = printing.ready(printing.printed_for(request.actor, printed_id, on=request.today))
    assert asked.file is not None
    return _sent(open_file(asked.file), asked.kind, printing.suffix(asked.format, asked.volumes))
