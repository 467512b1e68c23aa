"""Bước nào hợp lệ; và hai bên qua một đường dây hay đứt, hay lặp, vẫn về cùng một trạng thái."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tinhgon.engine.edxml.states import FINAL, Code, IllegalStep, State, after, is_late

CODES = sorted(Code)


def run(*codes: str) -> State:
    state = State()
    for code in codes:
        state = after(state, code)
    return state


@pytest.mark.parametrize("codes", ["01", "01 02", "01 03", "01 03 04 05 06", "01 03 06", "01 03 05 06", "01 13 15", "01 03 13 16 06", "01 13 16 13 15"])
def test_legal_ways(codes):
    run(*codes.split())


@pytest.mark.parametrize("codes", [
    "01 01", "01 02 03", "03 02", "01 03 05 04", "06 13", "02 13", "01 15", "01 16", "01 13 13", "01 13 15 06", "01 13 15 13", "00", "01 03 06 05",
])  # fmt: skip
def test_illegal_ways(codes):
    with pytest.raises(IllegalStep):
        run(*codes.split())


def test_agreeing_to_an_update_does_not_take_the_document_away():
    assert after(State("03", asked=True), "15", takes_away=False) == State("03")


class TwoSides(RuleBasedStateMachine):
    """Mỗi bên giữ một ``State``; thông điệp xếp hàng theo thứ tự mỗi chiều, giao lại bao nhiêu lần cũng được."""

    def __init__(self) -> None:
        super().__init__()
        self.sender, self.receiver = State(), State()
        self.to_sender: list[str] = []
        self.to_receiver: list[str] = []
        self.old: list[tuple[str, str]] = []

    @rule(code=st.sampled_from([c for c in CODES if c != Code.RECALL]))
    def receiver_works(self, code):
        try:
            self.receiver = after(self.receiver, code)
        except IllegalStep:
            return
        self.to_sender.append(code)

    @rule()
    def sender_asks(self):
        try:
            self.sender = after(self.sender, Code.RECALL)
        except IllegalStep:
            return
        self.to_receiver.append(Code.RECALL)

    @precondition(lambda self: self.to_sender)
    @rule(again=st.booleans())
    def status_arrives(self, again):
        code = self.to_sender.pop(0)
        for _time in range(1 + again):
            if not is_late(self.sender, code):
                self.sender = after(self.sender, code)

    @precondition(lambda self: self.to_receiver)
    @rule(again=st.booleans())
    def request_arrives(self, again):
        self.to_receiver.pop(0)
        for _time in range(1 + again):
            if is_late(self.receiver, Code.RECALL):
                continue
            if self.receiver.code in FINAL:  # xong hay từ chối trước khi lời xin tới: máy trả lời không
                self.to_sender.append(Code.DECLINED)
            else:
                self.receiver = after(self.receiver, Code.RECALL)

    @invariant()
    def quiet_lines_mean_agreement(self):
        if not self.to_sender and not self.to_receiver:
            assert self.sender == self.receiver

    @invariant()
    def withdrawn_is_for_good(self):
        assert not (self.receiver.withdrawn and self.receiver.asked)


TestTwoSides = TwoSides.TestCase
TestTwoSides.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
