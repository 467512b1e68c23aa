"""Ai đứng tên: cấp ủy, ban thường vụ, chi bộ, văn phòng, ban... ở cấp nào. Một tập, vì chữ trên giấy có khi chưa nói rõ."""

import re

from tinhgon.engine.form.model import Subject

_BOARD = re.compile(r"^(?:BAN (?:TỔ CHỨC|TUYÊN GIÁO|NỘI CHÍNH|DÂN VẬN|XÂY DỰNG ĐẢNG)|CƠ QUAN)")
_KINDS = {
    "office": "office", "organisation": "board", "propaganda": "board", "internal_affairs": "board",
    "party_building": "board", "inspection": "inspection", "room": "room",
}  # fmt: skip


def issuers(subject: Subject) -> set[str]:
    """``committee.commune``, ``standing.province``, ``cell``, ``office``, ``board``, ``inspection``...; rỗng khi không rõ."""
    organ = subject.paper.organ.upper().replace("\n", " ").strip()
    if organ.startswith("CHI BỘ"):
        return {"cell"}
    if organ.startswith("ĐẠI HỘI"):
        return {"congress"}
    if subject.kind in _KINDS:
        return {_KINDS[subject.kind]}
    if organ.startswith("VĂN PHÒNG"):
        return {"office"}
    if organ.startswith("ỦY BAN KIỂM TRA"):
        return {"inspection"}
    if _BOARD.match(organ):
        return {"board"}
    level = subject.level or _level(organ)
    if not level or not (subject.kind == "committee" or organ.startswith(("ĐẢNG ỦY", "TỈNH ỦY", "THÀNH ỦY", "BAN THƯỜNG VỤ"))):
        return set()
    authority = subject.paper.authority.upper()
    if "BAN THƯỜNG VỤ" in authority or organ.startswith("BAN THƯỜNG VỤ"):
        return {f"standing.{level}"}
    if re.search(r"BAN CHẤP HÀNH|T/M (?:ĐẢNG ỦY|TỈNH ỦY|THÀNH ỦY)", authority):
        return {f"committee.{level}"}
    return {f"committee.{level}", f"standing.{level}"}


def _level(organ: str) -> str:
    if organ.startswith(("TỈNH ỦY", "THÀNH ỦY")):
        return "province"
    return "commune" if re.match(r"(?:ĐẢNG ỦY|BAN THƯỜNG VỤ).*\b(?:XÃ|PHƯỜNG|ĐẶC KHU)\b", organ) else ""
