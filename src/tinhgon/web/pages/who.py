"""Ai thấy được một văn bản hay một nhiệm vụ, và vì sao."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tinhgon.documents.access import document_for
from tinhgon.documents.selectors.who import Sight
from tinhgon.documents.selectors.who import who_sees as who_sees_document
from tinhgon.tasks.access import task_for
from tinhgon.tasks.selectors.who import who_sees as who_sees_task
from tinhgon.web.units import shown_units


def document(request: HttpRequest, document_id: int) -> HttpResponse:
    found = document_for(request.actor, document_id, on=request.today)
    sights = who_sees_document(request.actor, document_id, on=request.today)
    return _page(request, str(found), reverse("web:document", args=[document_id]), sights, found.secrecy)


def task(request: HttpRequest, task_id: int) -> HttpResponse:
    found = task_for(request.actor, task_id, on=request.today)
    sights = who_sees_task(request.actor, task_id, on=request.today)
    return _page(request, found.title, reverse("web:task", args=[task_id]), sights, found.secrecy)


def _page(request: HttpRequest, name: str, back: str, sights: list[Sight], secrecy: int) -> HttpResponse:
    units = shown_units([sight.unit_id for sight in sights], on=request.today)
    return render(request, "web/pages/who.html", {"name": name, "back": back, "sights": sights, "units": units, "secrecy": secrecy})
