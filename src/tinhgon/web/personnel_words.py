"""Câu cho những con số mà ``engine`` trả về về cán bộ (engine không biết ngôn ngữ)."""

from collections.abc import Mapping
from fractions import Fraction

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.engine.grading import Finding
from tinhgon.engine.headcount import Breach, Check
from tinhgon.engine.leave import LeaveProblem, Rules
from tinhgon.personnel.rule_words import CERTAINTIES, fraction_said
from tinhgon.personnel.selectors.deputies import DeputiesPage

_FINDINGS: Mapping[str, Promise] = {
    "points_below": _("%(share)s điểm, mức này cần %(bar)s"),
    "no_tasks": _("hệ thống chưa có nhiệm vụ nào của kỳ: chưa đủ dữ liệu"),
    "not_all_on_time": _("đúng hạn %(share)s, mức này cần %(bar)s"),
    "too_many_late": _("chậm %(share)s, mức này tối đa %(bar)s"),
    "not_all_done": _("đã xong %(share)s, mức này cần %(bar)s"),
    "exceeded_unknown": _("chưa ghi tỉ lệ vượt yêu cầu, mức này cần %(bar)s"),
    "exceeded_too_few": _("vượt yêu cầu %(share)s, mức này cần %(bar)s"),
}


_BREACHES: Mapping[str, Promise] = {
    Check.HALF: _("quá %(share)s biên chế được giao: tối đa %(most)d"),
    Check.PARENT: _("nhiều hơn đơn vị chứa nó (%(against)s): tối đa %(most)d"),
    Check.SIBLINGS: _("không có đơn vị bên trong mà nhiều hơn nơi cùng cấp có đơn vị bên trong (%(against)s): tối đa %(most)d"),
}
_LEAVE: Mapping[str, Promise] = {
    "before_decision": _("Ngày nghỉ phải từ ngày quyết định sắp xếp có hiệu lực trở đi."),
    "reached_age": _("Ngày ấy đã đủ tuổi nghỉ hưu: không còn là nghỉ trước tuổi."),
    "too_early_to_retire": _("Còn quá lâu mới tới tuổi nghỉ hưu: quy định này không cho nghỉ hưu trước tuổi sớm như vậy; hãy xem thôi việc."),
    "too_near_to_resign": _("Còn dưới %(months)d tháng tới tuổi nghỉ hưu: quy định này không dành cho thôi việc; hãy xem nghỉ hưu trước tuổi."),
    "no_base_wage": _("Chưa biết mức lương cơ sở của ngày ấy: hãy ghi thẳng tiền lương, hoặc nhờ ban tổ chức thêm ở trang quy định."),
    "too_long_insured": _("Số năm đóng bảo hiểm xã hội không có thật."),
}


def leave_problem(problem: LeaveProblem, rules: Rules) -> str:
    """Vì sao không ước tính được, đọc thành câu."""
    sentence = str(_LEAVE.get(problem.code, _("Không ước tính được với các số này: hãy xem lại từng ô.")))
    return sentence % {"months": rules.resignation.least_months}


def breach_sentence(breach: Breach, page: DeputiesPage) -> str:
    """Một chỗ vượt số cấp phó, đọc thành câu."""
    share = _("nửa") if page.rules.share == Fraction(1, 2) else fraction_said(page.rules.share, as_percent=True)
    return str(_BREACHES[breach.check]) % {"most": breach.most, "against": page.names.get(breach.against or 0, ""), "share": share}


def finding_sentence(found: Finding) -> str:
    """Một chỗ mức chưa khớp điểm hay bằng chứng, đọc thành câu."""
    as_points = found.code == "points_below"
    values = {name: "" if value is None else _number(float(value)) if as_points else f"{_number(float(100 * value))}%" for name, value in (("share", found.share), ("bar", found.bar))}
    return str(_FINDINGS[found.code]) % values


def certainty_word(certainty: str) -> str:
    return str(CERTAINTIES[certainty])


def _number(value: float) -> str:
    return str(formats.number_format(round(value, 1) if value % 1 else int(value), use_l10n=True, force_grouping=True))
