"""Mẫu tổ chức: đúng số cơ quan, số người theo quy định của ngày ấy; mọi chức năng có lĩnh vực và có nơi đảm nhận."""

from datetime import date, timedelta

import pytest

from tinhgon.org.models import Field, Function, Kind, Level, Role
from tinhgon.org.services.catalogue import ensure_catalogue
from tinhgon.org.templates import (
    COMMUNE,
    COMMUNE_MODEL_FROM,
    DISTRICT,
    FUNCTIONS,
    OLD_COMMUNE,
    PROVINCE,
    SPECIAL_ZONE,
    TEMPLATES,
    committee_template,
)

BEFORE = COMMUNE_MODEL_FROM - timedelta(days=1)


def test_a_commune_has_three_agencies_and_fifteen_to_seventeen_people():
    """Quy định 298-QĐ/TW, 299-QĐ/TW ngày 09/6/2025."""
    assert [agency.kind for agency in COMMUNE.agencies] == [Kind.OFFICE, Kind.PARTY_BUILDING, Kind.INSPECTION]
    assert 15 <= COMMUNE.seats <= 17


def test_a_special_zone_has_at_most_four_agencies_and_twenty_people():
    assert len(SPECIAL_ZONE.agencies) <= 4
    assert SPECIAL_ZONE.seats <= 20


def test_the_template_is_chosen_by_level_and_day():
    assert committee_template(Level.COMMUNE, on=BEFORE) is OLD_COMMUNE
    assert committee_template(Level.COMMUNE, on=COMMUNE_MODEL_FROM) is COMMUNE
    assert committee_template(Level.COMMUNE, on=COMMUNE_MODEL_FROM, is_special_zone=True) is SPECIAL_ZONE
    assert committee_template(Level.DISTRICT, on=BEFORE) is DISTRICT
    assert committee_template(Level.PROVINCE, on=date(2026, 1, 1)) is PROVINCE


def test_no_district_opens_after_districts_were_abolished():
    with pytest.raises(KeyError):
        committee_template(Level.DISTRICT, on=COMMUNE_MODEL_FROM)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_template_names_its_source_and_known_functions_once(template):
    codes = [code for code, _name, _field in FUNCTIONS]
    given = [code for agency in template.agencies for code in agency.functions]
    assert template.source
    assert set(given) <= set(codes)
    assert len(given) == len(set(given))


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_agency_has_a_head_a_clerk_and_someone_to_run_its_daily_work(template):
    runs = {Role.UNIT_HEAD, Role.OFFICE_HEAD, Role.ORGANISATION_BOARD}
    for agency in template.agencies:
        roles = [post.role for post in agency.posts]
        assert sum(post.seats for post in agency.posts if post.rank == 1) == 1
        assert Role.CLERK in roles
        assert runs & set(roles)


def test_communes_never_see_more_secret_papers_than_the_districts_they_come_from():
    """Chuyển giao không mở rộng độ mật: ghế mới không cao hơn ghế cũ cùng vai trò, thứ bậc."""

    def highest(template):
        return {(p.role, p.rank): p.clearance for a in template.agencies for p in a.posts}

    old, new = highest(DISTRICT), highest(COMMUNE)
    assert all(new[key] <= old[key] for key in new.keys() & old.keys())


@pytest.mark.django_db
def test_the_catalogue_of_fields_and_functions_is_loaded_once():
    ensure_catalogue()
    again = ensure_catalogue()
    assert Function.objects.count() == len(again) == len(FUNCTIONS)
    assert set(Field.objects.values_list("nature", flat=True)) == {"experience", "renewal"}
