"""Chữ của một tệp Word nộp làm dự thảo (.docx, .doc, phông cũ TCVN3, VNI): chỉ phần nội dung, không phần đầu và phần ký."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.core.errors import Invalid, Reason
from tinhgon.documents.models import DocumentType
from tinhgon.engine.extract import Extracted, Source, Unreadable, extract
from tinhgon.engine.form.from_text import subject_of
from tinhgon.files.services import CHUNK

_WORD = (Source.DOCX, Source.DOC)
_SENTENCES: Mapping[str, Promise] = {
    "encrypted": _("Tệp có mật khẩu nên không đọc được chữ: hãy gỡ mật khẩu rồi nộp lại."),
    "macro": _("Tệp có macro (chương trình nhúng) nên không nhận: hãy lưu lại thành .docx không macro."),
    "executable": _("Tệp là chương trình chạy được, không phải văn bản."),
    "bomb": _("Tệp nở ra quá lớn khi mở nên không nhận: hãy lưu lại bằng Word rồi nộp."),
    "too_big": _("Tệp quá lớn để đọc chữ: hãy bỏ bớt hình rồi nộp lại."),
    "empty": _("Tệp không có chữ nào đọc được."),
    "no_doc_tool": _("Máy chủ chưa cài công cụ đọc tệp .doc cũ: hãy mở bằng Word và lưu lại thành .docx."),
    "timeout": _("Đọc tệp này lâu quá mức cho phép: hãy lưu lại thành .docx rồi nộp."),
}
_NOT_WORD = _("Tệp này không phải Word (.docx, .doc), hoặc đã hỏng.")


@dataclass(frozen=True, slots=True)
class WordText:
    """``legacy``: bảng mã cũ của tệp ("tcvn3", "vni"...), chữ đã đổi sang Unicode; tệp thì giữ nguyên."""

    body: str
    legacy: str = ""


def text_of(content: IO[bytes], name: str, *, on: date) -> WordText:
    """Chữ của tệp Word. ``Invalid`` kèm một câu nói vì sao không nhận và phải làm gì. ``content`` trở về đầu tệp."""
    try:
        read = _extracted(content, name)
    except Unreadable as error:
        raise Invalid(_refusal(error.code)) from error
    if read.source not in _WORD:
        raise Invalid(_refusal("unsupported"))
    return WordText("\n".join(_body([line.text for line in read.lines], on)), read.legacy)


def _extracted(content: IO[bytes], name: str) -> Extracted:
    """Công cụ đọc .doc cần một tệp trên đĩa; chép từng khúc, nên tệp lớn không chiếm bộ nhớ."""
    with tempfile.TemporaryDirectory(prefix="tgword-") as folder:
        path = Path(folder) / "tep"
        content.seek(0)
        with path.open("wb") as kept:
            shutil.copyfileobj(content, kept, CHUNK)
        content.seek(0)
        return extract(path, name, ocr=False)


def _body(lines: list[str], on: date) -> list[str]:
    """Tệp có phần đầu (số hay ngày) thì chỉ lấy nội dung; tệp chỉ có nội dung thì lấy hết."""
    found = subject_of(lines, dict(DocumentType.objects.values_list("name", "code")), on=on).paper
    return list(found.body) if (found.symbol_line or found.place_date) and found.body else lines


def _refusal(code: str) -> Reason:
    return Reason("documents.not_word", str(_SENTENCES.get(code, _NOT_WORD)), "file")
