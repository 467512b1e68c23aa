"""Một lần sắp xếp có năm lãnh đạo cần bố trí, và những người dùng trang: ban tổ chức, thường trực, một phó bí thư xã."""

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Post
from tinhgon.reorg import services
from tinhgon.reorg.tests import world as small
from tinhgon.web.tests.placing.office import signed_in
from tinhgon.web.tests.reorg_office import user_at


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)


@pytest.fixture
def world():
    made = small.build()
    for unit, title, name in (("A", "Bí thư", "Lê Thị Bình"), ("B", "Bí thư", "Phạm Văn Chung"), ("C", "Bí thư", "Vũ Văn Em")):
        small.person(made, unit, title, name)
    services.decide_by_rule(SYSTEM, made.reorg.pk, unit_ids=[made["C"], made["H"]], heir_id=made["Y"])
    return made


@pytest.fixture
def board(world):
    Post.objects.create(unit_id=world["T"], title="Trưởng Ban Tổ chức", role="organisation_board", rank=1, valid=(small.BEFORE, None))
    return signed_in(user_at(world, "T", "Trưởng Ban Tổ chức", "bantochuc", "Ngô Thị Hạnh"))


@pytest.fixture
def head(world):
    return signed_in(user_at(world, "T", "Phó Bí thư", "thuongtruc", "Đặng Văn Giang"))


@pytest.fixture
def deputy(world):
    return signed_in(user_at(world, "A", "Phó Bí thư", "phobithu.a", "Hoàng Văn Khoa"))


@pytest.fixture
def placement(world, deputy):
    services.take_inventory(SYSTEM, world.reorg.pk)
    return services.start(SYSTEM, world.reorg.pk, name="Phương án 1")
