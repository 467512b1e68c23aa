"""Kiểm tra văn bản liên tịch: đủ khối ký, mỗi khối nói rõ là của cơ quan nào; thể thức đề ký xét ở từng khối."""

from collections.abc import Iterator
from dataclasses import replace

from tinhgon.engine.form.joint_text import names, organs_in
from tinhgon.engine.form.model import Check, Found, Subject
from tinhgon.engine.form.rules import Rule, RuleSetAt
from tinhgon.engine.paper.model import LEFT, RIGHT

EACH_BLOCK = ("sign.missing", "sign.post", "sign.style", "sign.entrusted", "sign.position", "sign.titles")
"""Quy tắc đề ký không phụ thuộc cơ quan đứng tên là cấp nào: xét ở mọi khối."""
_SIDES = {LEFT: "trái", RIGHT: "phải"}


def joint_signatures(subject: Subject, rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Chỉ văn bản ghi nhiều cơ quan: đủ khối ký, cơ quan chủ trì ở bên quy tắc đòi."""
    paper = subject.paper
    named = organs_in(paper.organ)
    if len(named) > 1 + len(paper.joint):
        yield Found("organ", paper.organ, f"{len(named)} khối ký", None)
    wanted = rule.data.get("lead", RIGHT)
    if paper.joint and paper.lead_side != wanted:
        yield Found("organ", f"cơ quan chủ trì ký bên {_SIDES[paper.lead_side]}", f"cơ quan chủ trì ký bên {_SIDES[wanted]}", None)


def joint_position(subject: Subject, _rule: Rule, _rules: RuleSetAt) -> Iterator[Found]:
    """Khối ký nhắc tên cơ quan: hai "GIÁM ĐỐC" cạnh nhau thì không ai biết của cơ quan nào."""
    paper = subject.paper
    if not paper.joint:
        return
    for place, (name, block) in enumerate(zip(organs_in(paper.organ), paper.signings, strict=False)):
        said = f"{block.authority} {block.position}".strip()
        if said and not names(block, name):
            yield Found("joint" if place else "position", said, f"{said} {name}", place - 1 if place else None)


def each_block(check: Check, subject: Subject, rule: Rule, rules: RuleSetAt) -> Iterator[Found]:
    """Một phép kiểm đề ký trên khối của từng cơ quan cùng ban hành; chỗ sai người soạn sửa ở trang cơ quan cùng ban hành."""
    for place, block in enumerate(subject.paper.joint):
        own = replace(subject.paper, authority=block.authority, position=block.position, signer=block.signer, joint=())
        for found in check(subject.with_paper(own), rule, rules):
            yield Found("joint", found.found, found.expected, place)


CHECKS: dict[str, Check] = {"joint.signatures": joint_signatures, "joint.position": joint_position}
