"""Sau quyết định bố trí: mỗi người đúng một quyết định hay thông báo, là dự thảo thường ở ứng dụng văn bản; chạy lại không soạn hai lần."""

from dataclasses import replace
from datetime import date

import pytest

from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.core.models import User
from tinhgon.documents import services as documents
from tinhgon.documents.access import visible_to
from tinhgon.documents.models import Document
from tinhgon.documents.selectors.form import checked, sentence
from tinhgon.org.models import Appointment, Kind, Person, Post, Role
from tinhgon.org.tests.factories import make_unit
from tinhgon.reorg import access, services
from tinhgon.reorg.acts.facts import cases
from tinhgon.reorg.acts.wording import of_decision
from tinhgon.reorg.models import ActOrder, PersonalAct
from tinhgon.reorg.selectors import acts as reads
from tinhgon.reorg.services import act_drafting
from tinhgon.reorg.tests import world as small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store_in_a_temporary_folder")]
DAY = small.DAY
FORM = ActOrder.Form


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    return small.with_leaders()


@pytest.fixture
def placement(world):
    """Năm lãnh đạo xã có chỗ, một chuyên viên không có chỗ; đã quyết định. Người ký: Phó Bí thư cấp tỉnh."""
    small.person(world, "T", "Phó Bí thư", "Hà Văn Ký")
    post = Post.objects.create(unit_id=world["A"], title="Chuyên viên", role="specialist", rank=5, valid=(small.BEFORE, None))
    small.person(world, "A", post.title, "Hồ Thị Lan")
    services.take_inventory(SYSTEM, world.reorg.pk)
    return small.placement_decided(services.start(SYSTEM, world.reorg.pk))


def order(world, form=FORM.EACH, **changes):
    signer = Person.objects.get(full_name="Hà Văn Ký").pk
    told = {"form": form, "issuer_id": world["T"], "signer_id": signer, "object_by": date(2025, 7, 15), "holder_id": world["VT"]} | changes
    services.order_acts(SYSTEM, world.reorg.pk, **told)
    act_drafting.run_drafting(world.reorg.pk)


def live(world):
    return PersonalAct.objects.filter(reorganisation=world.reorg, ended_at=None).select_related("document__type", "person")


def of(world, name, kind):
    return live(world).get(person__full_name=name, kind=kind).document


def body(document):
    return document.versions.latest("number").body


def issue(document, day=DAY):
    Document.objects.filter(pk=document.pk).update(state="ready")
    return documents.issue(SYSTEM, on=day, document_id=document.pk)


def actor_of(name):
    """Cấp tài khoản cho một người và đóng vai người ấy ở phân công đang giữ."""
    held = Appointment.objects.select_related("person").get(person__full_name=name)
    held.person.user = User.objects.create(username=f"u{held.pk}", display_name=name, created_at=small.MOMENT)
    held.person.save(update_fields=["user"])
    return Actor(held.person.user_id, held.pk)


def staff(unit_id, role, name):
    """Một người có tài khoản ở một đơn vị, với vai trò ấy."""
    made = Person.objects.create(full_name=name, code=f"NV{Person.objects.count() + 1:05}")
    post = Post.objects.create(unit_id=unit_id, title=f"Vị trí {role}", role=role, rank=5, valid=(small.BEFORE, None))
    Appointment.objects.create(person=made, post=post, valid=(small.BEFORE, None))
    return actor_of(name)


class TestEachPersonTheirOwnDocument:
    def test_everyone_placed_gets_one_decision_and_everyone_left_gets_one_notice_with_the_reason_and_the_right_to_object(self, world, placement):
        order(world)
        decisions = {act.person.full_name for act in live(world) if act.kind == "decision"}
        assert decisions == {"Trần Văn An", "Lê Thị Bình", "Phạm Văn Chung", "Đỗ Thị Dung", "Vũ Văn Em"}
        told = body(of(world, "Hồ Thị Lan", "notice"))
        for part in ("chưa có vị trí cho đồng chí", "chờ bố trí công tác", "2. Lý do\n- ", "đến hết ngày 15/7/2025", "quyền khiếu nại"):
            assert part in told

    def test_the_decision_names_the_old_and_the_new_post_the_day_and_both_decrees(self, world, placement):
        order(world, bases="Quy chế làm việc của Ban Chấp hành")
        one = placement.proposals.select_related("post").get(person__full_name="Trần Văn An")
        made = of(world, "Trần Văn An", "decision")
        unit = {world["X"]: "Đảng ủy phường X", world["Y"]: "Đảng ủy phường Y", world["T"]: "Đảng ủy T"}[one.post.unit_id]
        text = body(made)
        for part in ("Quyết định số 10-QĐ/TU, ngày 16/6/2025", "Quyết định số 12-QĐ/TU", "Căn cứ Quy chế làm việc", "bí thư, Đảng ủy A", one.post.title, unit, "01/7/2025"):
            assert part in text, part
        assert (made.holder_id, made.issuer_id, made.authority, made.signer_name) == (world["VT"], world["T"], "T/M BAN THƯỜNG VỤ", "Hà Văn Ký")
        assert made.state == Document.State.DRAFT

    @pytest.mark.parametrize("form", FORM.values)
    @pytest.mark.parametrize("day", [DAY, date(2026, 8, 1)])
    def test_every_document_has_the_form_of_its_day_without_a_single_fault(self, world, placement, form, day):
        order(world, form)
        for document in {act.document for act in live(world)}:
            found = checked(document, on=day)
            assert [sentence(one) for one in found.violations] == []

    def test_a_person_who_goes_down_a_rank_also_gets_a_notice_of_the_change(self, world, placement):
        order(world)
        fallen = {
            one.person.full_name for one in placement.proposals.select_related("post", "appointment__post", "person")
            if one.post and one.post.rank > one.appointment.post.rank
        }  # fmt: skip
        assert fallen
        assert fallen <= {act.person.full_name for act in live(world) if act.kind == "notice"}


class TestOneDecisionWithAList:
    def test_people_going_to_one_place_share_one_decision_whose_annex_lists_them(self, world, placement):
        order(world, FORM.LIST)
        shared = {act.document_id: act for act in live(world) if act.kind == "decision"}
        assert {act.listed_for_id for act in shared.values()} == {one.post.unit_id for one in placement.proposals.select_related("post") if one.post}
        for act in shared.values():
            main, _mark, annex = body(act.document).partition("\n===\n")
            assert "danh sách kèm theo" in main
            names = {one.person.full_name for one in live(world) if one.document_id == act.document_id}
            assert all(f"| {name} |" in annex for name in names)

    def test_changing_the_form_drops_the_single_drafts_and_makes_the_lists(self, world, placement):
        order(world)
        before = set(live(world).filter(kind="decision").values_list("document", flat=True))
        order(world, FORM.LIST)
        assert set(Document.objects.filter(pk__in=before).values_list("state", flat=True)) == {"dropped"}
        assert not live(world).filter(document__in=before).exists()


class TestRunAgain:
    def test_running_it_again_makes_nothing_twice_and_changes_nothing(self, world, placement):
        order(world)
        before = list(Document.objects.order_by("pk").values("pk", "summary", "state")), PersonalAct.objects.count()
        order(world)
        act_drafting.run_drafting(world.reorg.pk)
        assert (list(Document.objects.order_by("pk").values("pk", "summary", "state")), PersonalAct.objects.count()) == before

    def test_a_run_that_died_half_way_goes_on(self, world, placement, monkeypatch):
        whole, calls = act_drafting._Desk._make, []

        def dies(self, one, had=()):
            calls.append(one)
            if len(calls) == 3:
                raise RuntimeError("mất điện")
            whole(self, one, had)

        monkeypatch.setattr(act_drafting._Desk, "_make", dies)
        with pytest.raises(RuntimeError):
            order(world)
        assert live(world).count() == 2
        monkeypatch.setattr(act_drafting._Desk, "_make", whole)
        act_drafting.run_drafting(world.reorg.pk)
        assert reads.counts(world.reorg)["missing"] == 0
        assert Document.objects.count() == live(world).values("document").distinct().count()

    def test_changed_data_becomes_the_next_version_of_the_same_draft(self, world, placement):
        order(world)
        made = of(world, "Trần Văn An", "decision")
        Person.objects.filter(full_name="Trần Văn An").update(full_name="Trần Văn Ân")
        order(world)
        same = of(world, "Trần Văn Ân", "decision")
        assert (same.pk, same.versions.count()) == (made.pk, 2)
        assert "Trần Văn Ân" in same.summary

    def test_an_issued_decision_with_changed_data_must_be_revoked_and_another_is_drafted(self, world, placement):
        order(world)
        issued = issue(of(world, "Trần Văn An", "decision"))
        Person.objects.filter(full_name="Trần Văn An").update(full_name="Trần Văn Ân")
        order(world)
        assert of(world, "Trần Văn Ân", "decision").pk != issued.pk
        assert reads.counts(world.reorg)["revoke"] == 1
        issued.refresh_from_db()
        assert issued.state == Document.State.REGISTERED

    def test_a_person_who_left_the_old_unit_no_longer_has_a_draft(self, world, placement):
        order(world)
        made = of(world, "Trần Văn An", "decision")
        Appointment.objects.filter(person__full_name="Trần Văn An").update(valid=(small.BEFORE, date(2025, 6, 30)))
        order(world)
        made.refresh_from_db()
        assert made.state == Document.State.DROPPED
        assert "không còn cần" in made.void_reason


class TestTheDecisionIsWithdrawn:
    def test_drafts_are_dropped_with_a_sentence_and_issued_ones_are_listed_for_revocation(self, world, placement):
        order(world)
        issued = issue(of(world, "Trần Văn An", "decision"))
        draft = of(world, "Lê Thị Bình", "decision")
        services.withdraw_decision(SYSTEM, placement.pk, reason="Xem lại biên chế")
        assert not live(world).exists()
        act_drafting.run_drafting(world.reorg.pk)
        draft.refresh_from_db()
        issued.refresh_from_db()
        assert (draft.state, draft.void_reason) == ("dropped", "Quyết định bố trí đã rút: Xem lại biên chế")
        assert issued.state == "registered"
        assert reads.counts(world.reorg) == {"missing": 0, "draft": 0, "approving": 0, "ready": 0, "issued": 0, "revoke": 1}
        documents.void(SYSTEM, on=DAY, document_id=issued.pk, reason="Thu hồi")
        assert reads.counts(world.reorg)["revoke"] == 0

    def test_before_a_decision_nothing_can_be_drafted(self, world, placement):
        services.withdraw_decision(SYSTEM, placement.pk, reason="Xem lại")
        with pytest.raises(Refused, match="Chưa có phương án bố trí nào được quyết định"):
            order(world)
        assert not ActOrder.objects.exists()

    def test_a_wrong_signer_and_a_day_gone_by_are_refused_together_and_nothing_is_written(self, world, placement):
        stranger = Person.objects.get(full_name="Trần Văn An").pk
        with pytest.raises(Invalid) as refused:
            order(world, signer_id=stranger, object_by=date(2025, 6, 1))
        assert {reason.code for reason in refused.value.reasons} == {"acts.signer", "acts.object_by"}
        assert not ActOrder.objects.exists()


class TestFlow:
    def test_submitting_starts_the_signing_of_every_draft(self, world, placement):
        order(world)
        services.submit_acts(SYSTEM, world.reorg.pk)
        act_drafting.run_submitting(world.reorg.pk)
        found = reads.counts(world.reorg)
        assert (found["draft"], found["approving"]) == (0, 6)

    def test_the_page_says_who_is_still_missing(self, world, placement):
        assert reads.counts(world.reorg)["missing"] == 6
        order(world)
        issue(of(world, "Trần Văn An", "decision"))
        assert [one.person.full_name for one in reads.proposals(placement, "issued")] == ["Trần Văn An"]
        assert not reads.proposals(placement, "missing").exists()


class TestWhoSees:
    def test_the_person_sees_their_own_issued_decision_and_no_draft_and_nobody_elses(self, world, placement):
        order(world)
        an, binh = actor_of("Trần Văn An"), actor_of("Lê Thị Bình")
        assert not access.own_acts(an, on=DAY).exists()
        issued = issue(of(world, "Trần Văn An", "decision"))
        assert [act.document_id for act in access.own_acts(an, on=DAY)] == [issued.pk]
        act = PersonalAct.objects.get(document=issued)
        assert reads.final_of(access.own_act_for(an, act.pk, on=DAY)) is not None
        with pytest.raises(NotFound):
            access.own_act_for(binh, act.pk, on=DAY)

    def test_a_draft_is_seen_by_the_board_that_writes_it_then_by_the_clerk_who_numbers_it_and_by_no_one_else(self, world, placement):
        board_unit = make_unit("Ban Tổ chức", world["T"], kind=Kind.ORGANISATION, level="province")
        board = staff(board_unit, Role.ORGANISATION_BOARD, "Đào Thị Tổ")
        clerk = staff(world["VT"], Role.CLERK, "Cao Văn Thư")
        others = [actor_of("Lê Thị Bình"), actor_of("Hà Văn Ký"), staff(world["VT"], Role.SPECIALIST, "Mai Thị Khác")]
        services.order_acts(board, world.reorg.pk, form=FORM.EACH, issuer_id=world["T"], signer_id=Person.objects.get(full_name="Hà Văn Ký").pk, object_by=date(2025, 7, 15))
        act_drafting.run_drafting(world.reorg.pk)
        draft = of(world, "Trần Văn An", "decision")
        assert draft.holder_id == board_unit
        assert [seen(one, draft) for one in (board, clerk, *others)] == [True, False, False, False, False]
        documents.send_to_issue(board, on=DAY, document_id=draft.pk)
        assert [seen(one, draft) for one in (board, clerk, *others)] == [True, True, False, False, False]

    def test_only_the_organisation_board_orders_and_a_refusal_writes_nothing(self, world, placement):
        chair = actor_of("Hà Văn Ký")
        with pytest.raises(Forbidden):
            services.order_acts(chair, world.reorg.pk, form=FORM.EACH, issuer_id=world["T"], signer_id=1, object_by=date(2025, 7, 15))
        assert (ActOrder.objects.count(), Document.objects.count()) == (0, 0)


def seen(actor, document):
    return visible_to(actor, on=DAY).filter(pk=document.pk).exists()


def second_post(world, name, unit="Y", title="Phó Bí thư"):
    """Ban tổ chức giao cho người ấy kiêm nhiệm một vị trí, rồi phương án được tính và quyết định."""
    small.person(world, "T", "Phó Bí thư", "Hà Văn Ký")
    services.take_inventory(SYSTEM, world.reorg.pk)
    services.list_posts(SYSTEM, world.reorg.pk)
    person = Person.objects.get(full_name=name)
    post = world.reorg.planned_posts.get(unit=world[unit], title=title)
    services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=person.pk, post_id=post.pk, reason="Thiếu người")
    return small.placement_decided(services.start(SYSTEM, world.reorg.pk))


def test_the_decision_names_the_main_post_and_the_second_one(world):
    placement = second_post(world, "Trần Văn An")
    order(world)
    made = of(world, "Trần Văn An", "decision")
    assert "chỉ định, kiêm nhiệm đối với đồng chí Trần Văn An" in made.summary
    main = placement.proposals.get(person__full_name="Trần Văn An").post
    assert f"giữ chức {main.title} " in body(made)
    assert "; kiêm nhiệm Phó Bí thư Đảng ủy phường Y." in body(made)


def test_the_common_decision_lists_both_posts(world):
    second_post(world, "Trần Văn An")
    order(world, FORM.LIST)
    made = of(world, "Trần Văn An", "decision")
    (line,) = [line for line in body(made).splitlines() if "Trần Văn An" in line]
    assert "; kiêm nhiệm Phó Bí thư Đảng ủy phường Y" in line


def test_who_keeps_their_post_and_takes_a_second_one_gets_a_decision_about_the_second_only(world):
    placement = second_post(world, "Trần Văn An")
    order(world)
    fields = [case for case in cases(placement) if case.name == "Trần Văn An"][0]
    deed = of_decision(replace(fields, keeps_post=True))
    assert deed["trich_yeu"] == "chỉ định kiêm nhiệm đối với đồng chí Trần Văn An"
    assert deed["noi_dung"].endswith("; kiêm nhiệm Phó Bí thư Đảng ủy phường Y; vị trí đang giữ không thay đổi.")
    assert deed["kiem_nhiem"] == "Phó Bí thư Đảng ủy phường Y"
