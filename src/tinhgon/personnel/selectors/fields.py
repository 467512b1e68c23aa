"""Các lĩnh vực và tính chất của chúng vào một ngày."""

from dataclasses import dataclass
from datetime import date

from tinhgon.org.models import Field
from tinhgon.personnel.models import FieldTag


@dataclass(frozen=True, slots=True)
class FieldAt:
    """Một lĩnh vực ngày ấy; ``basis``: căn cứ của tính chất, rỗng khi là tính chất ban đầu."""

    id: int
    name: str
    nature: str
    basis: str

    @property
    def nature_label(self) -> str:
        return str(Field.Nature(self.nature).label)


def fields_at(on: date) -> list[FieldAt]:
    """Mọi lĩnh vực, theo thứ tự danh mục."""
    tags = {tag.field_id: tag for tag in FieldTag.objects.filter(valid__contains=on)}
    return [
        FieldAt(field.pk, field.name, tags[field.pk].nature if field.pk in tags else field.nature, tags[field.pk].basis if field.pk in tags else "")
        for field in Field.objects.order_by("pk")
    ]
