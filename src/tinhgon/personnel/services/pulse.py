"""Mở đợt khảo sát; trả lời không tên; khép đợt.

Lời hứa "không tên" là của các bảng và của mọi trang: phiếu không trỏ tới người, không giờ, không nhật ký, mã ngẫu nhiên; nhóm của phiếu
có từ năm người lúc mở; khi khép, các phiếu được ghi lại theo thứ tự ngẫu nhiên. Người giữ máy chủ đọc được vết ghi đĩa của chính
PostgreSQL trong lúc đợt còn mở thì nằm ngoài lời hứa này.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, Reason, Refused
from tinhgon.engine.pulse import Launch, Question, Thresholds, launched
from tinhgon.org.access import require, structure_root
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.people import people_of
from tinhgon.org.selectors.units import UnitAt, descendants, units_at
from tinhgon.personnel.access import self_of
from tinhgon.personnel.models import PulseAnswer, PulsePart, PulseSurvey
from tinhgon.personnel.selectors.pulse import group_of, survey_for
from tinhgon.personnel.services.steps import required

SCALE = 5
MOST_QUESTIONS = 8


@transaction.atomic
def open_survey(actor: Actor, *, on: date, title: str, closes_on: date, questions: Sequence[str]) -> PulseSurvey:
    """Mở đợt cho cấp mình và các cấp dưới; ngưỡng, cây nhóm, câu hỏi khóa từ đây. ``Refused`` khi chưa đủ người, ngày khép đã qua."""
    standing = require(actor, Verb.KEEP_PULSE, on=on)
    if standing is None:
        raise Forbidden(Reason("personnel.board_only", _("Đợt khảo sát do một ban tổ chức mở.")))
    named = required(title, "title", _("Hãy ghi tên đợt."))
    asked = [text.strip() for text in questions if text.strip()]
    if not 1 <= len(asked) <= MOST_QUESTIONS or len(set(asked)) < len(asked):
        raise Invalid(Reason("personnel.pulse_questions", _("Từ 1 tới %(most)d câu hỏi, không câu nào lặp lại.") % {"most": MOST_QUESTIONS}, "questions"))
    if closes_on < on:
        raise Refused(Reason("personnel.closes_past", _("Ngày khép đã qua."), "closes_on"))
    root = structure_root(standing)
    thresholds = Thresholds()
    tree, groups, names = _grouped(root, thresholds.group, on)
    if not tree:
        raise Refused(Reason("personnel.pulse_few", _("Cấp này có dưới %(least)d người: không giữ được kín tên.") % {"least": thresholds.group}))
    coded = [(f"c{number}", text) for number, text in enumerate(asked, start=1)]
    launch = launched(f"{root}-{named}", parents=tree, questions=[Question(code, SCALE) for code, _text in coded], thresholds=thresholds)
    survey = PulseSurvey.objects.create(
        root_id=root, title=named, opened_at=clock.now(), closes_on=closes_on, tree=tree, groups=groups, names=names, questions=coded,
        least_group=thresholds.group, least_comments=thresholds.comments, fingerprint=launch.fingerprint,
    )  # fmt: skip
    record(actor, "personnel.pulse_opened", ("pulse", survey.pk), after={"title": named, "closes": closes_on, "fingerprint": launch.fingerprint})
    return survey


def launch_of(survey: PulseSurvey) -> Launch:
    """Đợt như lúc mở, đọc lại từ bảng. ``Refused`` khi điều đã khóa bị đổi."""
    found = launched(
        f"{survey.root_id}-{survey.title}", parents=survey.tree, questions=[Question(code, SCALE) for code, _text in survey.questions],
        thresholds=Thresholds(survey.least_group, survey.least_comments),
    )  # fmt: skip
    if found.fingerprint != survey.fingerprint:
        raise Refused(Reason("personnel.pulse_changed", _("Ngưỡng, nhóm hay câu hỏi của đợt đã bị đổi sau khi mở: không công bố kết quả.")))
    return found


@transaction.atomic
def answer(actor: Actor, *, on: date, survey_id: int, scores: Mapping[str, int], comment: str = "") -> None:
    """Một phiếu của chính người đứng tên tài khoản. Không trả về phiếu, không ghi nhật ký: không gì nối phiếu với người."""
    require(actor, Verb.OWN_FILE, on=on)
    person = self_of(actor)
    survey = survey_for(actor, survey_id, on=on)
    if on > survey.closes_on:
        raise Refused(Reason("personnel.pulse_closed", _("Đợt khảo sát đã khép.")))
    group = group_of(survey, person.pk, on=on)
    if group is None:
        raise Refused(Reason("personnel.pulse_elsewhere", _("Đợt khảo sát này không dành cho đơn vị của bạn.")))
    known = {code for code, _text in survey.questions}
    if set(scores) - known or any(not 1 <= score <= SCALE for score in scores.values()):
        raise Invalid(Reason("personnel.pulse_score", _("Mỗi câu từ 1 tới %(most)d, hoặc bỏ trống.") % {"most": SCALE}))
    _part, is_first = PulsePart.objects.get_or_create(survey=survey, person=person)
    if not is_first:
        raise Refused(Reason("personnel.pulse_twice", _("Bạn đã tham gia đợt này. Phiếu không tên nên không sửa được.")))
    PulseAnswer.objects.create(survey=survey, group=group, scores=dict(scores), comment=comment.strip())


def shuffle(survey: PulseSurvey) -> None:
    """Ghi lại các phiếu của đợt đã khép theo thứ tự ngẫu nhiên, một lần: thứ tự trên đĩa thôi nói ai trước ai sau."""
    with transaction.atomic(), connection.cursor() as cursor:
        if PulseSurvey.objects.filter(pk=survey.pk, shuffled_at__isnull=True).update(shuffled_at=clock.now()):
            cursor.execute(_SHUFFLE_SQL, [survey.pk])


_SHUFFLE_SQL = """
WITH gone AS (DELETE FROM personnel_pulse_answer WHERE survey_id = %s RETURNING survey_id, "group", scores, comment)
INSERT INTO personnel_pulse_answer (id, survey_id, "group", scores, comment)
SELECT gen_random_uuid(), survey_id, "group", scores, comment FROM gone ORDER BY random()
"""


def _grouped(root: int, least: int, on: date) -> tuple[dict[str, str | None], dict[str, str], dict[str, str]]:
    """(cây nhóm, đơn vị -> nhóm, tên nhóm): nhóm là đơn vị mà nó và bên dưới có từ ``least`` người; nhỏ hơn thì thuộc nhóm trên."""
    units = units_at(descendants([root], on=on), on=on)
    people: dict[int, set[int]] = {unit: set() for unit in units}
    for line in people_of(units, on=on):
        if line.is_main:
            people[line.unit_id].add(line.person_id)
    order = sorted(units, key=lambda unit: -_depth(unit, units))
    below = {unit: set(found) for unit, found in people.items()}
    for unit in order:
        parent = units[unit].parent_id
        if unit != root and parent in below:
            below[parent] |= below[unit]
    large = {unit for unit in units if len(below[unit]) >= least}
    if root not in large:
        return {}, {}, {}

    def nearest(unit: int | None) -> int | None:
        while unit is not None and unit not in large:
            unit = units[unit].parent_id
        return unit

    tree = {str(unit): None if unit == root else str(nearest(units[unit].parent_id)) for unit in large}
    groups = {str(unit): str(nearest(unit)) for unit in units}
    return tree, groups, {str(unit): units[unit].name for unit in large}


def _depth(unit: int, units: Mapping[int, UnitAt]) -> int:
    depth, here = 0, units[unit].parent_id
    while here is not None and here in units:
        depth, here = depth + 1, units[here].parent_id
    return depth
