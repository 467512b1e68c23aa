"""Nhập sổ cũ: tất cả hoặc không gì; số như sổ cũ; sổ chạy tiếp sau số cuối; chỗ trống của sổ cũ không phải lỗi ở đây."""

import io
from datetime import date

import pytest

from tinhgon.audit.models import Entry
from tinhgon.core.errors import Forbidden, Invalid
from tinhgon.core.models import Progress
from tinhgon.documents import selectors
from tinhgon.documents.health_checks import number_series
from tinhgon.documents.models import ColumnMapping, Document, NumberSeries
from tinhgon.documents.services.intake import importing
from tinhgon.documents.tests.factories import TODAY
from tinhgon.files.services import store

HEAD = "Số đến,Ngày đến,Tác giả,Số ký hiệu,Ngày văn bản,Trích yếu\n"
BOOK = (
    HEAD + "3,02/01/2025,Ban Tổ chức,1-CV/BTC,30/12/2024,Báo cáo quý\n" + "5,05/01/2025,Ban Dân vận,2-CV/BDV,03/01/2025,Góp ý\n"
    "5,06/01/2025,Ban Nội chính,7-CV/BNC,04/01/2025,Mời họp\n"
).encode()  # fmt: skip


def bring(office, data: bytes = BOOK, direction: str = "incoming", actor: object = None, **extra: object):
    return importing.import_register(
        actor or office.clerk, on=TODAY, organ_id=office.office, direction=direction, data=data, **extra
    )


def test_numbers_stay_as_in_the_old_book_and_repeated_ones_get_a_letter(office):
    report = bring(office)
    rows = list(Document.objects.order_by("pk").values_list("number", "number_suffix", "arrived_on", "state"))
    assert rows == [(3, "", date(2025, 1, 2), "done"), (5, "", date(2025, 1, 5), "done"), (5, "a", date(2025, 1, 6), "done")]
    assert (report.documents, report.books) == (3, 1)


def test_the_next_paper_goes_on_after_the_last_number_and_old_gaps_need_no_reason(office):
    bring(office)
    assert office.incoming().number == 6
    (book,) = selectors.registers(office.clerk, on=TODAY)
    assert book.unexplained == 0
    assert not [gap for gap in selectors.gaps(office.clerk, book.series.pk, on=TODAY) if gap.kind == "missing"]
    assert number_series().ok


def test_one_bad_row_and_nothing_is_written(office):
    with pytest.raises(Invalid) as refusal:
        bring(office, BOOK + b"9,40/01/2025,Ban X,3-CV/X,01/01/2025,Sai ngay\n")
    assert "Dòng 5, Ngày đến" in str(refusal.value)
    assert not Document.objects.exists()
    assert not NumberSeries.objects.exists()


def test_a_number_already_in_our_book_blocks(office):
    bring(office)
    found = importing.dry_run(office.clerk, on=TODAY, organ_id=office.office, direction="incoming", data=BOOK)
    assert {problem.code for problem in found.blocking} == {"taken"}
    with pytest.raises(Invalid):
        bring(office)
    assert Document.objects.count() == 3


def test_a_dry_run_writes_nothing(office):
    importing.dry_run(office.clerk, on=TODAY, organ_id=office.office, direction="incoming", data=BOOK)
    assert not Document.objects.exists()
    assert not ColumnMapping.objects.exists()


def test_the_mapping_is_remembered_for_the_same_headings(office):
    data = BOOK.replace("Trích yếu".encode(), b"Cot la")
    columns = importing.table_of(data).columns
    with pytest.raises(Invalid):
        bring(office, data)
    bring(office, data, mapping=importing.remembered(columns) | {"summary": "Cot la"})
    assert importing.remembered(columns)["summary"] == "Cot la"


def test_only_the_clerk_of_the_organ_imports(office):
    for actor in (office.head, office.specialist, office.north_clerk):
        with pytest.raises(Forbidden):
            bring(office, actor=actor)
    assert not Document.objects.exists()


def test_an_outgoing_book_opens_one_series_for_each_type_and_year(office):
    data = "so_ky_hieu,ngay_ban_hanh,trich_yeu\n1/QĐ-UB,01/02/2024,A\n1/KH-UB,01/02/2024,B\n1/QĐ-UB,01/02/2025,C\n".encode()
    assert bring(office, data, "outgoing").books == 3
    assert {(s.year, s.type.code) for s in NumberSeries.objects.select_related("type")} == {(2024, "quyet-dinh"), (2024, "ke-hoach"), (2025, "quyet-dinh")}
    assert set(Document.objects.values_list("issuer_id", flat=True)) == {office.office}


def test_the_background_job_ends_with_a_sentence_and_run_again_changes_nothing(office):
    stored = store(io.BytesIO(BOOK), "so.csv")
    job = importing.import_later(office.clerk, on=TODAY, organ_id=office.office, direction="incoming", file_id=stored.pk, mapping=importing.remembered(importing.table_of(BOOK).columns))
    told = {
        "user_id": office.clerk.user_id, "appointment_id": office.clerk.appointment_id, "on": TODAY.isoformat(), "organ_id": office.office,
        "direction": "incoming", "file_id": stored.pk, "mapping": importing.remembered(importing.table_of(BOOK).columns), "progress_id": str(job.pk),
    }  # fmt: skip
    importing.run(**told)
    importing.run(**told)
    job.refresh_from_db()
    assert (job.state, Document.objects.count()) == (Progress.State.DONE, 3)
    assert "Đã nhập 3 văn bản vào 1 sổ" in job.sentence
    assert Entry.objects.filter(code="documents.register_imported").count() == 1


def test_the_real_register_is_imported_whole(office, real_data):
    data = (real_data / "register/register_sample.csv").read_bytes()
    report = bring(office, data, "outgoing")
    assert Document.objects.count() == report.documents == 1500 - report.same
    assert {s.year for s in NumberSeries.objects.all()} == {2020, 2021, 2022}
