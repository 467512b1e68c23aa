"""Văn bản giả có độ dài và tần suất chữ như thật, để đo tìm kiếm: câu của văn phạm thế giới mẫu, tên người, địa danh, số."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

from tinhgon.cli.demo.attachments import _BODIES, _OPENINGS
from tinhgon.cli.demo.names import full_names
from tinhgon.cli.demo.text import context
from tinhgon.cli.demo.text.grammar import Speaker
from tinhgon.cli.demo.text.words import WORDS
from tinhgon.cli.demo.text.works import WORKS

FIRST = date(2025, 1, 6)
_SPOKEN = {
    "cap_uy": "Thành ủy", "cap_uy_goi": "Thành ủy", "cap_duoi_goi": "các cấp ủy trực thuộc", "cap_tren": "Trung ương",
    "dia_ban": "Thành phố", "cap_chinh_quyen": "Thành phố", "ben_duoi": "các đảng ủy phường, xã",
}  # fmt: skip
KINDS = ("CV", "TB", "BC", "KH", "QĐ", "TTr", "KL", "NQ")
RARE = "di chỉ Gò Quéo"
"""Cụm được gài vào một phần hai vạn văn bản."""


def texts(count: int, *, seed: int = 1) -> Iterator[tuple[str, str, str, date]]:
    """(số ký hiệu, trích yếu, toàn văn khoảng 1-2 kB, ngày) theo thứ tự thời gian."""
    rng = random.Random(seed)
    heads, bodies = _sentences(rng)
    places, people = _places(), full_names(rng, 20_000)
    for n in range(count):
        day = FIRST + timedelta(days=n * 480 // count)
        parts = rng.choices(bodies, k=rng.randint(9, 18))
        for _name in range(rng.randint(0, 3)):
            parts.append(f"Đồng chí {rng.choice(people)} phụ trách {rng.choice(places)}, điện thoại {rng.randint(10**8, 10**9)}")
        if n % 20_000 == 7:
            parts.append(f"Kiểm tra {RARE} số {n}")
        rng.shuffle(parts)
        symbol = f"{rng.randint(1, 2500)}-{rng.choice(KINDS)}/VPTU"
        yield symbol, f"{rng.choice(heads)} tại {rng.choice(places)}", ". ".join(parts), day


def _sentences(rng: random.Random) -> tuple[list[str], list[str]]:
    """Một vạn trích yếu và hai vạn câu của toàn văn."""
    speaker = Speaker(rng, WORDS)
    pieces = [piece.pattern for work in WORKS.values() for piece in work.pieces]
    jobs = [job.title for work in WORKS.values() for job in work.jobs]
    days = [FIRST + timedelta(days=n) for n in range(170)]

    def said(patterns: list[str]) -> str:
        day = rng.choice(days)
        return speaker.say(rng.choice(patterns), _SPOKEN | context.moment(rng, day), day)

    heads = [said(pieces) for _n in range(10_000)]
    return heads, [*(said(jobs) for _n in range(12_000)), *(said([*_OPENINGS, *_BODIES]) for _n in range(8_000))]


def _places() -> list[str]:
    text = files("tinhgon.cli.demo").joinpath("data/communes.csv").read_text(encoding="utf-8")
    return sorted({row["new_ward"] for row in csv.DictReader(text.splitlines())})
