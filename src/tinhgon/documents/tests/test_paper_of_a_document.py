"""Tờ giấy dựng từ văn bản: tên cơ quan, số, ngày, trích yếu theo đúng thể thức của cơ quan đứng tên."""

from datetime import date

import pypdfium2 as pdfium
import pytest

from tinhgon.core.errors import Invalid
from tinhgon.documents import services
from tinhgon.documents.models import Document, OrganStyle
from tinhgon.documents.selectors.form import form_of
from tinhgon.documents.selectors.paper import paper_of
from tinhgon.documents.selectors.printing import draft_pdf
from tinhgon.documents.selectors.rules import rules_on
from tinhgon.documents.services import versions
from tinhgon.documents.services.form import mend_form
from tinhgon.documents.tests.factories import TODAY, document_type
from tinhgon.engine.paper import Layout, to_docx, to_pdf
from tinhgon.org.models import UnitVersion

pytestmark = pytest.mark.django_db


def unsaved(**fields):
    """Một văn bản chưa ghi: các ô có mặc định ở cơ sở dữ liệu phải điền lấy."""
    blank = ("authority", "signer_position", "place", "addressees", "receivers", "circulation", "recorder_name")
    return Document(**dict.fromkeys(blank, ""), **fields)


def test_an_office_stands_under_its_committee_in_two_lines(office):
    paper = paper_of(office.draft(), ["Nội dung."], on=TODAY)
    assert (paper.layout, paper.superior, paper.organ) == (Layout.PARTY, "THÀNH ỦY", "VĂN PHÒNG")
    assert paper.symbol_line == "Số       -CV/VPTU"
    assert paper.place_date.endswith("ngày      tháng      năm 2025")
    assert (paper.type_name, paper.summary) == ("", "V/v chuẩn bị hội nghị")


def test_an_office_named_shortly_still_drops_the_name_of_its_committee(office):
    UnitVersion.objects.filter(unit=office.city).update(name="Thành ủy Thành phố Bến Trúc")
    paper = paper_of(office.draft(), on=TODAY)
    assert (paper.superior, paper.organ) == ("THÀNH ỦY THÀNH PHỐ BẾN TRÚC", "VĂN PHÒNG")
    assert paper.place_date.startswith("Thành phố Bến Trúc, ngày")


def test_a_room_prints_under_the_name_of_its_organ(office):
    document = unsaved(holder_id=office.room, type=document_type(), summary="x")
    assert paper_of(document, on=TODAY).organ == "VĂN PHÒNG"


def test_a_commune_committee_stands_under_the_party_organisation_above(office):
    document = unsaved(holder_id=office.north, issuer_id=office.north, type=document_type("ke-hoach"), summary="Về việc học tập")
    paper = paper_of(document, on=TODAY)
    assert paper.organ == "ĐẢNG ỦY PHƯỜNG BẮC"
    assert (paper.type_name, paper.summary) == ("Kế hoạch", "về việc học tập")
    assert paper.place_date.startswith("Bắc, ngày")


def test_an_issued_paper_has_number_and_padded_date_of_its_own_day(office):
    issued = office.issued(on=date(2025, 3, 5))
    paper = paper_of(issued, on=date(2026, 1, 1))
    assert paper.symbol_line == "Số 01-CV/VPTU"
    assert paper.place_date.endswith(", ngày 05 tháng 3 năm 2025")


def test_a_state_organ_prints_in_the_state_way(office):
    OrganStyle.objects.create(unit_id=office.north, side="state", place="Phường Bắc")
    document = unsaved(holder_id=office.north, issuer_id=office.north, type=document_type("quy-dinh"), summary="Về việc họp")
    paper = paper_of(document, on=TODAY)
    assert (paper.layout, paper.symbol_line) == (Layout.STATE, "Số:       /QyĐ-ĐU")
    assert paper.summary == "Về việc họp"
    assert paper.place_date.startswith("Phường Bắc, ")


def test_a_secret_document_never_prints_its_content(office):
    document = unsaved(holder_id=office.office, type=document_type(), summary="x", secrecy=1)
    paper = paper_of(document, ["Điều phải giữ kín."], on=TODAY)
    assert (paper.body, paper.marks) == ((), ("MẬT",))


def test_a_submission_is_addressed_with_its_own_word(office):
    draft = office.draft(type_id=document_type("to-trinh").pk)
    assert paper_of(draft, on=TODAY).addressee_word == "Kính trình"


def test_paper_of_a_real_draft_prints_both_ways(office):
    draft = services.create_draft(
        office.specialist, on=TODAY, type_id=document_type("bao-cao").pk, summary="kết quả quý II", signer_name="Lê Văn Chánh"
    )
    paper = paper_of(draft, ["I- KẾT QUẢ", "Đã hoàn thành."], on=TODAY)
    measures = rules_on(TODAY, office.office).measures
    assert to_docx(paper, measures).startswith(b"PK")
    assert to_pdf(paper, measures).startswith(b"%PDF")


def test_marks_size_and_contact_of_a_draft_come_to_its_paper(office):
    OrganStyle.objects.create(unit_id=office.office, contact="Địa chỉ: số 1\nĐiện thoại: 028 0000 0000")
    draft = office.draft(circulation="LƯU HÀNH NỘI BỘ")
    paper = paper_of(draft, on=TODAY)
    assert (paper.circulation, paper.contact, paper.size) == ("LƯU HÀNH NỘI BỘ", ("Địa chỉ: số 1", "Điện thoại: 028 0000 0000"), "A4")
    report = office.draft(type_id=document_type("bao-cao").pk)
    assert paper_of(report, on=TODAY).contact == ()


def test_a_slip_is_printed_on_a5_and_another_type_is_told_to_use_a4(office):
    slip = office.draft(type_id=document_type("phieu-gui").pk, paper_size="A5")
    assert _page(draft_pdf(slip, "Nội dung.", on=TODAY)) == (210, 148)
    letter = office.draft(paper_size="A5")
    versions.save_version(office.specialist, on=TODAY, document_id=letter.pk, body="Nội dung.")
    assert "paper.a5" in {one.code for one in form_of(office.specialist, letter.pk, on=TODAY).violations}
    mend_form(office.specialist, on=TODAY, document_id=letter.pk, keys=["paper.a5@size"])
    letter.refresh_from_db()
    assert letter.paper_size == "A4"


def test_a_sheet_of_another_size_is_refused(office):
    with pytest.raises(Invalid) as refused:
        office.draft(paper_size="A3")
    assert [reason.field for reason in refused.value.reasons] == ["paper_size"]
    assert not Document.objects.exists()


def _page(pdf):
    page = pdfium.PdfDocument(pdf)[0]
    return round(page.get_width() * 25.4 / 72), round(page.get_height() * 25.4 / 72)


def test_the_drafter_types_names_and_the_paper_sets_dashes_and_capitals(office):
    draft = office.draft(receivers="Như trên\n- Ban Tổ chức Thành ủy;\nLưu VPTU", signer_position="Chánh Văn phòng", authority="T/L Ban Thường vụ")
    paper = paper_of(draft, on=TODAY)
    assert paper.receivers == ("- Như trên,", "- Ban Tổ chức Thành ủy,", "- Lưu VPTU.")
    assert (paper.authority, paper.position) == ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG")
