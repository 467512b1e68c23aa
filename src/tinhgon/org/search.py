"""Đơn vị và người là cái tìm được. Cấu trúc và danh bạ hiện với mọi người đã đăng nhập; đơn vị tìm ra bằng mọi tên đã dùng."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tinhgon.core.actor import Actor
from tinhgon.org.models import Person, UnitVersion
from tinhgon.search.registry import Source, register


def units_visible_to(actor: Actor, *, on: date) -> QuerySet[UnitVersion]:
    """Mọi phiên bản đã có hiệu lực tới ngày ``on``: tên cũ vẫn tìm ra đơn vị."""
    return UnitVersion.objects.filter(valid__startswith__lte=on)


def people_visible_to(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Danh bạ: người có phân công trong ngày."""
    return Person.objects.filter(appointments__valid__contains=on).distinct()


register(
    Source(
        kind="org.unit", label=_("Đơn vị"), model=UnitVersion, visible_to=units_visible_to, identity="unit_id",
        title=("name",), snippet=("short_name", "symbol"), order=30,
    ),
    Source(
        kind="org.person", label=_("Cán bộ"), model=Person, visible_to=people_visible_to, title=("full_name",), order=40
    ),
)  # fmt: skip
