"""Từ một văn bản ra tờ giấy: tên cơ quan và cấp trên, số, địa danh, ngày, trích yếu, đề ký, nơi nhận, dấu mức độ."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tinhgon.documents.minutes_access import MINUTES
from tinhgon.documents.models import Direction, Document, OrganStyle, Secrecy, Urgency
from tinhgon.documents.selectors.joint import JointAt, joint_of
from tinhgon.documents.selectors.rules import rules_of_side, style_of
from tinhgon.engine.form.rules import RuleSetAt
from tinhgon.engine.form.symbols import symbol, symbol_line
from tinhgon.engine.formats import document_date
from tinhgon.engine.paper import CopyBlock, Layout, Paper, tables
from tinhgon.engine.paper.model import Signing
from tinhgon.org.heading import organ_lines, place_of
from tinhgon.org.models import Kind
from tinhgon.org.selectors.units import UnitAt, path

LETTER = "cong-van"
_BULLET = re.compile(r"^[-–—•+*]\s*")
_OPENING = re.compile(r"^(?:V/v|v/v|Về việc|về việc)\s*:?\s*")
_COMMITTEE = re.compile(r"^(?:Tỉnh ủy|Thành ủy|Quận ủy|Huyện ủy|Thị ủy|Đảng ủy)\s+", re.IGNORECASE)

_OF_COMMITTEE = re.compile(r"(?<=\S)\s+(?:TỈNH ỦY|THÀNH ỦY|QUẬN ỦY|HUYỆN ỦY|THỊ ỦY|ĐẢNG ỦY)\b.*$")
_CITY = re.compile(r"^(?:Tỉnh ủy|Thành ủy)\s+(?P<city>Thành phố\s.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """Nền của một tờ giấy: cơ quan đứng tên, cấp trên, lối viết, bộ quy tắc của ngày, cơ quan cùng ban hành. Hỏi một lần cho cả kiểm thể thức lẫn in."""

    organ: UnitAt | None
    above: UnitAt | None
    style: OrganStyle
    rules: RuleSetAt
    joint: tuple[JointAt, ...] = ()


def ground_of(document: Document, *, on: date) -> Ground:
    """Ngày ban hành nếu đã có, không thì ``on``."""
    day = document.issued_on or on
    organ, above = issuing_organ(document, on=day)
    style = style_of(organ.id if organ else None)
    joint = joint_of(document, on=day) if document.pk and document.direction != Direction.INCOMING else ()  # mẫu xem thử chưa lưu
    return Ground(organ, above, style, replace(rules_of_side(style.side, day), spelling=style.spelling), joint)


def paper_of(
    document: Document, body: Iterable[str] = (), *, on: date, draft: str = "", typist: str = "", copy: CopyBlock | None = None,
    ground: Ground | None = None,
) -> Paper:  # fmt: skip
    """Tờ giấy của văn bản như in ngày ``on`` (ngày ban hành nếu đã có). Văn bản mật: chỉ phần đầu, không bao giờ có nội dung.

    ``body``: mỗi đoạn một dòng, phụ lục sau dòng ``===`` (``engine.paper.tables``). ``draft``: "Dự thảo lần 1". Cơ quan đứng tên là ``issuer``, chưa chọn thì cơ quan của nơi soạn.
    """
    known = ground or ground_of(document, on=on)
    organ, above, style, rules = known.organ, known.above, known.style, known.rules
    superior, name = _names(organ, above, document.issuer_name)
    name = " - ".join([name, *(_joint_name(one, above) for one in known.joint)])
    main, annex = tables.split(body)
    return Paper(
        layout=Layout(style.side),
        superior=superior,
        organ=name,
        symbol_line=symbol_line(style.side, document.symbol or _unnumbered(document, known)),
        place_date=_place_date(document, organ, above, style, on),
        type_name="" if document.type.code == LETTER else document.type.name,
        **_minutes(document, rules),
        summary=_summary(document, style),
        body=() if document.secrecy else main,
        annex=() if document.secrecy else annex,
        annex_note=_annex_note(document, known, on) if annex else "",
        position=document.signer_position.upper(),
        signer=document.signer_name,
        **_joint_blocks(known),
        addressees=_lines(document.addressees),
        addressee_word=_addressee_word(document, rules),
        receivers=_receivers(document, style),
        marks=_marks(document),
        draft=draft,
        typist=typist,
        copy=copy,
        circulation=document.circulation,
        contact=_contact(document, style, rules),
        size=document.paper_size,
    )


def issuing_organ(document: Document, *, on: date) -> tuple[UnitAt | None, UnitAt | None]:
    """(cơ quan đứng tên, cấp trên trực tiếp) ngày ``on``; phòng bên trong thì cơ quan gần nhất chứa nó."""
    chain = path(document.issuer_id or document.holder_id, on=on)
    if not document.issuer_id:
        while chain and not chain[-1].is_organ:
            chain = chain[:-1]
    if not chain:
        return None, None
    return chain[-1], chain[-2] if len(chain) > 1 else None


def _names(organ: UnitAt | None, above: UnitAt | None, issuer_name: str) -> tuple[str, str]:
    """Cấp ủy cấp dưới ghi tên đảng bộ cấp trên; văn phòng và ban ghi tên cấp ủy, rồi tên mình không nhắc lại cấp ủy."""
    if organ is None:
        return "", issuer_name.upper()
    superior, name = organ_lines(organ, above)
    if organ.kind != Kind.COMMITTEE and above is not None:
        name = _OF_COMMITTEE.sub("", name)  # "Văn phòng Thành ủy" dưới "Thành ủy Thành phố ..."
    if organ.kind == Kind.COMMITTEE and above is not None and _COMMITTEE.match(above.name):
        superior = ("Đảng bộ " + _COMMITTEE.sub("", above.name)).upper()
    return superior, name


def _joint_name(one: JointAt, above: UnitAt | None) -> str:
    """Văn bản liên tịch in tên mọi cơ quan; cùng cấp trên với cơ quan chủ trì thì không nhắc lại cấp ủy."""
    is_beside = above is not None and one.unit is not None and one.unit.parent_id == above.id and one.unit.kind != Kind.COMMITTEE
    return _OF_COMMITTEE.sub("", one.name.upper()) if is_beside else one.name.upper()


def _joint_blocks(known: Ground) -> dict[str, Any]:
    """Khối ký của các cơ quan cùng ban hành; chỗ đứng của cơ quan chủ trì theo bộ quy tắc, vì các nguồn nói khác nhau."""
    if not known.joint:
        return {}
    rule = known.rules.rule("joint.signatures")
    blocks = tuple(
        Signing(authority=one.row.authority.upper(), position=one.row.signer_position.upper(), signer=one.row.signer_name) for one in known.joint
    )
    return {"joint": blocks} | ({"lead_side": rule.data["lead"], "across": rule.data["across"]} if rule else {})


def _unnumbered(document: Document, known: Ground) -> str:
    abbreviation = known.rules.abbreviation(document.type.code)
    organs = "-".join([known.organ.symbol if known.organ else "", *(one.symbol for one in known.joint)])
    return symbol(known.rules.side, None, document.type.abbreviation if abbreviation is None else abbreviation, organs)


def _annex_note(document: Document, known: Ground, on: date) -> str:
    """"Kèm theo Quyết định số 15-QĐ/TU, ngày 30 tháng 6 năm 2025 của ...": dự thảo thì chỗ số và ngày còn trống."""
    number = document.symbol or _unnumbered(document, known)
    day = document_date(document.issued_on) if document.issued_on else f"ngày      tháng      năm {on.year}"
    by = " - ".join([known.organ.name if known.organ else document.issuer_name, *(one.name for one in known.joint)])
    return f"Kèm theo {document.type.name} số {number}, {day} của {by}"


def _place_date(document: Document, organ: UnitAt | None, above: UnitAt | None, style: OrganStyle, on: date) -> str:
    committee = above if organ is not None and organ.kind != Kind.COMMITTEE and above is not None else organ
    place = document.place or style.place or (_place(committee) if committee else "")
    day = document_date(document.issued_on) if document.issued_on else f"ngày      tháng      năm {on.year}"
    return f"{place}, {day}" if place else day


def _place(committee: UnitAt) -> str:
    """Thành phố trực thuộc Trung ương ghi đủ "Thành phố Hồ Chí Minh"; nơi khác ghi tên riêng của địa bàn."""
    city = _CITY.match(committee.name)
    return city["city"] if city else place_of(committee)


def _summary(document: Document, style: OrganStyle) -> str:
    """Công văn mở đầu theo lối của cơ quan; tên loại khác thì "về việc" viết thường, trừ văn bản của Nhà nước."""
    summary = document.summary.strip()
    if document.type.code == LETTER:
        return f"{style.letter_opening} {_OPENING.sub('', summary)}"
    if style.side == Layout.PARTY and _OPENING.match(summary):
        return "về việc " + _OPENING.sub("", summary)
    return summary


def _addressee_word(document: Document, rules: RuleSetAt) -> str:
    found = rules.rule("address.word")
    return str(found.data["words"].get(document.type.code, "Kính gửi")) if found else "Kính gửi"


def _receivers(document: Document, style: OrganStyle) -> tuple[str, ...]:
    """Mỗi nơi nhận sau một gạch đầu dòng; hết dòng phẩy (Nhà nước: chấm phẩy), dòng lưu chấm. Người soạn chỉ gõ tên."""
    names = [_BULLET.sub("", line).rstrip(" ,;.") for line in _lines(document.receivers)]
    stop = ";" if style.side == Layout.STATE else ","
    return tuple(f"- {name}{'.' if at == len(names) else stop}" for at, name in enumerate(names, start=1))


def _minutes(document: Document, rules: RuleSetAt) -> dict[str, Any]:
    """Biên bản có hai chữ ký; chữ trên hai chữ ký theo bộ quy tắc, trừ khi người soạn ghi quyền hạn khác cho chủ trì."""
    if document.type.code != MINUTES:
        return {"authority": document.authority.upper()}
    return {
        "authority": document.authority or rules.word("minutes.signatures", "chair", "CHỦ TRÌ"), "recorder": document.recorder_name,
        "recorder_word": rules.word("minutes.signatures", "recorder", "NGƯỜI GHI BIÊN BẢN"),
    }  # fmt: skip


def _contact(document: Document, style: OrganStyle, rules: RuleSetAt) -> tuple[str, ...]:
    """Chỉ tên loại mà bộ quy tắc nêu; cơ quan chưa ghi thì không in gì."""
    found = rules.rule("contact.line")
    return _lines(style.contact) if found and document.type.code in found.data["types"] else ()


def _marks(document: Document) -> tuple[str, ...]:
    labels = [Secrecy(document.secrecy).label] if document.secrecy else []
    labels += [Urgency(document.urgency).label] if document.urgency else []
    return tuple(str(label).upper() for label in labels)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
