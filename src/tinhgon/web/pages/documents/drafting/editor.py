"""Soạn nội dung: ô chữ và tờ giấy bên cạnh; nộp tệp Word; các bản, so sánh, khôi phục; tải về."""

import base64
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, DraftVersion
from tinhgon.documents.selectors.printing import draft_docx, draft_pdf
from tinhgon.documents.selectors.process import version_of
from tinhgon.documents.services import versions
from tinhgon.engine.difference import difference
from tinhgon.files.services import open_file
from tinhgon.web.forms.base import attempt
from tinhgon.web.forms.drafting import BodyForm, WordForm
from tinhgon.web.pages.documents.drafting.sheets import page_count, page_picture
from tinhgon.web.pages.documents.writing import address
from tinhgon.web.verbs import VerbPage, verb_page

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LIVE_PAGES = 3


def editor(request: HttpRequest, document_id: int) -> HttpResponse:
    """``/van-ban/<số>/soan/``: gõ chữ, lưu thành bản kế tiếp. Lỗi thì chữ đã gõ còn nguyên."""
    document, current = version_of(request.actor, document_id, None, on=request.today)
    document = document_for(request.actor, document_id, to="edit", on=request.today)
    start = {"body": current.body if current else "", "based_on": current.number if current else None}
    form = BodyForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            data = form.cleaned_data
            saved = attempt(form, lambda: versions.save_version(
                request.actor, on=request.today, document_id=document_id, body=data["body"], note=data["note"],
                based_on=data["based_on"],
            ))  # fmt: skip
            if not form.errors:
                return _saved(request, document, saved)
        status = 409
    return render(request, "web/pages/drafting/editor.html", {
        "document": document, "form": form, "word_form": WordForm(), "current": current, "is_file": bool(current and current.file_id),
    }, status=status)  # fmt: skip


def _saved(request: HttpRequest, document: Document, saved: DraftVersion) -> HttpResponse:
    from_button = request.POST.get("xong")
    messages.success(request, _("Đã lưu bản %(number)d.") % {"number": saved.number})
    return redirect(address(document) if from_button else reverse("web:draft_editor", args=[document.pk]))


def upload(request: HttpRequest, document_id: int) -> HttpResponse:
    """Nộp tệp Word làm bản kế tiếp."""
    document = document_for(request.actor, document_id, to="edit", on=request.today)

    def keep(data: dict[str, Any]) -> DraftVersion:
        file = data["file"]
        return versions.upload_version(
            request.actor, on=request.today, document_id=document_id, name=file.name, content=file, note=data["note"]
        )

    return verb_page(request, VerbPage(
        title=_("Nộp tệp Word"), submit=_("Nộp thành bản kế tiếp"), done=_("Đã nộp tệp thành bản mới."), back=address(document),
        call=keep, form=WordForm(request.POST or None, request.FILES or None), about=document.summary,
    ))  # fmt: skip


@require_POST
def restore(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    document = document_for(request.actor, document_id, to="edit", on=request.today)
    return verb_page(request, VerbPage(
        title=_("Khôi phục"), submit=_("Khôi phục"), done=_("Đã lấy lại bản %(number)d thành bản mới nhất.") % {"number": number},
        back=address(document),
        call=lambda _data: versions.restore_version(request.actor, on=request.today, document_id=document_id, number=number),
    ))  # fmt: skip


def compare(request: HttpRequest, document_id: int) -> HttpResponse:
    """``?tu=1&den=3``: hai bản khác nhau từng chữ; mặc định bản mới nhất với bản ngay trước."""
    document, newest = version_of(request.actor, document_id, None, on=request.today)
    if newest is None:
        raise Http404
    after = _asked(request, document_id, "den", newest.number)
    before = _asked(request, document_id, "tu", max(after.number - 1, 1))
    found = difference(before.body.split("\n"), after.body.split("\n"))
    others = document.versions.select_related("author").order_by("-number")
    return render(request, "web/pages/drafting/compare.html", {
        "document": document, "before": before, "after": after, "paragraphs": found, "others": others,
        "changed": sum(paragraph.change != "same" for paragraph in found),
    })  # fmt: skip


def _asked(request: HttpRequest, document_id: int, name: str, default: int) -> DraftVersion:
    text = request.GET.get(name, "")
    number = int(text) if text.isdecimal() and len(text) < 7 else default
    _document, found = version_of(request.actor, document_id, number, on=request.today)
    if found is None:
        raise Http404
    return found


@require_POST
def preview(request: HttpRequest, document_id: int) -> HttpResponse:
    """Chữ đang gõ, chưa lưu, như in ra: vài trang đầu cạnh ô chữ (htmx), hoặc cả PDF trong thẻ mới."""
    document = document_for(request.actor, document_id, to="edit", on=request.today)
    body = request.POST.get("body", "")[: versions.LONGEST]
    printed = draft_pdf(document, body, on=request.today)
    if not request.htmx:
        return HttpResponse(printed, content_type="application/pdf")
    count = page_count(printed)
    pictures = [base64.b64encode(page_picture(printed, number)).decode() for number in range(1, min(count, _LIVE_PAGES) + 1)]
    return render(request, "web/pages/drafting/live.html", {"pictures": pictures, "count": count, "more": count - len(pictures)})


def download(request: HttpRequest, document_id: int, number: int, form: str) -> HttpResponse:
    """Bản ``number`` thành ``pdf``, ``word``; ``tep`` là chính tệp Word đã nộp."""
    document, version = version_of(request.actor, document_id, number, on=request.today)
    if version is None or form not in ("pdf", "word", "tep"):
        raise Http404
    name = f"du-thao-{document.pk}-ban-{version.number}"
    if version.file is not None and form != "pdf":
        with open_file(version.file) as content:
            return _file(content.read(), version.file.content_type, version.file_name)
    if form == "word":
        return _file(draft_docx(document, version.body, on=request.today), _WORD, f"{name}.docx")
    answer = HttpResponse(draft_pdf(document, version.body, on=request.today), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def picture(request: HttpRequest, document_id: int, number: int, page: int) -> HttpResponse:
    """Ảnh một trang của bản, cho tờ giấy cạnh bên."""
    document, version = version_of(request.actor, document_id, number, on=request.today)
    if version is None:
        raise Http404
    printed = draft_pdf(document, version.body, on=request.today)
    if not 1 <= page <= page_count(printed):
        raise Http404
    answer = HttpResponse(page_picture(printed, page), content_type="image/png")
    answer["Cache-Control"] = "private, max-age=60"
    return answer


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
