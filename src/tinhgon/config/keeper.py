"""Người trông: PostgreSQL nhúng, việc nền hay máy chủ trang chết bất ngờ thì dựng lại, không cần ai gõ lệnh.

Nhường mọi lệnh ``up``, ``stop``, ``reset`` (cùng một khóa tệp). Cái gì chết ngay sau khi dựng thì chờ lâu dần.
"""

import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings

from tinhgon.config import launch, processes
from tinhgon.config.postgres import Server
from tinhgon.core.errors import Refused, TinhGonError

_EVERY = 2.0  # giây
_LONGEST_WAIT = 60.0
_QUICK_DEATH = 20.0


class Keeper:
    """Một lượt trông là ``look()``; trả về tên những gì vừa dựng lại."""

    def __init__(self, home: Path, daemons: tuple[processes.Daemon, ...], stamp: str) -> None:
        self._home, self._daemons, self._stamp = home, daemons, stamp
        self._wait: dict[str, float] = {}
        self._started: dict[str, float] = {}

    def look(self) -> list[str]:
        try:
            with launch.alone(self._home):
                return [*self._revive_database(), *self._revive_daemons()]
        except Refused:  # một lệnh up hay stop đang làm việc ấy
            return []

    def _revive_database(self) -> list[str]:
        if os.environ.get("DATABASE_URL") or not self._due(
            "postgres", alive=bool(Server(self._home).running())
        ):
            return []
        Server(self._home).ensure()
        return ["postgres"]

    def _revive_daemons(self) -> list[str]:
        dead = [d for d in self._daemons if self._due(d.name, alive=bool(d.running()))]
        for daemon in dead:
            daemon.stop()  # con cháu còn giữ cổng
            daemon.start(self._stamp)
        return [d.name for d in dead]

    def _due(self, name: str, *, alive: bool) -> bool:
        """Đã chết và tới lúc dựng lại. Chết trong 20 giây sau lần dựng trước thì lần sau chờ gấp đôi, tối đa một phút."""
        now = time.monotonic()
        since = now - self._started.get(name, -1e9)
        if alive:
            if since > _QUICK_DEATH:
                self._wait.pop(name, None)
            return False
        if since < self._wait.get(name, 0.0):
            return False
        self._wait[name] = min(_LONGEST_WAIT, max(_EVERY, 2 * self._wait.get(name, 0.0)))
        self._started[name] = now
        return True


def main(host: str, port: int, stamp: str) -> None:
    home, demo = settings.HOME, settings.DEMO
    keeper = Keeper(home, (processes.worker(home, demo), processes.web(home, host, port, demo)), stamp)
    while True:
        time.sleep(_EVERY)
        try:
            revived = keeper.look()
        except TinhGonError as error:
            print(f"{time.strftime('%F %T')} {error}", flush=True)
            continue
        if revived:
            print(f"{time.strftime('%F %T')} dựng lại: {', '.join(revived)}", flush=True)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
