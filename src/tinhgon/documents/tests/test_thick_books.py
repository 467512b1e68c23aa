"""Sổ dày đóng thành quyển: số nối tiếp, trang và đầu cột của quyển nào đúng quyển ấy; đọc lại từng tệp đã in. In trọn hoặc không gì."""

import io
import re
import zipfile

import openpyxl
import pypdfium2 as pdfium
import pytest

from tinhgon.core.errors import Broken
from tinhgon.core.models import Progress
from tinhgon.documents import services
from tinhgon.documents.models import PrintedBook
from tinhgon.documents.printing import book_of, paper, write_pdf, write_xlsx
from tinhgon.documents.printing.sheet import HEADING_ROWS
from tinhgon.documents.printing.volumes import volumes
from tinhgon.documents.services import issuing, printing
from tinhgon.documents.tests.factories import TODAY

COUNT, MOST = 26, 10


@pytest.fixture
def series(office) -> int:
    """Một sổ đến 26 số; số 11 đã hủy."""
    made = [office.incoming(summary=f"Báo cáo chuyên đề thứ {n}") for n in range(1, COUNT + 1)]
    services.void(office.clerk, on=TODAY, document_id=made[10].pk, reason="Vào sổ nhầm")
    return made[0].series_id


def volumes_read(book, most: int) -> dict[str, list[str]]:
    """Tên tệp -> chữ của từng trang."""
    out = io.BytesIO()
    write_pdf(book, out, most=most)
    with zipfile.ZipFile(out) as bundle:
        assert bundle.testzip() is None
        files = {name: pdfium.PdfDocument(bundle.read(name)) for name in bundle.namelist()}
    return {name: [" ".join(page.get_textpage().get_text_bounded().split()) for page in file] for name, file in files.items()}


def test_a_thick_book_is_bound_in_volumes_whose_numbers_go_on(office, series):
    book = book_of(office.clerk, series, on=TODAY)
    found = volumes_read(book, MOST)
    assert list(found) == [
        "so-den-quyen-01-tu-01-den-10.pdf", "so-den-quyen-02-tu-11-den-20.pdf", "so-den-quyen-03-tu-21-den-26.pdf",
    ]  # fmt: skip
    edges = [(1, 10), (11, 20), (21, 26)]
    for number, (pages, (first, last)) in enumerate(zip(found.values(), edges, strict=True), 1):
        opening, *inside, closing = pages
        assert f"Quyển số {number}" in opening
        assert f"Từ số {first:02d} đến số {last:02d}" in opening
        written = [int(n) for page in inside for n in re.findall(r"Báo cáo chuyên đề thứ (\d+)", page)]
        assert written == list(range(first, last + 1))
        assert f"Quyển số {number} ghi {last - first + 1} văn bản, từ số {first:02d} đến số {last:02d}, ở trang 1 đến trang {len(inside)}." in closing


def test_every_page_of_every_volume_has_the_heading_its_number_and_its_volume(office, series, monkeypatch):
    monkeypatch.setattr(paper, "ROWS", 4)  # nhiều khúc trong một quyển
    for number, (_opening, *pages) in enumerate(volumes_read(book_of(office.clerk, series, on=TODAY), MOST).values(), 1):
        assert all("Tác giả" in page for page in pages[:-1])
        for at, page in enumerate(pages, 1):
            assert re.search(rf"Quyển số {number} {at} ", page) or page.startswith(f"Quyển số {number} {at}"), page[-120:]


def test_a_voided_number_is_explained_in_its_own_volume_and_the_last_volume_closes_the_book(office, series):
    first, second, third = (pages[-1] for pages in volumes_read(book_of(office.clerk, series, on=TODAY), MOST).values())
    assert "Vào sổ nhầm" in second
    assert "Vào sổ nhầm" not in first + third
    assert "TRANG KẾT QUYỂN" in first
    assert "TRANG KẾT SỔ" in third
    assert "Sổ ghi tiếp ở quyển số 2." in first
    assert "không có số hủy" in first
    assert "Cả sổ gồm 3 quyển, ghi 26 văn bản, từ số 01 đến số 26." in third
    assert "ghi tiếp" not in third


def test_a_book_that_fits_one_volume_stays_one_file(office, series):
    out = io.BytesIO()
    made = write_pdf(book_of(office.clerk, series, on=TODAY), out)
    assert (made.rows, made.volumes) == (COUNT, 1)
    assert out.getvalue().startswith(b"%PDF")


def test_a_document_never_lies_in_two_volumes(office):
    made = [office.incoming() for _n in range(6)]
    for document in made:
        services.route(office.head, on=TODAY, document_id=document.pk, lead_id=office.board, for_information=[office.north, office.south])
    found = list(volumes(book_of(office.clerk, made[0].series_id, on=TODAY, kind="chuyen-giao"), most=8))
    assert [(one.first, one.last, one.entries, len(one.rows)) for one in found] == [(1, 2, 2, 6), (3, 4, 2, 6), (5, 6, 2, 6)]


def test_a_number_inserted_after_the_last_of_a_volume_opens_the_next_one(office):
    made = [office.issued() for _n in range(4)]
    issuing.insert_late(office.clerk, on=TODAY, document_id=office.sent().pk, after=2, dated=TODAY, reason="Sót lúc lấy số")
    found = list(volumes(book_of(office.clerk, made[0].series_id, on=TODAY), most=2))
    assert [[row[0].split("-")[0] for row in one.rows] for one in found] == [["01", "02"], ["02a", "03"], ["04"]]
    assert [[gap.number for gap in one.gaps] for one in found] == [[], ["02a"], []]


def test_the_excel_book_goes_on_in_a_next_sheet_when_excel_could_not_open_more_rows(office, series):
    out = io.BytesIO()
    write_xlsx(book_of(office.clerk, series, on=TODAY), out, most=20)
    names = openpyxl.load_workbook(out).sheetnames
    assert names == ["Sổ", "Sổ (2)", "Kết sổ"]
    sheets = [list(openpyxl.load_workbook(out)[name].iter_rows(min_row=HEADING_ROWS + 1, values_only=True)) for name in names[:2]]
    assert [sheet[0][1] for sheet in sheets] == ["Số đến", "Số đến"]
    assert [row[1] for sheet in sheets for row in sheet[1:]] == [f"{n:02d}" for n in range(1, COUNT + 1)]


@pytest.fixture
def asked(office, series) -> PrintedBook:
    return printing.print_later(office.clerk, on=TODAY, series_id=series, kind="", form="pdf")


def told(asked: PrintedBook) -> Progress:
    return Progress.objects.get(pk=asked.progress)


def test_a_long_book_is_printed_by_a_job_and_kept_as_one_bundle(office, asked, monkeypatch):
    monkeypatch.setitem(printing.WRITERS, "pdf", lambda book, out, told: write_pdf(book, out, told=told, most=MOST))
    printing.run(asked.pk)
    asked.refresh_from_db()
    assert asked.volumes == 3
    assert asked.file is not None
    assert asked.file.content_type == "application/zip"
    assert told(asked).state == Progress.State.DONE


def test_a_book_that_changes_while_it_is_printed_is_printed_again(office, asked, monkeypatch):
    made = []

    def busy(book, out, told):
        if not made:
            document = book.documents.first()
            services.void(office.clerk, on=TODAY, document_id=document.pk, reason="Vừa hủy")
        made.append(book.gaps)
        return write_pdf(book, out, told=told)

    monkeypatch.setitem(printing.WRITERS, "pdf", busy)
    printing.run(asked.pk)
    assert [len(gaps) for gaps in made] == [1, 2]
    assert told(asked).state == Progress.State.DONE


def test_a_number_drawn_while_the_book_is_printed_waits_for_the_next_printing(office, asked, monkeypatch):
    made = []

    def busy(book, out, told):
        office.incoming()
        made.append(book.last)
        return write_pdf(book, out, told=told)

    monkeypatch.setitem(printing.WRITERS, "pdf", busy)
    printing.run(asked.pk)
    assert made == [COUNT]
    assert told(asked).sentence.endswith("26 văn bản.")


def test_a_book_that_never_holds_still_is_not_kept_at_all(office, asked, monkeypatch):
    def busy(book, out, told):
        document = book.documents.exclude(state="void").first()
        services.void(office.clerk, on=TODAY, document_id=document.pk, reason="Lại hủy")
        return write_pdf(book, out, told=told)

    monkeypatch.setitem(printing.WRITERS, "pdf", busy)
    with pytest.raises(Broken, match="hãy in lại sau"):
        printing.run(asked.pk)
    asked.refresh_from_db()
    assert asked.file is None
    assert told(asked).state == Progress.State.FAILED


def test_a_printing_that_breaks_half_way_keeps_nothing_and_says_so(office, asked, monkeypatch):
    def broken(book, out, told):
        out.write(b"%PDF-1.7 nua chung")
        raise OSError("hết chỗ")

    monkeypatch.setitem(printing.WRITERS, "pdf", broken)
    with pytest.raises(OSError, match="hết chỗ"):
        printing.run(asked.pk)
    asked.refresh_from_db()
    assert asked.file is None
    assert told(asked).state == Progress.State.FAILED
    assert "hãy in lại" in told(asked).sentence
    with pytest.raises(Broken):
        printing.ready(asked)
