"""Bảng phương án nhiều dòng: tải lên ở trang, việc nền đọc thử rồi ghi, mở bảng: ``python benchmarks/drawing_table.py [800 5000]``.

Cứ tám dòng: mở một xã, nhập hai xã vào đó, đổi tên bốn đơn vị, chuyển một ban. Máy chủ dùng một lần; giây máy không kể cơ sở dữ liệu.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from throwaway import house

OPENED, DAY, DECREE = date(2020, 1, 1), date(2025, 7, 1), {"decree_number": "1-QĐ/TU", "decree_date": date(2025, 6, 1)}


def old_names(groups: int) -> list[list[str]]:
    return [[f"Đảng ủy xã {number} thuộc {part}" for part in ("Đông", "Tây", "Nam")] for number in range(groups)]


def table(size: int) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for number, (east, west, south) in enumerate(old_names(size // 8)):
        made = f"Đảng ủy xã mới {number}"
        found += [
            ("", "mở", "", made, "commune", "Thành ủy", ""), (east, "nhập", made, "", "", "", ""), (west, "nhập", made, "", "", "", ""),
            (south, "đổi tên", "", f"Đảng ủy xã giữ {number}", "", "", ""), (f"Văn phòng {south}", "đổi tên", "", f"Văn phòng xã giữ {number}", "", "", ""),
            (f"Ban {south}", "chuyển", "", "", "", made, ""), (made, "đổi tên", "", f"{made} A", "", "", ""), (f"Ban {east}", "kết thúc", made, "", "", "", ""),
        ]  # fmt: skip
    return found


def main(sizes: list[int]) -> None:
    with house():
        from django.conf import settings  # noqa: PLC0415
        from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415

        from tinhgon.core import clock  # noqa: PLC0415
        from tinhgon.core.models import User  # noqa: PLC0415
        from tinhgon.engine.tables import write_xlsx  # noqa: PLC0415
        from tinhgon.org.models import Kind, Level, Role  # noqa: PLC0415
        from tinhgon.org.services.catalogue import ensure_catalogue  # noqa: PLC0415
        from tinhgon.org.services.structure import NewUnit, open_units  # noqa: PLC0415
        from tinhgon.org.tests.factories import make_actor, make_unit  # noqa: PLC0415
        from tinhgon.reorg import services  # noqa: PLC0415
        from tinhgon.reorg.services import table_jobs  # noqa: PLC0415
        from tinhgon.reorg.services.table import COLUMNS  # noqa: PLC0415

        clock.today = lambda: date(2025, 6, 20)
        settings.ALLOWED_HOSTS = ["*"]
        settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
        ensure_catalogue()
        city = make_unit("Thành ủy", level=Level.PROVINCE)
        head = make_actor(make_unit("Văn phòng Thành ủy", city, kind=Kind.OFFICE, level=Level.PROVINCE), Role.OFFICE_HEAD)
        client = Client()
        client.force_login(User.objects.get(pk=head.user_id), "django.contrib.auth.backends.ModelBackend")
        flat = [name for three in old_names(max(sizes) // 8) for name in three]
        communes = open_units([NewUnit(name, name, Kind.COMMITTEE, Level.COMMUNE, city) for name in flat], on=OPENED, decree="1")
        inside = [
            NewUnit(f"{title} {name}", title, kind, Level.COMMUNE, unit)
            for unit, name in zip(communes, flat, strict=True) for kind, title in ((Kind.OFFICE, "Văn phòng"), (Kind.PARTY_BUILDING, "Ban"))
        ]  # fmt: skip
        open_units(inside, on=OPENED, decree="1")
        for size in sizes:
            reorg = services.create(head, name=str(size), effective_on=DAY, **DECREE)
            file, base = write_xlsx(COLUMNS, table(size), title="Phương án"), f"/sap-xep/{reorg.pk}/"
            client.get(f"{base}nhap/")  # lần đầu nạp địa chỉ, mẫu trang
            print(f"{size} dòng")
            answer = timed("tải lên", client.post, f"{base}nhap/", {"table": SimpleUploadedFile("bang.xlsx", file)})
            page = answer["Location"]
            kept = reorg.tables.get()
            timed("việc đọc thử", table_jobs.run, kept.pk)
            timed("xem kết quả", client.get, page)
            timed("bấm ghi", client.post, page)
            timed("việc ghi", table_jobs.run, kept.pk)
            kept.refresh_from_db()
            assert kept.state == kept.State.WRITTEN, kept.progress.sentence
            timed("mở bảng", client.get, f"{base}bang/")


def timed(what: str, ask: Callable[..., Any], *given: object) -> Any:
    began, worked = time.perf_counter(), time.process_time()
    answer = ask(*given)
    seen = "" if answer is None else f", {answer.status_code}, {len(answer.content) // 1024} KB"
    print(f"  {what:12} {time.perf_counter() - began:6.2f} giây, {time.process_time() - worked:5.2f} giây máy{seen}", flush=True)
    return answer


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [800, 5000])
