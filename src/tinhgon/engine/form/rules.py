"""Một bộ quy tắc thể thức vào một ngày: giá trị thuần, đọc từ dữ liệu có phiên bản (``documents.models.rules``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tinhgon.engine.paper.measures import Measures
from tinhgon.engine.paper.model import A5, Layout


class Severity(StrEnum):
    """Nhắc thì vẫn ban hành được; chặn thì không. Nơi các nguồn nói khác nhau thì chỉ nhắc. ``OFF``: không kiểm tra."""

    BLOCKING = "blocking"
    WARNING = "warning"
    OFF = "off"


class Certainty(StrEnum):
    """Biết chắc tới đâu: thấy trong văn bản gốc; qua nguồn khác đọc lại; theo hiểu biết chung; các nguồn nói khác nhau."""

    SEEN = "seen"
    SECOND_HAND = "second_hand"
    MEMORY = "memory"
    CONFLICT = "conflict"


class RuleKind(StrEnum):
    TYPE = "type"
    AUTHORITY = "authority"
    MEASURE = "measure"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``wording``: câu của quy tắc, là câu người dùng đọc. ``document``, ``clause``: nguồn. ``data``: theo ``kind``.

    TYPE: ``type`` (mã tên loại), ``abbreviation``. AUTHORITY: ``type``, ``no`` (các nơi không được ban hành).
    MEASURE: ``name`` (ô của ``Measures``), ``unit``, ``min``, ``max``, ``use``. CHECK: tham số của phép kiểm tra.
    """

    code: str
    kind: RuleKind
    wording: str
    document: str
    clause: str = ""
    severity: Severity = Severity.WARNING
    certainty: Certainty = Certainty.SECOND_HAND
    data: Mapping[str, Any]

    @property
    def source(self) -> str:
        return ", ".join(part for part in (self.document, self.clause) if part)

    @property
    def is_on(self) -> bool:
        return self.severity != Severity.OFF


def rule_from(row: Mapping[str, Any]) -> Rule:
    """Một dòng dữ liệu thành quy tắc; sai ô nào thì ``ValueError`` hay ``KeyError`` nói ô ấy."""
    return Rule(
        code=row["code"], kind=RuleKind(row["kind"]), wording=row["wording"], document=row["document"],
        clause=row.get("clause", ""), severity=Severity(row["severity"]), certainty=Certainty(row["certainty"]),
        data=dict(row["data"]),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RuleSetAt:
    """Một bộ ở một phiên bản. ``in_force``: đang hiệu lực trong ngày hỏi; nếu không thì là bộ gần nhất, chỉ để tham khảo."""

    code: str
    name: str
    side: Layout
    version: int
    version_id: int
    since: date
    until: date | None
    in_force: bool
    rules: tuple[Rule, ...]
    spelling: str = "new"
    fonts: str = ""

    def rule(self, code: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.code == code), None)

    def of(self, kind: RuleKind) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.kind == kind)

    @property
    def label(self) -> str:
        return f"{self.code} ({self.version})"

    @property
    def measures(self) -> Measures:
        """Số đo để in: giá trị dùng của từng quy tắc bố cục."""
        known = {field.name for field in fields(Measures)} - {"layout", "fonts"}
        used = {rule.data["name"]: rule.data["use"] for rule in self.of(RuleKind.MEASURE) if rule.data["name"] in known}
        return Measures(layout=self.side, fonts=self.fonts, **used)

    def measures_on(self, size: str) -> Measures:
        """Số đo cho một khổ giấy: bộ không cho khổ A5 thì vẫn là A4."""
        usual, small = self.measures, self.rule("paper.a5")
        if size != A5 or small is None or "width" not in small.data:
            return usual
        data = small.data
        return replace(usual, page_width=data["width"], page_height=data["height"], top=data["margin"], bottom=data["margin"])

    def word(self, code: str, name: str, usual: str) -> str:
        """Chữ mà quy tắc ``code`` định sẵn ở ô ``name``; bộ không có quy tắc ấy thì ``usual``."""
        found = self.rule(code)
        return str(found.data.get(name, usual)) if found else usual

    def abbreviation(self, type_code: str) -> str | None:
        """Ký hiệu của tên loại theo bộ này; ``None`` khi bộ không có tên loại ấy. Quyết định và Quy định của Đảng cùng là QĐ."""
        found = next((rule for rule in self.of(RuleKind.TYPE) if rule.data["type"] == type_code), None)
        return None if found is None else str(found.data["abbreviation"])

    @property
    def type_codes(self) -> tuple[str, ...]:
        return tuple(rule.data["type"] for rule in self.of(RuleKind.TYPE))


@dataclass(frozen=True, slots=True)
class Change:
    """Một quy tắc khác nhau giữa hai phiên bản. ``before`` hay ``after`` trống: thêm mới hay bỏ đi."""

    code: str
    field: str
    before: str
    after: str


def changes(before: Iterable[Rule], after: Iterable[Rule]) -> tuple[Change, ...]:
    """Khác nhau giữa hai phiên bản, từng ô."""
    old, new = {rule.code: rule for rule in before}, {rule.code: rule for rule in after}
    found = [Change(code, "", old[code].wording, "") for code in old if code not in new]
    for code, rule in new.items():
        if code not in old:
            found.append(Change(code, "", "", rule.wording))
            continue
        for name in ("wording", "document", "clause", "severity", "certainty"):
            if getattr(old[code], name) != getattr(rule, name):
                found.append(Change(code, name, str(getattr(old[code], name)), str(getattr(rule, name))))
        for name in sorted({*old[code].data, *rule.data}):
            left, right = old[code].data.get(name, ""), rule.data.get(name, "")
            if left != right:
                found.append(Change(code, name, _shown(left), _shown(right)))
    return tuple(found)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
