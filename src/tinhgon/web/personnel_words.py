"""Câu cho những con số mà ``engine`` trả về về cán bộ (engine không biết ngôn ngữ)."""

from collections.abc import Mapping

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.engine.form.rules import Certainty
from tinhgon.engine.grading import Finding
from tinhgon.engine.headcount import Breach, Check
from tinhgon.engine.leave import LeaveProblem

_FINDINGS: Mapping[str, Promise] = {
    "points_below": _("%(share)s điểm, mức này cần %(bar)s"),
    "no_tasks": _("hệ thống chưa có nhiệm vụ nào của kỳ: chưa đủ dữ liệu"),
    "not_all_on_time": _("đúng hạn %(share)s, mức này cần %(bar)s"),
    "too_many_late": _("chậm %(share)s, mức này tối đa %(bar)s"),
    "not_all_done": _("đã xong %(share)s, mức này cần %(bar)s"),
    "exceeded_unknown": _("chưa ghi tỉ lệ vượt yêu cầu, mức này cần %(bar)s"),
    "exceeded_too_few": _("vượt yêu cầu %(share)s, mức này cần %(bar)s"),
}
_CERTAINTY: Mapping[str, Promise] = {
    Certainty.SEEN: _("đã đối chiếu văn bản"),
    Certainty.SECOND_HAND: _("theo nguồn đọc lại, chưa đối chiếu toàn văn"),
    Certainty.MEMORY: _("theo hiểu biết chung, cần đối chiếu"),
    Certainty.CONFLICT: _("các nguồn nói khác nhau"),
}


_BREACHES: Mapping[str, Promise] = {
    Check.HALF: _("quá nửa biên chế được giao: tối đa %(most)d"),
    Check.PARENT: _("nhiều hơn đơn vị chứa nó (%(against)s): tối đa %(most)d"),
    Check.SIBLINGS: _("không có đơn vị bên trong mà nhiều hơn nơi cùng cấp có đơn vị bên trong (%(against)s): tối đa %(most)d"),
}
_LEAVE: Mapping[str, Promise] = {
    "before_decision": _("Ngày nghỉ phải từ ngày quyết định sắp xếp có hiệu lực trở đi."),
    "reached_age": _("Ngày ấy đã đủ tuổi nghỉ hưu: không còn là nghỉ trước tuổi."),
    "too_early_to_retire": _("Còn quá lâu mới tới tuổi nghỉ hưu: quy định này không cho nghỉ hưu trước tuổi sớm như vậy; hãy xem thôi việc."),
    "too_near_to_resign": _("Còn dưới hai năm tới tuổi nghỉ hưu: quy định này không dành cho thôi việc; hãy xem nghỉ hưu trước tuổi."),
    "too_long_insured": _("Số năm đóng bảo hiểm xã hội không có thật."),
}


def leave_problem(problem: LeaveProblem) -> str:
    """Vì sao không ước tính được, đọc thành câu."""
    return str(_LEAVE.get(problem.code, _("Không ước tính được với các số này: hãy xem lại từng ô.")))


def breach_sentence(breach: Breach, names: Mapping[int, str]) -> str:
    """Một chỗ vượt số cấp phó, đọc thành câu."""
    return str(_BREACHES[breach.check]) % {"most": breach.most, "against": names.get(breach.against or 0, "")}


def finding_sentence(found: Finding) -> str:
    """Một chỗ mức chưa khớp điểm hay bằng chứng, đọc thành câu."""
    as_points = found.code == "points_below"
    values = {name: "" if value is None else _number(float(value)) if as_points else f"{_number(float(100 * value))}%" for name, value in (("share", found.share), ("bar", found.bar))}
    return str(_FINDINGS[found.code]) % values


def certainty_word(certainty: str) -> str:
    return str(_CERTAINTY[certainty])


def _number(value: float) -> str:
    return str(formats.number_format(round(value, 1) if value % 1 else int(value), use_l10n=True))
