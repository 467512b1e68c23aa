"""Nhập sổ cũ: chọn tệp, khớp cột, đọc thử nêu mọi chỗ theo dòng; ghi trong việc nền với tiến độ, tất cả hoặc không gì."""

import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import Forbidden, Invalid, Reason
from tinhgon.core.models import Progress
from tinhgon.documents.models import Direction
from tinhgon.documents.services.intake import importing, register_wording
from tinhgon.engine.registers import FIELDS, Problem
from tinhgon.engine.tables import MOST_BYTES
from tinhgon.files.models import StoredFile
from tinhgon.files.services import chunks, store
from tinhgon.web.forms.base import PlainForm, attempt
from tinhgon.web.pages.documents.tray import keeper_units

SHOWN = 200
_SALT = "documents.register_import"


class ImportForm(PlainForm):
    organ = forms.TypedChoiceField(label=gettext_lazy("Sổ của cơ quan"), coerce=int)
    direction = forms.ChoiceField(
        label=gettext_lazy("Sổ"), choices=[(Direction.INCOMING, gettext_lazy("văn bản đến")), (Direction.OUTGOING, gettext_lazy("văn bản đi"))]
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel hoặc CSV"), help_text=gettext_lazy("Mỗi dòng một văn bản. Tiêu đề cột tên gì cũng được: bước sau chọn cột.")
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].choices = units


class MappingForm(PlainForm):
    """Mỗi ô của sổ một lựa chọn cột; tên ô là ``cot_<ô>``."""

    def __init__(self, *args: Any, columns: tuple[str, ...], mapping: dict[str, str], needed: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[f"cot_{name}"] = forms.ChoiceField(
                label=register_wording.field(name), required=name in needed, initial=mapping.get(name, ""),
                choices=[("", _("(không có)")), *((column, column) for column in columns)],
            )  # fmt: skip
            self.fields[f"cot_{name}"].widget.attrs["class"] = "form-select"

    @property
    def mapping(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"cot_{name}"] for name in FIELDS if self.cleaned_data.get(f"cot_{name}")}


def choose(request: HttpRequest) -> HttpResponse:
    """Bước 1: tệp nào, sổ nào. Tệp cất theo nội dung; bước sau mang vé đã ký, không ai đổi được sang tệp khác."""
    units = keeper_units(request)
    if not units:
        raise Forbidden(Reason("org.not_permitted", _("Chỉ văn thư giữ sổ mới nhập được sổ cũ.")))
    form = ImportForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        stored = attempt(form, lambda: _stored(form.cleaned_data["file"]))
        if stored:
            ticket = {"file": stored.pk, "organ": form.cleaned_data["organ"], "direction": form.cleaned_data["direction"]}
            return redirect("web:register_import_check", ticket=signing.dumps(ticket, salt=_SALT))
    return render(request, "web/pages/register_import.html", {"form": form}, status=422 if form.errors else 200)


def check(request: HttpRequest, ticket: str) -> HttpResponse:
    """Bước 2: khớp cột và đọc thử (GET, địa chỉ giữ lựa chọn); POST: ghi trong việc nền."""
    try:
        told = signing.loads(ticket, salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return redirect("web:register_import")
    stored = StoredFile.objects.filter(pk=told["file"]).first()
    if stored is None:
        return redirect("web:register_import")
    data = b"".join(chunks(stored))
    who: dict[str, Any] = {"on": request.today, "organ_id": told["organ"], "direction": told["direction"]}
    try:
        table = importing.table_of(data)
    except Invalid as broken:
        for sentence in broken.sentences:
            messages.error(request, sentence)
        return redirect("web:register_import")
    chosen = request.POST if request.method == "POST" else request.GET
    is_chosen = any(name.startswith("cot_") for name in chosen)
    form = MappingForm(
        chosen if is_chosen else None, columns=table.columns, mapping=importing.remembered(table.columns), needed=importing.needed(told["direction"]),
    )  # fmt: skip
    mapping = form.mapping if is_chosen and form.is_valid() else importing.remembered(table.columns)
    report = attempt(form, lambda: importing.dry_run(request.actor, **who, data=data, mapping=mapping))
    if request.method == "POST" and report and not report.blocking:
        job = importing.import_later(request.actor, **who, file_id=stored.pk, mapping=report.mapping)
        return redirect("web:register_import_progress", progress_id=job.pk)
    units = dict(keeper_units(request))
    return render(request, "web/pages/register_import_check.html", {
        "form": form, "report": report, "organ": units.get(told["organ"], ""), "is_incoming": told["direction"] == Direction.INCOMING,
        "problems": [(p, register_wording.sentence(p)) for p in _telling(report.problems)[:SHOWN]] if report else [],
        "more": max(len(report.problems) - SHOWN, 0) if report else 0,
        "chosen": [(f"cot_{name}", column) for name, column in report.mapping.items()] if report else [],
    }, status=422 if form.errors else 200)  # fmt: skip


def _telling(problems: Sequence[Problem]) -> list[Problem]:
    """Chỗ phải sửa trước, rồi loại ít gặp: một nghìn dòng cùng được viết hoa không che mất một số lặp."""
    often = Counter(problem.code for problem in problems)
    return sorted(problems, key=lambda problem: (not problem.blocks, often[problem.code]))


def running(request: HttpRequest, progress_id: str) -> HttpResponse:
    job = Progress.objects.filter(pk=progress_id, kind=importing.KIND).first()
    if job is None:
        return redirect("web:register_import")
    return render(request, "web/pages/register_import_running.html", {"job": job, "land": reverse("web:registers")})


def _stored(file: Any) -> StoredFile:
    if file.size > MOST_BYTES:
        raise Invalid(Reason("table.too_big", _("Tệp lớn quá %(most)d MB: chia thành nhiều tệp.") % {"most": MOST_BYTES // 1024**2}, "file"))
    return store(io.BytesIO(file.read()), file.name)
