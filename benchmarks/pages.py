"""Thời gian máy chủ của mọi trang trên thế giới mẫu đầy đủ, bên cạnh trang nhẹ nhất (``/suc-khoe/ping``) trong cùng lần chạy.

``TINHGON_HOME=… python benchmarks/pages.py [CỔNG] [SỐ LẦN]``: hỏi máy chủ ``make run`` đang chạy, với phiên của từng vai.
"""

import http.client
import json
import os
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon.config.settings")
os.environ.setdefault("TINHGON_DEMO", "1")

LIMIT_MS = 100
ROLES = {
    "chanhvanphong": ["/", "/van-ban/den/", "/van-ban/di/", "/van-ban/du-thao/", "/nhiem-vu/", "/to-chuc/", "/to-chuc/bang/",
                      "/to-chuc/so-sanh/", "/can-bo/", "/tim/?q=chuyen+doi+so", "/tim/?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91",
                      "/van-ban/so/", "/sap-xep/", "{document}", "{task}", "{unit}", "{person}", "{reorg}"],
    "vanthu": ["/", "/van-ban/den/", "/van-ban/so/", "/van-ban/den/vao-so/"],
    "chuyenvien": ["/", "/nhiem-vu/", "/van-ban/du-thao/"],
    "thuongtruc": ["/", "/nhiem-vu/", "/sap-xep/"],
    "bantochuc": ["/", "/can-bo/", "/to-chuc/"],
    "kiemtra": ["/", "/nhiem-vu/"],
    "quantri": ["/", "/quan-tri/suc-khoe/"],
    "bithu.bennghe": ["/", "/van-ban/den/", "/nhiem-vu/"],
}  # fmt: skip


def session_of(username: str) -> str:
    """Cookie phiên của một tài khoản, tạo thẳng trong cơ sở dữ liệu: phép đo không đo băm mật khẩu."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from tinhgon.core.models import User  # noqa: PLC0415

    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def places(username: str) -> dict[str, list[str]]:
    """Địa chỉ thật cho {document}, {task}...: một văn bản, một nhiệm vụ người này thấy, và các trang của lần sắp xếp."""
    from tinhgon.core import clock  # noqa: PLC0415
    from tinhgon.core.actor import Actor  # noqa: PLC0415
    from tinhgon.core.models import User  # noqa: PLC0415
    from tinhgon.documents import access as documents  # noqa: PLC0415
    from tinhgon.org.models import Person, Unit  # noqa: PLC0415
    from tinhgon.reorg.models import Reorganisation  # noqa: PLC0415
    from tinhgon.tasks import access as tasks  # noqa: PLC0415

    actor, on = Actor(User.objects.get(username=username).pk), clock.today()
    document = documents.visible_to(actor, on=on).order_by("-pk").first()
    task = tasks.visible_to(actor, on=on).order_by("-pk").first()
    reorg = Reorganisation.objects.first()
    return {
        "{document}": [f"/van-ban/{document.pk}/"], "{task}": [f"/nhiem-vu/{task.pk}/"],
        "{unit}": [f"/don-vi/{Unit.objects.order_by('pk').first().pk}/"], "{person}": [f"/can-bo/{Person.objects.order_by('pk').first().pk}/"],
        "{reorg}": [f"/sap-xep/{reorg.pk}/{part}" for part in ("", "kiem-ke/", "kiem-ke/muc/", "chia-tach/", "xem-truoc/", "chung-minh/", "so-cai/", "bien-ban/")],
    }  # fmt: skip


def timed(connection: http.client.HTTPConnection, path: str, cookie: str, times: int) -> tuple[int, list[float]]:
    taken = []
    for n in range(times + 2):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        if n >= 2:  # hai lần đầu làm nóng
            taken.append((time.perf_counter() - start) * 1000)
    return response.status, taken


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[18]


def main(port: int, times: int) -> None:
    import django  # noqa: PLC0415

    django.setup()
    found = places("chanhvanphong")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    _status, base = timed(connection, "/suc-khoe/ping", "", times)
    floor, worst, slow = p95(base), 0.0, 0
    print(f"{'vai':18}{'trang':50}{'p50 ms':>8}{'p95 ms':>8}{'× ping':>8}")
    for role, paths in ROLES.items():
        cookie = session_of(role)
        for path in [real for named in paths for real in found.get(named, [named])]:
            status, taken = timed(connection, path, cookie, times)
            high = p95(taken)
            worst, slow = max(worst, high), slow + (high > LIMIT_MS)
            mark = "" if status == 200 else f"  HTTP {status}"
            print(f"{role:18}{path:50}{statistics.median(taken):8.1f}{high:8.1f}{high / floor:8.1f}{mark}{'  > 100' if high > LIMIT_MS else ''}")
    print(json.dumps({"ping_p95_ms": round(floor, 1), "worst_p95_ms": round(worst, 1), "pages_over_100_ms": slow}))


if __name__ == "__main__":
    arguments = [int(a) for a in sys.argv[1:]]
    main(*(arguments + [8000, 40][len(arguments):]))
