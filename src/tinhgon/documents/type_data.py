"""Danh mục tên loại đi kèm sản phẩm, đọc từ ``data/document_types.csv``.

Nguồn: 25 thể loại và 8 giấy tờ hành chính theo Quy định 399-QĐ/TW (09/01/2026); ký hiệu theo Hướng dẫn 05-HD/VPTW
(27/5/2026) nơi thấy được, còn lại là chữ đầu (``is_certain`` sai) và chờ đối chiếu bản đầy đủ. Sau đó là tên loại chỉ
Nhà nước có, và văn bản quy phạm pháp luật để vào sổ đến.
"""

import csv
from importlib.resources import files
from typing import Any

LEGAL = "QPPL"
"""Loại văn bản quy phạm pháp luật: chỉ có khi vào sổ đến, không ai soạn ở đây."""
SOURCES = {
    "party": ("QD399-2026/HD05-2026", "Quy định 399-QĐ/TW (09/01/2026); Hướng dẫn 05-HD/VPTW (27/5/2026)"),
    "state": ("ND30-2020", "Nghị định 30/2020/NĐ-CP, Phụ lục III"),
    "legal": (LEGAL, "QCVN 102:2016/BTTTT, nhóm văn bản quy phạm pháp luật"),
}
"""Cột ``rule_set`` của tệp -> bộ quy tắc và nguồn. Ký hiệu theo từng bộ ở ``data/rules``; ở đây là ký hiệu quen dùng."""


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
            "rule_set": SOURCES[row["rule_set"]][0],
            "source": SOURCES[row["rule_set"]][1],
        }
        for order, row in enumerate(csv.DictReader(text.splitlines()), start=1)
    ]


def load(model: Any) -> None:
    """Ghi danh mục vào bảng, nạp lại bao nhiêu lần cũng được. ``model``: ``DocumentType`` thật hay của một migration."""
    for row in rows():
        model.objects.update_or_create(code=row["code"], defaults=row)
