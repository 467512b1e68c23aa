"""Tìm toàn văn trên N văn bản, bên cạnh cùng câu hỏi bằng SQL trần không lọc quyền, trong một lần chạy.

``python benchmarks/searching.py [N]``; mặc định 1.000.000, văn bản dài 1-2 kB. Hai người: thấy mọi văn bản, và thấy một phần
nghìn. In một bảng p50, p95 và tỉ lệ; JSON ở dòng cuối.
"""

import json
import statistics
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from office_text import RARE, texts
from throwaway import house

LIMIT_MS = 30
EACH = 40
QUERIES = {
    "từ hiếm": ["Gò Quéo", "go queo", RARE],
    "từ thông dụng": ["đồng chí", "dong chi", "văn phòng", "kế hoạch"],
    "nhiều từ thông dụng": ["chuyển đổi số", "bao cao ket qua cong tac", "sắp xếp tổ chức bộ máy"],
    "cụm từ": ['"chuyển đổi số"', '"chuyen doi so"', '"phòng, chống tham nhũng"', '"tổ chức bộ máy"'],
    "số ký hiệu": ["15-CV/VPTU", "2024-KH/VPTU"],
    "không có": ["xyzzy", "di chỉ xyzzy", '"đồng chí số chuyển đổi"', '"phòng văn chí đồng"'],
}
ONE_IN = 1_000
DISTINCT = 50_000
BOOKS = 200
"""Số sổ: một triệu văn bản là của vài chục năm, mỗi năm mươi, hai mươi sổ."""

BARE_SECONDS = 2


def main(count: int) -> None:
    with house():
        world = fill(count)
        measure(world)


def fill(count: int):
    """Một văn phòng giữ mọi văn bản, một phường giữ một phần nghìn. Cột tìm của ``DISTINCT`` văn bản đầu do hai kết nối cùng
    tính như trigger tính; các văn bản sau lặp lại chữ của chúng, nên cột tìm chép lại thay vì tính lại.
    """
    from django.db import connection  # noqa: PLC0415

    from tinhgon.documents.tests.factories import Office, document_type  # noqa: PLC0415

    office = Office()
    first = office.issued()
    kind, zone = document_type().pk, ZoneInfo("Asia/Ho_Chi_Minh")
    columns = (
        "id, direction, state, type_id, holder_id, issuer_id, issuer_name, series_id, number, number_suffix, symbol, issued_on,"
        " summary, signer_name, content, urgency, secrecy, void_reason, created_at"
    )
    written = list(texts(min(count, DISTINCT)))
    with connection.cursor() as cursor:
        books = open_books(cursor, first.series_id, count // BOOKS + 2)
        cursor.execute("ALTER TABLE documents_document DISABLE TRIGGER documents_text_of_new")
        with cursor.copy(f"COPY documents_document ({columns}) FROM STDIN") as out:
            for n in range(count):
                symbol, summary, content, day = written[n % DISTINCT]
                holder = office.north if n % ONE_IN == 1 else office.office
                out.write_row(
                    (first.pk + 1 + n, "outgoing", "done", kind, holder, office.office, "Văn phòng Thành ủy", books[n % BOOKS], n // BOOKS + 2, "",
                     symbol, day, summary, "Lê Văn Chánh", content, 0, 0, "", datetime(day.year, day.month, day.day, 8, tzinfo=zone))
                )  # fmt: skip
        # Phường có việc của mình; văn phòng thấy cả phần ấy vì đã chuyển đi.
        cursor.execute(
            "INSERT INTO documents_routing_line (document_id, to_unit_id, from_unit_id, role, state, remark, sent_at, return_reason)"
            " SELECT id, %s, %s, 'for_information', 'accepted', '', created_at, '' FROM documents_document WHERE holder_id = %s",
            [office.north, office.office, office.north],
        )
        cursor.execute("ALTER TABLE documents_document ENABLE TRIGGER documents_text_of_new")
    index(first.pk, count)
    return office


def open_books(cursor, like: int, last: int) -> list[int]:
    """Mã của ``BOOKS`` sổ, mỗi sổ một năm, tới số ``last``; chép từ sổ ``like``."""
    columns = "organ_id, keeper_id, direction, kind, type_id, is_secret, imported_to, opened_on"
    cursor.execute(
        f"INSERT INTO documents_number_series ({columns}, year, last_number) SELECT {columns}, 1800 + n, %s"
        " FROM documents_number_series, generate_series(1, %s) n WHERE id = %s RETURNING id",
        [last, BOOKS, like],
    )
    return [book for (book,) in cursor.fetchall()]


def index(first: int, count: int) -> None:
    """Cột tìm của các dòng vừa nạp, rồi chỉ mục và thống kê."""
    from django.db import connection, connections  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'documents_text_search'")
        (built,) = cursor.fetchone()
        cursor.execute("DROP INDEX documents_text_search")

    def part(n: int) -> None:
        low, high = (first + min(count, DISTINCT) * end // 2 for end in (n, n + 1))
        try:
            with connections["default"].cursor() as cursor:
                cursor.execute(
                    "INSERT INTO documents_text SELECT r.* FROM documents_document d, LATERAL documents_text_row(d) r"
                    " WHERE d.id > %s AND d.id <= %s",
                    [low, high],
                )
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(part, range(2)))
    with connection.cursor() as cursor:
        for start in range(DISTINCT, count, DISTINCT):
            cursor.execute(
                "INSERT INTO documents_text SELECT document_id + %s, (document_id + %s) / 2048, symbol_key, is_read, heading,"
                " search_folded, search_exact, pairs FROM documents_text WHERE document_id > %s AND document_id <= %s ORDER BY document_id",
                [start, start, first, first + min(DISTINCT, count - start)],
            )
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(built)
        for table in ("documents_text", "documents_document", "documents_routing_line"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def measure(people) -> None:
    """Mỗi câu hỏi ``EACH`` lần cho mỗi người; câu thứ hai của mỗi cặp gõ NFD phải thấy đúng những văn bản ấy."""
    from tinhgon.documents.tests.factories import TODAY  # noqa: PLC0415
    from tinhgon.engine import vietnamese  # noqa: PLC0415
    from tinhgon.org.access import remembering_scopes  # noqa: PLC0415
    from tinhgon.search.matching import matches  # noqa: PLC0415
    from tinhgon.search.registry import sources  # noqa: PLC0415

    (source,) = sources(("document",))

    def top(actor, text: str) -> list[int]:
        with remembering_scopes():
            return [match.id for match in matches(source, actor, TODAY, vietnamese.parse(text), most=20).top]

    result = {}
    print(f"{'người':8} {'loại':22} {'p50 ms':>8} {'p95 ms':>8} {'SQL trần p50':>13} {'tỉ lệ':>6}")
    for who, actor in (("mọi", people.head), ("1/1000", people.north_head)):
        for kind, queries in QUERIES.items():
            spent, bare = [], []
            for text in queries:
                assert top(actor, text) == top(actor, unicodedata.normalize("NFD", text)), text
                bare.append(timed(lambda text=text: bare_sql(vietnamese.parse(text).folded())))
                spent += [timed(lambda text=text, actor=actor: top(actor, text)) for _n in range(EACH)]
            p50, p95, base = statistics.median(spent), statistics.quantiles(spent, n=20)[-1], statistics.median(bare)
            result[f"{who} {kind}"] = {"p50": round(p50, 1), "p95": round(p95, 1), "bare": round(base, 1)}
            late = "" if p95 <= LIMIT_MS else f"  quá {LIMIT_MS} ms"
            print(f"{who:8} {kind:22} {p50:8.1f} {p95:8.1f} {base:13.1f} {p50 / base:6.2f}{late}", flush=True)
    print(json.dumps(result, ensure_ascii=False))


def bare_sql(query: str) -> None:
    """Cùng câu hỏi, không lọc quyền, không xếp hạng: hai mươi dòng mới nhất trong mọi dòng khớp. Từ thông dụng thì mất mười mấy
    giây: dừng ở ``BARE_SECONDS``.
    """
    from django.db import OperationalError, connection, transaction  # noqa: PLC0415

    with suppress(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{BARE_SECONDS}s'")
        cursor.execute(
            "WITH hits AS MATERIALIZED (SELECT document_id FROM documents_text WHERE search_folded @@ to_tsquery('vi', %s))"
            " SELECT document_id FROM hits ORDER BY document_id DESC LIMIT 20",
            [query],
        )


def timed(work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
