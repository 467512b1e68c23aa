"""Danh mục lĩnh vực và chức năng: dữ liệu của ``org.templates``, đưa vào cơ sở dữ liệu một lần, gọi lại không thêm."""

from django.db import transaction

from tinhgon.org.models import Field, Function
from tinhgon.org.templates import FIELDS, FUNCTIONS


@transaction.atomic
def ensure_catalogue() -> dict[str, int]:
    """Mã chức năng -> danh tính, sau khi mọi lĩnh vực và chức năng của danh mục đã có trong cơ sở dữ liệu."""
    Field.objects.bulk_create(
        [Field(code=code, name=name, nature=nature) for code, name, nature in FIELDS],
        update_conflicts=True, unique_fields=["code"], update_fields=["name", "nature"],
    )  # fmt: skip
    fields = dict(Field.objects.values_list("code", "pk"))
    Function.objects.bulk_create(
        [Function(code=code, name=name, field_id=fields[field]) for code, name, field in FUNCTIONS],
        update_conflicts=True, unique_fields=["code"], update_fields=["name", "field"],
    )  # fmt: skip
    return dict(Function.objects.values_list("code", "pk"))
