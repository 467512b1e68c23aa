"""Từ chữ ra thể thức: số, ký hiệu, tên loại, cơ quan, ngày, trích yếu, người ký, nơi nhận; mỗi ô kèm độ tin cậy và chỗ trên trang.

Quy tắc rút từ biểu mẫu (HD 36-HD/VPTW, HD 05-HD/VPTW, NĐ 30/2020/NĐ-CP, Luật Ban hành VBQPPL), không từ văn bản nào cụ thể.
"""

from dataclasses import replace
from types import MappingProxyType

from tinhgon.engine.extract.model import Extracted, Source
from tinhgon.engine.reading.agreeing import agreed
from tinhgon.engine.reading.ending import Ending, read_ending
from tinhgon.engine.reading.found import Doubt
from tinhgon.engine.reading.heading import Heading, passed_on, read_heading, with_place
from tinhgon.engine.reading.model import NAMES, SURE, Field, Proposal, Reading
from tinhgon.engine.reading.pieces import pieces_of
from tinhgon.engine.reading.proposals import proposals
from tinhgon.engine.reading.repair import by_the_text, signing_words, summary
from tinhgon.engine.reading.title import Title, read_title
from tinhgon.engine.reading.vocabulary import province, surname

__all__ = ["NAMES", "SURE", "Field", "Proposal", "Reading", "read"]

_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết")


def read(extracted: Extracted) -> Reading:
    """Đọc thể thức của văn bản. Ô nào không thấy thì rỗng: không đoán."""
    first = _read(extracted)
    if not extracted.again:
        return first
    second = _read(replace(extracted, lines=extracted.again))
    fields = {name: agreed(first.fields[name], second.fields[name], name) for name in NAMES}
    fields["co_quan"] = replace(fields["co_quan"], value=with_place(fields["co_quan"].value, fields["dia_danh"].value))
    return replace(first, fields=MappingProxyType(fields), layout=first.layout or second.layout)


def _read(extracted: Extracted) -> Reading:
    scanned = extracted.source is Source.OCR
    pieces = pieces_of(extracted)
    heading = read_heading(pieces, scanned=scanned)
    title = read_title(pieces, heading, scanned=scanned)
    if scanned:
        title.text = by_the_text(summary(title.text), (piece.text for piece in pieces))
        heading.organ = by_the_text(heading.organ, (piece.text for piece in pieces))
    body = max([heading.end, *(piece.order for piece in title.summary)], default=-1)
    ending = read_ending(pieces, body + 1, scanned=scanned)
    if scanned:
        ending.receivers = [by_the_text(text, (piece.text for piece in pieces)) for text in ending.receivers]
    doubt = Doubt(scanned)
    fields = {**_head_fields(heading, title, doubt, [piece.text for piece in pieces]), **_end_fields(ending, doubt, heading.layout)}
    first = ending.receiver_pieces[0].order if ending.receiver_pieces else len(pieces)
    found = proposals((piece.text for piece in pieces[body + 1 : first] if not piece.is_rule), issued=heading.day)
    return Reading(MappingProxyType({name: fields[name] for name in NAMES}), found, heading.layout)


def _head_fields(heading: Heading, title: Title, doubt: Doubt, texts: list[str]) -> dict[str, Field]:
    organs = heading.organs
    number = [heading.number] if heading.number else []
    dated = [heading.dated] if heading.dated else []
    day = heading.day or (passed_on(texts) if title.type_name in _LAWS and not dated else None)
    shown = heading.symbol if heading.has_number or doubt.scanned else ""  # dự thảo chưa có số: ô trống
    firm = 0.95 if title.is_firm else 0.7
    return {
        "so_ky_hieu": doubt.field(shown, 0.97 if title.agrees else 0.88, number, must_confirm=doubt.scanned),
        "loai": doubt.field(title.type_name, 0.98 if title.agrees else 0.9 if title.exact else 0.6, [title.line] if title.line else number, known=True),
        "co_quan": doubt.field(heading.organ, 0.96 if heading.number and heading.layout else 0.7, organs),
        "dia_danh": doubt.field(heading.place_name, 0.97 if province(heading.place_name) else 0.9, dated, known=bool(province(heading.place_name))),
        "ngay": doubt.field(f"{day:%d/%m/%Y}" if day else "", 0.98 if heading.day else 0.8, dated, must_confirm=doubt.scanned),
        "trich_yeu": doubt.field(title.text, firm if heading.number else firm - 0.15, title.summary),
    }


def _end_fields(ending: Ending, doubt: Doubt, layout: str) -> dict[str, Field]:
    named = [block.named for block in ending.blocks if block.named]
    lines = [piece for block in ending.blocks for piece in block.lines]
    names = "; ".join(block.name for block in ending.blocks if block.name)
    authority = "; ".join(block.authority for block in ending.blocks if block.authority)
    if any(piece.line.confidence < 1 for piece in lines):
        authority = signing_words(authority, layout)
    common = all(surname(block.name.split()[0]) for block in ending.blocks if block.name)
    whole = bool(lines and named)
    listed = "\n".join(ending.receivers)
    return {
        "nguoi_ky": doubt.field(names, (0.96 if common else 0.8) if whole else 0.6, named),
        "quyen_han_chuc_vu": doubt.field(authority, 0.95 if whole else 0.6, lines),
        "noi_nhan": doubt.field(listed, 0.95 if ending.ends_with_keep else 0.75, ending.receiver_pieces),
    }
