"""Kết quả của một đợt đã đóng: hỏi nhóm nào, bộ lọc nào cũng được; chỉ trả lời khi phần được hỏi là những khối nguyên vẹn.

Không được hiện thì là ``None``, không nói vì ít người hay vì sẽ lộ nhóm khác: biết được điều ấy qua nhiều lần hỏi là đếm ra nhóm nhỏ.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tinhgon.engine.pulse.launch import Launch, PulseProblem, Response
from tinhgon.engine.pulse.partition import Block, partition

Group = str
PARTICIPATION = ""
"""Câu "có trả lời hay không": mọi phiếu, kể cả phiếu bỏ hết các câu."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Được hiện. ``count``: số người; ``tally``: điểm -> số người (rỗng với ``PARTICIPATION``); ``groups``: các nhóm cộng lại."""

    groups: tuple[Group, ...]
    count: int
    tally: Mapping[int, int]

    @property
    def mean(self) -> Fraction | None:
        """Điểm trung bình, là phân số; ``None`` với ``PARTICIPATION``."""
        return Fraction(sum(score * people for score, people in self.tally.items()), self.count) if self.tally else None


@dataclass(frozen=True, slots=True)
class _Cut:
    """Phép chia của một câu hỏi: khối của từng nhóm, và điểm của từng khối."""

    block_of: Mapping[Group, int]
    members: tuple[frozenset[Group], ...]
    tallies: tuple[Mapping[int, int], ...]
    sizes: tuple[int, ...]
    sums: Mapping[Group, int]
    """Số người của từng nhóm có người trả lời, không kể nhóm con."""


@dataclass(frozen=True, slots=True)
class Results:
    """Một đợt đã đóng. Tạo qua ``closed``. Các phép hỏi không đổi gì và không phụ thuộc đã hỏi gì trước đó."""

    launch: Launch
    under: Mapping[Group, frozenset[Group]]
    _cuts: Mapping[str, _Cut]
    _comments: Mapping[Group, tuple[str, ...]]
    _comment_groups: frozenset[Group]

    def ask(self, question: str, groups: Collection[Group]) -> Shown | None:
        """Một bộ lọc: đúng các nhóm ấy (không kể nhóm con nếu không nêu). ``PulseProblem`` khi nhóm hay câu hỏi không có trong đợt."""
        cut = self._cut(question)
        wanted = set(groups)
        if lost := sorted(wanted - self.launch.parents.keys()):
            raise PulseProblem("unknown_group", groups=lost)
        held = wanted & cut.sums.keys()
        inside = {cut.block_of[group] for group in held if group in cut.block_of}
        if not inside or sum(len(cut.members[block]) for block in inside) != len(held) or any(not cut.members[block] <= held for block in inside):
            return None
        return _shown(cut, sorted(inside), tuple(sorted(wanted)))

    def of(self, question: str, group: Group) -> Shown | None:
        """Cả một nhóm với mọi nhóm con của nó."""
        found = self.ask(question, self._under(group))
        return found and Shown((group,), found.count, found.tally)

    def table(self, question: str) -> dict[Group, Shown | None]:
        """Mọi nhóm của cây, cho bảng màu theo đơn vị."""
        return {group: self.of(question, group) for group in sorted(self.under)}

    def merged(self, question: str) -> tuple[Shown, ...]:
        """Các khối gộp từ nhiều nhóm mà không phải là một nhóm của cây: từng nhóm thì không hiện được, cả khối thì được."""
        cut = self._cut(question)
        whole = {frozenset(inside & cut.sums.keys()) for inside in self.under.values()}
        return tuple(
            _shown(cut, [block], tuple(sorted(members))) for block, members in enumerate(cut.members) if len(members) > 1 and members not in whole
        )

    def comments(self, group: Group) -> tuple[str, ...] | None:
        """Ý kiến viết của cả nhóm, xếp theo băm: thứ tự không nói gì về người viết hay lúc viết."""
        inside = self._under(group)
        if group not in self._comment_groups:
            return None
        texts = [text for each in inside for text in self._comments.get(each, ())]
        return tuple(sorted(texts, key=lambda text: hashlib.sha256(f"{self.launch.code}\n{text}".encode()).digest()))

    def _under(self, group: Group) -> frozenset[Group]:
        if group not in self.under:
            raise PulseProblem("unknown_group", groups=[group])
        return self.under[group]

    def _cut(self, question: str) -> _Cut:
        if question not in self._cuts:
            raise PulseProblem("unknown_question", question=question)
        return self._cuts[question]


def closed(launch: Launch, responses: Iterable[Response]) -> Results:
    """Đóng đợt và chia khối. ``PulseProblem`` khi có phiếu ngoài cây nhóm, ngoài câu hỏi, ngoài thang điểm."""
    tallies: dict[str, dict[Group, Counter[int]]] = {code: {} for code in (PARTICIPATION, *launch.questions)}
    texts: dict[Group, list[str]] = {}
    for response in responses:
        _check(launch, response)
        for code, score in ((PARTICIPATION, 0), *response.answers.items()):
            tallies[code].setdefault(response.group, Counter())[score] += 1
        if response.comment.strip():
            texts.setdefault(response.group, []).append(response.comment.strip())
    cuts = {code: _cut(launch, by_group) for code, by_group in tallies.items()}
    under = _under(launch)
    return Results(
        launch=launch, under=under, _cuts=cuts, _comments={group: tuple(found) for group, found in texts.items()},
        _comment_groups=_comment_groups(launch, cuts[PARTICIPATION], under),
    )  # fmt: skip


def _check(launch: Launch, response: Response) -> None:
    if response.group not in launch.parents:
        raise PulseProblem("unknown_group", groups=[response.group])
    for code, score in response.answers.items():
        question = launch.questions.get(code)
        if question is None:
            raise PulseProblem("unknown_question", question=code)
        if isinstance(score, bool) or not isinstance(score, int) or not 1 <= score <= question.scale:
            raise PulseProblem("bad_answer", question=code, score=score)


def _cut(launch: Launch, by_group: Mapping[Group, Counter[int]]) -> _Cut:
    sums = {group: tally.total() for group, tally in by_group.items()}
    blocks = partition(launch, {group: (group, size) for group, size in sums.items()}, launch.thresholds.group)
    return _Cut(
        block_of={group: number for number, block in enumerate(blocks) for group in block.items},
        members=tuple(block.items for block in blocks),
        tallies=tuple(_total(by_group[group] for group in block.items) for block in blocks),
        sizes=tuple(block.size for block in blocks),
        sums=sums,
    )


def _total(tallies: Iterable[Counter[int]]) -> dict[int, int]:
    total: Counter[int] = Counter()
    for tally in tallies:
        total.update(tally)
    return {score: total[score] for score in sorted(total) if score}  # điểm 0 chỉ đánh dấu có trả lời


def _shown(cut: _Cut, blocks: Collection[int], groups: tuple[Group, ...]) -> Shown:
    return Shown(groups, sum(cut.sizes[block] for block in blocks), _total(Counter(cut.tallies[block]) for block in blocks))


def _under(launch: Launch) -> dict[Group, frozenset[Group]]:
    """Nhóm -> nó và mọi nhóm con, cháu."""
    found: dict[Group, set[Group]] = {group: {group} for group in launch.parents}
    for group in launch.order:
        parent = launch.parents[group]
        if parent is not None:
            found[parent] |= found[group]
    return {group: frozenset(members) for group, members in found.items()}


def _comment_groups(launch: Launch, cut: _Cut, under: Mapping[Group, frozenset[Group]]) -> frozenset[Group]:
    """Nhóm được hiện ý kiến viết: chia tiếp từ các khối của số người trả lời, nên ý kiến và điểm ghép lại cũng không tách được gì."""
    owners = {number: _owner(launch, members) for number, members in enumerate(cut.members)}
    blocks: tuple[Block[int], ...] = partition(
        launch, {number: (owner, cut.sizes[number]) for number, owner in owners.items()}, launch.thresholds.comments
    )
    members = [frozenset(group for number in block.items for group in cut.members[number]) for block in blocks]
    shown: set[Group] = set()
    for group, inside in under.items():
        asked = inside & cut.sums.keys()
        whole = [block for block in members if block & asked]
        if whole and all(block <= asked for block in whole) and sum(map(len, whole)) == len(asked):
            shown.add(group)
    return frozenset(shown)


def _owner(launch: Launch, groups: Iterable[Group]) -> Group:
    """Nhóm thấp nhất chứa mọi nhóm ấy."""
    chains = [launch.ancestry(group) for group in groups]
    common = set(chains[0]).intersection(*chains[1:])
    return max(common, key=lambda group: launch.depth[group])
