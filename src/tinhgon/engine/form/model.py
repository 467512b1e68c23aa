"""Cái được kiểm tra, chỗ sai và cách sửa."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from tinhgon.engine.form.rules import Certainty, Rule, RuleSetAt, Severity
from tinhgon.engine.paper.model import Paper

Change = tuple[str, int | None, str]
"""(ô của ``Paper``, thứ tự dòng trong ô nhiều dòng, chữ mới)."""

LINES = ("body", "receivers", "addressees", "marks")
"""Các ô nhiều dòng."""
TEXTS = ("superior", "organ", "symbol_line", "place_date", "type_name", "summary", "authority", "position", "signer", "circulation", "recorder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Một văn bản đem kiểm tra. ``type_code``, ``level``, ``kind``: của cơ quan đứng tên khi biết; rỗng thì đọc từ chữ.

    ``is_draft``: chưa ban hành. ``raw``: mọi dòng của tệp gốc khi kiểm tra một tệp.
    """

    paper: Paper
    on: date
    type_code: str = ""
    level: str = ""
    kind: str = ""
    is_draft: bool = True
    raw: tuple[str, ...] = ()

    def texts(self) -> Iterator[tuple[str, int | None, str]]:
        """Mọi chữ trên tờ giấy, kèm chỗ của nó."""
        for name in TEXTS:
            yield name, None, getattr(self.paper, name)
        for name in LINES:
            for place, line in enumerate(getattr(self.paper, name)):
                yield name, place, line

    def with_paper(self, paper: Paper) -> "Subject":
        return replace(self, paper=paper)


@dataclass(frozen=True, slots=True)
class Found:
    """Một chỗ sai: ô nào, dòng nào, đang viết gì, nên viết gì. ``changes`` rỗng: người phải tự sửa."""

    field: str
    found: str
    expected: str = ""
    line: int | None = None
    changes: tuple[Change, ...] = ()


def mend(field: str, found: str, expected: str, line: int | None = None) -> Found:
    """Chỗ sai mà sửa là thay cả ô (hay cả dòng) bằng chữ mới."""
    return Found(field, found, expected, line, ((field, line, expected),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Một điều trái quy tắc, kèm quy tắc và nguồn của nó."""

    rule: Rule
    found: Found

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def wording(self) -> str:
        return self.rule.wording

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def certainty(self) -> Certainty:
        return self.rule.certainty

    @property
    def source(self) -> str:
        return self.rule.source

    @property
    def is_blocking(self) -> bool:
        return self.rule.severity == Severity.BLOCKING

    @property
    def can_mend(self) -> bool:
        return bool(self.found.changes)

    @property
    def key(self) -> str:
        """Nhận lại đúng chỗ sai này ở lần kiểm tra sau, khi văn bản chưa đổi."""
        place = "" if self.found.line is None else str(self.found.line)
        return f"{self.code}@{self.found.field}{':' + place if place else ''}"


Check = Callable[[Subject, Rule, RuleSetAt], Iterator[Found]]


def mended(paper: Paper, changes: tuple[Change, ...]) -> Paper:
    """Tờ giấy sau khi sửa. Dòng mới rỗng là bỏ dòng; thứ tự bằng số dòng là thêm vào cuối."""
    known = {field.name for field in fields(Paper)}
    for name, line, value in changes:
        if name not in known:
            continue
        if line is None:
            paper = _replaced(paper, name, value)
            continue
        lines = list(getattr(paper, name))
        if line == len(lines):
            lines.append(value)
        else:
            lines[line] = value
        paper = _replaced(paper, name, tuple(text for text in lines if text))
    return paper


def _replaced(paper: Paper, name: str, value: Any) -> Paper:
    return replace(paper, **{name: value})
