"""Các bản của dự thảo: không bản nào mất, không ai đè lên ai, tệp Word đọc được chữ, mẫu điền từ dữ liệu, mật thì không có bản nào."""

import zipfile
from io import BytesIO

import pytest
from docx import Document as Word

from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.documents import services as verbs
from tinhgon.documents.models import Document, DraftVersion
from tinhgon.documents.selectors import process, templates
from tinhgon.documents.services import templates as keeping
from tinhgon.documents.services import versions
from tinhgon.documents.tests.factories import TODAY, document_type
from tinhgon.engine.paper import to_docx
from tinhgon.engine.paper.tests import samples
from tinhgon.files.models import StoredFile
from tinhgon.org.models import Role
from tinhgon.org.tests.factories import make_actor


def word(*paragraphs: str) -> bytes:
    document = Word()
    for text in paragraphs:
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def save(office, draft, body, **extra):
    return versions.save_version(office.specialist, on=TODAY, document_id=draft.pk, body=body, **extra)


def test_each_save_is_a_version_and_an_unchanged_text_is_not(office):
    draft = office.draft()
    assert save(office, draft, "1. Mục đích\r\n\r\n\r\n2. Yêu cầu ").body == "1. Mục đích\n\n2. Yêu cầu"
    assert save(office, draft, "1. Mục đích\n\n2. Yêu cầu").number == 1
    assert save(office, draft, "1. Mục đích", note="Bỏ mục 2").number == 2
    assert [v.number for v in draft.versions.order_by("pk")] == [1, 2]


def test_who_saves_over_a_colleague_is_told_and_nothing_is_written(office):
    draft = office.draft()
    save(office, draft, "Bản của tôi")
    versions.save_version(office.head, on=TODAY, document_id=draft.pk, body="Bản của lãnh đạo", based_on=1)
    with pytest.raises(Refused) as refusal:
        save(office, draft, "Bản của tôi sửa tiếp", based_on=1)
    assert "Lê Văn Chánh" in str(refusal.value)
    assert draft.versions.count() == 2


def test_an_old_version_comes_back_as_the_next_one(office):
    draft = office.draft()
    for body in ("một", "hai"):
        save(office, draft, body)
    restored = versions.restore_version(office.specialist, on=TODAY, document_id=draft.pk, number=1)
    assert (restored.number, restored.body, restored.restores) == (3, "một", 1)
    with pytest.raises(Invalid):
        versions.restore_version(office.specialist, on=TODAY, document_id=draft.pk, number=3)
    assert draft.versions.count() == 3


def test_a_word_file_is_a_version_with_its_text_and_a_broken_one_is_refused(office):
    draft = office.draft()
    made = versions.upload_version(
        office.specialist, on=TODAY, document_id=draft.pk, name="cv.docx", content=BytesIO(word("Kính gửi", "1. Nội dung"))
    )
    assert (made.body, made.file_name) == ("Kính gửi\n1. Nội dung", "cv.docx")
    with pytest.raises(Invalid) as refusal:
        versions.upload_version(office.specialist, on=TODAY, document_id=draft.pk, name="x.docx", content=BytesIO(b"PK hong"))
    assert refusal.value.reasons[0].field == "file"
    assert draft.versions.count() == 1


def upload(office, draft, data: bytes, name="cv.docx"):
    return versions.upload_version(office.specialist, on=TODAY, document_id=draft.pk, name=name, content=BytesIO(data))


def test_a_whole_paper_in_word_gives_only_its_body(office):
    made = upload(office, office.draft(), to_docx(samples.LETTER, samples.PARTY))
    assert made.body.split("\n") == list(samples.LETTER.body)


def test_a_word_file_in_an_old_font_is_told_and_its_words_become_unicode(office):
    file = Word()
    file.add_paragraph().add_run("Thùc hiÖn nhiÖm vô n¨m häc, c¸c chi bé b¸o c¸o kÕt qu¶.").font.name = ".VnTime"
    kept = BytesIO()
    file.save(kept)
    made = upload(office, office.draft(), kept.getvalue())
    assert made.body == "Thực hiện nhiệm vụ năm học, các chi bộ báo cáo kết quả."
    assert "TCVN3" in made.note


def with_macro() -> bytes:
    kept = BytesIO(word("Nội dung"))
    with zipfile.ZipFile(kept, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (with_macro, "m.docx", "macro"), (lambda: b"%PDF-1.7 x", "x.docx", "không phải Word"), (lambda: b"PK\x03\x04hong", "h.docx", "hỏng"),
        (lambda: b"MZ\x00\x01" * 40, "v.docx", "chương trình"), (lambda: b"Chu tron, khong phai Word.", "t.docx", "không phải Word"),
    ],
)  # fmt: skip
def test_what_is_not_a_clean_word_file_is_refused_with_one_sentence(office, data, name, said):
    draft = office.draft()
    with pytest.raises(Invalid) as refusal:
        upload(office, draft, data(), name)
    assert [reason.field for reason in refusal.value.reasons] == ["file"]
    assert said in str(refusal.value)
    assert not draft.versions.exists()
    assert not StoredFile.objects.exists()


def test_only_the_drafter_and_the_heads_of_the_unit_write(office):
    draft = office.draft()
    for stranger, error in ((office.colleague, NotFound), (office.clerk, NotFound)):
        with pytest.raises(error):
            versions.save_version(stranger, on=TODAY, document_id=draft.pk, body="x")
    sent = office.sent()
    with pytest.raises(Refused):
        save(office, sent, "x")
    assert not DraftVersion.objects.exists()


def test_a_secret_draft_has_no_version_and_a_draft_with_text_cannot_become_secret(office):
    cleared = make_actor(office.office, Role.SPECIALIST, clearance=1)
    secret = office.draft(cleared, secrecy=1)
    with pytest.raises(Refused):
        versions.save_version(cleared, on=TODAY, document_id=secret.pk, body="mật")
    plain = office.draft(cleared)
    versions.save_version(cleared, on=TODAY, document_id=plain.pk, body="thường")
    with pytest.raises(Refused):
        verbs.edit_draft(cleared, on=TODAY, document_id=plain.pk, changes={"secrecy": 1})
    assert not secret.versions.exists()
    assert Document.objects.get(pk=plain.pk).secrecy == 0


def template(office, **extra):
    values = {"organ_id": office.office, "type_id": document_type().pk, "name": "Công văn trả lời", "body": "Trả lời {{ van_ban_den }}, {{ co_quan }} có ý kiến."}
    return keeping.create_template(office.clerk, on=TODAY, **(values | extra))


def test_a_reply_is_filled_from_the_incoming_document_and_the_organ(office):
    incoming = office.incoming()
    made = template(office, receivers="Như trên;\nLưu VPTU.", summary="trả lời công văn số {{ so_van_ban_den }}")
    found = templates.filled(office.specialist, made.pk, on=TODAY, answers=incoming)
    assert found.body == "Trả lời Công văn số 12-CV/VPTW, ngày 20/06/2025 của Văn phòng Trung ương, Văn phòng Thành ủy có ý kiến."
    assert found.summary == "trả lời công văn số 12-CV/VPTW"
    assert found.receivers == "Như trên;\nLưu VPTU."


def test_a_word_template_is_filled_when_the_draft_is_saved(office):
    made = template(office, body="", word=("mau.docx", word("{{ co_quan }}", "Về {{ trich_yeu }}", "{% for n in noi_nhan %}{{ n }} {% endfor %}")))
    draft = versions.start_draft(
        office.specialist, on=TODAY, template_id=made.pk, type_id=document_type().pk, summary="họp giao ban", receivers="Như trên\nLưu",
    )  # fmt: skip
    (version,) = draft.versions.all()
    assert version.body == "Văn phòng Thành ủy\nVề họp giao ban\nNhư trên Lưu"
    assert version.file_name == "mau.docx"


def test_a_bad_template_is_refused_with_a_sentence_for_each_fault(office):
    with pytest.raises(Invalid) as refusal:
        template(office, name="", body="{{ ten_la }}", summary="{{ hong", word=("m.docx", word("{{ x.__class__ }}")))
    assert {reason.field for reason in refusal.value.reasons} == {"name", "body", "summary", "file"}
    assert "co_quan" in str(refusal.value)
    assert not StoredFile.objects.exists()


def test_a_changed_template_keeps_the_old_version_and_a_retired_one_is_not_offered(office):
    made = template(office)
    keeping.save_template(office.head, on=TODAY, template_id=made.pk, body="Bản mới", note="Gọn hơn")
    assert [v.body[:7] for v in made.versions.order_by("number")] == ["Trả lời", "Bản mới"]
    keeping.switch_template(office.clerk, on=TODAY, template_id=made.pk, is_active=False)
    assert list(templates.templates_for(office.office, on=TODAY)) == []
    with pytest.raises(NotFound):
        templates.filled(office.specialist, made.pk, on=TODAY)


def test_templates_of_the_committee_serve_the_organs_below_and_not_the_neighbours(office):
    of_city = template(office, organ_id=office.city)
    of_office = template(office)
    assert set(templates.templates_for(office.room, on=TODAY)) == {of_city, of_office}
    assert set(templates.templates_for(office.board, on=TODAY)) == {of_city}


def test_only_the_clerk_and_the_office_head_keep_templates(office):
    for stranger in (office.specialist, office.board_head, office.secretary, office.north_clerk):
        with pytest.raises(Forbidden):
            keeping.create_template(stranger, on=TODAY, organ_id=office.office, type_id=document_type().pk, name="x", body="x")


def test_the_asked_see_only_the_version_they_were_asked_about(office):
    draft = office.draft()
    save(office, draft, "bản được hỏi")
    from_now = process.version_of(office.specialist, draft.pk, None, on=TODAY)[1]
    assert from_now is not None
    assert from_now.number == 1
