"""Hôm nay: việc cần người này ngay bây giờ, theo vai trò ở vị trí đang dùng."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def today(request: HttpRequest) -> HttpResponse:
    return render(request, "web/pages/today.html", {})
