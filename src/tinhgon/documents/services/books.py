"""Văn bản đi vào sổ nào: cơ quan đứng tên, nhiệm kỳ hay năm hay đại hội, sổ thường hay sổ bản sao. Mọi chỗ vướng nêu cùng lúc."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core.errors import Invalid, Reason
from tinhgon.documents.models import Congress, CopyKind, DocumentType, NumberSeries
from tinhgon.documents.selectors.paper import LETTER
from tinhgon.documents.selectors.rules import rules_on
from tinhgon.documents.services import checks
from tinhgon.documents.services.numbers import Book
from tinhgon.engine.form import symbols
from tinhgon.engine.form.rules import RuleSetAt
from tinhgon.engine.paper import Layout
from tinhgon.org.models import Term
from tinhgon.org.selectors.units import UnitAt, path, term_at, units_at

CONGRESS_SYMBOL = "ĐH"
COPY_ABBREVIATION = "BS"
_STATE_COPIES: dict[str, str] = {CopyKind.FULL: "SY", CopyKind.EXTRACT: "TrS", CopyKind.AGAIN: "SL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Sổ và cách ghi ký hiệu của một văn bản sắp ban hành. ``joint``: các cơ quan cùng đứng tên, sau cơ quan chủ trì."""

    organ: UnitAt
    side: str
    joint: tuple[UnitAt, ...]
    book: Book | None
    abbreviation: str
    objections: tuple[Reason, ...]

    @property
    def organ_symbol(self) -> str:
        if self.book is not None and self.book.kind == NumberSeries.Kind.CONGRESS:
            return CONGRESS_SYMBOL
        return "-".join(unit.symbol for unit in (self.organ, *self.joint))

    @property
    def issuer_name(self) -> str:
        return " - ".join(unit.name for unit in (self.organ, *self.joint))

    def symbol(self, number: int, suffix: str = "") -> str:
        return symbols.symbol(self.side, number, self.abbreviation, self.organ_symbol, suffix=suffix)


def organ_of(holder_id: int, chosen_id: int | None, *, on: date) -> UnitAt:
    """Cơ quan được chọn, hay cơ quan gần nhất chứa đơn vị soạn: phòng bên trong không có sổ, không có con dấu."""
    chain = path(chosen_id or holder_id, on=on)
    if not chain:
        raise Invalid(Reason("org.unit_not_found", _("Đơn vị này không có."), "issuer"))
    if chosen_id:
        return chain[-1]
    return next((unit for unit in reversed(chain) if unit.is_organ), chain[-1])


def imprint(
    *, organ: UnitAt, direction: str, kind: DocumentType, is_secret: bool, on: date, joint_ids: Iterable[int] = (),
    congress: bool = False, copy_kind: str = "",
) -> Imprint:  # fmt: skip
    """Sổ và ký hiệu ngày ``on``; ``objections`` là mọi lý do chưa cấp số được."""
    joint, joint_reasons = _joint(organ, joint_ids, on)
    rules = rules_on(on, organ.id)
    held = congress_at(organ.id, on=on) if congress else None
    period = _Period(None, on.year) if rules.side == Layout.STATE else _Period(term_at(organ.id, on=on), None)
    abbreviation = _copy_abbreviation(rules.side, copy_kind) if copy_kind else _abbreviation(rules, kind)
    reasons = [*_of_organ(organ, on), *joint_reasons]
    if abbreviation is None:
        sentence = _("Tên loại “%(type)s” không cấp số ở đây.") % {"type": kind.name}
        reasons.append(Reason("documents.type_without_number", sentence, "type"))
    if organ.is_open and congress and held is None:
        sentence = _("%(unit)s không có đại hội nào đang họp trong ngày này.") % {"unit": organ.name}
        reasons.append(Reason("documents.no_congress", sentence, "congress"))
    if organ.is_open and not congress and not period.is_known:
        sentence = _("%(unit)s chưa có nhiệm kỳ trong ngày này: sổ văn bản của Đảng chạy theo nhiệm kỳ.")
        reasons.append(Reason("documents.no_term", sentence % {"unit": organ.name}, "issuer"))
    plain = Book(organ_id=organ.id, direction=direction, is_secret=is_secret)
    return Imprint(
        organ=organ, side=rules.side, joint=joint, objections=tuple(reasons), abbreviation=abbreviation or "",
        book=_book(plain, kind, period, held, copy=bool(copy_kind)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Period:
    """Sổ của Đảng chạy theo nhiệm kỳ, của Nhà nước theo năm (HD 36 mục 1.3.1; NĐ 30/2020 Điều 22)."""

    term: Term | None
    year: int | None

    @property
    def is_known(self) -> bool:
        return self.term is not None or self.year is not None

    def of(self, book: Book) -> Book:
        return replace(book, term_id=self.term.pk if self.term else None, year=self.year)


def _abbreviation(rules: RuleSetAt, kind: DocumentType) -> str | None:
    """Ký hiệu tên loại theo bộ quy tắc của ngày ấy; công văn của Nhà nước không ghi. ``None``: tên loại không cấp số."""
    found = rules.abbreviation(kind.code)
    if found is None:
        found = kind.abbreviation
    if not found and not (rules.side == Layout.STATE and kind.code == LETTER):
        return None
    return found


def _copy_abbreviation(side: str, copy_kind: str) -> str:
    """Của Đảng là ``BS`` cho cả ba loại; của Nhà nước mỗi loại một ký hiệu, cùng một sổ (NĐ 30/2020)."""
    return _STATE_COPIES.get(copy_kind, COPY_ABBREVIATION) if side == Layout.STATE else COPY_ABBREVIATION


def congress_at(unit_id: int, *, on: date) -> Congress | None:
    """Đại hội đang họp của cấp ủy ngày ``on``."""
    return Congress.objects.filter(unit=unit_id, opens_on__lte=on, closes_on__gte=on).order_by("opens_on").last()


def _book(plain: Book, kind: DocumentType, period: _Period, held: Congress | None, *, copy: bool) -> Book | None:
    if held is not None:
        return replace(plain, kind=NumberSeries.Kind.CONGRESS, congress_id=held.pk)
    if not period.is_known:
        return None
    if copy:
        return period.of(replace(plain, kind=NumberSeries.Kind.COPIES))
    return period.of(replace(plain, type_id=kind.pk))


def _of_organ(organ: UnitAt, on: date, field: str = "issuer") -> list[Reason]:
    reasons = checks.not_open([organ.id], on=on, field=field)
    if reasons:
        return reasons
    shown = {"unit": organ.name}
    if not organ.is_organ:
        sentence = _("%(unit)s là phòng bên trong, không có sổ và con dấu: hãy chọn cơ quan đứng tên.") % shown
        reasons.append(Reason("documents.not_an_organ", sentence, field))
    if not organ.symbol:
        reasons.append(Reason("documents.no_symbol", _("%(unit)s chưa có ký hiệu văn bản.") % shown, field))
    return reasons


def _joint(organ: UnitAt, joint_ids: Iterable[int], on: date) -> tuple[tuple[UnitAt, ...], list[Reason]]:
    wanted = [unit for unit in dict.fromkeys(joint_ids) if unit != organ.id]
    known = units_at(wanted, on=on)
    reasons = [reason for unit in known.values() for reason in _of_organ(unit, on, "joint")]
    if len(known) < len(wanted):
        reasons.append(Reason("org.unit_not_found", _("Đơn vị này không có."), "joint"))
    return tuple(known[unit] for unit in wanted if unit in known), reasons
