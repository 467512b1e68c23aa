"""Lý do nói với người nhận thông báo, bằng lời thường: dựng bài toán một lần cho mọi người, không nêu tên ai khác."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tinhgon.engine.formats import format_number
from tinhgon.engine.placement.model import Fact
from tinhgon.reorg.acts.facts import Case
from tinhgon.reorg.models import Placement
from tinhgon.reorg.placing.assembly import person_key, problem_of
from tinhgon.reorg.placing.drift import drift
from tinhgon.reorg.placing.saying import ByName
from tinhgon.reorg.placing.solving import plan_of

_MOST = 5


class Reasons:
    """Lý do cho từng người của một phương án."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement

    def of(self, case: Case) -> list[str]:
        said = self._without_post(case) if case.post is None else self._with_post(case)
        answer = case.proposal.answer.strip()
        if answer:
            said.append(f"Đồng chí đã nêu ý kiến; ý kiến ấy được trả lời như sau: {answer.rstrip('.')}.")
        return said

    def _without_post(self, case: Case) -> list[str]:
        got, options = self._placement.figures, case.proposal.options
        told = f"Sau sắp xếp có {format_number(got['seats'])} vị trí cho {format_number(got['people'])} người."
        if options:
            return [told, f"Đồng chí đủ điều kiện ở {format_number(options)} vị trí; đến khi quyết định, các vị trí ấy đều đã đủ người."]
        return [told, "Theo hồ sơ năng lực hiện có, chưa có vị trí nào trong phương án mà đồng chí đủ điều kiện."]

    def _with_post(self, case: Case) -> list[str]:
        if self._is_old:
            return ["Phương án bố trí cán bộ đã được lấy ý kiến và quyết định theo thẩm quyền."]
        problem, plan = self._solved
        facts: Sequence[Fact] = self._explain(problem, plan, person_key(case.person_id))
        speaker = ByName(problem, _)
        return [speaker.fact(fact) for fact in facts if fact.code != "placed"][:_MOST]

    @cached_property
    def _is_old(self) -> bool:
        """Dữ liệu gốc đã đổi: không dựng lại đúng bài toán cũ được nữa."""
        return bool(drift(self._placement))

    @cached_property
    def _solved(self) -> tuple[Any, Any]:
        return problem_of(self._placement.reorganisation, self._placement.rules), plan_of(self._placement)

    @cached_property
    def _explain(self) -> Any:
        return import_string("tinhgon.engine.placement.explaining.explain")
