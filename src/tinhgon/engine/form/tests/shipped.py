"""Ba bộ quy tắc đi kèm, đọc thẳng từ tệp dữ liệu."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

from tinhgon.engine.form.rules import RuleSetAt, rule_from
from tinhgon.engine.paper import Layout

_FOLDER = Path(__file__).parents[3] / "documents/data/rules"


@lru_cache
def shipped(code: str, spelling: str = "new") -> RuleSetAt:
    data = json.loads((_FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    until = date.fromisoformat(data["until"]) if data["until"] else None
    return RuleSetAt(
        code=data["code"], name=data["name"], side=Layout(data["side"]), version=1, version_id=1, in_force=True,
        since=date.fromisoformat(data["since"]), until=until, rules=tuple(map(rule_from, data["rules"])), spelling=spelling,
    )  # fmt: skip


PARTY, FORMER, STATE = shipped("hd05-2026"), shipped("hd36-2018"), shipped("nd30-2020")
