"""Tình trạng hệ thống: các kiểm tra thường trực, chạy ngay khi mở trang."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tinhgon.core.health import run_checks
from tinhgon.org.access import require
from tinhgon.org.rights import Verb


def health(request: HttpRequest) -> HttpResponse:
    require(request.actor, Verb.SEE_HEALTH, on=request.today)
    results = run_checks()
    return render(request, "web/pages/health.html", {"results": results, "bad": sum(not result.ok for result in results)})
