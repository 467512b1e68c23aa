"""Lỗi thể thức của một dự thảo, như quy tắc của ngày ấy thấy; bước một của thẩm định."""

from dataclasses import dataclass
from datetime import date

from tinhgon.documents.models import Document
from tinhgon.documents.selectors.form import checked, sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """Một lỗi. ``is_blocking``: không sửa thì không qua."""

    code: str
    sentence: str
    is_blocking: bool


def findings(document: Document, *, on: date) -> list[Finding]:
    """Mọi lỗi của bản hiện có; văn bản chưa có nội dung thì rỗng."""
    found = checked(document, on=on)
    return [Finding(one.code, sentence(one), one.is_blocking) for one in found.violations] if found else []
