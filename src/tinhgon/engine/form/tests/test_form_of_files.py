"""Kiểm tra một tệp: đọc lại tờ giấy từ chữ của nó; số đo của tệp Word so với bảng bố cục."""

import dataclasses
from datetime import date

import pytest
from docx import Document
from docx.shared import Mm, Pt

from tinhgon.engine.extract import extract
from tinhgon.engine.form.check import check
from tinhgon.engine.form.from_text import subject_of
from tinhgon.engine.form.tests.shipped import PARTY, STATE
from tinhgon.engine.form.word_layout import check_layout, word_layout
from tinhgon.engine.paper import to_docx, to_pdf
from tinhgon.engine.paper.model import LEFT
from tinhgon.engine.paper.tests import samples

TYPES = {"Biên bản": "bien-ban", "Giấy giới thiệu": "giay-gioi-thieu", "Kế hoạch": "ke-hoach", "Quyết định": "quyet-dinh", "Tờ trình": "to-trinh"}
DAY = date(2026, 6, 1)
LETTER = dataclasses.replace(
    samples.LETTER, symbol_line="Số 12-CV/VPĐU", place_date="Bến Trúc, ngày 05 tháng 6 năm 2026", draft="", typist=""
)
SLIP = dataclasses.replace(
    samples.SLIP, place_date="Bến Trúc, ngày 05 tháng 6 năm 2026", type_name="Giấy giới thiệu", summary="cán bộ đến liên hệ công tác"
)
CONTACT = dataclasses.replace(LETTER, circulation=samples.CONTACT.circulation, contact=samples.CONTACT.contact)
JOINT = dataclasses.replace(samples.JOINT, authority=samples.JOINT.authority.replace("\n", " "))
EVERY = {
    "biên bản": (samples.MINUTES, samples.PARTY, PARTY, "bien-ban"),
    "giấy A5": (SLIP, PARTY.measures_on("A5"), PARTY, "giay-gioi-thieu"),
    "liên hệ": (CONTACT, samples.PARTY, PARTY, "cong-van"),
    "kế hoạch": (samples.PLAN, samples.PARTY, PARTY, "ke-hoach"),
    "công văn": (LETTER, samples.PARTY, PARTY, "cong-van"),
    "Nhà nước": (samples.DECISION, samples.STATE, STATE, "quyet-dinh"),
    "liên tịch": (JOINT, samples.PARTY, PARTY, "ke-hoach"),
    "liên tịch Nhà nước": (samples.STATE_JOINT, samples.STATE, STATE, "quyet-dinh"),
}


def written(tmp_path, kind, paper, measures):
    path = tmp_path / f"x.{kind}"
    path.write_bytes(to_docx(paper, measures) if kind == "docx" else to_pdf(paper, measures))
    return path


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("name", EVERY)
def test_parts_are_found_again_in_the_text_of_a_file(tmp_path, name, kind):
    paper, measures, _rules, code = EVERY[name]
    lines = [line.text for line in extract(written(tmp_path, kind, paper, measures), f"x.{kind}").lines]
    read = subject_of(lines, TYPES, on=DAY)
    assert read.type_code == code
    for field in ("layout", "symbol_line", "place_date", "authority", "position", "signer", "receivers", "circulation", "recorder", "joint"):
        assert getattr(read.paper, field) == getattr(paper, field), field
    assert read.paper.summary == paper.summary
    assert read.paper.organ.split("\n")[-1] == paper.organ.split("\n")[-1]
    assert read.on.year == 2026


@pytest.mark.parametrize("name", EVERY)
def test_a_well_formed_word_file_has_nothing_to_tell(tmp_path, name):
    paper, measures, rules, code = EVERY[name]
    path = written(tmp_path, "docx", paper, measures)
    read = subject_of([line.text for line in extract(path, "x.docx").lines], TYPES, on=DAY)
    assert [each.code for each in check(read, rules)] == []
    assert [each.code for each in check_layout(word_layout(path), rules, code)] == []


def test_faults_of_a_file_are_told_like_those_of_a_draft(tmp_path):
    wrong = dataclasses.replace(samples.PLAN, symbol_line="Số: 9-KH/ĐU", authority="KT. BÍ THƯ", signer="ThS. Nguyễn Văn Mẫu")
    path = written(tmp_path, "docx", wrong, samples.PARTY)
    read = subject_of([line.text for line in extract(path, "x.docx").lines], TYPES, on=DAY)
    assert {"number.pad", "number.colon", "sign.collective", "sign.style", "sign.titles"} <= {each.code for each in check(read, PARTY)}


def test_an_a5_file_of_a_type_printed_on_a4_is_told(tmp_path):
    path = written(tmp_path, "docx", samples.PLAN, PARTY.measures_on("A5"))
    assert "measure.page_height" in {each.code for each in check_layout(word_layout(path), PARTY, "ke-hoach")}


def test_a_joint_file_without_the_block_of_an_organ_is_told(tmp_path):
    path = written(tmp_path, "docx", dataclasses.replace(JOINT, joint=()), samples.PARTY)
    read = subject_of([line.text for line in extract(path, "x.docx").lines], TYPES, on=DAY)
    assert "joint.signatures" in {each.code for each in check(read, PARTY)}


def test_each_block_of_a_joint_file_is_checked_and_names_its_organ(tmp_path):
    wrong = samples.Signing(authority="TM. BAN THƯỜNG VỤ", position="BÍ THƯ", signer="ThS. Trần Thị Thử")
    path = written(tmp_path, "docx", dataclasses.replace(JOINT, joint=(wrong,)), samples.PARTY)
    read = subject_of([line.text for line in extract(path, "x.docx").lines], TYPES, on=DAY)
    told = {(each.code, each.found.field, each.found.line) for each in check(read, PARTY)}
    assert {("sign.style", "joint", 0), ("sign.titles", "joint", 0), ("joint.position", "joint", 0)} <= told


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize(("paper", "measures"), [(JOINT, samples.PARTY), (samples.JOINT_OF_THREE, samples.PARTY), (samples.STATE_JOINT, samples.STATE)])
def test_a_file_with_the_presiding_organ_at_the_left_keeps_each_signer_with_its_organ(tmp_path, kind, paper, measures):
    paper = dataclasses.replace(paper, lead_side=LEFT)
    read = subject_of([line.text for line in extract(written(tmp_path, kind, paper, measures), f"x.{kind}").lines], TYPES, on=DAY)
    assert (read.paper.lead_side, read.paper.signer, [one.signer for one in read.paper.joint]) == (LEFT, paper.signer, [one.signer for one in paper.joint])
    told = {each.code: (each.found.found, each.found.expected) for each in check(read, PARTY if measures is samples.PARTY else STATE)}
    assert told == {"joint.signatures": ("cơ quan chủ trì ký bên trái", "cơ quan chủ trì ký bên phải")}


def test_a_rule_that_puts_the_presiding_organ_at_the_left_finds_nothing_there(tmp_path):
    rules = dataclasses.replace(PARTY, rules=tuple(
        dataclasses.replace(rule, data={**rule.data, "lead": LEFT}) if rule.code == "joint.signatures" else rule for rule in PARTY.rules
    ))  # fmt: skip
    path = written(tmp_path, "docx", dataclasses.replace(JOINT, lead_side=LEFT), samples.PARTY)
    assert [each.code for each in check(subject_of([line.text for line in extract(path, "x.docx").lines], TYPES, on=DAY), rules)] == []


def test_two_mottos_in_one_file_are_told(tmp_path):
    lines = ["ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG ỦY XÃ X", "Số 15-CV/ĐU", "V/v họp", "Nội dung."]
    assert "head.both-mottos" in {each.code for each in check(subject_of(lines, TYPES, on=DAY), PARTY)}


def test_margins_sizes_and_fonts_outside_the_table_are_told(tmp_path):
    file = Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    paragraph = file.add_paragraph()
    run = paragraph.add_run("Một đoạn đủ dài để là thân văn bản, không phải một dòng tiêu đề hay một dòng ký tên nào cả.")
    run.font.name, run.font.size = "Arial", Pt(12)
    paragraph.paragraph_format.first_line_indent = Mm(5)
    path = tmp_path / "x.docx"
    file.save(str(path))
    told = {each.code: (each.found.found, each.found.expected) for each in check_layout(word_layout(path), PARTY)}
    assert told == {
        "measure.left": ("25 mm", "30 mm"), "measure.body_size": ("12 pt", "14 pt"), "measure.indent": ("5 mm", "10 mm"),
        "measure.font": ("Arial", "Times New Roman"),
    }  # fmt: skip


def test_any_lines_can_be_read():
    for lines in ([], [""], ["Số 1-CV/ĐU"], ["Nơi nhận:"], ["T/M BAN THƯỜNG VỤ"] * 5, ["Kính gửi:"], ["Kính gửi:", "- A"]):
        check(subject_of(lines, TYPES, on=DAY), PARTY)
