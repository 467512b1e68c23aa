"""Các mục của hồ sơ bỏ được khi ghi nhầm, và mỗi mục đọc thành lời."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _

from tinhgon.personnel.models import PastWork, Rotation, Skill, Training

Entry = Training | PastWork | Rotation | Skill
WITHDRAWN: Mapping[str, type[Entry]] = {
    "training": Training, "past": PastWork, "rotation": Rotation, "skill": Skill,
}  # fmt: skip


def entry_said(row: Entry) -> str:
    """Một mục của hồ sơ, đọc thành lời: cho nhật ký và chỗ chọn mục để bỏ."""
    if isinstance(row, Training):
        return str(_("khóa học “%(title)s”, xong %(day)s") % {"title": row.title, "day": f"{row.finished_on:%d/%m/%Y}"})
    if isinstance(row, PastWork):
        last = row.term.upper - timedelta(days=1)
        return str(_("%(title)s, %(place)s, %(since)s – %(until)s") % {"title": row.title, "place": row.place, "since": f"{row.term.lower:%d/%m/%Y}", "until": f"{last:%d/%m/%Y}"})
    if isinstance(row, Rotation):
        return str(_("%(kind)s, %(since)s – %(due)s") % {"kind": row.get_kind_display(), "since": f"{row.term.lower:%d/%m/%Y}", "due": f"{row.term.upper:%d/%m/%Y}"})
    return str(_("lĩnh vực %(field)s, mức %(level)d") % {"field": row.field.name, "level": row.level})
