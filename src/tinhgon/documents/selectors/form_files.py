"""Thể thức của một tệp bất kỳ: chữ đọc từ tệp, và số đo khi là tệp Word."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError

from tinhgon.documents.models import DocumentType
from tinhgon.documents.selectors.rules import newest, rules_of_side
from tinhgon.engine.extract import Source, extract
from tinhgon.engine.form.check import check
from tinhgon.engine.form.from_text import subject_of
from tinhgon.engine.form.model import Subject, Violation
from tinhgon.engine.form.rules import RuleSetAt
from tinhgon.engine.form.word_layout import check_layout, word_layout


@dataclass(frozen=True, slots=True)
class FileCheck:
    """``rules``: bộ đã dùng, theo tiêu đề và ngày đọc được trên văn bản, trừ khi nơi gọi chọn bộ."""

    rules: RuleSetAt
    subject: Subject
    violations: tuple[Violation, ...]


def form_of_file(path: Path, name: str, *, on: date, code: str = "") -> FileCheck:
    """Mọi lỗi thể thức của tệp. ``code``: bộ quy tắc muốn dùng. ``Unreadable`` khi không đọc được tệp."""
    read = extract(path, name)
    types = dict(DocumentType.objects.values_list("name", "code"))
    subject = subject_of([line.text for line in read.lines], types, on=on)
    rules = newest(code) if code else rules_of_side(subject.paper.layout, subject.on)
    layout = _layout(path, rules, subject.type_code) if read.source == Source.DOCX else ()
    return FileCheck(rules, subject, (*check(subject, rules), *layout))


def _layout(path: Path, rules: RuleSetAt, type_code: str) -> tuple[Violation, ...]:
    try:
        return check_layout(word_layout(path), rules, type_code)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):  # chữ đọc được mà cấu trúc Word hỏng: chỉ kiểm chữ
        return ()
