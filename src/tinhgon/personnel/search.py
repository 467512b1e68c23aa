"""Tìm người theo khóa đã học; chỉ trong số những người mình được thấy hồ sơ năng lực."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tinhgon.core.actor import Actor
from tinhgon.personnel.access import visible_to
from tinhgon.personnel.models import Training
from tinhgon.search.registry import Source, register


def trainings_visible_to(actor: Actor, *, on: date) -> QuerySet[Training]:
    return Training.objects.filter(person__in=visible_to(actor, on=on).values("pk"))


register(
    Source(
        kind="personnel.training", label=_("Đào tạo"), model=Training, visible_to=trainings_visible_to, identity="person_id",
        title=("person__full_name", "title"), snippet=("place",), order=60,
    )  # fmt: skip
)
