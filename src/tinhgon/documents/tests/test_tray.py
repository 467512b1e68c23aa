"""Khay đến: nhận, đọc, vào sổ, từ chối, bản đã có. Không gì mất, không gì điền thay người."""

import unicodedata

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid, NotFound, Refused
from tinhgon.core.models import Progress
from tinhgon.documents.access import visible_to
from tinhgon.documents.access_tray import arrivals_visible_to
from tinhgon.documents.models import Arrival, ArrivalFile, Attachment, Document, NumberSeries
from tinhgon.documents.selectors import duplicates, tray
from tinhgon.documents.services.intake import reading, registering
from tinhgon.documents.tests.arriving import LETTER, arrived, drop, mailed, packed, typed
from tinhgon.documents.tests.factories import TODAY
from tinhgon.engine.extract.before import as_it_was
from tinhgon.engine.extract.model import Extracted, Line, Source
from tinhgon.engine.reading.model import Field, Reading
from tinhgon.files.models import StoredFile
from tinhgon.search.selectors import search

State = Arrival.State


def test_each_file_dropped_is_one_arrival_and_the_batch_counts_them(office):
    found = drop(office, ("a.txt", LETTER), ("b.txt", LETTER + b"2"))
    assert [a.state for a in found.arrivals] == [State.RECEIVED, State.RECEIVED]
    assert Progress.objects.get(pk=found.batch).total == 2
    for arrival in found.arrivals:
        reading.read(arrival.pk)
    job = Progress.objects.get(pk=found.batch)
    assert (job.state, job.done) == (Progress.State.DONE, 2)
    assert "2 chờ vào sổ, 0 không đọc được" in job.sentence


def test_a_bad_file_among_good_ones_is_named_and_the_good_ones_arrive(office):
    found = drop(office, ("rong.txt", b""), ("tot.txt", LETTER), ("virus.pdf", b"MZ\x90\x00" + b"\x00" * 60))
    assert [name for name, _why in found.refused] == ["rong.txt", "virus.pdf"]
    assert "chương trình chạy được" in found.refused[1][1]
    assert len(found.arrivals) == 1


def test_a_zip_brings_one_arrival_for_each_file_and_keeps_the_folder(office):
    content = packed(("Quý II/báo cáo.txt", LETTER), ("to-trinh.txt", LETTER + b"x"), ("__MACOSX/._x", b"junk"))
    found = drop(office, ("hoso.zip", content))
    assert {(a.subject, a.folder) for a in found.arrivals} == {("báo cáo", "hoso/Quý II"), ("to-trinh", "hoso")}


def test_a_name_in_decomposed_unicode_is_stored_composed(office):
    found = drop(office, (unicodedata.normalize("NFD", "Tờ trình ủy ban.txt"), LETTER))
    assert found.arrivals[0].files.get().name == "Tờ trình ủy ban.txt"


@pytest.mark.parametrize(("name", "content", "said"), [
    ("leo.zip", packed(("../../etc/passwd", b"x")), "trỏ ra ngoài"),
    ("bom.zip", packed(("a.txt", b"0" * 30_000_000)), "nở ra bất thường"),
    ("hong.zip", b"PK\x03\x04" + b"\x00" * 50, "hỏng"),
    ("rong.zip", packed(("__MACOSX/x", b"")), "không có tệp nào"),
])  # fmt: skip
def test_a_dangerous_or_broken_zip_is_refused_whole_with_one_sentence(office, name, content, said):
    found = drop(office, (name, content))
    ((refused, why),) = found.refused
    assert refused == name
    assert said in why
    assert not Arrival.objects.exists()


def test_a_letter_and_its_attachments_are_one_arrival(office):
    letter = mailed("V/v mời họp", "Kính mời dự họp.", ("Giấy mời.txt", LETTER), ("setup.exe", b"MZ\x90\x00" + b"\0" * 99))
    (arrival,) = drop(office, ("thu.eml", letter)).arrivals
    assert (arrival.subject, arrival.sender) == ("V/v mời họp", "Văn thư Tỉnh ủy <vanthu@lamvien.example>")
    assert [file.name for file in arrival.files.all()] == ["Giấy mời.txt", "Thân thư.txt"]
    reading.read(arrival.pk)
    body = ArrivalFile.objects.get(name="Thân thư.txt").text
    assert "Kính mời dự họp." in body
    assert "setup.exe không nhận" in body


def test_text_in_an_old_encoding_is_changed_with_the_lines_before_to_compare(office):
    words = "Văn phòng Tỉnh ủy đề nghị các đơn vị báo cáo kết quả thực hiện nhiệm vụ trước ngày ba mươi tháng sáu."
    arrival = arrived(office, "cu.txt", as_it_was(words, "tcvn3").encode("latin-1"))
    file = arrival.files.get()
    assert (file.legacy, file.text) == ("tcvn3", words)
    assert file.legacy_sample == as_it_was(words, "tcvn3")


def test_a_file_without_pages_shows_the_very_line_of_each_box(office):
    words = (
        "ĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY PHƯỜNG BÌNH AN\n*\nSố 27-BC/ĐU\nPhường Bình An, ngày 27 tháng 6 năm 2025\nBÁO CÁO\n"
        "kết quả rà soát hồ sơ\n-----\nNgày 26/6/2025, Đảng ủy phường đã họp.\nT/M ĐẢNG ỦY\nBÍ THƯ\nNguyễn Thị Mẫu\n"
    ).encode()
    quoted = {name: field["quote"] for name, field in arrived(office, "phuong.txt", words).reading["fields"].items()}
    assert quoted["dia_danh"] == quoted["ngay"] == "Phường Bình An, ngày 27 tháng 6 năm 2025"
    assert quoted["co_quan"] == "ĐẢNG ỦY PHƯỜNG BÌNH AN"


def test_only_the_clerk_of_the_organ_brings_in_and_registers(office):
    for actor in (office.head, office.specialist, office.north_clerk):
        with pytest.raises(Forbidden):
            drop(office, ("a.txt", LETTER), actor=actor)
    arrival = arrived(office)
    with pytest.raises(Forbidden):
        registering.register(office.head, on=TODAY, fields=typed(office), arrival_id=arrival.pk)
    with pytest.raises(NotFound):
        registering.refuse(office.north_clerk, on=TODAY, arrival_id=arrival.pk, reason="Nhầm")
    assert not Document.objects.exists()


def test_the_tray_is_seen_by_the_clerk_and_the_heads_of_the_organ_and_nobody_else(office):
    arrived(office)
    seers = {n for n in ("head", "clerk", "specialist", "board_head", "secretary", "north_clerk", "inspector", "administrator")
             if arrivals_visible_to(getattr(office, n), on=TODAY).exists()}  # fmt: skip
    assert seers == {"head", "clerk"}


def test_what_waits_in_the_tray_is_no_document_and_is_not_found(office):
    arrived(office)
    assert not visible_to(office.clerk, on=TODAY).exists()
    assert not search(actor=office.clerk, text="hội nghị", on=TODAY).hits


def test_a_secret_paper_is_never_brought_in(office):
    with pytest.raises(Refused) as refusal:
        drop(office, ("a.txt", LETTER), secrecy=1)
    assert refusal.value.code == "documents.secret_content"
    assert not StoredFile.objects.exists()


def test_a_paper_with_a_secrecy_mark_keeps_no_text_and_refusing_it_removes_the_file(office):
    arrival = arrived(office, content=b"M\xe1\xba\xacT\n" + LETTER)
    assert (arrival.state, arrival.files.get().text) == (State.FAILED, "")
    assert "dấu chỉ độ mật" in arrival.problem
    with pytest.raises(Refused):
        registering.register(office.clerk, on=TODAY, fields=typed(office), arrival_id=arrival.pk)
    registering.refuse(office.clerk, on=TODAY, arrival_id=arrival.pk, reason="Văn bản mật")
    assert not ArrivalFile.objects.exists()
    assert not StoredFile.objects.exists()


def test_an_unreadable_file_stays_with_its_reason_and_is_registered_by_hand(office):
    arrival = arrived(office, "hong.docx", b"PK\x03\x04 broken")
    assert arrival.state == State.FAILED
    assert "hỏng" in arrival.problem
    document = registering.register(office.clerk, on=TODAY, fields=typed(office), arrival_id=arrival.pk)
    assert document.attachments.get().name == "hong.docx"


def test_registering_attaches_the_files_fills_the_text_and_closes_the_arrival(office):
    arrival = arrived(office)
    fields = typed(office, authority="T/L BAN THƯỜNG VỤ", signer_position="Chánh Văn phòng", place="Lâm Viên", receivers="Như trên", pages=2, copies=1)
    document = registering.register(office.clerk, on=TODAY, fields=fields, arrival_id=arrival.pk)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.document_id) == (State.REGISTERED, document.pk)
    assert "chuẩn bị hội nghị" in Document.objects.get().content
    assert (document.authority, document.pages, document.number) == ("T/L BAN THƯỜNG VỤ", 2, 1)
    assert arrival.files.get().text == ""
    with pytest.raises(Refused) as refusal:
        registering.register(office.clerk, on=TODAY, fields=typed(office), arrival_id=arrival.pk)
    assert refusal.value.code == "documents.arrival_done"


def test_a_mistake_leaves_the_arrival_waiting_and_draws_no_number(office):
    arrival = arrived(office)
    with pytest.raises(Invalid):
        registering.register(office.clerk, on=TODAY, fields=typed(office, summary=" "), arrival_id=arrival.pk)
    arrival.refresh_from_db()
    assert arrival.state == State.READY
    assert not NumberSeries.objects.exists()


def test_the_same_paper_is_shown_before_saving_and_registered_again_only_with_a_reason(office):
    first = registering.register(office.clerk, on=TODAY, fields=typed(office))
    arrival = arrived(office)
    again = typed(office, issuer_name="VĂN PHÒNG TỈNH ỦY LÂM VIÊN", symbol="45-cv/vptu")
    with pytest.raises(Refused) as refusal:
        registering.register(office.clerk, on=TODAY, fields=again, arrival_id=arrival.pk)
    assert refusal.value.reasons[0].data["document"] == first.pk
    assert Document.objects.count() == 1
    second = registering.register(office.clerk, on=TODAY, fields=again, arrival_id=arrival.pk, despite="Bản có dấu đỏ")
    arrival.refresh_from_db()
    assert arrival.reason == "Bản có dấu đỏ"
    assert Entry.objects.filter(code="documents.registered_despite", target_id=str(second.pk)).exists()


def test_the_same_file_is_the_same_paper_whatever_was_typed(office):
    registering.register(office.clerk, on=TODAY, fields=typed(office), arrival_id=arrived(office).pk)
    arrival = arrived(office)
    with pytest.raises(Refused):
        registering.register(office.clerk, on=TODAY, fields=typed(office, symbol="9-CV/X", issuer_name="Khác"), arrival_id=arrival.pk)


def test_another_organs_paper_with_the_same_symbol_is_not_the_same(office):
    registering.register(office.clerk, on=TODAY, fields=typed(office))
    assert registering.register(office.clerk, on=TODAY, fields=typed(office, issuer_name="Văn phòng Tỉnh ủy khác"))


def test_a_paper_the_clerk_may_not_see_is_not_told(office):
    registering.register(office.clerk, on=TODAY, fields=typed(office))
    theirs = duplicates.same_paper(
        office.north_clerk, on=TODAY, issuer_name="Văn phòng Tỉnh ủy Lâm Viên", symbol="45-CV/VPTU", issued_on=TODAY
    )
    assert theirs == []


def test_known_already_the_new_file_joins_the_document_and_the_tray_has_one_less(office):
    document = registering.register(office.clerk, on=TODAY, fields=typed(office))
    arrival = arrived(office)
    registering.close_as_known(office.clerk, on=TODAY, arrival_id=arrival.pk, document_id=document.pk)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.same_as_id) == (State.REFUSED, document.pk)
    assert Attachment.objects.get().document_id == document.pk
    assert "chuẩn bị hội nghị" in Document.objects.get().content


def test_refusing_needs_a_reason_and_keeps_it(office):
    arrival = arrived(office)
    with pytest.raises(Invalid):
        registering.refuse(office.clerk, on=TODAY, arrival_id=arrival.pk, reason=" ")
    registering.refuse(office.clerk, on=TODAY, arrival_id=arrival.pk, reason="Gửi nhầm nơi nhận")
    arrival.refresh_from_db()
    assert (arrival.state, arrival.reason) == (State.REFUSED, "Gửi nhầm nơi nhận")
    assert arrival.files.exists()


def test_the_next_one_waiting_follows_and_the_last_comes_back_to_the_first(office):
    first, second = arrived(office, content=LETTER + b"1"), arrived(office, content=LETTER + b"2")
    assert tray.next_waiting(office.clerk, on=TODAY, after=first.pk) == second
    assert tray.next_waiting(office.clerk, on=TODAY, after=second.pk) == first
    assert [(c.channel, c.waiting) for c in tray.by_channel(office.clerk, on=TODAY)] == [("upload", 2)]


def test_reading_the_same_arrival_twice_changes_nothing_after_it_is_registered(office):
    arrival = arrived(office)
    registering.register(office.clerk, on=TODAY, fields=typed(office), arrival_id=arrival.pk)
    reading.read(arrival.pk)
    arrival.refresh_from_db()
    assert arrival.state == State.REGISTERED


def test_what_was_read_is_kept_with_its_confidence_its_place_and_its_line():
    extracted = Extracted(Source.OCR, (Line("Số: 299/UBND-TTHC"), Line("Về việc công bố")))
    fields = {"so_ky_hieu": Field("299/UBND-TTHC", 0.97, must_confirm=True), "nguoi_ky": Field("", 0.0)}
    kept = reading.to_json(Reading(fields), 7, extracted)
    assert set(kept["fields"]) == {"so_ky_hieu"}
    assert kept["fields"]["so_ky_hieu"] | {"page": 1} == {
        "value": "299/UBND-TTHC", "confidence": 0.97, "page": 1, "box": None, "must_confirm": True, "quote": "Số: 299/UBND-TTHC",
    }  # fmt: skip
    assert kept["scanned"] is True
