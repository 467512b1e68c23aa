"""Trang bố trí cán bộ: ban tổ chức soạn, người được đề xuất cho ý kiến, thường trực quyết định; không ai khác thấy."""

import pytest

from tinhgon.core.actor import SYSTEM
from tinhgon.engine.tables import read_table
from tinhgon.org.models import Person, Post
from tinhgon.reorg import services
from tinhgon.reorg.models import Placement, Proposal
from tinhgon.reorg.tests import world as small
from tinhgon.web.tests.placing.office import at, counted, signed_in, text_of
from tinhgon.web.tests.reorg_office import user_at

pytestmark = pytest.mark.django_db


def test_the_first_page_says_in_one_sentence_how_many_have_a_place(world, board, placement):
    page = text_of(board.get(at(world)))
    assert "4 trên 4 người có chỗ; 0 người chưa có" in page
    assert "Đã chứng minh" in page
    assert "Lê Thị Bình" in page


def test_before_any_plan_the_page_says_how_many_need_a_place_and_how_to_begin(world, board, deputy):
    assert "Chưa kiểm kê" in text_of(board.get(at(world)))
    services.take_inventory(SYSTEM, world.reorg.pk)
    page = text_of(board.get(at(world)))
    assert "4 người ở các đơn vị giao cần có chỗ" in page
    board.post(at(world, "mo/"))
    assert Placement.objects.get().figures["placed"] == 4


def test_moving_a_slider_plans_again_at_once(world, board, placement):
    answer = board.post(at(world, f"{placement.pk}/tinh/"), {"mastery": 10, "kind": 0, "wishes": 0, "moves": 100}, follow=True)
    assert answer.status_code == 200
    placement.refresh_from_db()
    assert placement.weights == {"mastery": 10, "kind": 0, "wishes": 0, "moves": 100}


def test_the_page_of_one_person_tells_why_and_why_not_another_post(world, board, placement):
    one = placement.proposals.select_related("person", "post").get(person__full_name="Lê Thị Bình")
    other = world.reorg.planned_posts.exclude(pk=one.post_id).first()
    page = text_of(board.get(at(world, f"{placement.pk}/nguoi/{one.person_id}/?vi-tri={other.pk}")))
    assert "Vì sao" in page
    assert "Lê Thị Bình vào" in page
    assert f"(v{one.post_id})" not in page


def test_a_person_sees_only_their_own_proposal_and_answers_it(world, deputy, placement):
    assert "Chưa có đề xuất nào cho bạn" in text_of(deputy.get("/bo-tri-cua-toi/"))
    services.consult(SYSTEM, placement.pk)
    page = text_of(deputy.get("/bo-tri-cua-toi/"))
    assert "Đề xuất" in page
    assert "Lê Thị Bình" not in page
    refused = text_of(deputy.post("/bo-tri-cua-toi/", {"agrees": "0", "opinion": ""}))
    assert "hãy ghi lý do" in refused
    deputy.post("/bo-tri-cua-toi/", {"agrees": "0", "opinion": "Nhà xa nơi mới"})
    said = Proposal.objects.get(person__full_name="Hoàng Văn Khoa")
    assert (said.state, said.opinion) == ("objected", "Nhà xa nơi mới")


def test_the_board_answers_and_only_the_standing_committee_decides(world, board, head, deputy, placement):
    services.consult(SYSTEM, placement.pk)
    deputy.post("/bo-tri-cua-toi/", {"agrees": "0", "opinion": "Nhà xa"})
    said = Proposal.objects.get(state="objected")
    assert "Nhà xa" in text_of(board.get(at(world, "y-kien/")))
    assert board.post(at(world, f"{placement.pk}/quyet-dinh/"), {"decree": "12"}).status_code == 403
    assert head.post(at(world, f"y-kien/{said.pk}/tra-loi/"), {"text": "x"}).status_code == 403
    assert "Quyết định bố trí" not in text_of(head.get(at(world, "y-kien/")))
    assert "chưa được trả lời" in text_of(head.post(at(world, f"{placement.pk}/quyet-dinh/"), {"decree": "12"}))
    board.post(at(world, f"y-kien/{said.pk}/tra-loi/"), {"text": "Sẽ bố trí xe"})
    assert "Quyết định bố trí" in text_of(head.get(at(world, "y-kien/")))
    head.post(at(world, f"{placement.pk}/quyet-dinh/"), {"decree": "12-QĐ/TU"})
    placement.refresh_from_db()
    assert (placement.state, placement.decree) == ("decided", "12-QĐ/TU")
    assert "Sẽ bố trí xe" in text_of(deputy.get("/bo-tri-cua-toi/"))


@pytest.mark.parametrize(("unit", "title", "role"), [("T", "Chánh Văn phòng", "office_head"), ("T", "Quản trị", "administrator"), ("A", "Bí thư", "")])
def test_nobody_else_sees_proposals_of_others(world, placement, unit, title, role):
    if role:
        Post.objects.create(unit_id=world[unit], title=title, role=role, rank=1, valid=(small.BEFORE, None))
    stranger = signed_in(user_at(world, unit, title, "nguoi.khac", "Người Khác"))
    for path in ("", "y-kien/", "vi-tri/", "so-sanh/", f"{placement.pk}/nguoi/{placement.proposals.first().person_id}/"):
        assert stranger.get(at(world, path)).status_code in (403, 404), path


def test_every_page_opens_and_asks_as_often_for_more_people(world, board, placement):
    clerk = Post.objects.create(unit_id=world["A"], title="Văn thư", role="clerk", rank=5, valid=(small.BEFORE, None))
    small.person(world, "A", clerk.title, "Người Chưa Có Chỗ")
    services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
    services.keep_as(SYSTEM, placement.pk, name="Khác")
    person = placement.proposals.first().person_id
    paths = ("", "vi-tri/", "so-sanh/", "y-kien/", "ghim/", "hai-nguoi/", "cong-bang/", f"{placement.pk}/du-luat/", f"{placement.pk}/nguoi/{person}/")
    before = {path: counted(board, at(world, path)) for path in paths}
    post = Post.objects.create(unit_id=world["B"], title="Phó Bí thư 2", role="standing_committee", rank=2, seats=9, valid=(small.BEFORE, None))
    for number in range(8):
        small.person(world, "B", post.title, f"Người Thêm {number}")
    services.take_inventory(SYSTEM, world.reorg.pk)
    for one in Placement.objects.all():
        services.tune(SYSTEM, one.pk, weights=one.weights, switches={})
    assert {path: counted(board, at(world, path)) for path in paths} == before


def with_a_second_post(world):
    """Lê Thị Bình giữ vị trí của mình và kiêm nhiệm Phó Bí thư của Y."""
    services.take_inventory(SYSTEM, world.reorg.pk)
    services.list_posts(SYSTEM, world.reorg.pk)
    person = Person.objects.get(full_name="Lê Thị Bình")
    post = world.reorg.planned_posts.get(unit=world["Y"], title="Phó Bí thư")
    services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=person.pk, post_id=post.pk, reason="Thiếu người")
    return services.start(SYSTEM, world.reorg.pk), person


def test_the_plan_the_person_page_the_consultation_and_excel_show_both_posts(world, board):
    placement, person = with_a_second_post(world)
    main = placement.proposals.get(person=person).post
    home = f"/sap-xep/{world.reorg.pk}/bo-tri/"
    assert "Lê Thị Bình</a> (kiêm nhiệm)" in text_of(board.get(home, {"pa": placement.pk}))
    page = text_of(board.get(f"{home}{placement.pk}/nguoi/{person.pk}/"))
    assert "kiêm nhiệm Phó Bí thư, Đảng ủy phường Y" in page
    services.consult(SYSTEM, placement.pk)
    assert "kiêm nhiệm Phó Bí thư, Đảng ủy phường Y" in text_of(board.get(f"{home}y-kien/"))
    answer = board.get(f"{home}{placement.pk}/excel/")
    table = read_table(answer.content)
    line = next(line for _number, line in table.rows if "Lê Thị Bình" in line.values())
    assert {main.title, "Phó Bí thư, Đảng ủy phường Y"} <= set(line.values())


def test_the_person_reads_both_posts_before_saying_yes_or_no(world, deputy):
    placement, person = with_a_second_post(world)
    services.unpin(SYSTEM, world.reorg.pk, pin_id=world.reorg.pins.get().pk)
    own = Person.objects.get(full_name="Hoàng Văn Khoa")
    post = world.reorg.planned_posts.get(unit=world["Y"], title="Phó Bí thư")
    services.pin(SYSTEM, world.reorg.pk, kind="also", person_id=own.pk, post_id=post.pk, reason="Thiếu người")
    services.tune(SYSTEM, placement.pk, weights={"mastery": 50}, switches={})
    services.consult(SYSTEM, placement.pk)
    assert "kiêm nhiệm Phó Bí thư, Đảng ủy phường Y" in text_of(deputy.get("/bo-tri-cua-toi/"))


def test_only_those_who_may_see_the_plan_download_it(world, placement, deputy):
    assert deputy.get(f"/sap-xep/{world.reorg.pk}/bo-tri/{placement.pk}/excel/").status_code in (403, 404)
