"""Mức của lĩnh vực có ngày, có căn cứ; một lĩnh vực chính; bằng chứng do hệ thống đếm; từ chối thì không đổi gì."""

from datetime import date, timedelta

import pytest

from tinhgon.audit.models import Entry
from tinhgon.audit.registry import sentence
from tinhgon.core.errors import Invalid, Refused
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine.placement.sentences import LEVELS
from tinhgon.org.models import Field, Function
from tinhgon.org.services import units
from tinhgon.org.tests.factories import DECREE, make_appointment, make_person, make_post
from tinhgon.personnel import selectors, services
from tinhgon.personnel.models import FieldTag, Rotation, Skill, Training
from tinhgon.personnel.selectors.evidence import served
from tinhgon.personnel.tests.factories import Staff
from tinhgon.tasks import services as tasks

LATER = TODAY + timedelta(days=40)


def levels(staff: Staff, on: date, name: str = "specialist") -> dict[str, tuple[int, bool]]:
    rows = Skill.objects.filter(person=staff.person(name), valid__contains=on).select_related("field")
    return {row.field.code: (row.level, row.is_main) for row in rows}


def test_a_new_level_ends_the_former_on_its_day(staff: Staff) -> None:
    staff.skill(level=2)
    staff.skill(level=4, on=LATER)
    assert levels(staff, TODAY) == {"tong-hop": (2, False)}
    assert levels(staff, LATER) == {"tong-hop": (4, False)}


def test_a_correction_on_the_same_day_replaces_the_level(staff: Staff) -> None:
    staff.skill(level=2)
    staff.skill(level=3)
    assert [row.level for row in Skill.objects.all()] == [3]


def test_a_new_main_field_makes_the_former_one_of_the_others(staff: Staff) -> None:
    staff.skill(level=3, main=True)
    staff.skill(code="van-thu", level=2, main=True, on=LATER)
    assert levels(staff, TODAY) == {"tong-hop": (3, True)}
    assert levels(staff, LATER) == {"tong-hop": (3, False), "van-thu": (2, True)}


@pytest.mark.parametrize(("change", "error"), [
    ({"level": 5}, Invalid), ({"level": 0}, Invalid), ({"basis": "  "}, Invalid), ({}, Refused),
    ({"level": 2, "on": TODAY - timedelta(days=1)}, Refused),
])  # fmt: skip
def test_a_level_without_sense_is_refused_and_nothing_changes(staff: Staff, change: dict, error: type[Exception]) -> None:
    staff.skill(level=3)
    before = list(Skill.objects.values_list("pk", "level", "valid"))
    asked = {"on": TODAY, "level": 3, "basis": "Đã chủ trì"} | change
    with pytest.raises(error):
        services.recognise_skill(staff.keeper, person_id=staff.person(), field_id=staff.field(), **asked)
    assert list(Skill.objects.values_list("pk", "level", "valid")) == before


def test_years_in_a_field_count_each_day_once_whatever_the_posts(staff: Staff) -> None:
    """Hai vị trí cùng lúc ở hai đơn vị cùng lĩnh vực không thành hai lần thời gian; nơi chờ bố trí không tính."""
    person = make_person()
    function = "th-chuong-trinh"
    for unit in (staff.office, staff.board):
        units.set_functions(staff.keeper, unit_id=unit, functions=[function], on=date(2022, 6, 20), decree=DECREE)
        make_appointment(person, make_post(unit), on=date(2021, 1, 1), is_main=unit == staff.office)
    waiting = make_post(staff.office)
    waiting.is_pool = True
    waiting.save()
    make_appointment(make_person(), waiting)
    found = served([person.pk], on=date(2024, 6, 20))
    assert found[person.pk, staff.field()].days == 731
    assert len(found[person.pk, staff.field()].posts) == 2
    assert len(found) == 1


def test_tasks_closed_are_counted_by_field_with_time_and_returns(staff: Staff) -> None:
    function = Function.objects.filter(field=staff.field()).first()
    for number, returned in enumerate((False, True)):
        task = tasks.assign_task(
            staff.secretary, on=TODAY, title=f"Báo cáo {number}", lead_id=staff.office, assigner_id=staff.city, function_id=function.pk, due_on=TODAY + timedelta(days=3)
        )
        tasks.assign_person(staff.head, on=TODAY, task_id=task.pk, person_id=staff.person())
        tasks.submit(staff.head, on=TODAY, task_id=task.pk, note="Xong")
        if returned:
            tasks.send_back(staff.secretary, on=TODAY, task_id=task.pk, reason="Thiếu số liệu")
            tasks.submit(staff.head, on=TODAY, task_id=task.pk, note="Đã bổ sung")
        tasks.approve(staff.secretary, on=TODAY, task_id=task.pk)
    page = selectors.profile(staff.keeper, staff.person(), on=date.max)
    line = next(line for line in page.lines if line.field.id == staff.field())
    assert (line.closed.done, line.closed.dated, line.closed.returns) == (2, 2, 1)


def test_versatility_is_the_number_of_fields_one_can_do(staff: Staff) -> None:
    for code, level in (("tong-hop", 4), ("van-thu", 2), ("to-chuc", 1)):
        staff.skill(code=code, level=level)
    assert selectors.profile(staff.head, staff.person(), on=TODAY).versatility == 2


def test_training_lies_in_the_past_and_is_kept_once(staff: Staff) -> None:
    asked = {"person_id": staff.person(), "title": "Lưu trữ số", "finished_on": TODAY}
    services.add_training(staff.keeper, on=TODAY, **asked)
    for change in ({}, {"finished_on": LATER}):
        with pytest.raises(Refused):
            services.add_training(staff.keeper, on=TODAY, **(asked | change))
    assert Training.objects.count() == 1


def test_terms_of_rotation_never_overlap_and_end_after_they_begin(staff: Staff) -> None:
    asked = {"person_id": staff.person(), "kind": "change", "since": TODAY, "due": date(2028, 6, 20), "basis": "NĐ 59/2019/NĐ-CP"}
    services.plan_rotation(staff.keeper, on=TODAY, **asked)
    with pytest.raises(Refused):
        services.plan_rotation(staff.keeper, on=TODAY, **(asked | {"since": LATER}))
    with pytest.raises(Invalid):
        services.plan_rotation(staff.keeper, on=TODAY, **(asked | {"due": TODAY}))
    services.plan_rotation(staff.keeper, on=TODAY, **(asked | {"kind": "posting"}))
    assert Rotation.objects.count() == 2


@pytest.mark.parametrize("born", [date(2020, 1, 1), date(1900, 1, 1)])
def test_a_birth_date_no_officer_can_have_is_refused(staff: Staff, born: date) -> None:
    with pytest.raises(Invalid):
        services.set_private(staff.keeper, on=TODAY, person_id=staff.person(), born_on=born, sex="")


def test_the_log_tells_of_private_data_without_copying_it(staff: Staff) -> None:
    services.set_private(staff.keeper, on=TODAY, person_id=staff.person(), born_on=date(1980, 5, 1), sex="female")
    entry = Entry.objects.get(code="personnel.private_set")
    assert "1980" not in str(entry.after) + str(entry.before) + sentence(entry)
    assert sentence(entry) == "Sửa dữ liệu riêng của Ngô Văn Viên"


def test_the_nature_of_a_field_changes_from_a_day_and_the_day_before_keeps_it(staff: Staff) -> None:
    field = staff.field("tuyen-giao")
    services.tag_field(staff.keeper, on=TODAY, field_id=field, nature=Field.Nature.EXPERIENCE, basis="Kết luận 05-KL/TU")
    at = {day: next(f.nature for f in selectors.fields_at(day) if f.id == field) for day in (TODAY - timedelta(days=1), TODAY)}
    assert list(at.values()) == ["renewal", "experience"]
    for day, nature in ((TODAY, "renewal"), (LATER, "experience")):
        with pytest.raises(Refused):
            services.tag_field(staff.keeper, on=day, field_id=field, nature=nature, basis="Kết luận")
    assert FieldTag.objects.count() == 1


def test_levels_have_one_set_of_words() -> None:
    assert {level.value: str(level.label) for level in Skill.Level} == {value: words for value, words in LEVELS.items() if value}
