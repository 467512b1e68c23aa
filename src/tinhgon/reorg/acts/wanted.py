"""Văn bản nào cần có cho một phương án đã quyết định: khóa, những người trong đó, băm của điều sẽ viết."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tinhgon.reorg.acts import wording
from tinhgon.reorg.acts.facts import Case, cases
from tinhgon.reorg.acts.reasons import Reasons
from tinhgon.reorg.models import ActOrder, PersonalAct, Placement

Key = tuple[str, str, int]
"""(loại, "person" hay "list", mã người hay mã nơi nhận)."""
Kind = PersonalAct.Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """Một văn bản cần có. ``fields``: giá trị các ô, tính khi cần vì lý do của từng người tốn công."""

    kind: str
    people: tuple[Case, ...]
    listed_for: int | None
    fingerprint: str
    fields: Callable[[], dict[str, Any]]

    @property
    def key(self) -> Key:
        if self.listed_for is not None:
            return self.kind, "list", self.listed_for
        return self.kind, "person", self.people[0].person_id

    @property
    def text(self) -> wording.Text:
        if self.kind == Kind.NOTICE:
            return wording.NOTICE
        return wording.DECISION if self.listed_for is None else wording.LIST


def key_of(act: PersonalAct) -> Key:
    return (act.kind, "list", act.listed_for_id) if act.listed_for_id else (act.kind, "person", act.person_id)


def wanted(order: ActOrder, placement: Placement, shared: dict[str, Any]) -> list[Wanted]:
    """Quyết định cho người có vị trí mới, thông báo cho người chưa có vị trí hay đổi nhiệm vụ. Ai giữ nguyên vị trí mà không kiêm nhiệm thì không cần gì."""
    people, reasons = cases(placement), Reasons(placement)
    given = [one for one in people if one.post is not None and (one.seconds or not one.keeps_post)]
    frame = _hash(shared, order.signer_name, order.signer_position, order.authority, order.issuer_id, order.decision_template_id, order.notice_template_id)
    return [
        *(_each(given, frame) if order.form == ActOrder.Form.EACH else _listed(given, frame)),
        *(_notice(one, reasons, placement, frame) for one in people if one.post is None or one.duty_changes),
    ]


def _each(people: Sequence[Case], frame: str) -> Iterator[Wanted]:
    for case in people:
        fields = wording.of_decision(case)
        yield Wanted(Kind.DECISION, (case,), None, _hash(frame, fields), lambda fields=fields: fields)  # type: ignore[misc]


def _listed(people: Sequence[Case], frame: str) -> Iterator[Wanted]:
    groups: dict[int, list[Case]] = defaultdict(list)
    for case in people:
        groups[case.committee_id].append(case)
    for committee, found in sorted(groups.items(), key=lambda group: group[1][0].committee):
        fields = wording.of_list(found)
        yield Wanted(Kind.DECISION, tuple(found), committee, _hash(frame, fields), lambda fields=fields: fields)  # type: ignore[misc]


def _notice(case: Case, reasons: Reasons, placement: Placement, frame: str) -> Wanted:
    """Băm không gồm câu lý do của động cơ: đọc lại từ cùng dữ liệu thì lý do không đổi, mà tính cho nghìn người thì lâu."""
    reorg, said = placement.reorganisation, (case.proposal.answer, case.proposal.options, placement.baseline)

    def fields() -> dict[str, Any]:
        return wording.of_notice(case, reasons.of(case), reorg)

    return Wanted(Kind.NOTICE, (case,), None, _hash(frame, wording.of_notice(case, (), reorg), said), fields)


def _hash(*parts: Any) -> str:
    return hashlib.md5(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode(), usedforsecurity=False).hexdigest()
