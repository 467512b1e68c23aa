"""PDF đọc lại: lề, cỡ chữ, vị trí từng thành phần thể thức đúng bảng số đo, sai không quá nửa mi-li-mét."""

import dataclasses
import itertools
from dataclasses import replace

import pytest

from tinhgon.engine.paper import Layout, to_pdf
from tinhgon.engine.paper.fitting import balanced, columns, halves, width
from tinhgon.engine.paper.tests.printed import page_sizes, printed_lines, printed_rules
from tinhgon.engine.paper.tests.samples import (
    CONTACT,
    COPY,
    DECISION,
    EVERY,
    LETTER,
    MINUTES,
    PARTY,
    PLAN,
    STATE,
)

NEAR = 0.5
POINT = 25.4 / 72


def near(value):
    return pytest.approx(value, abs=NEAR)


def line(lines, text, page=None):
    return next(found for found in lines if text in found.text and page in (None, found.page))


@pytest.mark.parametrize("name", EVERY)
def test_paper_has_its_size_and_text_keeps_inside_its_margins(name):
    paper, m = EVERY[name]
    pdf = to_pdf(paper, m)
    assert set(page_sizes(pdf)) == {(210.0, 148.0 if paper.size == "A5" else 297.0)}
    for found in printed_lines(pdf):
        if found.text.isdigit():  # số trang đứng trong lề trên
            continue
        assert found.left >= m.left - 0.1, found
        assert found.right <= m.page_width - m.right + 0.1, found
        assert found.baseline - 0.8 * found.size * POINT >= m.top - 0.1, found
        assert found.baseline + 0.2 * found.size * POINT <= m.page_height - m.bottom + 0.1, found


@pytest.mark.parametrize("name", EVERY)
def test_every_letter_is_tinos(name):
    fonts = {found.font for found in printed_lines(to_pdf(*EVERY[name]))}
    assert {font.partition("-")[0] for font in fonts} == {"Tinos"}


@pytest.mark.parametrize("name", EVERY)
def test_head_stands_in_two_columns_number_level_with_date(name):
    paper, m = EVERY[name]
    lines, across = printed_lines(to_pdf(paper, m)), columns(paper, m)
    left, right = m.left + across.left / 2, m.left + across.left + across.right / 2
    title = line(lines, "ĐẢNG CỘNG SẢN VIỆT NAM" if m.layout == Layout.PARTY else "Độc lập - Tự do - Hạnh phúc")
    organ, day = line(lines, paper.organ.split("\n")[-1][:9]), line(lines, "năm 2026")
    assert (title.middle, title.size, title.font) == (near(right), m.motto_size, "Tinos-Bold")
    assert organ.middle == near(left)
    assert (day.middle, day.size, day.font) == (near(right), m.date_size, "Tinos-Italic")
    number = line(lines, "Số")
    assert (number.baseline, number.size, number.font) == (near(day.baseline), m.number_size, "Tinos-Regular")
    assert lines[0].baseline - 0.8 * lines[0].size * POINT == near(m.top)


def test_organ_is_bold_under_its_superior_in_regular():
    lines = printed_lines(to_pdf(PLAN, PARTY))
    superior, organ, star = line(lines, "ĐẢNG BỘ"), line(lines, "ĐẢNG ỦY PHƯỜNG BẾN TRÚC"), line(lines, "*")
    assert (superior.font, superior.size) == ("Tinos-Regular", PARTY.superior_size)
    assert (organ.font, organ.size) == ("Tinos-Bold", PARTY.organ_size)
    assert superior.baseline < organ.baseline < star.baseline < line(lines, "Số 09-KH/ĐU").baseline


def test_rule_under_the_party_title_is_as_long_as_the_title():
    pdf = to_pdf(PLAN, PARTY)
    title, rule = line(printed_lines(pdf), "ĐẢNG CỘNG SẢN VIỆT NAM"), printed_rules(pdf)[0]
    assert (rule.left, rule.right) == (near(title.left), near(title.right))
    assert 0 < rule.top - title.baseline < 3


def test_state_rules_motto_whole_organ_and_summary_a_third_to_a_half():
    pdf = to_pdf(DECISION, STATE)
    lines, rules = printed_lines(pdf), printed_rules(pdf)
    motto, organ, summary = line(lines, "Độc lập"), line(lines, "PHƯỜNG BẾN TRÚC"), line(lines, "Về việc")

    def under(text):
        return next(rule for rule in rules if abs((rule.left + rule.right) / 2 - text.middle) < NEAR and rule.top > text.baseline)

    assert under(motto).length == near(motto.right - motto.left)
    for text in (organ, summary):
        share = under(text).length / (text.right - text.left)
        assert 1 / 3 <= share <= 1 / 2


def test_type_and_summary_are_bold_in_the_middle():
    lines = printed_lines(to_pdf(PLAN, PARTY))
    for text, size in (("KẾ HOẠCH", PARTY.type_size), ("đẩy mạnh chuyển đổi số", PARTY.summary_size)):
        found = next(each for each in lines if each.text.startswith(text))
        assert (found.middle, found.size, found.font) == (near(PARTY.left + PARTY.text_width / 2), size, "Tinos-Bold")
    assert line(lines, "-----").middle == near(PARTY.left + PARTY.text_width / 2)


def test_body_is_indented_ten_millimetres_with_exact_line_pitch():
    lines = [found for found in printed_lines(to_pdf(PLAN, PARTY), gap=60) if found.page == 1]
    first = next(place for place, found in enumerate(lines) if found.text.startswith("Thực hiện"))
    body = lines[first:]
    assert {round(found.left - PARTY.left, 1) for found in body} == {0.0, PARTY.indent}
    assert {found.size for found in body} == {PARTY.body_size}
    pitch, between = PARTY.line_pitch * POINT, (PARTY.line_pitch + PARTY.space_before) * POINT
    for above, below in itertools.pairwise(body):
        wanted = between if below.left > PARTY.left + 1 else pitch
        assert below.baseline - above.baseline == pytest.approx(wanted, abs=0.05), below.text


def test_parts_are_bold_and_duties_are_not():
    lines = printed_lines(to_pdf(PLAN, PARTY))
    assert line(lines, "I- MỤC ĐÍCH").font == line(lines, "1. Mục đích").font == "Tinos-Bold"
    assert line(lines, "a) Các chi ủy").font == line(lines, "1. Các chi bộ").font == "Tinos-Regular"


def test_page_number_is_in_the_middle_above_from_page_two():
    lines = printed_lines(to_pdf(PLAN, PARTY))
    numbers = [found for found in lines if found.text.isdigit()]
    assert [(found.page, found.text) for found in numbers] == [(page, str(page)) for page in range(2, lines[-1].page + 1)]
    assert len(numbers) >= 2
    for found in numbers:
        assert (found.middle, found.size) == (near(PARTY.left + PARTY.text_width / 2), PARTY.page_number_size)
        assert found.baseline < PARTY.top


@pytest.mark.parametrize(("paper", "m"), [(PLAN, PARTY), (LETTER, PARTY), (DECISION, STATE)])
def test_signature_is_in_the_right_column_over_room_for_the_seal(paper, m):
    lines, across = printed_lines(to_pdf(paper, m)), columns(paper, m)
    middle = m.left + across.left + across.right / 2
    authority, position, signer = (line(lines, text) for text in (paper.authority, paper.position, paper.signer))
    assert (authority.font, authority.size) == ("Tinos-Bold", m.authority_size)
    assert position.font == ("Tinos-Bold" if m.position_bold else "Tinos-Regular")
    assert (signer.font, signer.size) == ("Tinos-Bold", m.signer_size)
    assert [found.middle for found in (authority, position, signer)] == [near(middle)] * 3
    assert signer.baseline - position.baseline > m.signature_space
    assert authority.page == position.page == signer.page == line(lines, "Nơi nhận:").page


def test_receivers_begin_at_the_left_margin():
    lines = printed_lines(to_pdf(PLAN, PARTY))
    assert (line(lines, "Nơi nhận:").left, line(lines, "Nơi nhận:").size) == (near(30), PARTY.receivers_word_size)
    for text in PLAN.receivers:
        assert (line(lines, text).left, line(lines, text).size) == (near(30), PARTY.receivers_size)


def test_signature_never_stands_alone_on_the_last_page():
    for length in range(10, 30):
        lines = printed_lines(to_pdf(dataclasses.replace(PLAN, body=PLAN.body[:length]), PARTY), gap=60)
        last = [found for found in lines if found.page == lines[-1].page and not found.text.isdigit()]
        assert not last[0].text.startswith(("Nơi nhận", "T/M"))


def test_letter_has_no_type_and_its_summary_is_small_italic_under_the_number():
    lines, across = printed_lines(to_pdf(LETTER, PARTY), gap=6), columns(LETTER, PARTY)
    summary, number = line(lines, "V/v cử cán bộ"), line(lines, "-CV/VPĐU")
    assert (summary.size, summary.font) == (PARTY.letter_summary_size, "Tinos-Italic")
    assert summary.middle == near(PARTY.left + across.left / 2)
    assert 0 < summary.baseline - number.baseline < 8
    assert number.left - line(lines, "Số").right > 5  # chỗ trống của số trên dự thảo


def test_minutes_are_signed_side_by_side_recorder_at_the_left_chair_at_the_right():
    lines, half = printed_lines(to_pdf(MINUTES, PARTY)), halves(PARTY)
    left, right = PARTY.left + half.left / 2, PARTY.left + half.left + half.right / 2
    recorder, chair = line(lines, "NGƯỜI GHI BIÊN BẢN"), line(lines, "CHỦ TRÌ HỘI NGHỊ")
    assert (recorder.middle, chair.middle) == (near(left), near(right))
    assert recorder.baseline == near(chair.baseline)
    assert (recorder.font, recorder.size, chair.font, chair.size) == ("Tinos-Bold", PARTY.authority_size) * 2
    names = line(lines, MINUTES.recorder), line(lines, MINUTES.signer)
    assert [(name.middle, name.font) for name in names] == [(near(left), "Tinos-Bold"), (near(right), "Tinos-Bold")]
    assert names[0].baseline == near(names[1].baseline)
    assert names[0].baseline - recorder.baseline > PARTY.signature_space
    assert line(lines, "Nơi nhận:").baseline > names[0].baseline


def test_circulation_stands_in_a_frame_under_the_date():
    for paper, text in ((MINUTES, "TÀI LIỆU HỘI NGHỊ"), (CONTACT, "KHÔNG PHỔ BIẾN")):
        lines, across = printed_lines(to_pdf(paper, PARTY), gap=6), columns(paper, PARTY)
        mark, day = line(lines, text), line(lines, "năm 2026")
        assert (mark.middle, mark.size, mark.font) == (near(PARTY.left + across.left + across.right / 2), PARTY.mark_size, "Tinos-Bold")
        assert day.baseline < mark.baseline


def test_contact_closes_the_first_page_under_a_rule_across_the_text():
    pdf = to_pdf(replace(CONTACT, body=PLAN.body), PARTY)
    lines = [found for found in printed_lines(pdf, gap=60) if "Địa chỉ" in found.text or "Điện thoại" in found.text]
    assert [(found.page, found.size, found.font) for found in lines] == [(1, PARTY.contact_size, "Tinos-Regular")] * 2
    assert lines[-1].baseline + 0.2 * PARTY.contact_size * POINT == near(PARTY.page_height - PARTY.bottom)
    rule = next(rule for rule in printed_rules(pdf) if rule.length > 150)
    assert (rule.page, rule.left, rule.right) == (1, near(PARTY.left), near(PARTY.page_width - PARTY.right))
    assert 0 < lines[0].baseline - rule.top < 8
    above = max(found.baseline for found in printed_lines(pdf) if found.page == 1 and found.size == PARTY.body_size)
    assert above < rule.top


def test_copy_block_stands_under_the_text_after_a_rule_across_the_page():
    pdf = to_pdf(COPY, PARTY)
    lines = printed_lines(pdf)
    across = [rule for rule in printed_rules(pdf) if rule.length > 150]
    assert len(across) == 1
    assert (across[0].left, across[0].right) == (near(PARTY.left), near(210 - PARTY.right))
    kind, number = line(lines, "SAO Y BẢN CHÍNH"), line(lines, "Số 24-BS/ĐU")
    assert min(kind.baseline, number.baseline) > across[0].top > line(lines, COPY.signer).baseline
    assert kind.font == "Tinos-Bold"


def test_a_long_name_breaks_before_the_name_of_the_area_and_never_runs_over():
    assert balanced("ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH", 14, 75) == ["ĐẢNG BỘ", "THÀNH PHỐ HỒ CHÍ MINH"]
    assert balanced("ỦY BAN KIỂM TRA", 14, 75) == ["ỦY BAN KIỂM TRA"]
    for part in balanced("BAN QUẢN LÝ CÁC DỰ ÁN ĐẦU TƯ XÂY DỰNG CÔNG TRÌNH GIAO THÔNG", 14, 75):
        assert width(part, 14) <= 75


LONG_PLACE = "Thành phố Hồ Chí Minh, ngày 30 tháng 12 năm 2026"


def test_a_place_too_long_for_its_column_breaks_after_the_comma_so_the_year_never_stands_alone():
    paper, m = next(found for found in EVERY.values() if found[0] is PLAN)
    city = replace(paper, superior="THÀNH ỦY\nTHÀNH PHỐ HỒ CHÍ MINH", organ="VĂN PHÒNG", place_date=LONG_PLACE)
    lines = [found.text for found in printed_lines(to_pdf(city, m))]
    assert "Thành phố Hồ Chí Minh," in lines
    assert "ngày 30 tháng 12 năm 2026" in lines
    short = replace(city, place_date="Hà Nội, ngày 30 tháng 12 năm 2026")
    assert "Hà Nội, ngày 30 tháng 12 năm 2026" in [found.text for found in printed_lines(to_pdf(short, m))]
