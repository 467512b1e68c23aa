"""Tệp hồ sơ cho bài kiểm tra: viết một trang ngắn bằng tên cột, ô không nêu thì trống."""

from collections.abc import Mapping

from tinhgon.engine.tables import Sheet, write_workbook
from tinhgon.org.models import Person
from tinhgon.personnel.tests.factories import Staff
from tinhgon.personnel.workbook import MATTERS

Line = Mapping[str, str]


def line(staff: Staff, who: str = "specialist", /, **cells: str) -> dict[str, str]:
    """Một dòng của ``who``; ``cells`` theo khóa cột của trang."""
    person = Person.objects.get(pk=staff.person(who))
    return {"code": person.code, "name": person.full_name} | cells


def book(**sheets: list[dict[str, str]]) -> bytes:
    """Tệp có các trang ấy (khóa của ``workbook.MATTERS``)."""
    return write_workbook([
        Sheet(MATTERS[key].title, MATTERS[key].headers, [[cells.get(column.key, "") for column in MATTERS[key].columns] for cells in lines])
        for key, lines in sheets.items()
    ])  # fmt: skip
