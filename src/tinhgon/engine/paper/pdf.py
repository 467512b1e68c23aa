"""In ra PDF bằng typst, chữ Tinos (khổ chữ Times) đi cùng sản phẩm."""

import dataclasses
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from tinhgon.engine.paper import tables, words
from tinhgon.engine.paper.blocks import blocks
from tinhgon.engine.paper.fitting import MARK_ROOM, balanced, columns, date_lines, halves, organ_lines
from tinhgon.engine.paper.measures import Measures
from tinhgon.engine.paper.model import Paper
from tinhgon.engine.paper.signatures import signature_rows

_TEMPLATE = Path(__file__).with_name("paper.typ")
_WORDS = {
    "party": words.PARTY, "country": words.COUNTRY, "motto": words.MOTTO, "star": words.STAR, "dashes": words.DASHES,
    "receivers": words.RECEIVERS, "short_rule": words.SHORT_RULE,
}  # fmt: skip


def to_pdf(paper: Paper, measures: Measures) -> bytes:
    """PDF của tờ giấy. ``measures.fonts``: thư mục chữ; rỗng thì dùng chữ của máy."""
    data = {"paper": _sheet(paper, measures), "measures": dataclasses.asdict(measures), "words": _WORDS}
    printed = _compiler(measures.fonts).compile(
        format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
    )
    assert isinstance(printed, bytes)
    return printed


def _sheet(paper: Paper, m: Measures) -> dict[str, Any]:
    """Tờ giấy đã xếp: thân thành khối, tên dài thành dòng, hai cột có bề rộng."""
    across = columns(paper, m)
    sheet = dataclasses.asdict(paper) | {
        "body": _blocks(paper.body, m),
        "annex": _blocks(paper.annex, m),
        "superior": balanced(paper.superior, m.superior_size, across.left),
        "organ": organ_lines(paper.organ, m.organ_size, across.left),
        "place_date": date_lines(paper.place_date, m),
        "left": across.left,
        "right": across.right,
        "circulation": balanced(paper.circulation, m.mark_size, across.right - MARK_ROOM),
    }
    if paper.joint:
        sheet["joint"] = [dataclasses.asdict(row) for row in signature_rows(paper, m)]
    half = halves(m)
    sheet |= {"half_left": half.left, "half_right": half.right}
    size, room = (m.summary_size, m.text_width) if paper.type_name else (m.letter_summary_size, across.left - 6)
    sheet["summary"] = balanced(paper.summary, size, room)
    if paper.copy:
        sheet["copy"]["organ"] = organ_lines(paper.copy.organ, m.organ_size, across.left)
        sheet["copy"]["place_date"] = date_lines(paper.copy.place_date, m)
    return sheet


def _blocks(lines: Iterable[str], m: Measures) -> list[dict[str, Any]]:
    return [
        dataclasses.asdict(block) | {"widths": tables.widths(block.rows, m.table_size, m.text_width) if block.rows else []}
        for block in blocks(lines)
    ]


@lru_cache(maxsize=4)
def _compiler(fonts: str) -> typst.Compiler:
    """Giữ lại giữa các lần in: đọc tệp chữ tốn gấp nhiều lần dàn trang."""
    return typst.Compiler(
        str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=[fonts] if fonts else [], ignore_system_fonts=bool(fonts)
    )
