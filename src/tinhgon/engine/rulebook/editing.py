"""Sửa một dòng, thêm, bỏ, đặt bộ kế tiếp: luôn ra một bản mới, bản cũ còn nguyên."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from tinhgon.engine.rulebook.lines import Line, at

Data = Mapping[str, Any]


def with_line(data: Data, line: Line, values: Mapping[str, Any], source: Mapping[str, str]) -> dict[str, Any]:
    """Bản có dòng ấy mang các ô và nguồn mới. Dòng có thể không có mà mọi ô trống: không còn dòng ấy."""
    made = deepcopy(dict(data))
    if line.provision.vanishes and all(value is None for value in values.values()):
        at(made, line.path[:-1])[line.path[-1]] = None
        return made
    if at(made, line.path) is None:
        at(made, line.path[:-1])[line.path[-1]] = {}
    at(made, line.path).update(values)
    at(made, line.source_path[:-1])[line.source_path[-1]] = dict(source)
    return made


def with_added(data: Data, line: Line, values: Mapping[str, Any], source: Mapping[str, str]) -> dict[str, Any]:
    """Bản có thêm một mục vào danh sách ``line.path[:-1]``; danh sách theo ngày thì xếp lại theo ngày."""
    made = deepcopy(dict(data))
    listed = at(made, line.path[:-1])
    row = dict(values)
    if line.provision.has_own_source:
        row["source"] = dict(source)
    else:
        at(made, line.source_path[:-1])[line.source_path[-1]] = dict(source)
    listed.append(row)
    if "since" in row:
        listed.sort(key=lambda each: str(each["since"]))
    return made


def without_line(data: Data, line: Line) -> dict[str, Any]:
    made = deepcopy(dict(data))
    del at(made, line.path[:-1])[line.path[-1]]
    return made


def followed(data: Data, number: int, *, name: str, since: date) -> dict[str, Any]:
    """Bản có bộ kế tiếp, chép mọi dòng của bộ thứ ``number``; bộ ấy thôi dùng từ hôm trước ngày ``since``."""
    made = deepcopy(dict(data))
    former = made["sets"][number]
    copied = deepcopy(former) | {"code": f"{str(former['code']).split('.')[0]}.{since:%Y%m%d}", "name": name, "since": since.isoformat(), "until": None}
    last = (since - timedelta(days=1)).isoformat()
    former["until"] = min(former["until"] or last, last)
    made["sets"].append(copied)
    return made
