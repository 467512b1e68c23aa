"""Quản trị tài khoản: danh sách, mời, đặt lại, khóa, mở. Mã trong liên kết chỉ hiện một lần."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.core.errors import Invalid, Refused
from tinhgon.org.access import require
from tinhgon.org.models import Person
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.accounts import account_rows
from tinhgon.org.selectors.accounts import accounts as account_reads
from tinhgon.org.services import accounts as services
from tinhgon.web.forms.accounts import AccountFilters, InviteForm
from tinhgon.web.forms.base import attempt
from tinhgon.web.forms.documents import ReasonForm
from tinhgon.web.listing import Column, Listing, list_page
from tinhgon.web.verbs import VerbPage, say_refused, verb_page


def accounts(request: HttpRequest) -> HttpResponse:
    data = request.GET.copy()
    data.setdefault("tinh_trang", "" if data.get("tim") else "open")
    filters = AccountFilters(data)
    filters.is_valid()
    wanted = filters.cleaned_data
    rows = account_reads(request.actor, on=request.today, text=wanted.get("tim", ""), state=wanted.get("tinh_trang", ""))
    listing = Listing(
        request, rows,
        columns=[
            Column("ten", _("Họ và tên"), ("name_key",)),
            Column("dang-nhap", _("Tên đăng nhập"), ("user__username",)),
            Column("tinh-trang", _("Tài khoản")),
            Column("lan-cuoi", _("Đăng nhập lần cuối"), ("user__last_login",)),
            Column("viec", _("Việc làm được"), css="hidden-label"),
        ],
        row_template="web/rows/account.html",
        default_sort="ten",
        prepare=account_rows,
    )  # fmt: skip
    empty = {"title": _("Chưa có tài khoản nào."), "hint": _("Tìm tên người rồi bấm Mời: người ấy nhận một liên kết để đặt mật khẩu.")}
    return list_page(request, "web/pages/accounts.html", listing, {"filters": filters, "empty": empty})


def _person(request: HttpRequest, person_id: int) -> Person:
    require(request.actor, Verb.KEEP_ACCOUNTS, on=request.today)
    return get_object_or_404(Person.objects.select_related("user"), pk=person_id)


def invite(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _person(request, person_id)
    form = InviteForm(request.POST or None, initial={"username": person.user.username if person.user else ""})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        token = attempt(form, lambda: services.invite(request.actor, person_id=person_id, **data))
        if token:
            return _link(request, person, token)
    page = VerbPage(
        title=_("Mời %(person)s") % {"person": person.full_name}, submit=_("Tạo liên kết mời"), done="", back=reverse("web:accounts"),
        call=lambda data: None, form=form,
        consequences=[_("Liên kết dùng một lần, có hạn, hiện đúng một lần ở trang sau. Lời mời cũ chưa dùng thôi có hiệu lực.")],
    )  # fmt: skip
    return render(request, "web/verb_page.html", {"verb": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def reset(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _person(request, person_id)
    try:
        token = services.reset(request.actor, person_id=person_id)
    except (Invalid, Refused) as refused:
        say_refused(request, refused)
        return render(request, "web/error.html", {"title": _("Chưa làm được"), "reasons": refused.reasons}, status=409)
    return _link(request, person, token)


def _link(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    response = render(request, "web/pages/invitation_link.html", {"person": person, "link": link})
    response["Cache-Control"] = "no-store"
    return response


def lock(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _person(request, person_id)

    def call(data: dict[str, Any]) -> None:
        services.lock(request.actor, person_id=person_id, reason=data["reason"])

    return verb_page(request, VerbPage(
        title=_("Khóa tài khoản của %(person)s") % {"person": person.full_name}, submit=_("Khóa tài khoản"), done=_("Đã khóa tài khoản."),
        back=reverse("web:accounts"), call=call, form=ReasonForm(request.POST or None), danger=True,
        consequences=[_("Người này không đăng nhập được nữa, mọi phiên đang mở dừng ở lần bấm kế tiếp. Phân công và việc đang giữ không đổi.")],
    ))  # fmt: skip


@require_POST
def unlock(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _person(request, person_id)
    return verb_page(request, VerbPage(
        title="", submit="", done=_("Đã mở khóa tài khoản của %(person)s.") % {"person": person.full_name}, back=reverse("web:accounts"),
        call=lambda data: services.unlock(request.actor, person_id=person_id),
    ))  # fmt: skip
