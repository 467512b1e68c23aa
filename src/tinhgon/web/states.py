"""Màu của trạng thái. Màu luôn đi cùng chữ; bảng này là chỗ duy nhất ghép trạng thái với màu."""

_TONES = {
    "green": {"done", "agreed", "closed", "applied", "agree", "passed", "approved", "resolved", "archived", "transfer.received", "grading.decided"},
    "amber": {"submitted", "consulting", "agree_with_remarks", "changed", "answered", "received", "unread", "waiting", "running", "inventory", "offered", "made", "appraised"},
    "blue": {"accepted", "ready", "in_progress", "in_process", "decided", "open"},
    "red": {"returned", "objected", "disagree", "must_fix", "failed", "refused", "void", "overdue", "rejected"},
    "off": {"cancelled", "dropped", "none", "withdrawn", "outdated", "stale", "recalled", "joined", "undone", "locked", "destroyed", "replaced"},
}
_BY_STATE = {state: tone for tone, states in _TONES.items() for state in states}


def tone_of(state: str, kind: str = "") -> str:
    """``green``, ``amber``, ``blue``, ``red``, ``off``; trạng thái khác là ``plain``.

    ``kind``: loại việc, khi mã của nó trùng mã của loại khác mà nghĩa ngược nhau ("received": khay đang đọc, lưu trữ đã nhận xong).
    """
    return _BY_STATE.get(f"{kind}.{state}") or _BY_STATE.get(state, "plain")
