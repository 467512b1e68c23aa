"""Danh mục tên loại đi kèm sản phẩm, đọc từ ``data/document_types.csv``.

Nguồn: 25 thể loại và 8 giấy tờ hành chính theo Quy định 399-QĐ/TW (09/01/2026); ký hiệu theo Hướng dẫn 05-HD/VPTW
(27/5/2026) nơi thấy được, còn lại là chữ đầu (``is_certain`` sai) và chờ đối chiếu bản đầy đủ.
"""

import csv
from importlib.resources import files
from typing import Any

RULE_SET = "QD399-2026/HD05-2026"
SOURCE = "Quy định 399-QĐ/TW (09/01/2026); Hướng dẫn 05-HD/VPTW (27/5/2026)"


def rows() -> list[dict[str, Any]]:
    """Các dòng danh mục theo thứ tự, là tham số của ``DocumentType``."""
    text = files("tinhgon.documents").joinpath("data/document_types.csv").read_text(encoding="utf-8")
    return [
        {
            "code": row["code"],
            "name": row["name"],
            "abbreviation": row["abbreviation"],
            "order": order,
            "is_slip": row["is_slip"] == "1",
            "is_certain": row["is_certain"] == "1",
            "rule_set": RULE_SET,
            "source": SOURCE,
        }
        for order, row in enumerate(csv.DictReader(text.splitlines()), start=1)
    ]


def load(model: Any) -> None:
    """Ghi danh mục vào bảng, nạp lại bao nhiêu lần cũng được. ``model``: ``DocumentType`` thật hay của một migration."""
    for row in rows():
        model.objects.update_or_create(code=row["code"], defaults=row)
