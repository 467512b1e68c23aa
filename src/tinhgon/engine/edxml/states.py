"""Trạng thái của một văn bản trên đường đi giữa hai cơ quan, và bước nào hợp lệ (QCVN 102:2016; domain §3).

Hai bên cùng giữ một ``State`` và cùng dùng bảng này, nên dù thông điệp tới hai lần hay muộn thì hai bên vẫn về một chỗ.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Code(StrEnum):
    ARRIVED = "01"
    REFUSED = "02"
    REGISTERED = "03"
    ASSIGNED = "04"
    PROCESSING = "05"
    DONE = "06"
    RECALL = "13"
    AGREED = "15"
    DECLINED = "16"


FROM_SENDER = frozenset({Code.RECALL})
FINAL = frozenset({Code.REFUSED, Code.DONE})
_PROGRESS = {"": 0, Code.ARRIVED: 1, Code.REGISTERED: 3, Code.ASSIGNED: 4, Code.PROCESSING: 5, Code.DONE: 6}


class IllegalStep(ValueError):
    """Bước không hợp lệ từ chỗ đang đứng. ``state``, ``code`` để tầng trên đặt câu."""

    def __init__(self, state: "State", code: str) -> None:
        super().__init__(code)
        self.state, self.code = state, code


@dataclass(frozen=True, slots=True)
class State:
    """``code``: bước tiếp nhận, xử lý gần nhất ("" là chưa có hồi âm). ``asked``: bên gửi đang xin lấy lại, cập nhật, thay thế
    và chờ trả lời. ``withdrawn``: bên nhận đã đồng ý lấy lại hoặc thay thế; từ đây không bước nào nữa.
    """

    code: str = ""
    asked: bool = False
    withdrawn: bool = False


def after(state: State, code: str, *, takes_away: bool = True) -> State:
    """Trạng thái sau bước ``code``. ``takes_away``: đồng ý (15) yêu cầu này thì văn bản thôi hiệu lực ở bên nhận.

    ``IllegalStep`` khi bước ấy không được phép từ chỗ đang đứng.
    """
    if state.withdrawn:
        raise IllegalStep(state, code)
    if code == Code.RECALL:
        if state.asked or state.code in FINAL:
            raise IllegalStep(state, code)
        return replace(state, asked=True)
    if code in (Code.AGREED, Code.DECLINED):
        if not state.asked:
            raise IllegalStep(state, code)
        return replace(state, asked=False, withdrawn=code == Code.AGREED and takes_away)
    if code == Code.REFUSED:
        if state.code not in ("", Code.ARRIVED):
            raise IllegalStep(state, code)
        return replace(state, code=Code.REFUSED)
    if code not in _PROGRESS or state.code == Code.REFUSED or _PROGRESS[code] <= _PROGRESS[state.code]:
        raise IllegalStep(state, code)
    return replace(state, code=Code(code))


def is_late(state: State, code: str) -> bool:
    """Bước này đã qua rồi: thông điệp tới hai lần hoặc tới muộn, ghi vào lịch sử mà không đổi gì."""
    if code in (Code.AGREED, Code.DECLINED):
        return not state.asked
    if code == Code.RECALL:
        return state.asked or state.withdrawn
    if code == Code.REFUSED:
        return state.code == Code.REFUSED
    return state.withdrawn or (state.code in _PROGRESS and _PROGRESS.get(code, 9) <= _PROGRESS[state.code])
