"""Ai thấy hồ sơ năng lực của ai; ngày sinh, giới tính hẹp hơn; tìm kiếm không rộng hơn trang."""

from datetime import date

import pytest

from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Forbidden, NotFound
from tinhgon.documents.tests.factories import TODAY
from tinhgon.org.rights import RIGHTS, Verb
from tinhgon.org.services.standing_in import stand_in
from tinhgon.personnel import selectors, services
from tinhgon.personnel.access import person_for, private_for, self_of, visible_to
from tinhgon.personnel.models import Profile, Sex, Skill
from tinhgon.personnel.tests.factories import Staff
from tinhgon.search.selectors import search

# ai xem -> được thấy hồ sơ của: chuyên viên văn phòng, chánh văn phòng, phó bí thư Thành ủy, người của phường
SIGHT = {
    "specialist": {"specialist"},
    "colleague": {"colleague"},
    "clerk": {"clerk"},
    "inspector": {"inspector"},
    "administrator": {"administrator"},
    "head": {"specialist", "colleague", "clerk", "head", "inspector", "administrator"},
    "north_head": {"north_head", "north_clerk"},
    "keeper": {"specialist", "colleague", "clerk", "head", "inspector", "administrator", "secretary", "north_head", "north_clerk", "board_head", "keeper"},
}
EVERYONE = sorted(SIGHT["keeper"])


@pytest.mark.parametrize("viewer", SIGHT)
def test_each_role_sees_exactly_its_people(staff: Staff, viewer: str) -> None:
    seen = set(visible_to(getattr(staff, viewer), on=TODAY).values_list("pk", flat=True))
    assert {name for name in EVERYONE if staff.person(name) in seen} == SIGHT[viewer]


def test_birth_and_sex_are_for_oneself_and_the_organisation_board_only(staff: Staff) -> None:
    services.set_private(staff.keeper, on=TODAY, person_id=staff.person(), born_on=date(1980, 5, 1), sex=Sex.FEMALE)
    for viewer, shows in (("specialist", True), ("keeper", True), ("head", False)):
        page = selectors.profile(getattr(staff, viewer), staff.person(), on=TODAY)
        assert page is not None
        assert (page.private is not None) is shows, viewer
        assert page.may_see_private is shows
        assert private_for(getattr(staff, viewer), on=TODAY).filter(pk=staff.person()).exists() is shows


def test_a_profile_out_of_sight_is_not_found(staff: Staff) -> None:
    assert selectors.profile(staff.colleague, staff.person(), on=TODAY) is None
    with pytest.raises(NotFound):
        person_for(staff.administrator, staff.person(), on=TODAY)


def test_training_is_found_only_among_the_people_one_sees(staff: Staff) -> None:
    services.add_training(staff.keeper, on=TODAY, person_id=staff.person(), title="Nghiệp vụ lưu trữ số", finished_on=date(2024, 3, 1))
    for viewer, found in (("keeper", 1), ("head", 1), ("specialist", 1), ("colleague", 0), ("administrator", 0)):
        hits = search(getattr(staff, viewer), on=TODAY, text="luu tru so", kinds=["personnel.training"]).hits
        assert len(hits) == found, viewer


def test_a_stand_in_sees_the_people_of_the_unit_but_stays_oneself(staff: Staff) -> None:
    stand_in(
        SYSTEM, on=TODAY, appointment_id=staff.head.appointment_id, person_id=staff.person(), first_day=TODAY, last_day=TODAY,
        reason="Đi công tác",
    )  # fmt: skip
    lent = Actor(staff.specialist.user_id, staff.head.appointment_id)
    assert visible_to(lent, on=TODAY).filter(pk=staff.person("colleague")).exists()
    assert self_of(lent).pk == staff.person("specialist")


@pytest.mark.parametrize(("who", "verb"), [("specialist", "skill"), ("clerk", "skill"), ("inspector", "skill"), ("administrator", "skill"),
                                           ("head", "profile"), ("north_head", "profile"), ("specialist", "profile")])
def test_one_without_the_verb_writes_nothing(staff: Staff, who: str, verb: str) -> None:
    target = staff.person(who) if who != "head" else staff.person("specialist")
    with pytest.raises(Forbidden):
        person_for(getattr(staff, who), target, to=verb, on=TODAY)


def test_nobody_recognises_themselves(staff: Staff) -> None:
    with pytest.raises(Forbidden):
        services.recognise_skill(staff.head, on=TODAY, person_id=staff.person("head"), field_id=staff.field(), level=4, basis="Tự thấy giỏi")
    assert not Skill.objects.exists()


def test_a_head_recognises_only_people_of_the_unit(staff: Staff) -> None:
    staff.skill("specialist", by=staff.head)
    with pytest.raises(NotFound):
        staff.skill("north_clerk", by=staff.head)
    assert Skill.objects.count() == 1


def test_the_administrator_has_only_the_own_file() -> None:
    personnel = {verb for verb in Verb if verb.startswith("personnel.")}
    assert RIGHTS["administrator"] & personnel == {Verb.OWN_FILE}


def test_no_selector_of_skills_reads_birth_or_sex(staff: Staff) -> None:
    """Đổi ngày sinh, giới tính thì ma trận và năng lực không đổi một chữ."""
    staff.skill()
    before = (selectors.matrix(staff.keeper, staff.office, on=TODAY), selectors.profile(staff.head, staff.person(), on=TODAY))
    Profile.objects.create(person_id=staff.person(), born_on=date(1990, 1, 1), sex=Sex.MALE)
    assert (selectors.matrix(staff.keeper, staff.office, on=TODAY), selectors.profile(staff.head, staff.person(), on=TODAY)) == before
