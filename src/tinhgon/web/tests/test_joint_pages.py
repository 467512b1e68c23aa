"""Trang văn bản liên tịch: ghi cơ quan và người ký, lỗi về đúng ô, văn thư ghi nhận bản đã ký; trang thẩm định có nút "Sửa giúp"."""

import pytest
from django.test import Client

from tinhgon.core import clock
from tinhgon.documents import services
from tinhgon.documents.models import Document
from tinhgon.documents.services import appraisal, joint, versions
from tinhgon.documents.services.joint import JointSeat
from tinhgon.documents.tests.factories import Office, document_type, person_of
from tinhgon.web.tests.test_deciding_on_drafts import signed_in

ON = clock.today()
OUTSIDE = {"name_2": "Ủy ban Mặt trận Tổ quốc", "symbol_2": "MTTQ", "signer_2": "Tạ Văn Ngoài", "position_2": "CHỦ TỊCH ỦY BAN MẶT TRẬN TỔ QUỐC"}


@pytest.fixture
def draft(office: Office) -> Document:
    made = office.draft(on=ON, type_id=document_type("ke-hoach").pk, authority="TM. BAN THƯỜNG VỤ")
    versions.save_version(office.specialist, on=ON, document_id=made.pk, body="1. Nội dung./.")
    return made


def address(draft: Document, verb: str) -> str:
    return f"/van-ban/{draft.pk}/{verb}/"


def test_the_drafter_names_an_organ_here_and_one_outside_and_the_paper_says_who_signs(office: Office, draft: Document) -> None:
    client: Client = signed_in(office.specialist)
    page = client.get(address(draft, "lien-tich"))
    assert "các nguồn nói khác nhau" in page.content.decode()
    kept = {"unit_1": office.board, "person_1": person_of(office.board_head), "position_1": "TRƯỞNG BAN TỔ CHỨC"}
    assert client.post(address(draft, "lien-tich"), kept | OUTSIDE).status_code == 302
    assert [(row.unit_id, row.signer_name) for row in draft.joint_organs.all()] == [(office.board, "Trần Văn Ban"), (None, "Tạ Văn Ngoài")]
    shown = client.get(f"/van-ban/{draft.pk}/").content.decode()
    assert "Ban Tổ chức Thành ủy, Trần Văn Ban" in shown
    again = client.get(address(draft, "lien-tich")).context["form"]
    assert (again["unit_1"].value(), again["name_2"].value(), again["unit_3"].value()) == (office.board, OUTSIDE["name_2"], None)


def test_a_fault_stands_beside_its_own_box_and_what_was_typed_stays(office: Office, draft: Document) -> None:
    page = signed_in(office.specialist).post(address(draft, "lien-tich"), OUTSIDE | {"signer_2": ""})
    assert page.status_code == 409
    form = page.context["form"]
    assert list(form.errors) == ["signer_2"]
    assert form["name_2"].value() == OUTSIDE["name_2"]
    assert not draft.joint_organs.exists()


def test_the_clerk_records_the_outside_signature_from_the_page(office: Office, draft: Document) -> None:
    seat = JointSeat(name="Ủy ban Mặt trận Tổ quốc", symbol="MTTQ", signer_name="Tạ Văn Ngoài")
    joint.name_joint_organs(office.specialist, on=ON, document_id=draft.pk, organs=[seat])
    services.send_to_issue(office.specialist, on=ON, document_id=draft.pk)
    row = draft.joint_organs.get()
    client = signed_in(office.clerk)
    assert f"/van-ban/lien-tich/{row.pk}/da-nhan/" in client.get(f"/van-ban/{draft.pk}/").content.decode()
    assert client.post(f"/van-ban/lien-tich/{row.pk}/da-nhan/", {"received_on": f"{ON:%d/%m/%Y}", "note": "Bản giấy"}).status_code == 302
    row.refresh_from_db()
    assert (row.received_on, row.received_note) == (ON, "Bản giấy")


def test_the_round_offers_the_joint_signer_only_for_a_joint_paper(office: Office, draft: Document) -> None:
    client = signed_in(office.specialist)
    kinds = client.get(address(draft, "trinh-ky")).context["form"].fields["kind_1"].choices
    assert "joint" not in dict(kinds)
    joint.name_joint_organs(office.specialist, on=ON, document_id=draft.pk, organs=[JointSeat(unit_id=office.board, person_id=person_of(office.board_head))])
    form = client.get(address(draft, "trinh-ky")).context["form"]
    offered = {form.fields[f"kind_{place}"].initial: form.fields[f"person_{place}"].initial for place in form.places}
    assert offered["joint"] == person_of(office.board_head)


def test_the_appraiser_has_the_one_click_fix_and_the_drafter_sees_what_changed(office: Office, draft: Document) -> None:
    asked = appraisal.ask_appraisal(office.specialist, on=ON, document_id=draft.pk, by_unit_id=office.office)
    client = signed_in(office.head)
    page = client.get(f"/van-ban/tham-dinh/{asked.pk}/").content.decode()
    assert f"/van-ban/tham-dinh/{asked.pk}/sua-the-thuc/" in page
    assert client.post(f"/van-ban/tham-dinh/{asked.pk}/sua-the-thuc/").status_code == 302
    draft.refresh_from_db()
    assert draft.authority == "T/M BAN THƯỜNG VỤ"
    compared = signed_in(office.specialist).get(f"/van-ban/{draft.pk}/so-sanh/")
    assert compared.status_code == 200
    assert compared.context["changed"] == 1
