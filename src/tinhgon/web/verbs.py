"""Trang của một động từ: biểu mẫu, gọi dịch vụ, nói kết quả. Lý do từ chối về cạnh ô, chữ đã gõ còn nguyên."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tinhgon.core.errors import Invalid, Refused, TinhGonError
from tinhgon.web.forms.base import PlainForm, attempt


@dataclass(frozen=True)
class VerbPage:
    """``title``, ``submit``: chữ của trang và của nút. ``done``: câu báo khi xong, hay từ kết quả ra câu. ``back``: trang quay về.

    ``call``: nhận dữ liệu đã kiểm tra, gọi động từ. ``land``: từ kết quả của động từ ra trang tới; mặc định ``back``.
    ``consequences``: các câu nói điều sẽ xảy ra, hiện trước khi hỏi; ``is_empty``: không có gì để làm, câu ấy nói vì sao và chỉ còn đường về. ``template``, ``extra``: mẫu kế thừa ``verb_page.html`` và
    ngữ cảnh riêng của nó, khi trang còn kể thêm điều gì.
    """

    title: str
    submit: str
    done: str | Callable[[Any], str]
    back: str
    call: Callable[[dict[str, Any]], Any]
    form: PlainForm | None = None
    land: Callable[[Any], str] | None = None
    consequences: list[str] = field(default_factory=list)
    danger: bool = False
    is_empty: bool = False
    keep: str = ""
    about: str = ""
    template: str = "web/verb_page.html"
    extra: dict[str, Any] = field(default_factory=dict)


def verb_page(request: HttpRequest, verb: VerbPage) -> HttpResponse:
    """GET hiện biểu mẫu (hoặc câu hỏi xác nhận); POST làm. Động từ không cần ô nào thì nút ở trang khác gửi thẳng."""
    if request.method != "POST":
        return _shown(request, verb, 200)
    if verb.form is None:
        return _run_plain(request, verb)
    if not verb.form.is_valid():
        return _shown(request, verb, 422)
    result = attempt(verb.form, lambda: verb.call(verb.form.cleaned_data))
    if verb.form.errors:
        return _shown(request, verb, 409)
    return _finished(request, verb, result)


def _run_plain(request: HttpRequest, verb: VerbPage) -> HttpResponse:
    try:
        result = verb.call({})
    except (Invalid, Refused) as refused:
        say_refused(request, refused)
        return redirect(verb.back)
    return _finished(request, verb, result)


def say_refused(request: HttpRequest, error: TinhGonError) -> None:
    for sentence in error.sentences:
        messages.error(request, sentence)


def _finished(request: HttpRequest, verb: VerbPage, result: Any) -> HttpResponse:
    messages.success(request, verb.done(result) if callable(verb.done) else verb.done)
    return redirect(verb.land(result) if verb.land else verb.back)


def _shown(request: HttpRequest, verb: VerbPage, status: int) -> HttpResponse:
    return render(request, verb.template, {**verb.extra, "verb": verb, "form": verb.form}, status=status)
