"""Hồ sơ cán bộ từ Excel: bảy trang của hai nghìn người, mới tinh; đọc thử, ghi, đưa lại đúng tệp ấy. Bên cạnh: chỉ mở tệp bằng openpyxl.

``python benchmarks/profiles.py [SỐ NGƯỜI]``; thời gian là giờ bộ xử lý của chính tiến trình này (PostgreSQL tính riêng).
"""

import cProfile
import io
import os
import pstats
import sys
import time
from collections.abc import Callable
from datetime import date

from throwaway import house

ON = date(2026, 11, 2)


def world(people: int) -> tuple[object, list[tuple[str, str, str]]]:
    """Một Thành ủy, mỗi cơ quan hai mươi người có vị trí; trả về ban tổ chức và (số hiệu, tên, mã vị trí kiêm nhiệm còn trống)."""
    from django.db.backends.postgresql.psycopg_any import DateRange  # noqa: PLC0415

    from tinhgon.org.models import Appointment, Kind, Level, Person, Post, Role  # noqa: PLC0415
    from tinhgon.org.services.catalogue import ensure_catalogue  # noqa: PLC0415
    from tinhgon.org.tests.factories import BEGINNING, make_actor, make_unit  # noqa: PLC0415

    ensure_catalogue()
    city = make_unit("Thành ủy", level=Level.PROVINCE, term="Nhiệm kỳ")
    board = make_unit("Ban Tổ chức Thành ủy", city, kind=Kind.ORGANISATION, level=Level.PROVINCE)
    keeper = make_actor(board, Role.ORGANISATION_BOARD)
    units = [make_unit(f"Đảng ủy phường {number}", city) for number in range(max(people // 20, 1))]
    valid = DateRange(BEGINNING, None)
    staff = Person.objects.bulk_create(Person(full_name=f"Nguyễn Văn Số {number}", code=f"P{number:05}") for number in range(people))
    posts = Post.objects.bulk_create(
        Post(unit_id=units[n % len(units)], title=f"{kind} {n}", role=Role.SPECIALIST, rank=5, seats=1, clearance=0, valid=valid)
        for kind in ("Chuyên viên", "Tổ viên") for n in range(people)
    )  # fmt: skip
    Appointment.objects.bulk_create(Appointment(person=person, post=post, valid=valid, is_main=True) for person, post in zip(staff, posts, strict=False))
    return keeper, [(one.code, one.full_name, f"V{post.pk}") for one, post in zip(staff, posts[people:], strict=True)]


def book(staff: list[tuple[str, str, str]]) -> bytes:
    """Bảy trang, mỗi trang mỗi người một dòng (lĩnh vực: hai dòng)."""
    from tinhgon.engine.tables import Sheet, write_workbook  # noqa: PLC0415
    from tinhgon.org.models import Field  # noqa: PLC0415
    from tinhgon.personnel.workbook import MATTERS  # noqa: PLC0415

    fields = list(Field.objects.order_by("pk").values_list("name", flat=True))[:2]
    lines: dict[str, list[dict[str, str]]] = {
        "people": [{"born": f"{1 + n % 28:02}/05/{1970 + n % 30}", "sex": "Nam" if n % 2 else "Nữ"} for n in range(len(staff))],
        "appointments": [{"post": post, "main": "Kiêm nhiệm", "since": "01/06/2026", "decree": "QĐ 7"} for _code, _name, post in staff],
        "skills": [{"field": fields[0], "level": "3", "main": "x", "basis": "Rà soát 2026"} for _one in staff],
        "past": [{"since": "01/01/2010", "until": "31/12/2014", "title": "Cán bộ", "place": "Huyện ủy", "field": fields[1], "basis": "Sổ bảo hiểm"} for _one in staff],
        "gradings": [{"period": "2024", "level": "Hoàn thành tốt nhiệm vụ", "decree": "QĐ 90", "decided": "15/12/2024"} for _one in staff],
        "trainings": [{"title": "Nghiệp vụ văn thư", "finished": "30/04/2024", "field": fields[1], "place": "Học viện"} for _one in staff],
        "rotations": [{"kind": "Luân chuyển", "since": "01/01/2025", "due": "01/01/2028", "basis": "QĐ 65"} for _one in staff],
    }  # fmt: skip
    sheets = []
    for key, rows in lines.items():
        matter, named = MATTERS[key], [{"code": code, "name": name} | row for (code, name, _post), row in zip(staff, rows, strict=True)]
        if key == "skills":
            named += [row | {"field": fields[1], "level": "2", "main": ""} for row in named]
        sheets.append(Sheet(matter.title, matter.headers, [[row.get(column.key, "") for column in matter.columns] for row in named]))
    return write_workbook(sheets)


def timed(name: str, call: Callable[[], object]) -> object:
    profile = cProfile.Profile() if os.environ.get("PROFILE") else None
    began, cpu = time.perf_counter(), time.process_time()
    found = profile.runcall(call) if profile else call()
    print(f"{name:24} {time.process_time() - cpu:6.1f} s CPU {time.perf_counter() - began:6.1f} s")
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    return found


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with house():
        from openpyxl import load_workbook  # noqa: PLC0415

        from tinhgon.org.access import remembering_scopes  # noqa: PLC0415
        from tinhgon.personnel.selectors.workbook import workbook  # noqa: PLC0415
        from tinhgon.personnel.services import import_profiles  # noqa: PLC0415

        keeper, staff = world(people)
        data = book(staff)
        print(f"{people} người, {len(data) / 1e6:.1f} MB")
        timed("chỉ mở tệp (openpyxl)", lambda: [[cell.value for cell in row] for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows()])
        for name, is_trial in (("đọc thử", True), ("ghi", False), ("đưa lại cùng tệp", False)):
            report = timed(name, lambda trial=is_trial: import_profiles(keeper, on=ON, data=data, dry_run=trial))
            print(f"  {len(report.changes)} việc, {len(report.problems)} chỗ sai")
        with remembering_scopes():
            timed("xuất tệp điền sẵn", lambda: workbook(keeper, on=ON))


if __name__ == "__main__":
    main()
