"""Các thời hạn bảo quản đi kèm sản phẩm, đọc từ ``data/retention_periods.csv``.

Nguồn: bậc thời hạn thường dùng theo Luật Lưu trữ 33/2024/QH15 (hiệu lực 01/7/2025) và quy định bảo quản tài liệu của Đảng;
chưa đối chiếu bản đầy đủ của từng bảng thời hạn nên ``is_certain`` sai. Sửa thì thêm dòng có ngày hiệu lực mới.
"""

import csv
from datetime import date
from importlib.resources import files
from typing import Any

SOURCE = "Luật Lưu trữ số 33/2024/QH15; bảng thời hạn bảo quản của cơ quan"
SINCE = date(1945, 9, 2)


def load(model: Any) -> None:
    """Ghi vào bảng, nạp lại bao nhiêu lần cũng được. ``model``: ``RetentionPeriod`` thật hay của một migration."""
    text = files("tinhgon.documents").joinpath("data/retention_periods.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        years = int(row["years"]) if row["years"] else None
        model.objects.update_or_create(
            code=row["code"], valid_from=SINCE, defaults={"name": row["name"], "years": years, "source": SOURCE}
        )
