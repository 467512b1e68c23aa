"""Kiểm tra thể thức: từng điều của domain §9 và §1.3-§1.6, kèm quy tắc, nguồn và cách sửa; sửa rồi thì hết."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.engine.form.check import CHECKS, blocking, check, mend_all
from tinhgon.engine.form.model import Subject
from tinhgon.engine.form.rules import RuleKind, Severity
from tinhgon.engine.form.tests.shipped import FORMER, PARTY, STATE, shipped
from tinhgon.engine.paper import Layout, Paper
from tinhgon.engine.paper.tests.samples import DECISION, LETTER, MINUTES, PLAN, SLIP

DAY = date(2026, 6, 1)


def subject(paper=PLAN, *, type_code="ke-hoach", on=DAY, is_draft=False, level="", kind="", **changed):
    return Subject(
        paper=dataclasses.replace(paper, **changed), on=on, type_code=type_code, is_draft=is_draft, level=level, kind=kind
    )


def codes(one, rules=PARTY):
    return {violation.code for violation in check(one, rules)}


def told(one, code, rules=PARTY):
    return next(violation for violation in check(one, rules) if violation.code == code)


@pytest.mark.parametrize("rules", [PARTY, FORMER, STATE], ids=lambda rules: rules.code)
def test_every_check_of_a_set_is_carried_out(rules):
    assert {rule.code for rule in rules.of(RuleKind.CHECK)} <= set(CHECKS)


@pytest.mark.parametrize(
    ("paper", "code", "rules"), [(PLAN, "ke-hoach", PARTY), (PLAN, "ke-hoach", FORMER), (DECISION, "quyet-dinh", STATE)]
)
def test_a_well_formed_paper_has_nothing_to_mend(paper, code, rules):
    assert not codes(subject(paper, type_code=code), rules)


def test_a_draft_may_leave_number_and_day_blank():
    assert not codes(subject(LETTER, type_code="cong-van", is_draft=True))


WRONG = [
    # (ô, đang viết, quy tắc, sửa thành hoặc None khi người phải sửa)
    ("symbol_line", "Số 9-KH/ĐU", "number.pad", "Số 09-KH/ĐU"),
    ("symbol_line", "Số: 09-KH/ĐU", "number.colon", "Số 09-KH/ĐU"),
    ("symbol_line", "Số 09 - KH/ĐU", "number.form", "Số 09-KH/ĐU"),
    ("symbol_line", "Số 09–KH/ĐU", "number.form", "Số 09-KH/ĐU"),
    ("symbol_line", "Số 15/KH-ĐU", "number.form", "Số 15-KH/ĐU"),
    ("symbol_line", "Số 15-KH/ĐU/2026", "number.year", "Số 15-KH/ĐU"),
    ("symbol_line", "Số 15-CV/ĐU", "number.type", "Số 15-KH/ĐU"),
    ("symbol_line", "chưa có", "number.form", None),
    ("place_date", "Bến Trúc, ngày 5 tháng 3 năm 2026", "date.pad", "Bến Trúc, ngày 05 tháng 3 năm 2026"),
    ("place_date", "Bến Trúc, ngày 27 tháng 05 năm 2026", "date.pad", "Bến Trúc, ngày 27 tháng 5 năm 2026"),
    ("place_date", "Bến Trúc, ngày 05 tháng 2 năm 2026", "date.pad", "Bến Trúc, ngày 05 tháng 02 năm 2026"),
    ("place_date", "Bến Trúc ngày 05 tháng 3 năm 2026", "date.form", "Bến Trúc, ngày 05 tháng 3 năm 2026"),
    ("place_date", "Bến Trúc, 05/3/2026", "date.form", "Bến Trúc, ngày 05 tháng 3 năm 2026"),
    ("place_date", "Bến Trúc, ngày 31 tháng 02 năm 2026", "date.pad", None),
    ("authority", "K/T BÍ THƯ", "sign.collective", "T/M BAN THƯỜNG VỤ"),
    ("authority", "K/T PHÓ BÍ THƯ", "sign.collective", "T/M BAN THƯỜNG VỤ"),
    ("authority", "TM. BAN THƯỜNG VỤ", "sign.style", "T/M BAN THƯỜNG VỤ"),
    ("authority", "KT. CHÁNH VĂN PHÒNG", "sign.style", "K/T CHÁNH VĂN PHÒNG"),
    ("authority", "T/U BÍ THƯ", "sign.entrusted", None),
    ("authority", "", "sign.authority", "T/M BAN THƯỜNG VỤ"),
    ("position", "PHÓ BÍ THƯ ĐẢNG ỦY", "sign.position", "PHÓ BÍ THƯ"),
    ("position", "", "sign.post", None),
    ("signer", "TS. Nguyễn Văn Mẫu", "sign.titles", "Nguyễn Văn Mẫu"),
    ("signer", "PGS. TS. Nguyễn Văn Mẫu", "sign.titles", "Nguyễn Văn Mẫu"),
    ("signer", "", "sign.missing", None),
    ("summary", "Đẩy mạnh chuyển đổi số", "summary.lower", "đẩy mạnh chuyển đổi số"),
    ("summary", "đẩy mạnh chuyển đổi số.", "summary.end", "đẩy mạnh chuyển đổi số"),
    ("summary", "Kế hoạch chuyển đổi số", "summary.repeats", "chuyển đổi số"),
    ("summary", "", "summary.missing", None),
    ("organ", "Đảng ủy phường Bến Trúc", "organ.upper", "ĐẢNG ỦY PHƯỜNG BẾN TRÚC"),
    ("organ", "VĂN PHÒNG ĐẢNG ỦY PHƯỜNG BẾN TRÚC", "organ.office", "VĂN PHÒNG"),
    ("organ", "ĐẢNG UỶ PHƯỜNG BẾN TRÚC", "spelling.tone", "ĐẢNG ỦY PHƯỜNG BẾN TRÚC"),
    ("organ", "QUẬN ỦY QUẬN 1", "organ.district", None),
    ("receivers", ("- Như trên,",), "receivers.archive", None),
    ("receivers", (), "receivers.missing", None),
    ("addressees", ("Các chi bộ",), "address.word", ()),
    ("marks", ("HOẢ TỐC",), "mark.urgency", ("HỎA TỐC",)),
    ("marks", ("KHẨN CẤP",), "mark.urgency", None),
    ("marks", ("MẬT",), "mark.secret-content", None),
    ("circulation", "Lưu hành nội bộ", "mark.circulation", "LƯU HÀNH NỘI BỘ"),
    ("circulation", "CẤM XEM", "mark.circulation", None),
    ("draft", "Dự thảo 2", "mark.draft", "Dự thảo lần 2"),
    ("draft", "DỰ THẢO", "mark.draft", None),
    ("size", "A5", "paper.a5", "A4"),
    ("body", ("I. MỤC TIÊU", "Xong."), "heading.form", ("I- MỤC TIÊU", "Xong.")),
    ("body", ("Xong./.",), "end.mark", ("Xong.",)),
    ("body", ("Căn cứ Điều lệ Đảng;", "Căn cứ Quy chế;", "Xong."), "basis.form", ("- Căn cứ Điều lệ Đảng;", "- Căn cứ Quy chế.", "Xong.")),
    ("body", ("Theo Nghị quyết số 12-NQ/ĐU ngày 05/9/2026.",), "citation.form", ("Theo Nghị quyết số 12-NQ/ĐU, ngày 05/9/2026.",)),
    ("body", ("Chỉnh lý tài liệu của cơ quan, hoàn thành uỷ quyền.",), "spelling.tone", ("Chỉnh lý tài liệu của cơ quan, hoàn thành ủy quyền.",)),
    ("body", ("B¸o c¸o t×nh h×nh thùc hiÖn nhiÖm vô n¨m häc.",), "text.legacy", ("Báo cáo tình hình thực hiện nhiệm vụ năm học.",)),
    ("body", ("To\u0300a nha\u0300.",), "text.nfc", ("Tòa nhà.",)),
    ("body", ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Xong."), "head.both-mottos", None),
    ("body", ("Phối hợp với Huyện ủy Bến Lứt.",), "organ.district", None),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "code", "right"), WRONG, ids=lambda value: str(value)[:40])
def test_each_fault_is_named_with_its_rule_and_source_and_mended(field, value, code, right):
    one = subject(**{field: value})
    violation = told(one, code)
    assert violation.found.field in (field, "superior", "addressee_word")
    assert violation.wording
    assert violation.source
    if right is None:
        assert not violation.can_mend
        return
    paper, done = mend_all(one, PARTY)
    assert getattr(paper, field) == right
    assert code in {each.code for each in done}
    assert code not in codes(one.with_paper(paper))


def test_a_submission_is_presented_and_a_letter_is_sent():
    one = subject(type_code="to-trinh", type_name="Tờ trình", symbol_line="Số 02-TTr/ĐU", addressees=("Ban Thường vụ Thành ủy",))
    paper, _done = mend_all(one, PARTY)
    assert (told(one, "address.word").found.found, paper.addressee_word) == ("Kính gửi", "Kính trình")


def test_a_letter_begins_with_its_opening():
    one = subject(LETTER, type_code="cong-van", is_draft=True, summary="cử cán bộ tập huấn")
    assert mend_all(one, PARTY)[0].summary == "V/v cử cán bộ tập huấn"
    assert "summary.letter" not in codes(subject(LETTER, type_code="cong-van", summary="về việc cử cán bộ"))


def test_a_draft_that_already_has_a_number_is_told():
    assert told(subject(is_draft=True), "draft.number").found.expected == "Số       -KH/ĐU"


def test_old_style_tones_are_right_in_an_office_that_writes_so():
    old = shipped("hd05-2026", "old")
    one = subject(body=("Đảng ủy chỉ đạo hòa giải, quý trọng, hoàn thành.",))
    assert mend_all(one, old)[0].body == ("Đảng uỷ chỉ đạo hoà giải, quý trọng, hoàn thành.",)


@pytest.mark.parametrize("body", [
    ("Điều 1. Kết thúc hoạt động của Đảng bộ huyện Bến Lứt, Đảng bộ huyện Cầu Ngang và Đảng bộ quận 3.",),
    ("Điều 1. Giải thể Huyện ủy Bến Lứt.", "Điều 3. Huyện ủy Bến Lứt, các cơ quan liên quan thi hành quyết định này."),
    ("Đảng bộ huyện Bến Lứt kết thúc hoạt động từ ngày 01/7/2025.",),
    ("Điều 2. Văn phòng Tỉnh ủy tiếp nhận con dấu, tài liệu của Huyện ủy Bến Lứt.",),
    ("Chỉnh lý phông lưu trữ của Quận ủy Quận 1.",),
])  # fmt: skip
def test_a_paper_that_dissolves_a_district_organ_or_takes_over_from_it_names_it(body):
    assert "organ.district" not in codes(subject(body=body))


@pytest.mark.parametrize("body", [
    ("Giải thể Huyện ủy Bến Lứt.", "Phối hợp với Huyện ủy Cầu Ngang."),  # đơn vị khác, không phải đơn vị vừa giải thể
    ("Phối hợp với Huyện ủy Bến Lứt tổ chức bàn giao tài liệu.",), ("Huyện ủy Bến Lứt chỉ đạo sáp nhập trường học.",),
    ("Giải thể tổ công tác; giao Huyện ủy Bến Lứt theo dõi.",), ("Giao Huyện ủy Bến Lứt. Tiếp nhận văn bản đến.",),
])  # fmt: skip
def test_a_district_organ_given_work_today_is_still_told(body):
    assert "organ.district" in codes(subject(body=body))


def test_a_paper_headed_by_a_district_organ_is_told_even_when_it_dissolves_itself():
    assert "organ.district" in codes(subject(organ="HUYỆN ỦY BẾN LỨT", body=("Giải thể Huyện ủy Bến Lứt.",)))


def test_a_district_organ_in_a_historical_citation_keeps_its_name():
    line = "Theo Quyết định số 15-QĐ/HU, ngày 05/9/2023 của Huyện ủy Bến Lứt về quy hoạch."
    assert "organ.district" not in codes(subject(body=(line,)))
    assert "organ.district" not in codes(subject(body=("Huyện ủy Bến Lứt trước đây đã giao.",)))
    assert "organ.district" not in codes(subject(body=("Phối hợp với Huyện ủy Bến Lứt.",), on=date(2025, 6, 30)), FORMER)


@pytest.mark.parametrize(
    ("organ", "authority", "type_code", "is_told"),
    [
        ("CHI BỘ KHU PHỐ 1", "T/M CHI BỘ", "quy-dinh", True),
        ("CHI BỘ KHU PHỐ 1", "T/M CHI BỘ", "nghi-quyet", False),
        ("ĐẢNG ỦY PHƯỜNG BẾN TRÚC", "T/M BAN THƯỜNG VỤ", "chi-thi", True),
        ("ĐẢNG ỦY PHƯỜNG BẾN TRÚC", "T/M BAN CHẤP HÀNH", "huong-dan", True),
        ("ĐẢNG ỦY PHƯỜNG BẾN TRÚC", "T/M BAN THƯỜNG VỤ", "huong-dan", False),
        ("ĐẢNG ỦY PHƯỜNG BẾN TRÚC", "T/M BAN THƯỜNG VỤ", "quy-che", True),
        ("ĐẢNG ỦY PHƯỜNG BẾN TRÚC", "", "chi-thi", True),
        ("THÀNH ỦY BẾN TRÚC", "T/M BAN THƯỜNG VỤ", "chi-thi", False),
        ("VĂN PHÒNG", "", "nghi-quyet", True),
    ],
)
def test_who_may_issue_what_is_a_warning(organ, authority, type_code, is_told):
    one = subject(organ=organ, authority=authority, type_code=type_code)
    told_ones = [each for each in check(one, PARTY) if each.rule.kind == RuleKind.AUTHORITY]
    assert bool(told_ones) == is_told
    assert all(each.severity == Severity.WARNING for each in told_ones)


def test_a5_is_for_slips_only_and_never_in_the_state_set():
    slip = subject(SLIP, type_code="giay-gioi-thieu", summary="Giới thiệu cán bộ")
    assert "paper.a5" not in codes(slip)
    assert told(slip, "paper.a5", STATE).found.expected == "A4"
    sizes = [(rules.measures_on(size).page_width, rules.measures_on(size).page_height) for rules in (PARTY, STATE) for size in ("A4", "A5")]
    assert sizes == [(210, 297), (210, 148), (210, 297), (210, 297)]


def test_each_side_has_its_own_circulation_marks():
    assert "mark.circulation" not in codes(subject(circulation="XONG HỘI NGHỊ TRẢ LẠI"))
    assert "mark.circulation" in codes(subject(DECISION, type_code="quyet-dinh", circulation="XONG HỘI NGHỊ TRẢ LẠI"), STATE)
    assert "mark.circulation" not in codes(subject(DECISION, type_code="quyet-dinh", circulation="XEM XONG TRẢ LẠI"), STATE)


def test_minutes_name_their_recorder_and_need_no_post():
    assert not codes(subject(MINUTES, type_code="bien-ban"))
    assert "minutes.signatures" in codes(subject(MINUTES, type_code="bien-ban", recorder=""))
    assert "minutes.signatures" not in codes(subject(recorder=""))


def test_the_contact_line_is_asked_only_where_the_rule_is_on():
    letter = subject(LETTER, type_code="cong-van", is_draft=True)
    on = dataclasses.replace(
        PARTY, rules=tuple(dataclasses.replace(rule, severity=Severity.WARNING) if rule.code == "contact.line" else rule for rule in PARTY.rules)
    )
    assert "contact.line" not in codes(letter)
    assert "contact.line" in codes(letter, on)
    assert "contact.line" not in codes(subject(LETTER, type_code="cong-van", is_draft=True, contact=("Địa chỉ: số 1",)), on)


def test_state_papers_are_checked_by_state_rules():
    one = subject(
        DECISION, type_code="quy-dinh", symbol_line="Số 5/QĐ-UBND", authority="T/M ỦY BAN NHÂN DÂN", body=("I- MỤC TIÊU", "Hết.")
    )
    paper, _done = mend_all(one, STATE)
    assert (paper.symbol_line, paper.authority) == ("Số: 05/QyĐ-UBND", "TM. ỦY BAN NHÂN DÂN")
    assert paper.body == ("I. MỤC TIÊU", "Hết./.")


def test_blocking_faults_come_first_and_can_be_asked_alone():
    found = check(subject(authority="TM. BAN THƯỜNG VỤ", summary="Đẩy mạnh."), PARTY)
    assert [each.is_blocking for each in found] == sorted((each.is_blocking for each in found), reverse=True)
    assert {each.code for each in blocking(found)} == {"sign.style"}


def test_a_rule_that_is_off_is_not_checked():
    off = dataclasses.replace(
        PARTY, rules=tuple(dataclasses.replace(rule, severity=Severity.OFF) if rule.code == "number.pad" else rule for rule in PARTY.rules)
    )
    assert "number.pad" not in codes(subject(symbol_line="Số 9-KH/ĐU"), off)


_PIECES = st.sampled_from(
    ["Số", ":", "9", "12a", "-", "/", "KH", "ĐU", " ", "ngày", "tháng", "năm", "2026", "3", "Căn cứ", ";", "./.", "TM.", "K/T",
     "BÍ THƯ", "uỷ", "ủy", "I.", "V/v", "Kế hoạch", "TS.", "Huyện ủy", "\n", "B¸o c¸o", "MẬT", "KHẨN", ".", ",", "Điều 1."]
)  # fmt: skip
_TEXT = st.lists(_PIECES, max_size=8).map("".join)
_PAPERS = st.builds(
    Paper, layout=st.sampled_from(Layout), superior=_TEXT, organ=_TEXT, symbol_line=_TEXT, place_date=_TEXT,
    type_name=st.sampled_from(["", "Kế hoạch", "Tờ trình"]), summary=_TEXT, body=st.lists(_TEXT.filter(bool), max_size=5).map(tuple),
    authority=_TEXT, position=_TEXT, signer=_TEXT, addressees=st.lists(_TEXT.filter(bool), max_size=2).map(tuple),
    receivers=st.lists(_TEXT.filter(bool), max_size=3).map(tuple), marks=st.lists(_TEXT.filter(bool), max_size=2).map(tuple),
)  # fmt: skip


@settings(deadline=None)
@given(paper=_PAPERS, code=st.sampled_from(["ke-hoach", "to-trinh", "cong-van", ""]), is_draft=st.booleans())
def test_any_paper_can_be_checked_and_mending_ends_with_nothing_left_to_mend(paper, code, is_draft):
    rules = PARTY if paper.layout == Layout.PARTY else STATE
    one = Subject(paper=paper, on=DAY, type_code=code, is_draft=is_draft)
    mended, _done = mend_all(one, rules)
    left = [each for each in check(one.with_paper(mended), rules) if each.can_mend]
    assert not left, [(each.code, each.found) for each in left]
    assert mend_all(one.with_paper(mended), rules) == (mended, ())
