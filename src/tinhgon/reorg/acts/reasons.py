"""Lý do nói với người nhận thông báo, bằng lời thường: không điểm số, không tên ai khác. Dựng bài toán một lần cho mọi người."""

from collections.abc import Iterator

from django.utils.functional import cached_property

from tinhgon.engine.formats import format_number
from tinhgon.engine.placement.model import Problem
from tinhgon.engine.placement.points import wish_rank
from tinhgon.engine.placement.sentences import LEVELS
from tinhgon.reorg.acts.facts import Case
from tinhgon.reorg.models import Placement, PlacementPin
from tinhgon.reorg.placing import records
from tinhgon.reorg.placing.assembly import person_key, post_key, problem_of
from tinhgon.reorg.placing.drift import drift


class Reasons:
    """Lý do cho từng người của một phương án."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement

    def of(self, case: Case) -> list[str]:
        return [self._seats(), *(self._without_post(case) if case.post is None else self._with_post(case)), *_answered(case)]

    def _seats(self) -> str:
        got = self._placement.figures
        return f"Sau sắp xếp có {format_number(got['seats'])} vị trí cho {format_number(got['people'])} người thuộc các đơn vị sắp xếp."

    def _without_post(self, case: Case) -> Iterator[str]:
        options = case.proposal.options
        if options:
            yield f"Đồng chí đủ điều kiện ở {format_number(options)} vị trí; đến khi quyết định, các vị trí ấy đều đã đủ người."
        else:
            yield "Theo hồ sơ năng lực hiện có, chưa có vị trí nào trong phương án mà đồng chí đủ điều kiện."

    def _with_post(self, case: Case) -> Iterator[str]:
        assert case.post is not None
        if case.follows_unit:
            yield "Vị trí mới ở nơi kế thừa đơn vị đồng chí đang công tác."
        if (case.person_id, case.post.pk) in self._pinned:
            yield f"Vị trí này do ban tổ chức chọn, lý do: {self._pinned[case.person_id, case.post.pk].rstrip('.')}."
        if self._problem is None:
            return
        person, post = self._problem.person_of[person_key(case.person_id)], self._problem.post_of[post_key(case.post.pk)]
        wish = wish_rank(person, post)
        if wish is not None:
            yield f"Đây là nguyện vọng thứ {wish} của đồng chí."
        known = next((one for one in person.skills if one.field == post.field and one.level in LEVELS and one.level > 0), None)
        if known is not None and post.field not in (records.LEADING, records.GENERAL):
            field = next(one.name for one in self._problem.fields if one.id == post.field)
            yield f"Hồ sơ năng lực của đồng chí ở lĩnh vực {field[:1].lower()}{field[1:]}: {LEVELS[known.level]}, {known.years} năm."

    @cached_property
    def _pinned(self) -> dict[tuple[int, int], str]:
        rows = self._placement.reorganisation.pins.filter(kind=PlacementPin.Kind.PIN)
        return {(person, post): reason for person, post, reason in rows.values_list("person_id", "post_id", "reason")}

    @cached_property
    def _problem(self) -> Problem | None:
        """Dữ liệu gốc đã đổi thì không dựng lại đúng bài toán cũ được nữa: chỉ nói điều còn chắc."""
        if drift(self._placement):
            return None
        return problem_of(self._placement.reorganisation, self._placement.rules)


def _answered(case: Case) -> list[str]:
    answer = case.proposal.answer.strip()
    return [f"Đồng chí đã nêu ý kiến; ý kiến ấy được trả lời như sau: {answer.rstrip('.')}."] if answer else []
