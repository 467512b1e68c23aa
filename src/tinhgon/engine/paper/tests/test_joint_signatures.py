"""Văn bản liên tịch đọc lại từ PDF và Word: các khối ký ngang hàng, cơ quan chủ trì ở bên phải, họ tên cùng một dòng, nơi nhận ở dưới."""

import io
from dataclasses import replace

import pytest
from docx import Document

from tinhgon.engine.paper import to_docx, to_pdf
from tinhgon.engine.paper.model import LEFT, Signing
from tinhgon.engine.paper.tests.printed import printed_lines
from tinhgon.engine.paper.tests.samples import JOINT, JOINT_OF_THREE, PARTY, STATE, STATE_JOINT

NEAR = 0.5
POINT = 25.4 / 72
BOTH = pytest.mark.parametrize(("paper", "m"), [(JOINT, PARTY), (JOINT_OF_THREE, PARTY), (STATE_JOINT, STATE)], ids=["hai", "ba", "Nhà nước"])


def names_of(paper):
    """Họ tên từ trái sang phải: cơ quan chủ trì ở cùng bên phải."""
    return [one.signer for one in reversed(paper.joint)] + [paper.signer]


@BOTH
def test_the_blocks_share_the_width_and_the_presiding_organ_stands_at_the_right(paper, m):
    lines = printed_lines(to_pdf(paper, m), gap=4)
    names = [next(line for line in lines if line.text == name) for name in names_of(paper)]
    each = m.text_width / len(names)
    for place, name in enumerate(names):
        assert name.middle == pytest.approx(m.left + each * (place + 0.5), abs=NEAR)
        assert (name.size, name.font) == (m.signer_size, "Tinos-Bold")
    assert len({round(name.baseline, 1) for name in names}) == 1


@BOTH
def test_titles_keep_inside_their_own_block_and_the_signature_has_its_room(paper, m):
    lines = printed_lines(to_pdf(paper, m), gap=4)
    names = [next(line for line in lines if line.text == name) for name in names_of(paper)]
    each = m.text_width / len(names)
    titles = [line for line in lines if line.page == names[0].page and line.text.isupper() and 0 < names[0].baseline - line.baseline < 60]
    for line in titles:
        place = int((line.middle - m.left) // each)
        assert m.left + each * place <= line.left, line.text
        assert line.right <= m.left + each * (place + 1), line.text
    last = max(line.baseline for line in titles)
    assert names[0].baseline - last - m.signer_size * POINT >= m.signature_space - NEAR


@BOTH
def test_the_receivers_stand_under_the_signatures_at_the_left(paper, m):
    lines = printed_lines(to_pdf(paper, m), gap=4)
    name, word = next(line for line in lines if line.text == paper.signer), next(line for line in lines if line.text == "Nơi nhận:")
    assert (word.page, word.left) == (name.page, pytest.approx(m.left, abs=NEAR))
    assert word.baseline > name.baseline


@BOTH
def test_word_has_the_same_blocks_with_the_same_lines_broken_the_same(paper, m):
    file = Document(io.BytesIO(to_docx(paper, m)))
    table = next(table for table in file.tables if any(cell.text.endswith(paper.signer) for cell in table.rows[0].cells))
    cells = table.rows[0].cells
    assert [cell.text.split("\n")[-1] for cell in cells] == names_of(paper)
    assert {round(cell.width.mm) for cell in cells} == {round(m.text_width / len(cells))}
    assert len({len(cell.paragraphs) for cell in cells}) == 1  # dòng trống giữ họ tên ngang nhau
    for cell in cells:
        assert round(cell.paragraphs[-1].paragraph_format.space_before.mm, 1) == m.signature_space
    printed = {line.text for line in printed_lines(to_pdf(paper, m), gap=4)}
    assert {paragraph.text for cell in cells for paragraph in cell.paragraphs if paragraph.text} <= printed


def test_four_organs_stand_two_by_two_the_presiding_one_in_the_first_row():
    paper = replace(JOINT_OF_THREE, joint=(*JOINT_OF_THREE.joint, Signing(position="CHÁNH VĂN PHÒNG", signer="Võ Thị Tư")))
    lines = printed_lines(to_pdf(paper, PARTY))
    first, second, third, fourth = (next(line for line in lines if line.text == name) for name in (paper.signer, *(one.signer for one in paper.joint)))
    assert first.baseline == pytest.approx(second.baseline, abs=0.1)
    assert third.baseline == pytest.approx(fourth.baseline, abs=0.1)
    assert first.baseline < third.baseline
    assert first.middle > second.middle


def test_a_rule_set_may_put_the_presiding_organ_at_the_left():
    lines = printed_lines(to_pdf(replace(JOINT, lead_side=LEFT), PARTY))
    lead, other = (next(line for line in lines if line.text == name) for name in (JOINT.signer, JOINT.joint[0].signer))
    assert lead.middle < other.middle
