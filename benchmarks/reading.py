"""Phép đọc thể thức: từng ô đúng bao nhiêu phần trăm, trên hai nửa bộ mẫu thật và trên bộ văn bản bịa; thời gian mỗi tệp.

``python benchmarks/reading.py [--no-scans] [--seed 20260101]``. Nửa "viết" được xem khi đặt quy tắc, nửa "giữ lại" thì không. Tệp sinh sẵn có chữ
và bản quét tính riêng; trên bản quét số và ngày viết tay không tính điểm, chỉ tính lỗi nếu máy coi là chắc. Nơi nhận chấm bằng F1.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from tinhgon.engine.extract import Source, extract
from tinhgon.engine.reading import NAMES, read
from tinhgon.testing.forms import forms
from tinhgon.testing.scores import Score, gold_truth, is_held_out

DATA = Path(os.environ.get("TINHGON_REAL_DATA", Path(__file__).parents[2] / "shared/data"))
TARGETS = {"trich_yeu": 95, "nguoi_ky": 95, "noi_nhan": 90, "so_ky_hieu": 98, "loai": 98, "ngay": 98, "co_quan": 98}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--no-scans", action="store_true")
    options.add_argument("--seed", type=int, default=20260101)
    args = options.parse_args()
    scores: dict[str, Score] = defaultdict(Score)
    spent: dict[str, list[float]] = defaultdict(list)
    _made_up(args.seed, scores, spent)
    _gold(scores, spent, scans=not args.no_scans)
    print(f"{'':26}" + "".join(f"{name[:11]:>12}" for name in NAMES) + f"{'chắc mà sai':>14}{'ms/tệp':>10}{'tệp':>6}")
    print(f"{'mức cần đạt':26}" + "".join(f"{TARGETS.get(name, '')!s:>12}" for name in NAMES) + f"{'<= 2 %':>14}")
    for name in sorted(scores):
        score, times = scores[name], spent[name]
        cells = "".join(f"{score.share(key) * 100:>11.1f}%" if score.count[key] else f"{'–':>12}" for key in NAMES)
        print(f"{name:26}{cells}{f'{len(score.sure_wrong)}/{score.sure}':>14}{sum(times) / len(times) * 1000:>10.0f}{len(times):>6}")


def _made_up(seed: int, scores: dict[str, Score], spent: dict[str, list[float]]) -> None:
    with tempfile.NamedTemporaryFile() as file:
        path = Path(file.name)
        for form in forms(seed):
            path.write_bytes(form.data)
            start = time.perf_counter()
            reading = read(extract(path, form.name))
            for row in (f"bịa: {form.kind}", f"bịa: tệp {form.name.rpartition('.')[2]}"):
                spent[row].append(time.perf_counter() - start)
                scores[row].add(form.name, reading, form.truth)


def _gold(scores: dict[str, Score], spent: dict[str, list[float]], *, scans: bool) -> None:
    gold = DATA / "documents/gold.jsonl"
    if not gold.is_file():
        print(f"(không có bộ mẫu thật ở {DATA})")
        return
    for number, line in enumerate(gold.read_text().splitlines()):
        row = json.loads(line)
        if row["scanned"] and not scans:
            continue
        start = time.perf_counter()
        text = extract(DATA / "documents" / row["file"], row["file"])
        reading = read(text)
        half = "giữ lại" if is_held_out(number) else "viết"
        name = f"thật, {half}: {'quét' if row['scanned'] else 'chữ sẵn'}"
        spent[name].append(time.perf_counter() - start)
        scores[name].add(row["file"], reading, gold_truth(row), scanned=row["scanned"] or text.source is Source.OCR)


if __name__ == "__main__":
    main()
