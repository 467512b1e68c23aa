"""Mẫu Word: docxtpl điền ô trong thân, đầu trang, cuối trang; cùng hộp cát với mẫu chữ."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from lxml.etree import XMLSyntaxError

from tinhgon.engine.filling.sandbox import BadTemplate, Narrow, guarded

MOST_UNPACKED = 60 * 1024 * 1024


def fill_word(data: bytes, fields: Mapping[str, Any]) -> bytes:
    """Tệp Word đã điền. ``BadTemplate`` khi tệp không phải .docx, quá lớn khi bung, có macro, mẫu sai hay nêu ô không có."""
    template = _opened(data)
    guarded(lambda: template.render(dict(fields), Narrow(autoescape=True)))
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def word_fields(data: bytes) -> frozenset[str]:
    """Các ô mà mẫu Word nêu."""
    template = _opened(data)
    return frozenset(guarded(lambda: template.get_undeclared_template_variables(Narrow(autoescape=True))))


def _opened(data: bytes) -> DocxTemplate:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise BadTemplate("too_long")
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise BadTemplate("macros")
        template = DocxTemplate(io.BytesIO(data))
        template.init_docx()
        return template
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as broken:
        raise BadTemplate("not_word") from broken
