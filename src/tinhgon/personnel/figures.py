"""Con số về năng lực của một nhóm: không bao giờ của một người, và nhóm dưới năm người thì ``org.figures`` giữ lại.

Chỉ đọc mức đã được người có thẩm quyền công nhận; không đọc hồ sơ riêng, xếp loại hay nguyện vọng. "Làm được" là từ mức 2.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhgon.org.figures import Count, Figure, Foreseen, Period, Structure, register
from tinhgon.personnel.models import Skill
from tinhgon.personnel.selectors.profile import PROVEN


def _skills(structure: Structure, period: Period) -> Sequence[Sequence[Any]]:
    return structure.rows(
        """
        SELECT p.group_id, count(DISTINCT s.person_id), count(DISTINCT s.person_id) FILTER (WHERE s.is_main AND s.level >= %(masters)s),
               count(*) FILTER (WHERE s.level >= %(proven)s)
        FROM person p JOIN personnel_skill s ON s.person_id = p.person_id AND s.valid @> %(on)s::date GROUP BY 1
        """,
        period, masters=int(Skill.Level.MASTERS), proven=int(PROVEN),
    )  # fmt: skip


def _cover(structure: Structure, period: Period) -> Sequence[Sequence[Any]]:
    """Mỗi lĩnh vực mà một nơi được giao chức năng: bao nhiêu người của nơi ấy làm được."""
    return structure.rows(
        """
        , needed AS (
            SELECT DISTINCT d.group_id, f.field_id FROM duty d JOIN org_function f ON f.id = d.function_id
        ), able AS (
            SELECT p.group_id, s.field_id, count(*) AS people FROM person p
            JOIN personnel_skill s ON s.person_id = p.person_id AND s.valid @> %(on)s::date AND s.level >= %(proven)s GROUP BY 1, 2
        )
        SELECT n.group_id, count(*), count(*) FILTER (WHERE a.people >= 2), count(*) FILTER (WHERE a.people = 1), count(*) FILTER (WHERE a.people IS NULL)
        FROM needed n LEFT JOIN able a ON a.group_id = n.group_id AND a.field_id = n.field_id GROUP BY 1
        """,
        period, proven=int(PROVEN),
    )  # fmt: skip


_PEOPLE, _PLACES = _("người"), _("lĩnh vực")
register(
    Count(
        (
            Figure("personnel.assessed", _("Người đã được công nhận mức"), _PEOPLE, Foreseen.PEOPLE, of_people=True),
            Figure("personnel.masters", _("Người thành thạo lĩnh vực chính"), _PEOPLE, Foreseen.PEOPLE, of_people=True),
            Figure("personnel.proven", _("Lượt lĩnh vực làm được, cộng mọi người"), _("lượt"), Foreseen.PEOPLE, of_people=True),
        ),
        _skills,
    ),
    Count(
        (
            Figure("personnel.fields", _("Lĩnh vực được giao, cộng các nơi"), _PLACES, Foreseen.COVER),
            Figure("personnel.covered", _("Lĩnh vực được giao có từ hai người làm được"), _PLACES, Foreseen.COVER, of_people=True),
            Figure("personnel.single", _("Lĩnh vực được giao chỉ một người làm được"), _PLACES, Foreseen.COVER, of_people=True),
            Figure("personnel.bare", _("Lĩnh vực được giao chưa ai làm được"), _PLACES, Foreseen.COVER, of_people=True),
        ),
        _cover,
    ),
)
