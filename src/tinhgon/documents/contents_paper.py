"""Mục lục văn bản trong hồ sơ: dữ liệu, PDF (typst, chữ Tinos) và Excel, cùng các cột."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.documents.models import Dossier
from tinhgon.documents.selectors.dossiers import contents
from tinhgon.engine.formats import format_date
from tinhgon.engine.tables import write_xlsx
from tinhgon.org.selectors.units import units_at

TEMPLATE = Path(__file__).with_name("contents.typ")
_TINOS = "@expo-google-fonts/tinos"


@dataclass(frozen=True, slots=True)
class Contents:
    """Mục lục đã thành chữ."""

    unit: str
    title: str
    notation: str
    retention: str
    span: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: str


def contents_of(actor: Actor, dossier: Dossier, *, on: date) -> Contents:
    """Mục lục mà người này được thấy; giấy tờ của cơ quan luôn bằng tiếng Việt."""
    lines = contents(actor, dossier, on=on)
    with translation.override("vi"):
        rows = tuple(
            (
                str(line.order), line.symbol, _short(line.issued_on), line.author,
                _("(văn bản không được xem)") if line.is_hidden else line.title, str(line.pages or ""), line.entry.note,
            )
            for line in lines
        )  # fmt: skip
        unit = units_at([dossier.holder_id], on=on)[dossier.holder_id]
        ended = _short(dossier.closed_on) or "…"
        return Contents(
            unit=unit.name.upper(), title=dossier.title, notation=dossier.notation, retention=dossier.retention.name,
            span=f"{_short(dossier.opened_on)} – {ended}", heading=_("MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ"),
            columns=(_("Số TT"), _("Số, ký hiệu"), _("Ngày tháng"), _("Tác giả"), _("Tên loại và trích yếu"), _("Số tờ"), _("Ghi chú")),
            rows=rows,
            total=_("Hồ sơ gồm %(count)d văn bản, tài liệu.") % {"count": len(rows)},
        )  # fmt: skip


def pdf(made: Contents) -> bytes:
    tinos = Path(settings.NODE_MODULES) / _TINOS
    carried = tinos.is_dir()  # cài không kèm tài nguyên npm thì đành dùng chữ của máy
    return typst.compile(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(tinos)] if carried else [], ignore_system_fonts=carried,
        format="pdf", sys_inputs={"data": json.dumps(asdict(made), ensure_ascii=False)},
    )  # fmt: skip


def excel(made: Contents) -> bytes:
    return write_xlsx(made.columns, made.rows, title="Mục lục")


def _short(value: date | None) -> str:
    return format_date(value) if value else ""
