"""Nhận văn bản vào: hai trăm tệp đi trọn đường (cất, đọc chữ, đọc thể thức, tìm được, vào sổ) với hai tiến trình việc nền,
bên cạnh con số đã đo của paperless-ngx 3.0.5 trên chính các tệp ấy; rồi bảng bộ nhớ với các tệp hiểm hóc.

``python benchmarks/intake.py [THƯ MỤC]``: mặc định ``ingest200`` của dữ liệu thật (TINHGON_REAL_DATA).
"""

import hashlib
import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import ExitStack
from datetime import date
from multiprocessing import Process
from pathlib import Path

from throwaway import house

PAPERLESS = 9.9
WANTED = 25
WORKERS = 2
MOST_MB = 400
FOLDER = Path(os.environ.get("TINHGON_REAL_DATA", Path(__file__).parents[2] / "shared/data")) / "ingest200"


def prepared(day: date) -> tuple[object, int, int]:
    """Một văn phòng có văn thư; trả về người hành động, cơ quan, tên loại."""
    from tinhgon.documents.models import DocumentType  # noqa: PLC0415
    from tinhgon.org.models import Kind, Level, Role  # noqa: PLC0415
    from tinhgon.org.tests.factories import make_actor, make_unit  # noqa: PLC0415

    city = make_unit("Thành ủy", level=Level.PROVINCE, term="Nhiệm kỳ")
    office = make_unit("Văn phòng Thành ủy", city, kind=Kind.OFFICE, level=Level.PROVINCE)
    return make_actor(office, Role.CLERK), office, DocumentType.objects.get(code="ke-hoach").pk


def work(actor: object, office: int, kind: int, names: list[Path], day: date) -> None:
    """Một tiến trình: mỗi tệp từ nhận tới vào sổ, đúng các động từ thật; ô thiếu thì điền như văn thư."""
    from django.db import connection  # noqa: PLC0415

    from tinhgon.documents.models import Arrival  # noqa: PLC0415
    from tinhgon.documents.services.intake import reading, receiving, registering  # noqa: PLC0415
    from tinhgon.org.access import remembering_scopes  # noqa: PLC0415

    connection.close()
    with ExitStack() as opened:
        files = [(path.name, opened.enter_context(path.open("rb"))) for path in names]
        arrivals = receiving.receive(actor, on=day, to_unit_id=office, files=files).arrivals
    for number, arrival in enumerate(arrivals):
        reading.read(arrival.pk)
        found = Arrival.objects.get(pk=arrival.pk).reading.get("fields", {})
        fields = {
            "addressed_to_id": office, "type_id": kind, "issued_on": day, "issuer_name": found.get("co_quan", {}).get("value") or "Ban Tổ chức",
            "symbol": (found.get("so_ky_hieu", {}).get("value") or names[number].stem)[:60],
            "summary": found.get("trich_yeu", {}).get("value") or names[number].stem,
        }  # fmt: skip
        with remembering_scopes():  # như một yêu cầu của trang
            registering.register(actor, on=day, fields=fields, arrival_id=arrival.pk)


def _stat(process: int | str) -> list[str]:
    """Các số của một tiến trình trong ``/proc``, kể từ trạng thái (proc(5))."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def postgres_seconds() -> float:
    """CPU của các kết nối PostgreSQL đã đóng: tiến trình mẹ cộng lại khi con thoát."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        mother = _stat(cursor.fetchone()[0])[1]
    connection.close()
    fields = _stat(mother)
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def python_seconds() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def throughput(folder: Path) -> None:
    files = sorted(folder.iterdir())
    day = date(2025, 6, 20)
    actor, office, kind = prepared(day)
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    python, postgres, started = python_seconds(), postgres_seconds(), time.perf_counter()
    processes = [Process(target=work, args=(actor, office, kind, files[n::WORKERS], day)) for n in range(WORKERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - started
    time.sleep(0.5)  # kết nối cuối cùng thoát hẳn thì CPU của nó mới được cộng
    python, postgres = (1000 * spent / len(files) for spent in (python_seconds() - python, postgres_seconds() - postgres))
    from tinhgon.documents.models import Document  # noqa: PLC0415
    from tinhgon.search.selectors import search  # noqa: PLC0415

    done = Document.objects.exclude(content="").count()
    assert done == len(files), f"{done} / {len(files)}"
    hits = search(actor, on=day, text="MTC00007").hits
    rate = len(files) / seconds
    print(f"{'':34}{'tệp/giây':>10}{'× paperless':>13}")
    print(f"{'Tinh Gọn, 2 tiến trình':34}{rate:10.1f}{rate / PAPERLESS:13.1f}   ({len(files)} tệp, {seconds:.1f} giây; yêu cầu ≥ {WANTED})")
    print(f"{'CPU mỗi tệp, ms (Python + PostgreSQL)':38}{python:6.0f} + {postgres:.0f}   (máy rảnh: {1000 * WORKERS / (python + postgres):.1f} tệp/giây)")
    print(f"{'tải của máy lúc đo (2 lõi là 2,0)':34}{os.getloadavg()[0]:10.1f}")
    print(f"{'paperless-ngx 3.0.5, đo trước':34}{PAPERLESS:10.1f}{1.0:13.1f}")
    print(f"tìm mã trong nội dung một tệp: {len(hits)} kết quả\n")


def hostile(folder: Path) -> list[tuple[str, Path]]:
    """Các tệp hiểm hóc, làm tại chỗ."""
    from PIL import Image  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.pdf_utils.writer import copy_into_new_writer  # noqa: PLC0415
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    made: list[tuple[str, Path]] = []

    def put(label: str, name: str, content: bytes) -> None:
        (folder / name).write_bytes(content)
        made.append((label, folder / name))

    big = folder / "hai-gb.bin"
    with big.open("wb") as out:
        out.truncate(2 * 1024**3 - 4096)
    made.append(("tệp 2 GB", big))
    document = PdfDocument.new()
    for _number in range(10_000):
        document.new_page(595, 842)
    long = folder / "muoi-nghin-trang.pdf"
    document.save(long)
    made.append(("PDF 10.000 trang", long))
    locked = io.BytesIO()
    one_page = io.BytesIO()
    Image.new("L", (200, 200), 255).save(one_page, "PDF")
    writer = copy_into_new_writer(PdfFileReader(one_page, strict=False))
    writer.encrypt("owner", "user")
    writer.write(locked)
    put("PDF có mật khẩu", "khoa.pdf", locked.getvalue())
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<w:document" + " " * 100)
    put("docx hỏng", "hong.docx", word.getvalue())
    macro = io.BytesIO()
    with zipfile.ZipFile(macro, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
        packed.writestr("word/vbaProject.bin", "x")
    put("docx có macro", "macro.docm", macro.getvalue())
    put("chương trình đội lốt PDF", "hoa-don.pdf", b"MZ\x90\x00" + b"\x00" * 4096)
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    put("ảnh nén 900 triệu điểm", "bom.png", bomb.getvalue())
    scan = io.BytesIO()
    Image.new("RGB", (5_000, 7_100), "white").save(scan, "PNG", compress_level=1)
    put("ảnh quét màu A4 600 dpi", "quet.png", scan.getvalue())
    one = io.BytesIO()
    Image.new("RGB", (1, 1)).save(one, "PNG")
    put("ảnh 1 × 1", "mot-diem.png", one.getvalue())
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", b"0" * 200_000_000)
    put("bom nén zip", "bom.zip", zipped.getvalue())
    climb = io.BytesIO()
    with zipfile.ZipFile(climb, "w") as packed:
        packed.writestr("../../etc/passwd", "x")
    put("zip trỏ ra ngoài", "leo.zip", climb.getvalue())
    put("tệp rỗng", "rong.pdf", b"")
    return made


def one_file(path: str) -> None:
    """Tiến trình con: nhận và đọc một tệp; in câu trả lời và bộ nhớ cao nhất."""
    import django  # noqa: PLC0415

    django.setup()
    from tinhgon.core.actor import SYSTEM  # noqa: PLC0415
    from tinhgon.documents.models import Arrival  # noqa: PLC0415
    from tinhgon.documents.services.intake import reading, receiving  # noqa: PLC0415
    from tinhgon.org.models import Unit  # noqa: PLC0415

    started = time.perf_counter()
    unit = Unit.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with Path(path).open("rb") as content:
        found = receiving.receive(SYSTEM, on=date(2025, 6, 20), to_unit_id=unit, files=[(Path(path).name, content)])
    said = found.refused[0][1] if found.refused else ""
    for arrival in found.arrivals:
        reading.read(arrival.pk)
        row = Arrival.objects.get(pk=arrival.pk)
        said = row.problem or row.get_state_display()
    # không dùng ru_maxrss: nó mang theo đỉnh của tiến trình cha từ trước exec
    status = Path("/proc/self/status").read_text()
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
    print(f"{peak:.0f}|{time.perf_counter() - started:.1f}|{said}")


def memory() -> None:
    with tempfile.TemporaryDirectory(prefix="tgb-hiem-") as folder:
        print(f"{'tệp':28}{'MB cao nhất':>12}{'giây':>8}  câu trả lời (trần {MOST_MB} MB)")
        for label, path in hostile(Path(folder)):
            ran = subprocess.run([sys.executable, __file__, "--one", str(path)], capture_output=True, text=True, check=False)
            if ran.returncode:
                print(f"{label:28}  HỎNG: {ran.stderr.strip().splitlines()[-1:]}")
                continue
            peak, seconds, said = ran.stdout.strip().splitlines()[-1].split("|", 2)
            mark = "" if float(peak) < MOST_MB else "  VƯỢT"
            print(f"{label:28}{peak:>12}{seconds:>8}  {said}{mark}")
            path.unlink()


def main(folder: Path) -> None:
    with house():
        print(f"{hashlib.sha256(b''.join(p.name.encode() for p in sorted(folder.iterdir()))).hexdigest()[:12]} {folder.name}")
        throughput(folder)
        memory()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one_file(sys.argv[2])
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
