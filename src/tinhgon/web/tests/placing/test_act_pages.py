"""Trang quyết định và thông báo cho từng người: ban tổ chức soạn và trình, ai thấy gì, người ấy mở bản đã ban hành của mình."""

import pytest

from tinhgon.core.actor import SYSTEM
from tinhgon.documents import services as documents
from tinhgon.documents.models import Document
from tinhgon.org.models import Person, Post
from tinhgon.reorg import services
from tinhgon.reorg.models import PersonalAct
from tinhgon.reorg.services import act_drafting
from tinhgon.reorg.tests import world as small
from tinhgon.web.tests.placing.office import at, counted, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store_in_a_temporary_folder")]


@pytest.fixture
def decided(world, head, placement):
    """Đã quyết định; ``head`` là Phó Bí thư cấp tỉnh, người ký."""
    services.consult(SYSTEM, placement.pk)
    return services.decide_placement(SYSTEM, placement.pk, decree="12-QĐ/TU")


def ordered(world, board) -> None:
    signer = Person.objects.get(full_name="Đặng Văn Giang").pk
    form = {"form": "each", "issuer_id": world["T"], "signer_id": signer, "object_by": "15/07/2025", "bases": ""}
    answer = board.post(at(world, "van-ban/soan/"), form, follow=True)
    assert "Đang chờ việc nền bắt đầu soạn" in text_of(answer)
    act_drafting.run_drafting(world.reorg.pk)


class TestThePageOfDocuments:
    def test_it_says_what_is_missing_then_who_has_which_document(self, world, board, decided):
        assert "4 người cần quyết định hay thông báo, chưa soạn văn bản nào" in text_of(board.get(at(world, "van-ban/")))
        ordered(world, board)
        shown = text_of(board.get(at(world, "van-ban/")))
        assert "Trước chuyển giao còn: 4 dự thảo" in shown
        assert text_of(board.get(at(world, "van-ban/?tim=binh"))).count("act-line") == PersonalAct.objects.filter(person__full_name="Lê Thị Bình").count()
        assert "Lê Thị Bình" not in text_of(board.get(at(world, "van-ban/?chang=issued")))

    def test_a_day_gone_by_comes_back_beside_its_field_and_nothing_is_ordered(self, world, board, decided):
        signer = Person.objects.get(full_name="Đặng Văn Giang").pk
        form = {"form": "each", "issuer_id": world["T"], "signer_id": signer, "object_by": "01/06/2025", "bases": "Quy chế làm việc"}
        answer = board.post(at(world, "van-ban/soan/"), form)
        assert answer.status_code == 409
        assert "không thể trước hôm nay" in text_of(answer)
        assert "Quy chế làm việc" in text_of(answer)
        assert not Document.objects.exists()

    def test_the_standing_committee_reads_the_state_but_orders_and_submits_nothing(self, world, board, head, decided):
        assert "Soạn quyết định và thông báo</a>" not in text_of(head.get(at(world, "van-ban/")))
        for path in ("van-ban/soan/", "van-ban/trinh-ky/"):
            assert head.post(at(world, path), {}).status_code == 403
        assert not PersonalAct.objects.exists()

    def test_nobody_else_opens_the_page(self, world, deputy, decided):
        for path in ("van-ban/", "van-ban/soan/"):
            assert deputy.get(at(world, path)).status_code in (403, 404)

    def test_it_asks_as_often_for_more_people(self, world, board, decided):
        ordered(world, board)
        before = counted(board, at(world, "van-ban/"))
        services.withdraw_decision(SYSTEM, decided.pk, reason="Thêm người")
        services.call_back(SYSTEM, decided.pk)
        post = Post.objects.create(unit_id=world["B"], title="Phó Bí thư 2", role="standing_committee", rank=2, seats=9, valid=(small.BEFORE, None))
        for number in range(8):
            small.person(world, "B", post.title, f"Người Thêm {number}")
        services.take_inventory(SYSTEM, world.reorg.pk)
        services.tune(SYSTEM, decided.pk, weights=decided.weights, switches={})
        services.consult(SYSTEM, decided.pk)
        services.decide_placement(SYSTEM, decided.pk, decree="13-QĐ/TU")
        ordered(world, board)
        assert counted(board, at(world, "van-ban/")) == before


class TestOneSOwnDocument:
    def test_the_person_opens_the_issued_decision_and_nobody_else_can(self, world, board, head, deputy, decided):
        ordered(world, board)
        assert "Văn bản về tôi" not in text_of(deputy.get("/bo-tri-cua-toi/"))
        act = PersonalAct.objects.get(person__full_name="Hoàng Văn Khoa", kind="decision")
        Document.objects.filter(pk=act.document_id).update(state="ready")
        issued = documents.issue(SYSTEM, on=small.DAY, document_id=act.document_id)
        shown = text_of(deputy.get("/bo-tri-cua-toi/"))
        assert issued.symbol in shown
        answer = deputy.get(f"/bo-tri-cua-toi/van-ban/{act.pk}/")
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
        for other in (board, head):
            assert other.get(f"/bo-tri-cua-toi/van-ban/{act.pk}/").status_code == 404
        assert "đã ban hành" in text_of(board.get(at(world, "van-ban/"))).lower()


