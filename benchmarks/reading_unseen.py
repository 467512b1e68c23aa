"""Đọc thể thức trên văn bản lạ: 240 văn bản bịa dựng bằng cách riêng (``unseen/``), 60 bản quét, hai nửa rời nhau.

``python benchmarks/reading_unseen.py [--half 0|1] [--papers 120] [--scans 30] [--first 0] [--show]``. Nửa 0 được xem khi sửa bộ đọc; nửa 1 thì không: cơ quan,
trích yếu của nó không có ở nửa 0. Trên bản quét số và ngày không tính điểm, chỉ đếm lần máy coi là chắc: phải bằng 0 khi sai.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from tinhgon.engine.extract import extract
from tinhgon.engine.reading import NAMES, Reading, read
from tinhgon.testing.scores import HANDWRITTEN, Score
from unseen import plain, scans, typeset, word
from unseen.content import Paper, paper

_DIGITAL: tuple[tuple[str, str, Callable[[Paper, random.Random], bytes]], ...] = (
    ("pdf", "pdf", typeset.printed), ("word: ô", "docx", word.in_cells), ("chữ: dán", "txt", plain.pasted), ("word: hàng", "docx", word.in_rows),
    ("chữ: dính", "txt", plain.merged), ("pdf: khít", "pdf", typeset.printed_tight), ("word: tab", "docx", word.in_tabs), ("html", "html", plain.web_page),
    ("word: đổi cột", "docx", word.in_swapped), ("chữ: hai cột", "txt", plain.laid_out), ("word: TCVN3", "docx", word.in_old_font),
)  # fmt: skip
_SCANNED = ("quét", "quét", "quét", "quét có lớp chữ", "quét", "quét", "pdf mất mã chữ", "quét dán vào word")


def digital(half: int, count: int, first: int) -> Iterator[tuple[str, str, bytes, Paper]]:
    for number in range(first, first + count):
        made = paper(number, half)
        way, ending, write = _DIGITAL[number % len(_DIGITAL)]
        yield way, ending, write(made, random.Random(number * 2 + half)), made


def paper_scans(half: int, count: int, first: int = 0) -> Iterator[tuple[str, str, bytes, Paper]]:
    for number in range(first, first + count):
        made, rng, way = paper(10_000 + number, half), random.Random(number * 2 + half), _SCANNED[number % len(_SCANNED)]
        if way == "quét":
            yield way, *scans.scanned(made, rng), made
        elif way == "quét có lớp chữ":
            if made.truth["so_ky_hieu"] and made.truth["dia_danh"] and made.truth["ngay"]:
                yield way, "pdf", scans.with_hidden_text(made, rng), made
        elif way == "pdf mất mã chữ":
            yield way, "pdf", scans.without_unicode(made, rng), made
        else:
            yield way, "docx", scans.pasted_in_word(made, rng), made


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", type=int, choices=(0, 1), action="append")
    options.add_argument("--papers", type=int, default=120)
    options.add_argument("--scans", type=int, default=30)
    options.add_argument("--first", type=int, default=0, help="số thứ tự văn bản đầu tiên: số khác cho văn bản khác")
    options.add_argument("--show", action="store_true", help="in từng ô sai")
    options.add_argument("--keep", type=Path, help="giữ các tệp có ô sai ở thư mục này")
    args = options.parse_args()
    for half in args.half or (0, 1):
        _measure(half, args)


def _measure(half: int, args: argparse.Namespace) -> None:
    scores: dict[str, Score] = defaultdict(Score)
    spent: dict[str, list[float]] = defaultdict(list)
    dangerous: list[str] = []
    with tempfile.NamedTemporaryFile() as file:
        path = Path(file.name)
        for is_scan, source in ((False, digital(half, args.papers, args.first)), (True, paper_scans(half, args.scans, args.first))):
            for number, (way, ending, data, made) in enumerate(source):
                path.write_bytes(data)
                name = f"{half}-{'quet' if is_scan else 'chu'}-{number:03d}.{ending}"
                start = time.perf_counter()
                reading = read(extract(path, name))
                for row in (way, " quét, tất cả" if is_scan else " chữ sẵn, tất cả"):
                    spent[row].append(time.perf_counter() - start)
                    wrong = scores[row].add(name, reading, made.truth, scanned=is_scan)
                dangerous += [f"{name}: {key} = {reading.fields[key].value}" for key in HANDWRITTEN if is_scan and reading.fields[key].is_sure and way != "pdf mất mã chữ"]
                if args.show:
                    _show(name, way, wrong, reading, made)
                if args.keep and wrong:
                    (args.keep / name).write_bytes(data)
    print(f"\nnửa {half}" + (" (được xem khi sửa)" if half == 0 else " (không xem)"))
    print(f"{'':22}" + "".join(f"{name[:11]:>12}" for name in NAMES) + f"{'chắc mà sai':>14}{'ms/tệp':>10}{'tệp':>6}")
    for name in sorted(scores):
        score, times = scores[name], spent[name]
        cells = "".join(f"{score.share(key) * 100:>11.1f}%" if score.count[key] else f"{'–':>12}" for key in NAMES)
        print(f"{name:22}{cells}{f'{len(score.sure_wrong)}/{score.sure}':>14}{sum(times) / len(times) * 1000:>10.0f}{len(times):>6}")
    print(f"bản quét có số hay ngày được coi là chắc: {len(dangerous)} (phải là 0)", *dangerous, sep="\n  ")
    if args.show:
        print("chắc mà sai:", *(item for name in scores if name.startswith(" ") for item in scores[name].sure_wrong), sep="\n  ")


def _show(name: str, way: str, wrong: list[str], reading: Reading, made: Paper) -> None:
    for key in wrong:
        print(f"{name} [{way}] {key}\n    đọc  {reading.fields[key].value!r} ({reading.fields[key].confidence})\n    đúng {made.truth[key]!r}")


if __name__ == "__main__":
    main()
