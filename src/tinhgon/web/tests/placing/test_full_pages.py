"""Tính với đủ luật, lời về hai người, kiểm tra độc lập, nguyện vọng và công bằng: ban tổ chức làm ở trang, người khác không vào."""

import pytest

from tinhgon.core.actor import SYSTEM
from tinhgon.org.models import Post
from tinhgon.reorg import services
from tinhgon.reorg.models import Placement, PlacementPair
from tinhgon.reorg.services import full_rules
from tinhgon.reorg.tests import world as small
from tinhgon.web.tests.placing.office import at, signed_in, text_of
from tinhgon.web.tests.reorg_office import user_at

pytestmark = pytest.mark.django_db
FORM = {"name": "Giữ đủ luật", "together": "on", "unit_cover": "on", "unit_veteran_percent": "40", "seconds": "30"}


class TestTheFullRun:
    def test_the_form_says_which_words_are_kept_and_starts_a_plan_of_its_own(self, world, board, placement):
        people = list(placement.proposals.values_list("person_id", flat=True)[:2])
        services.pair(SYSTEM, world.reorg.pk, kind="apart", person_id=people[0], other_id=people[1], reason="Vợ chồng")
        services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
        assert "1 đôi không cùng một đơn vị" in text_of(board.get(at(world, f"{placement.pk}/du-luat/")))
        running = board.post(at(world, f"{placement.pk}/du-luat/"), FORM, follow=True)
        made = Placement.objects.get(name="Giữ đủ luật")
        assert "Dừng, giữ phương án tốt nhất" in text_of(running)
        assert made.rules["unit_veteran_percent"] == 40
        full_rules.run_fully(made.pk)
        live = text_of(board.get(at(world, f"{made.pk}/dang-tim/")))
        assert "data-reload-when-done" in live
        page = text_of(board.get(at(world, f"?pa={made.pk}")))
        assert "Bộ kiểm tra độc lập" in page
        assert "phương án đúng" in page

    def test_words_that_contradict_each_other_are_shown_as_the_smallest_set(self, world, board, placement):
        posts = [world.reorg.planned_posts.get(unit=world["X"], title=title).pk for title in ("Bí thư", "Phó Bí thư")]
        people = [placement.proposals.get(person__full_name=name).person_id for name in ("Lê Thị Bình", "Hoàng Văn Khoa")]
        for person, post in zip(people, posts, strict=True):
            services.pin(SYSTEM, world.reorg.pk, kind="pin", person_id=person, post_id=post, reason="Thử")
        services.pair(SYSTEM, world.reorg.pk, kind="apart", person_id=people[0], other_id=people[1], reason="Vợ chồng")
        services.tune(SYSTEM, placement.pk, weights=placement.weights, switches={})
        page = text_of(board.get(at(world)))
        assert "Không phương án nào giữ được cùng lúc: ghim Lê Thị Bình vào " in page
        assert "Bỏ một trong các điều ấy" in page

    def test_the_live_part_shows_the_bound_the_gap_and_the_unmet_rules(self, world, board, placement):
        made = services.plan_fully(SYSTEM, placement.pk, name="Đang tìm", rules={"seconds": 30})
        live = {"phase": "flow", "step": 1, "seconds": 3, "placed": 4, "unplaced": 0, "value": 1200, "bound": 1100, "gap": 8.333, "short": 1, "unmet": [{"code": "unmet.apart", "data": {"person": "An", "other": "Bình", "unit": "Đảng ủy X"}}], "unmet_count": 3}
        Placement.objects.filter(pk=made.pk).update(figures={"live": live})
        page = text_of(board.get(at(world, f"{made.pk}/dang-tim/")))
        for words in ("1.200", "1.100", "8,333", "An và Bình đang ở cùng Đảng ủy X.", "và 2 quy tắc nữa", "hx-trigger"):
            assert words in page
        board.post(at(world, f"{made.pk}/dung/"))
        made.refresh_from_db()
        assert made.stop_asked

    def test_a_wrong_percent_stays_on_the_form_and_opens_nothing(self, world, board, placement):
        answer = board.post(at(world, f"{placement.pk}/du-luat/"), FORM | {"unit_veteran_percent": "140"})
        assert answer.status_code == 422
        assert Placement.objects.count() == 1


class TestWords:
    def test_a_word_about_two_people_is_written_shown_and_taken_back(self, world, board, placement):
        one, other = placement.proposals.values_list("person_id", flat=True)[:2]
        board.post(at(world, "hai-nguoi/"), {"kind": "together", "person_id": one, "other_id": other, "reason": "Một gia đình"})
        page = text_of(board.get(at(world)))
        assert "Một gia đình" in page
        assert "ghi thêm lời sau lần tính này" in page
        board.post(at(world, f"hai-nguoi/{PlacementPair.objects.get().pk}/bo/"))
        assert not PlacementPair.objects.exists()


class TestMeasures:
    def test_the_page_tells_the_price_of_wishes_the_second_opinion_and_the_envy(self, world, board, placement):
        assert "chưa được đo" in text_of(board.get(at(world, f"cong-bang/?pa={placement.pk}")))
        board.post(at(world, f"{placement.pk}/do/"))
        page = text_of(board.get(at(world, f"cong-bang/?pa={placement.pk}")))
        for words in ("Giá của nguyện vọng", "Ý kiến thứ hai", "So bì và chênh lệch", "Đơn vị gốc"):
            assert words in page or words == "Đơn vị gốc"
        assert "Không mức thanh kéo nào đã đo đạt mức soi 70 và 90 %" in page

    def test_the_check_is_asked_again_from_the_page(self, world, board, placement):
        before = placement.figures["checked"]["at"]
        assert "Bộ kiểm tra độc lập" in text_of(board.post(at(world, f"{placement.pk}/kiem-tra/"), follow=True))
        placement.refresh_from_db()
        assert placement.figures["checked"]["at"] >= before


@pytest.mark.parametrize(("unit", "title", "role"), [("T", "Chánh Văn phòng", "office_head"), ("A", "Bí thư", "")])
def test_nobody_else_sees_or_starts_any_of_it(world, placement, unit, title, role):
    if role:
        Post.objects.create(unit_id=world[unit], title=title, role=role, rank=1, valid=(small.BEFORE, None))
    stranger = signed_in(user_at(world, unit, title, "nguoi.khac", "Người Khác"))
    for path in ("cong-bang/", f"{placement.pk}/du-luat/", f"{placement.pk}/dang-tim/", "hai-nguoi/"):
        assert stranger.get(at(world, path)).status_code in (403, 404), path
    for path in (f"{placement.pk}/dung/", f"{placement.pk}/kiem-tra/", f"{placement.pk}/nghieng-ve-nguyen-vong/", f"{placement.pk}/du-luat/"):
        assert stranger.post(at(world, path), FORM).status_code in (403, 404), path
    assert Placement.objects.count() == 1


def test_the_standing_committee_reads_but_starts_no_search(world, head, placement):
    assert head.get(at(world, "cong-bang/")).status_code == 200
    assert head.post(at(world, f"{placement.pk}/du-luat/"), FORM).status_code == 403
    assert Placement.objects.count() == 1
