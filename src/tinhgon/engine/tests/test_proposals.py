"""Hạn và chỉ đạo trong văn bản: đúng ngày, đúng nơi được giao, kèm nguyên câu; câu chỉ nhắc chuyện đã qua thì không phải đề nghị."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.engine.reading.proposals import due_in, proposals, sentences, unit_in

ISSUED = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Báo cáo kết quả trước ngày 20/02/2026.", date(2026, 2, 20)),
        ("Gửi báo cáo chậm nhất ngày 05 tháng 3 năm 2026.", date(2026, 3, 5)),
        ("Gửi trước 17 giờ 00 ngày 12/02.", date(2026, 2, 12)),
        ("Báo cáo trước ngày 05/01.", date(2027, 1, 5)),  # ngày không năm đã qua: của năm sau
        ("Hoàn thành trong tháng 6.", date(2026, 6, 30)),
        ("Hoàn thành trong tháng 02/2028.", date(2028, 2, 29)),
        ("Xong trong quý III năm 2026.", date(2026, 9, 30)),
        ("Báo cáo trong thời hạn 10 ngày kể từ ngày ký.", date(2026, 2, 20)),
        ("Hoàn thành trong năm 2026.", date(2026, 12, 31)),
        ("Thực hiện thường xuyên.", None),
        ("Ngày 03/01/2026, Thường trực họp.", None),
        ("Báo cáo trước ngày 31/02/2026.", None),  # ngày không có thật
    ],
)
def test_a_deadline_is_the_last_day_allowed(sentence, due):
    assert due_in(sentence, issued=ISSUED) == due


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Giao Ban Tổ chức chủ trì, phối hợp Văn phòng tham mưu.", "Ban Tổ chức"),
        ("Đề nghị Đảng ủy các phường báo cáo kết quả.", "Đảng ủy các phường"),
        ("Yêu cầu Thủ trưởng các cơ quan, đơn vị triển khai thực hiện.", "Thủ trưởng các cơ quan, đơn vị"),
        ("Văn phòng Tỉnh ủy chủ trì tổng hợp.", "Văn phòng Tỉnh ủy"),
        ("Theo đề nghị của Sở Nội vụ tại tờ trình.", ""),
        ("Các chi bộ đã họp.", ""),
    ],
)
def test_the_unit_is_named_as_the_sentence_names_it(sentence, unit):
    assert unit_in(sentence) == unit


def test_a_proposal_carries_its_whole_sentence_even_over_line_ends():
    lines = ["1. Giao Văn phòng chủ trì, phối hợp với các", "ban tham mưu, báo cáo trước ngày 20/02/2026.", "2. Thực hiện thường xuyên."]
    (found,) = proposals(lines, issued=ISSUED)
    assert (found.kind, found.unit, found.due) == ("directive", "Văn phòng", "20/02/2026")
    assert found.sentence == "Giao Văn phòng chủ trì, phối hợp với các ban tham mưu, báo cáo trước ngày 20/02/2026."


def test_grounds_and_citations_propose_nothing():
    assert proposals(["Căn cứ Công văn yêu cầu Sở Nội vụ báo cáo trước ngày 20/02/2026;"], issued=ISSUED) == ()


def test_abbreviations_do_not_cut_a_sentence():
    assert sentences(["Giao UBND TP. Hồ Chí Minh báo cáo. Đề nghị khẩn trương."]) == ["Giao UBND TP. Hồ Chí Minh báo cáo.", "Đề nghị khẩn trương."]


@given(st.lists(st.text(max_size=200), max_size=20), st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read_without_a_crash(lines, issued):
    proposals(lines, issued=issued)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_a_full_date_means_itself_whenever_the_document_was_issued(due, issued):
    assert due_in(f"Báo cáo trước ngày {due:%d/%m/%Y}.", issued=issued) == due
