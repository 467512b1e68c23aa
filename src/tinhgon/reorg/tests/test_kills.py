"""Một tiến trình bị giết giữa chừng không để lại mục nào không có nơi giữ, hay hai nơi giữ; lần sau chạy tiếp tới cùng kết quả."""

import random

import pytest

from tinhgon.core import clock
from tinhgon.reorg import plan
from tinhgon.reorg.tests import world as small
from tinhgon.testing.kills import Tally, there_and_back


@pytest.mark.slow
def test_killed_at_any_moment_it_carries_on_to_the_same_end(committed_db, django_db_blocker, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: small.DAY)
    monkeypatch.setattr(plan, "ROWS_PER_BATCH", 50)
    tally = Tally()
    with django_db_blocker.unblock():
        world = small.build()
        small.many_tasks(world, 1_500)
        there_and_back(
            world.reorg.pk, small.decided(world), tally, on=small.DAY, dice=random.Random(1), most=6, kill_server=None
        )
    assert tally.kills >= 4
    assert tally.rounds == 2
    assert tally.clean, tally
