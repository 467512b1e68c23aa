"""``tinhgon read``: đọc thể thức của một hay nhiều tệp; ``--text``: xem chữ đã đọc ra (bảng mã cũ đã đổi thành Unicode)."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.cli.common import table_lines
from tinhgon.cli.main import report
from tinhgon.cli.spoken import os_reason
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.extract import Box, Extracted, Unreadable, extract
from tinhgon.engine.reading import Field, Reading, read

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands

_WIDEST = 90

TITLES = {
    "so_ky_hieu": gettext_lazy("Số, ký hiệu"),
    "loai": gettext_lazy("Tên loại"),
    "co_quan": gettext_lazy("Cơ quan ban hành"),
    "dia_danh": gettext_lazy("Địa danh"),
    "ngay": gettext_lazy("Ngày ban hành"),
    "trich_yeu": gettext_lazy("Trích yếu"),
    "nguoi_ky": gettext_lazy("Người ký"),
    "quyen_han_chuc_vu": gettext_lazy("Quyền hạn, chức vụ"),
    "noi_nhan": gettext_lazy("Nơi nhận"),
}

REASONS = {
    "encrypted": gettext_lazy("tệp đặt mật khẩu: gỡ mật khẩu rồi đọc lại"),
    "corrupt": gettext_lazy("tệp hỏng, không mở được"),
    "macro": gettext_lazy("tệp có macro: lưu lại thành tệp không macro rồi đọc lại"),
    "executable": gettext_lazy("tệp là chương trình, không phải văn bản"),
    "too_big": gettext_lazy("nội dung quá lớn"),
    "bomb": gettext_lazy("tệp phình ra bất thường khi mở, đã dừng"),
    "no_ocr": gettext_lazy("tệp là bản quét mà máy chưa cài tesseract và bộ chữ tiếng Việt"),
    "no_doc_tool": gettext_lazy("tệp .doc cần antiword, catdoc hoặc LibreOffice mà máy chưa cài"),
    "empty": gettext_lazy("tệp rỗng"),
    "unsupported": gettext_lazy("loại tệp này chưa đọc được"),
}

WARNINGS = {
    "text_cut": gettext_lazy("Tệp rất dài: chỉ đọc phần đầu."),
    "needs_ocr": gettext_lazy("Có trang quét chưa đọc."),
    "no_ocr": gettext_lazy("Có trang quét mà máy chưa cài tesseract: chưa đọc các trang ấy."),
    "ocr_pages": gettext_lazy("Quá nhiều trang quét: chỉ đọc các trang đầu."),
}


def register(commands: "Commands") -> None:
    parser = commands.add_parser("read", help=_("đọc thể thức văn bản từ tệp (docx, doc, pdf, bản quét, ảnh, chữ trơn, HTML, thư)"))
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help=_("tệp cần đọc"))
    parser.add_argument("--text", action="store_true", help=_("in chữ đọc được (bảng mã TCVN3, VNI đã đổi thành Unicode) thay cho thể thức"))
    parser.add_argument("--no-ocr", action="store_true", help=_("không quét trang ảnh"))
    parser.set_defaults(run=run, database=False)


def run(args: argparse.Namespace) -> None:
    """Tệp nào không đọc được thì không in gì: một câu nêu mọi tệp hỏng, mã 2."""
    texts: list[tuple[Path, Extracted]] = []
    problems: list[Reason] = []
    for path in args.files:
        try:
            texts.append((path, _extracted(path, ocr=not args.no_ocr)))
        except Invalid as error:
            problems += error.reasons
    if problems:
        raise Invalid(*problems)
    rows = [_row(path, text, as_text=args.text) for path, text in texts]
    report(args, rows[0] if len(rows) == 1 else {"files": rows}, *(line for path, text in texts for line in _shown(path, text, as_text=args.text)))


def _extracted(path: Path, *, ocr: bool) -> Extracted:
    try:
        return extract(path, path.name, ocr=ocr)
    except OSError as error:
        sentence = _("Không đọc được %(file)s: %(why)s.")
        raise Invalid(Reason("no_file", sentence % {"file": path, "why": os_reason(error)}, "file")) from error
    except Unreadable as error:
        sentence = _("Không đọc được %(file)s: %(why)s.")
        why = REASONS.get(error.code, error.code)
        raise Invalid(Reason(error.code, sentence % {"file": path, "why": why}, "file")) from error


def _row(path: Path, text: Extracted, *, as_text: bool) -> dict[str, Any]:
    row = {"file": str(path), "source": text.source.value, "pages": text.page_count, "legacy": text.legacy, "warnings": list(text.warnings)}
    if as_text:
        return {**row, "text": text.text}
    reading = read(text)
    return {
        **row,
        "layout": reading.layout,
        "fields": {name: _field(value) for name, value in reading.fields.items()},
        "proposals": [{"kind": p.kind, "sentence": p.sentence, "due": p.due, "unit": p.unit} for p in reading.proposals],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "value": field.value,
        "confidence": field.confidence,
        "sure": field.is_sure,
        "must_confirm": field.must_confirm,
        "page": field.page,
        "box": _box(field.box),
    }


def _box(box: Box | None) -> list[float] | None:
    return [round(side, 4) for side in (box.left, box.top, box.right, box.bottom)] if box else None


def _shown(path: Path, text: Extracted, *, as_text: bool) -> Iterator[str]:
    yield f"── {path}"
    for warning in text.warnings:
        yield str(WARNINGS.get(warning, warning))
    if text.legacy:
        yield _("Chữ viết bằng bảng mã %(name)s, đã đổi thành Unicode.") % {"name": text.legacy.upper()}
    if as_text:
        yield text.text
        return
    reading = read(text)
    yield from table_lines((_("Ô"), _("Đọc được"), _("Tin cậy"), ""), list(_field_rows(reading)))
    for proposal in reading.proposals:
        yield f"• {_proposal(proposal.due, proposal.unit)}: {proposal.sentence}"


def _field_rows(reading: Reading) -> Iterator[tuple[object, ...]]:
    for name, field in reading.fields.items():
        first, *rest = (_cut(line) for line in (field.value or "–").split("\n"))
        mark = _("phải xác nhận") if field.must_confirm else "" if field.is_sure or not field.value else _("xem lại")
        yield TITLES[name], first, f"{round(field.confidence * 100)}%" if field.value else "", mark
        yield from (("", line, "", "") for line in rest)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _proposal(due: str, unit: str) -> str:
    if due and unit:
        return _("Giao %(unit)s, hạn %(due)s") % {"unit": unit, "due": due}
    return _("Giao %(unit)s") % {"unit": unit} if unit else _("Hạn %(due)s") % {"due": due}
