"""Một bảng chỉ có trong phép thử, với hai cột tìm như mọi bảng thật."""

from datetime import date

from django.db import models

from tinhgon.core.actor import Actor
from tinhgon.search.fields import exact_vector, folded_vector, given_name_key, vector_indexes
from tinhgon.search.registry import Source


class Note(models.Model):
    """``owner``: chỉ người ấy được thấy. ``thing``: nhiều dòng có thể là một cái."""

    symbol = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    owner = models.BigIntegerField(default=1)
    thing = models.BigIntegerField(null=True)
    name_key = given_name_key("text")
    search_folded = folded_vector("text", "symbol")
    search_exact = exact_vector("text", "symbol")

    class Meta:
        app_label = "search_tests"
        indexes = vector_indexes("search_note")


def visible_to(actor: Actor, *, on: date) -> models.QuerySet[Note]:
    return Note.objects.filter(owner=actor.user_id) if actor.user_id else Note.objects.none()


NOTES = Source("note", "ghi chép", Note, visible_to, title=("symbol", "text"), snippet=("text",))
THINGS = Source("thing", "cái", Note, visible_to, title=("text",), identity="thing")
