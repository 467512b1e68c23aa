"""Công thức đi kèm sản phẩm, đọc từ ``data/measures.json``: phiên bản 1. Là của chúng tôi; cơ quan sửa thành phiên bản của mình."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

from tinhgon.core import clock
from tinhgon.engine.criteria.measures import measure_from


def shipped() -> dict[str, Any]:
    """Ngày áp dụng và các dòng. Dữ liệu sai hình thì báo ngay khi đọc."""
    found: dict[str, Any] = json.loads(files("tinhgon.scorecard").joinpath("data/measures.json").read_text(encoding="utf-8"))
    for row in found["measures"]:
        measure_from(row)
    return found


def load(measure_set: Any) -> None:
    """Ghi phiên bản 1 khi chưa có. Tham số: bảng, thật hay của migration."""
    found = shipped()
    values = {"measures": found["measures"], "since": date.fromisoformat(found["since"]), "made_at": clock.now()}
    measure_set.objects.get_or_create(number=1, defaults=values)
