"""Một họ lỗi: mã, dữ liệu, câu; mọi lý do nêu cùng lúc."""

import pytest

from tinhgon.core.errors import Broken, Forbidden, Invalid, NotFound, Reason, Refused, TinhGonError, refuse_if

STAFF = Reason("org.staff_left", "Còn 3 người chưa bố trí.", field="unit", data={"count": 3})
CHILD = Reason("org.child_open", "Còn phòng đang mở.")


def test_a_refusal_names_every_reason_at_once() -> None:
    with pytest.raises(Refused) as refused:
        refuse_if([STAFF, CHILD])
    assert refused.value.reasons == (STAFF, CHILD)
    assert refused.value.code == "org.staff_left"
    assert str(refused.value) == "Còn 3 người chưa bố trí. Còn phòng đang mở."
    assert refused.value.reasons[0].data == {"count": 3}


def test_no_reason_means_no_refusal() -> None:
    refuse_if([])
    refuse_if(iter(()))


@pytest.mark.parametrize("kind", [Invalid, Refused, Forbidden, NotFound, Broken])
def test_every_error_belongs_to_one_family(kind: type[TinhGonError]) -> None:
    assert issubclass(kind, TinhGonError)
    assert kind(CHILD).sentences == ["Còn phòng đang mở."]


def test_an_error_without_a_reason_cannot_be_raised() -> None:
    with pytest.raises(ValueError):
        Refused()
