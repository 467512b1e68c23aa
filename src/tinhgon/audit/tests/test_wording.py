"""Mỗi mã nhật ký đọc được thành câu; lời văn do ứng dụng ghi mã ấy đăng ký trong ``audit_wording``."""

import ast
from pathlib import Path

import pytest

import tinhgon
from tinhgon.audit import registry
from tinhgon.audit.models import Entry

SOURCE = Path(tinhgon.__file__).parent


def written_codes() -> dict[str, str]:
    """Mã viết thẳng trong mọi lời gọi ``record(actor, "mã", ...)`` của mã nguồn -> tệp."""
    return {
        call.args[1].value: str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _is_record(call) and isinstance(call.args[1], ast.Constant)
    }


def _is_record(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    return name == "record" and len(call.args) >= 3


def test_every_code_written_by_a_verb_has_its_wording() -> None:
    silent = {code: where for code, where in written_codes().items() if code not in registry.known_codes()}
    assert not silent, f"Thêm lời văn vào audit_wording.py của ứng dụng: {silent}"


def test_an_entry_reads_as_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._wordings, "test.renamed", "Đổi tên %(old)s thành %(name)s theo %(decree)s")
    entry = Entry(
        code="test.renamed", before={"old": "Phòng A", "name": "Phòng A"}, after={"name": "Phòng B"}
    )
    assert registry.sentence(entry) == "Đổi tên Phòng A thành Phòng B theo …"


def test_a_code_without_wording_reads_as_itself() -> None:
    assert registry.sentence(Entry(code="test.silent")) == "test.silent"


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("2025-07-01", "01/07/2025"), ("2025-07-01T07:30:00+07:00", "07:30 01/07/2025"), ("2025-13-45", "2025-13-45"),
        ("2025-07-01-CV", "2025-07-01-CV"), (3, "3"),
    ],
)  # fmt: skip
def test_days_in_a_sentence_are_written_the_office_way(monkeypatch: pytest.MonkeyPatch, kept: object, read: str) -> None:
    monkeypatch.setitem(registry._wordings, "test.dated", "Ban hành ngày %(on)s")
    assert registry.sentence(Entry(code="test.dated", before={}, after={"on": kept})) == f"Ban hành ngày {read}"


def test_a_count_is_grouped_as_people_write_it_and_an_ordinal_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._wordings, "test.counted", "Đợt %(number)s: %(items)s mục, đạt %(whole)s")
    entry = Entry(code="test.counted", before={}, after={"number": 1044, "items": 1044, "whole": True})
    assert registry.sentence(entry) == "Đợt 1044: 1.044 mục, đạt True"
