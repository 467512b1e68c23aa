"""Chấm phép đọc thể thức: từng ô đúng hay sai, và điều được coi là chắc chắn mà sai."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tinhgon.engine.reading import NAMES, Reading
from tinhgon.engine.vietnamese import tone_norm

LISTS = frozenset(("noi_nhan",))
HANDWRITTEN = frozenset(("so_ky_hieu", "ngay"))
"""Trên bản quét hai ô này viết tay: không tính điểm, chỉ tính lỗi nếu máy coi là chắc."""


def same(first: str, second: str) -> bool:
    """So sau khi dựng sẵn (NFC), bỏ chữ hoa và kiểu đặt dấu thanh."""
    return " ".join(tone_norm(first).split()) == " ".join(tone_norm(second).split())


def f1(found: str, truth: str) -> float:
    """Điểm F1 trên các mục của hai danh sách, mỗi mục một dòng."""
    have, want = (Counter(tone_norm(line) for line in text.split("\n") if line) for text in (found, truth))
    return 2 * (have & want).total() / (have.total() + want.total()) if have or want else 1.0


@dataclass(slots=True)
class Score:
    """``right``: tổng điểm từng ô, ``count``: số lần chấm; ``sure``, ``sure_wrong``: ô chắc chắn và ô chắc chắn mà sai."""

    right: Counter[str] = field(default_factory=Counter)
    count: Counter[str] = field(default_factory=Counter)
    sure: int = 0
    sure_wrong: list[str] = field(default_factory=list)

    def add(self, name: str, reading: Reading, truth: Mapping[str, str], *, scanned: bool = False) -> list[str]:
        """Chấm một văn bản; trả về tên các ô sai."""
        wrong = []
        for key in NAMES:
            found = reading.fields[key]
            points = f1(found.value, truth[key]) if key in LISTS else float(same(found.value, truth[key]))
            if found.is_sure:
                self.sure += 1
                if points < (0.9 if key in LISTS else 1):
                    self.sure_wrong.append(f"{name}: {key}")
            if scanned and key in HANDWRITTEN:
                continue
            self.right[key] += points  # type: ignore[assignment]
            self.count[key] += 1
            if points < 1:
                wrong.append(key)
        return wrong

    def share(self, key: str) -> float:
        return self.right[key] / self.count[key] if self.count[key] else 1.0


def gold_truth(row: Mapping[str, Any]) -> dict[str, str]:
    """Một dòng của ``gold.jsonl`` theo hình của ``Reading``: ngày dd/mm/yyyy, nơi nhận mỗi mục một dòng."""
    truth = {key: row[key] or "" for key in NAMES if key not in LISTS}
    truth["ngay"] = "/".join(reversed(truth["ngay"].split("-"))) if truth["ngay"] else ""
    return {**truth, "noi_nhan": "\n".join(row["noi_nhan"] or ())}


def is_held_out(number: int) -> bool:
    """Nửa bộ mẫu không ai xem khi đặt quy tắc: dòng lẻ, trừ tệp .doc duy nhất."""
    return number % 2 == 1 and number != 13
