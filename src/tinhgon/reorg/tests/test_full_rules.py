"""Tính với đủ luật: việc nền giữ cả các luật ngoài dòng chảy, dừng lúc nào cũng còn phương án; bộ kiểm tra độc lập thấy chỗ sửa."""

from datetime import timedelta

import pytest
from django.db.models import F

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM
from tinhgon.core.errors import Invalid, Refused
from tinhgon.org.models import Appointment, UnitVersion
from tinhgon.personnel.models import Wish, WishRound, WishSheet
from tinhgon.reorg import selectors, services
from tinhgon.reorg.models import Placement, PlacementPair
from tinhgon.reorg.placing import assembly, explaining, fully, saying
from tinhgon.reorg.services import full_rules
from tinhgon.reorg.tests import world as small
from tinhgon.reorg.tests.world import DAY, MOMENT

pytestmark = pytest.mark.django_db
RULES = {"together": True, "seconds": 30}
@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    return small.with_leaders()


@pytest.fixture
def placement(world):
    return services.start(SYSTEM, world.reorg.pk)


def who(name):
    return Appointment.objects.get(person__full_name=name, is_main=True).person_id


def unit_of(placement, name):
    post = placement.proposals.select_related("post").get(person__full_name=name).post
    return post.unit_id if post else None


def sheet(round_, name, units=(), **extra):
    made = WishSheet.objects.create(round=round_, person_id=who(name), updated_at=MOMENT, **extra)
    Wish.objects.bulk_create(Wish(sheet=made, rank=rank, unit_id=unit) for rank, unit in enumerate(units, start=1))
    return made


def wish_round(world):
    return WishRound.objects.create(root_id=world["T"], title="Nguyện vọng", opened_at=MOMENT, closes_on=DAY + timedelta(days=9))


def ran(placement, rules=RULES, name="Đủ luật"):
    made = services.plan_fully(SYSTEM, placement.pk, name=name, rules=rules)
    full_rules.run_fully(made.pk)
    made.refresh_from_db()
    return made


class TestTheSearch:
    def test_it_is_a_plan_of_its_own_with_a_bound_a_gap_and_a_verdict(self, placement):
        made = ran(placement, RULES | {"unit_cover": True, "unit_veteran_percent": 50})
        assert made.pk != placement.pk
        assert made.is_full
        assert not placement.is_full
        assert {"value", "bound", "gap", "short", "own_bound", "seconds", "stopped"} == made.figures["full"].keys()
        assert made.figures["full"]["bound"] <= made.figures["full"]["value"]
        assert made.figures["checked"]["sound"]
        assert made.progress.state == "done"
        assert "quy tắc" in made.progress.sentence
        assert made.proposals.count() == 5

    def test_two_who_may_not_share_a_unit_are_apart_and_the_flow_names_what_it_could_not_keep(self, world, placement):
        heirs = [world.reorg.planned_posts.get(unit=world["X"], title=title).pk for title in ("Bí thư", "Phó Bí thư")]
        couple = who("Trần Văn An"), who("Lê Thị Bình")
        for person, post in zip(couple, heirs, strict=True):
            word = services.pin(SYSTEM, world.reorg.pk, kind="pin", person_id=person, post_id=post, reason="Thử")
        services.pair(SYSTEM, world.reorg.pk, kind="apart", person_id=couple[0], other_id=couple[1], reason="Vợ chồng: một người giữ quỹ")
        assert selectors.pins_changed(placement)
        services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
        placement.refresh_from_db()
        assert [fact["code"] for fact in placement.figures["unmet"]] == ["unmet.apart"]
        for one in (placement, ran(placement, name="Vẫn trái nhau")):
            (conflict,) = one.figures["conflicts"]
            assert [rule["kind"] for rule in conflict["rules"]] == ["pin", "pin", "apart"]
            told = saying.said_conflict(conflict)
            assert told.startswith("Không phương án nào giữ được cùng lúc: ghim Trần Văn An vào ")
            assert "Trần Văn An và Lê Thị Bình không cùng một đơn vị" in told
            assert told.endswith("Bỏ một trong các điều ấy thì các điều còn lại giữ được.")
        services.unpin(SYSTEM, world.reorg.pk, pin_id=word.pk)
        made = ran(placement)
        assert (made.figures["unmet"], made.figures["conflicts"]) == ([], [])
        assert unit_of(made, "Trần Văn An") == world["X"] != unit_of(made, "Lê Thị Bình")

    def test_stopped_at_once_there_is_still_a_checked_plan(self, placement):
        made = services.plan_fully(SYSTEM, placement.pk, name="Dừng", rules=RULES)
        services.stop(SYSTEM, made.pk)
        full_rules.run_fully(made.pk)
        made.refresh_from_db()
        assert made.figures["full"]["stopped"]
        assert made.figures["checked"]["sound"]
        assert "Đã dừng theo yêu cầu" in made.progress.sentence
        with pytest.raises(Refused, match="không còn đang tính"):
            services.stop(SYSTEM, made.pk)

    def test_while_it_runs_nobody_else_changes_or_consults_on_that_plan(self, placement):
        made = services.plan_fully(SYSTEM, placement.pk, name="Đang tính", rules=RULES)
        for verb in (
            lambda: services.tune(SYSTEM, made.pk, weights=made.weights, switches={}), lambda: services.consult(SYSTEM, made.pk),
            lambda: services.drop(SYSTEM, made.pk), lambda: services.weigh(SYSTEM, made.pk),
        ):  # fmt: skip
            with pytest.raises(Refused, match="hãy đợi tính xong hoặc dừng lại"):
                verb()
        made.refresh_from_db()
        assert (made.state, made.weights) == (Placement.State.DRAFT, placement.weights)

    def test_a_job_started_again_after_it_was_killed_searches_again_and_a_finished_one_does_nothing(self, placement):
        made = services.plan_fully(SYSTEM, placement.pk, name="Chạy lại", rules=RULES)
        next(fully.search(made, fully.Clock(made.pk)))
        full_rules.run_fully(made.pk)
        made.refresh_from_db()
        before = made.computed_at
        assert "live" not in made.figures
        full_rules.run_fully(made.pk)
        made.refresh_from_db()
        assert made.computed_at == before

    def test_a_wrong_rule_is_refused_with_every_reason_and_opens_no_plan(self, placement):
        with pytest.raises(Invalid) as refused:
            services.plan_fully(SYSTEM, placement.pk, name="Sai", rules={"unit_veteran_percent": 120, "seconds": 7})
        assert {one.code for one in refused.value.reasons} == {"placement.percent", "placement.seconds"}
        assert Placement.objects.count() == 1


class TestWhatPeopleWrote:
    def test_two_who_both_wrote_the_other_are_a_couple_and_one_alone_binds_nobody(self, world):
        round_ = wish_round(world)
        sheet(round_, "Trần Văn An", with_person_id=who("Vũ Văn Em"))
        sheet(round_, "Phạm Văn Chung", with_person_id=who("Vũ Văn Em"))
        services.list_posts(SYSTEM, world.reorg.pk)
        assert assembly.problem_of(world.reorg, {"together": True}).rules.together == ()
        sheet(round_, "Vũ Văn Em", with_person_id=who("Trần Văn An"))
        key = assembly.person_key
        pair = tuple(key(one) for one in sorted((who("Trần Văn An"), who("Vũ Văn Em"))))
        assert assembly.problem_of(world.reorg, {"together": True}).rules.together == (pair,)
        assert assembly.problem_of(world.reorg, {}).rules.together == ()

    def test_a_wish_for_a_divided_unit_is_a_wish_for_any_heir_and_for_the_agencies_of_a_new_commune(self, world):
        round_ = wish_round(world)
        sheet(round_, "Trần Văn An", [world["C"], world["T"]])
        services.list_posts(SYSTEM, world.reorg.pk)
        found = assembly.problem_of(world.reorg, {}).person_of[assembly.person_key(who("Trần Văn An"))]
        assert found.wishes == tuple(assembly.unit_key(world[one]) for one in "XYT")
        assert found.ranked == (1, 1, 2)

    def test_who_agrees_to_be_moved_is_not_held_by_the_status_quo(self, world):
        sheet(wish_round(world), "Trần Văn An", agrees_to_move=True)
        services.list_posts(SYSTEM, world.reorg.pk)
        people = assembly.problem_of(world.reorg, {"status_quo": True}).person_of
        assert people[assembly.person_key(who("Trần Văn An"))].agrees_anywhere
        assert not people[assembly.person_key(who("Lê Thị Bình"))].agrees_anywhere

    def test_the_report_groups_by_the_unit_people_come_from(self, world, placement):
        people = assembly.problem_of(world.reorg, {}).people
        assert {one.origin for one in people} == {"Đảng ủy A", "Đảng ủy B", "Đảng ủy C"}


class TestTheIndependentChecker:
    def test_every_computed_plan_carries_a_verdict(self, placement):
        assert placement.figures["checked"]["sound"]
        assert placement.figures["checked"]["proven"]
        assert placement.figures["checked"]["value"] == placement.certificate["value"]

    def test_a_plan_changed_behind_its_back_is_seen(self, placement):
        one = placement.proposals.exclude(post=None).first()
        other = placement.proposals.exclude(post=one.post).exclude(post=None).first()
        placement.proposals.filter(pk=one.pk).update(post=other.post)
        services.check(SYSTEM, placement.pk)
        placement.refresh_from_db()
        assert not placement.figures["checked"]["sound"]
        assert placement.figures["checked"]["fault_count"] >= 1

    def test_a_boasting_certificate_is_seen(self, placement):
        kept = placement.certificate
        kept["value"][3] -= 1
        Placement.objects.filter(pk=placement.pk).update(certificate=kept)
        services.check(SYSTEM, placement.pk)
        placement.refresh_from_db()
        assert [fact["code"] for fact in placement.figures["checked"]["faults"]] == ["fault.value"]


class TestWordsOfTheBoard:
    def test_a_second_post_takes_a_seat_and_is_shown_there(self, world, placement):
        post = placement.reorganisation.planned_posts.get(unit=world["Y"], title="Phó Bí thư")
        others = placement.reorganisation.planned_posts.filter(pk=post.pk).update(seats=1)
        assert others == 1
        services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=who("Trần Văn An"), post_id=post.pk, reason="Tạm kiêm nhiệm")
        services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
        placement.refresh_from_db()
        assert not placement.proposals.filter(post=post).exists()
        assert unit_of(placement, "Trần Văn An")
        shown = [one for unit in selectors.units_of(placement)[0] for one in unit.posts if one.post.pk == post.pk]
        assert [(one.free, [row.proposal.person.full_name for row in one.also]) for one in shown] == [(0, ["Trần Văn An"])]
        assert placement.figures["checked"]["sound"]

    def test_a_word_about_one_person_or_a_stranger_is_refused_with_every_reason(self, world, placement):
        stranger = small.person(world, "T", "Bí thư", "Người ngoài").person_id
        with pytest.raises(Invalid) as refused:
            services.pair(SYSTEM, world.reorg.pk, kind="khác", person_id=stranger, other_id=stranger, reason=" ")
        assert {one.code for one in refused.value.reasons} == {"placement.pair_kind", "placement.no_person", "placement.with_oneself", "placement.reason"}
        assert not PlacementPair.objects.exists()

    def test_a_new_word_about_the_same_two_replaces_the_old_whichever_is_named_first(self, world, placement):
        one, other = who("Trần Văn An"), who("Lê Thị Bình")
        services.pair(SYSTEM, world.reorg.pk, kind="together", person_id=one, other_id=other, reason="Một gia đình")
        made = services.pair(SYSTEM, world.reorg.pk, kind="apart", person_id=other, other_id=one, reason="Một người giữ quỹ")
        assert list(PlacementPair.objects.all()) == [made]
        services.unpair(SYSTEM, world.reorg.pk, pair_id=made.pk)
        assert not PlacementPair.objects.exists()


class TestMeasuring:
    def test_the_second_opinion_is_stable_and_beside_the_figures_of_the_plan(self, placement):
        services.weigh(SYSTEM, placement.pk)
        placement.refresh_from_db()
        second = placement.figures["second"]
        assert second["blocking"] == 0
        assert second["placed"] <= placement.figures["people"]
        assert placement.figures["own"]["placed"] == placement.figures["placed"]

    def test_leaning_to_wishes_is_offered_only_where_the_measured_curve_reaches_them(self, world, placement):
        with pytest.raises(Refused, match="Không mức thanh kéo nào"):
            services.lean_to_wishes(SYSTEM, placement.pk)
        round_ = wish_round(world)
        for unit, name in (("A", "Trần Văn An"), ("A", "Lê Thị Bình"), ("C", "Phạm Văn Chung"), ("C", "Đỗ Thị Dung"), ("T", "Vũ Văn Em")):
            sheet(round_, name, [world[unit]])
        services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
        services.weigh(SYSTEM, placement.pk)
        made = services.lean_to_wishes(SYSTEM, placement.pk)
        assert made.figures["first"] * 100 >= 70 * made.figures["seated"]
        assert "nghiêng về nguyện vọng" in made.name

    def test_a_full_plan_is_weighed_and_each_person_explained_without_an_endless_road(self, world, placement):
        services.pair(SYSTEM, world.reorg.pk, kind="together", person_id=who("Trần Văn An"), other_id=who("Vũ Văn Em"), reason="Một gia đình")
        made = ran(placement)
        services.weigh(SYSTEM, made.pk)
        made.refresh_from_db()
        assert made.figures["fairness"]["unexplained"] == 0
        told = explaining.explained(made, who("Trần Văn An"), made.reorganisation.planned_posts.exclude(proposals__person=who("Trần Văn An")).order_by(F("pk")).first().pk)
        assert told.reasons
        assert told.why_not

    def test_a_person_is_told_about_the_unit_they_work_in_not_about_its_heir(self, world, placement):
        """Bài toán coi nơi nhận việc là đơn vị của mình; người ấy thì đang làm ở đơn vị cũ."""
        for proposal in placement.proposals.exclude(post=None).select_related("person"):
            home = UnitVersion.objects.get(unit__posts__appointments__person=proposal.person, valid__contains=small.DAY).name
            told = " ".join(explaining.own_reasons(placement, proposal.person_id))
            assert f"Chuyển từ {home} sang" in told or f"{home} về " in told or f"Ở nguyên {home}." in told, (home, told)

    def test_who_waits_is_told_every_post_they_could_have_and_what_stands_in_the_way(self, world, placement):
        placement.reorganisation.planned_posts.exclude(unit=world["Y"]).update(seats=0)
        services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
        placement.refresh_from_db()
        waiting = placement.proposals.filter(post=None).exclude(options=0).first()
        told = explaining.explained(placement, waiting.person_id, None)
        assert len(told.options) >= 1
        assert all(":" in line and "Gần được nhất" not in line for line in told.options)

    def test_who_waits_under_the_full_rules_is_told_as_much_and_whether_the_price_is_exact_or_a_bound(self, world, placement):
        placement.reorganisation.planned_posts.exclude(unit=world["Y"]).update(seats=0)
        services.pair(SYSTEM, world.reorg.pk, kind="apart", person_id=who("Trần Văn An"), other_id=who("Vũ Văn Em"), reason="Vợ chồng")
        services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
        made = ran(placement)
        waiting = made.proposals.filter(post=None).exclude(options=0)
        assert waiting
        for one in waiting:
            told = explaining.explained(made, one.person_id, None)
            assert told.options
            assert all("giá đúng" in line or "cận" in line or "tốt hơn" in line for line in told.options), told.options
        flow = explaining.explained(placement, waiting[0].person_id, None)
        assert flow.options[-1].startswith("Giá này chưa kể các quy tắc ngoài dòng chảy")
