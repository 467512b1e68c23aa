"""Các bộ quy tắc đi kèm sản phẩm, đọc từ ``data/rules/*.json``. Không nguồn nào ở đây thay được bản gốc: xem ``certainty``.

Sửa dữ liệu thì tăng ``revision``, ghi ngày ``revised`` và ``revision_source``: nhà đã cài nhận đợt mới khi nâng cấp (``services.rule_upgrade``).
"""

import json
from datetime import date
from importlib.resources import files
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from tinhgon.core import clock
from tinhgon.engine.form.rules import rule_from


def shipped() -> list[dict[str, Any]]:
    """Các bộ theo ngày bắt đầu. Dữ liệu sai hình thì báo ngay khi đọc."""
    folder = files("tinhgon.documents").joinpath("data/rules")
    found = [json.loads(file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".json")]
    for one in found:
        for row in one["rules"]:
            rule_from(row)
    return sorted(found, key=lambda one: one["since"])


def load(rule_set: Any, version: Any) -> None:
    """Ghi các bộ lúc cài lần đầu; đợt sau do ``services.rule_upgrade`` nạp. Tham số: hai bảng của migration.

    Migration nạp lần đầu chạy khi phiên bản chưa mang ngày (migration 0012 mới thêm).
    """
    for one in shipped():
        until = date.fromisoformat(one["until"]) if one["until"] else None
        fields = {
            "name": one["name"], "side": one["side"], "note": one["note"],
            "valid": DateRange(date.fromisoformat(one["since"]), until),
        }  # fmt: skip
        kept, made = rule_set.objects.get_or_create(code=one["code"], defaults=fields)
        if made:
            dated = {"valid": fields["valid"]} if any(field.name == "valid" for field in version._meta.fields) else {}
            version.objects.create(rule_set=kept, number=1, rules=one["rules"], made_at=clock.now(), **dated)
