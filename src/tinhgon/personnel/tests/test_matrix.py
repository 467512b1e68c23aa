"""Ma trận: việc treo vào một người được nêu, ai đỡ được; chỉ lãnh đạo và ban tổ chức xem."""

import pytest

from tinhgon.core.errors import Forbidden
from tinhgon.documents.tests.factories import TODAY
from tinhgon.org.services import units
from tinhgon.org.tests.factories import DECREE
from tinhgon.personnel import selectors
from tinhgon.personnel.tests.factories import Staff


@pytest.fixture
def office(staff: Staff) -> Staff:
    """Văn phòng được giao tổng hợp và văn thư."""
    units.set_functions(staff.keeper, unit_id=staff.office, functions=["th-chuong-trinh", "vt-van-ban"], on=TODAY, decree=DECREE)
    return staff


def row(staff: Staff, code: str, viewer: str = "head"):
    found = selectors.matrix(getattr(staff, viewer), staff.office, on=TODAY)
    return next(row for row in found.rows if row.field.id == staff.field(code))


def test_a_duty_nobody_can_do_is_bare_one_is_single_two_cover_it(office: Staff) -> None:
    assert row(office, "tong-hop").state == "bare"
    office.skill("specialist", level=2)
    assert row(office, "tong-hop").state == "single"
    office.skill("colleague", level=1)
    assert row(office, "tong-hop").state == "single"
    office.skill("colleague", level=4)
    assert row(office, "tong-hop").state == "covered"


def test_a_field_the_unit_does_not_have_is_no_risk(office: Staff) -> None:
    assert row(office, "kiem-tra").state == "none"


def test_what_would_fix_a_single_point_is_named(office: Staff) -> None:
    """Người biết việc trong đơn vị thì bồi dưỡng; người thành thạo ở nơi khác thì điều động, chỉ khi người xem thấy họ."""
    office.skill("specialist", level=3)
    office.skill("colleague", level=1)
    office.skill("north_clerk", level=4)
    by_board = row(office, "tong-hop", "keeper")
    assert [person.full_name for person in by_board.learners] == ["Đỗ Thị Bạn"]
    assert [mover.full_name for mover in by_board.movers] == ["Bùi Văn Sổ"]
    assert row(office, "tong-hop", "head").movers == ()


@pytest.mark.parametrize("viewer", ["specialist", "clerk", "inspector", "administrator", "north_head"])
def test_one_who_sees_nobody_else_there_gets_no_matrix(office: Staff, viewer: str) -> None:
    with pytest.raises(Forbidden):
        selectors.matrix(getattr(office, viewer), office.office, on=TODAY)


def test_the_matrix_of_a_committee_holds_its_agencies_but_no_lower_committee(office: Staff) -> None:
    people = {column.full_name for column in selectors.matrix(office.keeper, office.city, on=TODAY).people}
    assert {"Nguyễn Văn Bí", "Ngô Văn Viên", "Hoàng Thị Tổ"} <= people
    assert "Võ Thị Bắc" not in people
