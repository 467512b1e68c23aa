"""Kiểm tra văn bản liên tịch: đủ khối ký, mỗi khối nói rõ là của cơ quan nào; thể thức đề ký xét ở từng khối."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tinhgon.engine.form.model import Check, Found, Subject
from tinhgon.engine.form.rules import Rule, RuleSetAt
from tinhgon.engine.vietnamese import fold

EACH_BLOCK = ("sign.missing", "sign.post", "sign.style", "sign.entrusted", "sign.position", "sign.titles")
"""Quy tắc đề ký không phụ thuộc cơ quan đứng tên là cấp nào: xét ở mọi khối."""
_OF_COMMITTEE = re.compile(r"\s+(?:thanh uy|tinh uy|dang uy)\b.*$")
_OFFICE = re.compile(r"^van phong\b")


def organs(subject: Subject) -> list[str]:
    return [name.strip() for name in " ".join(subject.paper.organ.split()).split(" - ") if name.strip()]


def joint_signatures(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Chỉ văn bản ghi nhiều cơ quan; mỗi cơ quan chưa có khối ký là một chỗ."""
    named = organs(subject)
    have = 1 + len(subject.paper.joint)
    if len(named) > have:
        yield Found("organ", subject.paper.organ, f"{len(named)} khối ký", None)


def joint_position(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Khối ký nhắc tên cơ quan: hai "GIÁM ĐỐC" cạnh nhau thì không ai biết của cơ quan nào."""
    paper = subject.paper
    if not paper.joint:
        return
    for place, (name, block) in enumerate(zip(organs(subject), paper.signings, strict=False)):
        said = f"{block.authority} {block.position}".strip()
        if said and not _names(said, name):
            yield Found("joint" if place else "position", said, f"{said} {name}", place - 1 if place else None)


def _names(said: str, organ: str) -> bool:
    """Có tên cơ quan, hay phần riêng của nó sau khi bỏ tên cấp ủy ("BAN TỔ CHỨC" của Ban Tổ chức Thành ủy)."""
    text, whole = fold(said), fold(organ)
    own = _OF_COMMITTEE.sub("", whole)
    return whole in text or (own != whole and own in text) or bool(_OFFICE.match(own) and "van phong" in text)


def each_block(check: Check, subject: Subject, rule: Rule, rules: RuleSetAt) -> Iterator[Found]:
    """Một phép kiểm đề ký trên khối của từng cơ quan cùng ban hành; chỗ sai người soạn sửa ở trang cơ quan cùng ban hành."""
    for place, block in enumerate(subject.paper.joint):
        own = replace(subject.paper, authority=block.authority, position=block.position, signer=block.signer, joint=())
        for found in check(subject.with_paper(own), rule, rules):
            yield Found("joint", found.found, found.expected, place)


CHECKS: dict[str, Check] = {"joint.signatures": joint_signatures, "joint.position": joint_position}
