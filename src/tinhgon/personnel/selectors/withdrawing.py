"""Những mục trong hồ sơ của một người có thể bỏ khi ghi nhầm."""

from datetime import date

from tinhgon.personnel.entries import Entry, entry_said
from tinhgon.personnel.models import PastWork, Rotation, Skill, Training


def withdrawable(person_id: int, *, on: date) -> list[tuple[str, str]]:
    """(khóa cho ``services.withdraw``, lời); mức của lĩnh vực thì chỉ mức đang có hiệu lực. Nơi gọi đã kiểm quyền."""
    rows: list[tuple[str, Entry]] = [("training", one) for one in Training.objects.filter(person=person_id).order_by("-finished_on", "-pk")]
    rows += [("past", one) for one in PastWork.objects.filter(person=person_id).order_by("-term", "-pk")]
    rows += [("rotation", one) for one in Rotation.objects.filter(person=person_id).order_by("-term", "-pk")]
    skills = Skill.objects.filter(person=person_id, valid__contains=on, valid__endswith__isnull=True)
    rows += [("skill", one) for one in skills.select_related("field").order_by("field_id")]
    return [(f"{kind}-{row.pk}", entry_said(row)) for kind, row in rows]
