"""Mã truy cập của chính mình: danh sách, tạo (mã hiện đúng một lần), thu hồi."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhgon.core import clock
from tinhgon.org.access import acting
from tinhgon.org.models import AccessToken
from tinhgon.org.services import tokens as services
from tinhgon.web.forms.base import attempt
from tinhgon.web.forms.exchange import TokenForm
from tinhgon.web.verbs import VerbPage, verb_page


def tokens(request: HttpRequest) -> HttpResponse:
    found = AccessToken.objects.filter(user=request.actor.user_id).select_related("appointment__post").order_by("-pk")[:100]
    return render(request, "web/pages/tokens.html", {"tokens": found, "now": clock.now(), "address": request.build_absolute_uri("/api/v1")})


def make(request: HttpRequest) -> HttpResponse:
    standing = acting(request.actor, on=request.today)
    form = TokenForm(request.POST or None, initial={"days": 90, "scopes": ["read"]})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.make(request.actor, on=request.today, **form.cleaned_data))
        if made:
            token, secret = made
            response = render(request, "web/pages/token_made.html", {"token": token, "secret": secret, "address": request.build_absolute_uri("/api/v1")})
            response["Cache-Control"] = "no-store"
            return response
    page = VerbPage(
        title=_("Tạo mã truy cập"), submit=_("Tạo mã"), done="", back=reverse("web:tokens"), call=lambda data: None, form=form,
        consequences=[
            _("Chương trình giữ mã này làm được những gì vị trí “%(title)s” tại %(unit)s làm được, trong phạm vi đã chọn.")
            % {"title": standing.title, "unit": standing.unit_name},
            _("Mã hiện đúng một lần ở trang sau."),
        ],
    )  # fmt: skip
    return render(request, "web/verb_page.html", {"verb": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    return verb_page(request, VerbPage(
        title="", submit="", done=_("Đã thu hồi mã."), back=reverse("web:tokens"), call=lambda _data: services.revoke(request.actor, token_id=token_id),
    ))  # fmt: skip
