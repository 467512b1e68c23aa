"""Đợt khảo sát lúc mở: ngưỡng, cây nhóm và câu hỏi khóa từ đây; đổi thì phải mở đợt khác."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LEAST_GROUP = 5
LEAST_COMMENTS = 10


class PulseProblem(ValueError):
    """``code``: thresholds, no_group, unknown_parent, circle, repeated_question, no_question, bad_scale, unknown_group, unknown_question, bad_answer."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Số người ít nhất của một nhóm được hiện, và của một nhóm được hiện ý kiến viết. Nâng thì được, hạ dưới 5 và 10 thì không."""

    group: int = LEAST_GROUP
    comments: int = LEAST_COMMENTS

    def __post_init__(self) -> None:
        if self.group < LEAST_GROUP or self.comments < max(LEAST_COMMENTS, self.group):
            raise PulseProblem("thresholds", group=self.group, comments=self.comments)


@dataclass(frozen=True, slots=True)
class Question:
    """Câu hỏi chấm từ 1 tới ``scale``."""

    code: str
    scale: int = 5


@dataclass(frozen=True, slots=True)
class Response:
    """Một phiếu: nhóm nhỏ nhất của người trả lời, điểm từng câu (bỏ câu nào cũng được), ý kiến viết. Không có gì chỉ ra người."""

    group: str
    answers: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Launch:
    """Đợt đã mở. ``parents``: nhóm -> nhóm chứa nó (``None`` ở gốc); ``order``: con đứng trước cha. Chỉ tạo qua ``launched``."""

    code: str
    thresholds: Thresholds
    parents: Mapping[str, str | None]
    questions: Mapping[str, Question]
    order: tuple[str, ...]
    depth: Mapping[str, int]

    @property
    def fingerprint(self) -> str:
        """Băm của mọi điều đã khóa: ghi vào nhật ký lúc mở, so lại lúc công bố."""
        frozen = {
            "code": self.code, "group": self.thresholds.group, "comments": self.thresholds.comments,
            "parents": sorted(self.parents.items()), "questions": sorted((q.code, q.scale) for q in self.questions.values()),
        }  # fmt: skip
        return hashlib.sha256(json.dumps(frozen, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def ancestry(self, group: str) -> list[str]:
        """Nhóm rồi các nhóm chứa nó, tới gốc."""
        found = [group]
        while (parent := self.parents[found[-1]]) is not None:
            found.append(parent)
        return found


def launched(
    code: str, *, parents: Mapping[str, str | None], questions: Iterable[Question], thresholds: Thresholds | None = None
) -> Launch:
    """Mở một đợt. ``PulseProblem`` khi cây nhóm hở hay có vòng, câu hỏi trùng, thang điểm không có nghĩa."""
    asked = tuple(questions)
    by_code = {question.code: question for question in asked}
    if not parents:
        raise PulseProblem("no_group")
    if not asked:
        raise PulseProblem("no_question")
    if len(by_code) < len(asked):
        raise PulseProblem("repeated_question")
    if bad := [question.code for question in asked if question.scale < 2]:
        raise PulseProblem("bad_scale", questions=bad)
    if lost := sorted(group for group, parent in parents.items() if parent is not None and parent not in parents):
        raise PulseProblem("unknown_parent", groups=lost)
    depth = _depths(parents)
    order = tuple(sorted(parents, key=lambda group: (-depth[group], group)))
    return Launch(code, thresholds or Thresholds(), dict(parents), by_code, order, depth)


def _depths(parents: Mapping[str, str | None]) -> dict[str, int]:
    """Độ sâu của từng nhóm, gốc là 0."""
    depth: dict[str, int] = {}
    for start in parents:
        path: list[str] = []
        group: str | None = start
        while group is not None and group not in depth:
            if len(path) > len(parents):
                raise PulseProblem("circle", groups=sorted(set(path)))
            path.append(group)
            group = parents[group]
        below = -1 if group is None else depth[group]
        for step, each in enumerate(reversed(path), start=1):
            depth[each] = below + step
    return depth
