"""Giết tiến trình hoặc PostgreSQL (SIGKILL) ở lúc bất kỳ trong lúc chuyển giao và hoàn tác. ``python benchmarks/kills.py [200]``."""

import json
import random
import sys
from datetime import date

from throwaway import house

DAY = date(2025, 7, 1)


def main(wanted: int) -> None:
    with house() as folder:
        import psutil  # noqa: PLC0415

        from tinhgon.config.postgres import Server  # noqa: PLC0415
        from tinhgon.core import clock  # noqa: PLC0415
        from tinhgon.core.actor import SYSTEM  # noqa: PLC0415
        from tinhgon.reorg import plan, services  # noqa: PLC0415
        from tinhgon.reorg.tests import world as small  # noqa: PLC0415
        from tinhgon.testing.kills import Tally, there_and_back  # noqa: PLC0415

        clock.today = lambda: DAY  # type: ignore[assignment]
        plan.ROWS_PER_BATCH = 100
        world, tally, dice = small.build(), Tally(), random.Random(20250701)
        small.many_tasks(world, 10_000)
        while tally.kills < wanted:
            stamp = small.decided(world)
            there_and_back(world.reorg.pk, stamp, tally, on=DAY, dice=dice, most=25,
                           kill_server=lambda: _kill_server(Server(folder), psutil))  # fmt: skip
            print(f"{tally.kills} lần giết, {tally.rounds} lượt, rách {tally.torn}, chuỗi hỏng {tally.chains_broken}", flush=True)
            if tally.kills < wanted:
                world = small.again(world, SYSTEM, services)
        print(json.dumps({"kills": tally.kills, "workers": tally.workers, "servers": tally.servers, "rounds": tally.rounds,
                          "torn": tally.torn, "chains_broken": tally.chains_broken, "unproved": tally.unproved}))  # fmt: skip
        sys.exit(0 if tally.clean else 1)


def _kill_server(server, psutil) -> None:
    """SIGKILL cả gia đình tiến trình của máy chủ, rồi khởi động lại: PostgreSQL tự hồi phục từ nhật ký ghi trước."""
    parent = server.running()
    family = [parent, *parent.children(recursive=True)] if parent else []
    for process in family:
        process.kill()
    psutil.wait_procs(family, timeout=10)
    server.ensure()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
