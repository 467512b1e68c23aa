"""In một cuốn sổ đi 100.000 dòng ra PDF và ra Excel, đúng đường thật của việc nền: giây, bộ nhớ đỉnh, cỡ tệp, số trang.

``python benchmarks/books.py [SỐ DÒNG]``. Mỗi lần in ở một tiến trình riêng, nên bộ nhớ đỉnh là của riêng nó.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path

from throwaway import house

DAY = date(2025, 6, 20)
MOST_MB = 400
_SUMMARY = "Về việc triển khai thực hiện kết luận của Ban Thường vụ về rà soát, cập nhật dữ liệu đảng viên và chuyển đổi số, đợt "
_CHANGED = {
    "number": "n", "symbol": "to_char(n, 'FM9999900') || '-CV/VPTU'", "summary": "summary || n", "state": "CASE WHEN mod(n, 500) = 0 THEN 'void' ELSE state END",
    "void_reason": "CASE WHEN mod(n, 500) = 0 THEN 'Soạn nhầm' ELSE '' END",
}  # fmt: skip
"""Cột khác nhau giữa các văn bản: biểu thức SQL theo số ``n``."""


def prepared(count: int) -> int:
    """Một sổ đi có ``count`` văn bản, mỗi văn bản ba nơi nhận; cứ 500 số có một số hủy. Trả về mã sổ.

    Văn bản thứ nhất ghi bằng Django, các văn bản sau PostgreSQL nhân lên trong một câu; cột tìm không tính, in sổ không đọc tới.
    """
    from django.db import connection  # noqa: PLC0415

    from tinhgon.core import clock  # noqa: PLC0415
    from tinhgon.documents.models import Document, DocumentType, NumberSeries  # noqa: PLC0415
    from tinhgon.org.models import Kind, Level  # noqa: PLC0415
    from tinhgon.org.tests.factories import make_unit  # noqa: PLC0415

    city = make_unit("Thành ủy", level=Level.PROVINCE, term="Nhiệm kỳ")
    office = make_unit("Văn phòng Thành ủy", city, kind=Kind.OFFICE, level=Level.PROVINCE)
    letter = DocumentType.objects.get(code="cong-van")
    series = NumberSeries.objects.create(
        organ_id=office, keeper_id=office, direction="outgoing", kind="register", type=letter, year=DAY.year, last_number=count,
        opened_on=DAY.replace(month=1, day=1),
    )  # fmt: skip
    first = Document.objects.create(
        direction="outgoing", state="registered", type=letter, holder_id=office, issuer_id=office, series=series, number=1, symbol="01-CV/VPTU",
        issued_on=DAY, summary=_SUMMARY, signer_name="Lê Văn Chánh", receivers="Ban Tổ chức Thành ủy\nỦy ban Kiểm tra Thành ủy\nLưu VPTU", copies=30,
        created_at=clock.now(), issuer_name="Văn phòng Thành ủy",
    )  # fmt: skip
    columns = [field.column for field in Document._meta.concrete_fields if not field.primary_key and not field.generated]
    told = ", ".join(_CHANGED.get(column, f"d.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE documents_document DISABLE TRIGGER USER")
        cursor.execute(
            f"INSERT INTO documents_document ({', '.join(columns)}) SELECT {told} FROM documents_document d, generate_series(2, %s) n WHERE d.id = %s",
            [count, first.pk],
        )
        cursor.execute("ALTER TABLE documents_document ENABLE TRIGGER USER")
        cursor.execute("ANALYZE documents_document")
    return series.pk


def printed(series_id: int, form: str) -> None:
    """In một lần ra tệp tạm và nói số đo."""
    import django  # noqa: PLC0415

    django.setup()
    from tinhgon.core.actor import SYSTEM  # noqa: PLC0415
    from tinhgon.documents.printing import book_of  # noqa: PLC0415
    from tinhgon.documents.services.printing import write  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(suffix=f".{form}") as out:
        began = time.perf_counter()
        made = write(book_of(SYSTEM, series_id, on=DAY), form, out)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = Path(out.name).stat().st_size / 1e6
        pages = _pages(out.name, made.volumes) if form == "pdf" else 0
    told = f", {made.volumes} quyển, {pages} trang" if pages else ""
    print(f"{form}: {made.rows} dòng{told}, {seconds:.1f} s, bộ nhớ đỉnh {peak:.0f} MB, tệp {size:.1f} MB", flush=True)
    if peak > MOST_MB:
        sys.exit(f"quá {MOST_MB} MB")


def _pages(path: str, volumes: int) -> int:
    """Mở lại từng quyển đã in và đếm trang."""
    import pypdfium2  # noqa: PLC0415

    if volumes == 1:
        with pypdfium2.PdfDocument(path) as file:
            return len(file)
    pages = 0
    with zipfile.ZipFile(path) as bundle:
        for name in bundle.namelist():
            with pypdfium2.PdfDocument(bundle.read(name)) as file:
                pages += len(file)
    return pages


def main(count: int) -> int:
    with house():
        began = time.perf_counter()
        series_id = prepared(count)
        print(f"dựng {count} văn bản: {time.perf_counter() - began:.0f} s", flush=True)
        runs = [subprocess.run([sys.executable, __file__, "--in", str(series_id), form], env=os.environ, check=False) for form in ("pdf", "xlsx")]
        return max(run.returncode for run in runs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--in"]:
        printed(int(sys.argv[2]), sys.argv[3])
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
