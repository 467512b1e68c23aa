"""Bất kỳ chuỗi sắp xếp nào (gộp, tách, đổi tên, giải thể, kiêm nhiệm, thôi việc, hoàn tác): không mất việc nào, không ai mất việc, lịch sử không đổi."""

import os
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tinhgon.audit.selectors import verify as verify_audit
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Appointment, Person, PlanRow, Post, Succession, UnitVersion
from tinhgon.org.services import appointing, structure
from tinhgon.org.services.structure import NewUnit
from tinhgon.reorg import services
from tinhgon.reorg.models import Placement, PlannedPost, Proposal, Reorganisation, SecondPost
from tinhgon.reorg.placing.assembly import baseline_of, movers
from tinhgon.reorg.services import SuccessionDraft, UnitDraft, running
from tinhgon.reorg.tests import world as small
from tinhgon.tasks.models import Coordination, Task

Type = Succession.Type


class Reorganisations(RuleBasedStateMachine):
    """Một tỉnh năm xã; mỗi bước thêm việc, sắp xếp, hay hoàn tác lần sắp xếp mới nhất. Ngày tiến dần."""

    def __init__(self):
        super().__init__()
        self.undone_afterwards = transaction.atomic()
        self.undone_afterwards.__enter__()
        self.day = date(2025, 1, 1)
        self.real_today, clock.today = clock.today, lambda: self.day
        self.done: list[int] = []
        self.seen: dict[date, frozenset] = {}
        self.tasks = 0
        self.names = 0
        self.left: set[int] = set()

    def teardown(self):
        clock.today = self.real_today
        transaction.set_rollback(True)
        self.undone_afterwards.__exit__(None, None, None)

    @initialize()
    def a_province(self):
        rows = [NewUnit(f"Đảng ủy {n}", n, "committee", "commune", None, "ĐU", term="khóa I") for n in "TABCDE"]
        self.top, *communes = structure.open_units(rows, on=date(2020, 1, 1), decree="01-QĐ/TU")

        for place, unit in enumerate(communes):
            seat = Post.objects.create(unit_id=unit, title="Chuyên viên", role="specialist", rank=5, seats=9, valid=(date(2020, 1, 1), None))
            someone = Person.objects.create(full_name=f"Người {place}", code=f"N{place}")
            Appointment.objects.create(person=someone, post=seat, valid=(date(2020, 1, 1), None))

    def open_units(self) -> list[int]:
        rows = UnitVersion.objects.filter(valid__contains=self.day).exclude(unit=self.top)
        return sorted(rows.values_list("unit_id", flat=True))

    @rule(data=st.data())
    def someone_gives_a_task(self, data):
        units = [*self.open_units(), self.top]
        lead, other, third = (one_of(data, units) for _n in range(3))
        task = Task.objects.create(title="Việc", lead_id=lead, assigner_id=other, created_at=small.MOMENT)
        if third != lead:
            Coordination.objects.create(task=task, unit_id=third)
        self.tasks += 1

    @precondition(lambda self: len(self.left) < 3)
    @rule(data=st.data())
    def someone_leaves(self, data):
        """Thôi hết mọi vị trí từ hôm nay; hoàn tác về sau không gọi người ấy lại."""
        staying = sorted(Person.objects.exclude(pk__in=self.left).values_list("pk", flat=True))
        someone = one_of(data, staying)
        for one in Appointment.objects.filter(person=someone, valid__contains=self.day):
            appointing.end_appointment(SYSTEM, appointment_id=one.pk, on=self.day, decree="15-QĐ/TU")
        self.left.add(someone)

    @precondition(lambda self: self.open_units())
    @rule(data=st.data(), days=st.integers(0, 3))
    def an_office_is_reorganised(self, data, days):
        self._remember()
        self.day += timedelta(days=days + 1)
        units = self.open_units()
        kinds = ["merge", "split", "rename", "dissolve"] if len(units) > 1 else ["merge", "split", "rename"]
        kind = data.draw(st.sampled_from(kinds))  # đơn vị cuối cùng không giải thể được: không còn ai nhận
        reorg = services.create(SYSTEM, name=kind, decree_number="x", decree_date=self.day, effective_on=self.day)
        drafts, edges = getattr(self, f"_{kind}")(data, units)
        heirs = services.plan_structure(SYSTEM, reorg.pk, units=drafts, successions=edges)
        split = {e.predecessor_id for e in edges if e.type == Type.SPLIT}
        if split:
            chosen = one_of(data, sorted(heirs.values()))
            services.decide_by_rule(SYSTEM, reorg.pk, unit_ids=split, heir_id=chosen)
        if heirs and data.draw(st.booleans()):
            self._someone_holds_two_posts(data, reorg, sorted(heirs.values()))
        found = services.preview(SYSTEM, reorg.pk)
        services.decide(SYSTEM, reorg.pk, preview_hash=found.hash)
        services.apply(SYSTEM, reorg.pk, preview_hash=found.hash)
        running.run(reorg.pk)
        self._proved(reorg.pk, Reorganisation.State.APPLIED)
        self.done.append(reorg.pk)

    @precondition(lambda self: self.done)
    @rule(data=st.data(), days=st.integers(0, 2))
    def the_latest_is_undone(self, data, days):
        self._remember()
        reorg = Reorganisation.objects.get(pk=self.done.pop())
        self.day += timedelta(days=days)
        for unit, old in self._orphans_of(reorg):
            services.decide_by_rule(SYSTEM, reorg.pk, unit_ids=[unit], heir_id=old)
        services.undo(SYSTEM, reorg.pk, on=self.day, reason="thử")
        running.run(reorg.pk)
        self._proved(reorg.pk, Reorganisation.State.UNDONE)

    @invariant()
    def no_task_is_lost_and_each_open_one_is_held_by_an_open_unit(self):
        open_ = {*self.open_units(), getattr(self, "top", 0)}
        held = Task.objects.values_list("lead_id", "assigner_id")
        assert len(held) == self.tasks
        assert {unit for pair in held for unit in pair} <= open_
        assert set(Coordination.objects.filter(joined_on=None).values_list("unit_id", flat=True)) <= open_

    @invariant()
    def everybody_keeps_one_main_post_and_nobody_any_post_in_a_closed_unit(self):
        open_ = {*self.open_units(), getattr(self, "top", 0)}
        now = Appointment.objects.filter(valid__contains=self.day)
        staying = Person.objects.exclude(pk__in=self.left)
        assert sorted(now.filter(is_main=True).values_list("person", flat=True)) == sorted(staying.values_list("pk", flat=True))
        assert not now.filter(person__in=self.left).exists()
        assert set(Appointment.objects.filter(valid__overlap=DateRange(self.day, None)).values_list("post__unit", flat=True)) <= open_

    @invariant()
    def a_second_post_lasts_as_long_as_the_cut_over_that_opened_it(self):
        for one in SecondPost.objects.filter(appointment__isnull=False).select_related("proposal__placement"):
            held = Appointment.objects.filter(person=one.proposal.person_id, is_main=False, valid__contains=self.day)
            in_force = one.proposal.placement.reorganisation_id in self.done
            kept = held.filter(Q(pk=one.appointment_id) | Q(moved_from__isnull=False)).exists()
            assert kept or not in_force or one.proposal.person_id in self.left or self._joined(one)

    @invariant()
    def nobody_leads_and_coordinates_the_same_task(self):
        for line in Coordination.objects.filter(joined_on=None).select_related("task"):
            assert line.unit_id != line.task.lead_id

    @invariant()
    def the_days_before_still_show_what_was(self):
        for day, was in self.seen.items():
            assert frozenset(UnitVersion.objects.filter(valid__contains=day).values_list("unit_id", "name")) == was

    @invariant()
    def the_audit_chain_is_whole(self):
        assert verify_audit().intact

    def _joined(self, one) -> bool:
        """Về sau vị trí kiêm nhiệm gặp vị trí chính cùng loại ở một đơn vị thì gộp vào vị trí chính."""
        return PlanRow.objects.filter(kind="org.appointment", outcome="join").exists()

    def _someone_holds_two_posts(self, data, reorg, heirs):
        """Phương án đã quyết định: mọi người theo đơn vị mình, một người kiêm nhiệm ở một đơn vị mới."""
        services.take_inventory(SYSTEM, reorg.pk)
        waiting = movers(reorg)
        if not waiting:
            return
        seats = {
            unit: PlannedPost.objects.create(reorganisation=reorg, unit_id=unit, title="Chuyên viên", role="specialist", rank=5, seats=9)
            for unit in heirs
        }
        second = PlannedPost.objects.create(
            reorganisation=reorg, unit_id=one_of(data, heirs), title="Phó Chánh Văn phòng", role="office_head", rank=2, seats=1
        )
        placement = Placement.objects.create(
            reorganisation=reorg, name="thử", state="decided", baseline=baseline_of(reorg), computed_at=small.MOMENT, figures={"placed": 0, "unplaced": 0}
        )
        for one in waiting:
            Proposal.objects.create(placement=placement, person_id=one.person_id, appointment_id=one.appointment_id, post=seats[one_of(data, heirs)])
        chosen = Proposal.objects.filter(placement=placement).order_by("pk")[data.draw(st.integers(0, len(waiting) - 1))]
        SecondPost.objects.create(proposal=chosen, post=second)

    def _remember(self):
        eve = self.day - timedelta(days=1)
        self.seen[eve] = frozenset(UnitVersion.objects.filter(valid__contains=eve).values_list("unit_id", "name"))

    def _proved(self, reorg_id, state):
        reorg = Reorganisation.objects.get(pk=reorg_id)
        assert reorg.state == state, reorg.proof
        assert reorg.proof["whole"], reorg.proof

    def _orphans_of(self, reorg):
        """(đơn vị mới, một đơn vị cũ của nó) khi đơn vị mới có nhiều đơn vị cũ: việc mới cần nơi nhận."""
        pairs = {}
        for before, after in reorg.successions.values_list("predecessor_id", "successor_id"):
            pairs.setdefault(after, before)
        return [(after, before) for after, before in pairs.items() if after != before and reorg.planned_units.filter(unit=after).exists()]

    def _draft(self):
        self.names += 1
        return UnitDraft(f"N{self.names}", f"Đảng ủy N{self.names}", f"N{self.names}", "committee", "commune", "ĐU")

    def _merge(self, data, units):
        old = {one_of(data, units) for _n in range(data.draw(st.integers(1, 3)))}
        new = self._draft()
        return [new], [SuccessionDraft(unit, Type.MERGED, successor_key=new.key) for unit in old]

    def _split(self, data, units):
        old = one_of(data, units)
        new = [self._draft(), self._draft()]
        return new, [SuccessionDraft(old, Type.SPLIT, successor_key=draft.key) for draft in new]

    def _rename(self, data, units):
        old = one_of(data, units)
        self.names += 1
        return [], [SuccessionDraft(old, Type.RENAMED, successor_id=old, new_name=f"Đảng ủy mới {self.names}")]

    def _dissolve(self, data, units):
        old = one_of(data, units)
        others = [unit for unit in units if unit != old] or [self.top]
        return [], [SuccessionDraft(old, Type.DISSOLVED, successor_id=one_of(data, others))]


def one_of(data, units: list[int]) -> int:
    """Rút theo vị trí, không theo mã: mã của cơ sở dữ liệu khác nhau giữa các lần chạy."""
    return units[data.draw(st.integers(0, len(units) - 1))]


@pytest.mark.slow
@pytest.mark.django_db
def test_any_chain_of_reorganisations_loses_nothing_and_keeps_history():
    run_state_machine_as_test(
        Reorganisations,
        settings=settings(
            max_examples=int(os.environ.get("TINHGON_EXAMPLES", "12")), stateful_step_count=8, deadline=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),  # fmt: skip
    )
