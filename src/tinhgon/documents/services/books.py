"""Văn bản đi vào sổ nào: cơ quan đứng tên, nhiệm kỳ hay năm hay đại hội, sổ thường hay sổ bản sao. Mọi chỗ vướng nêu cùng lúc."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core.errors import Invalid, Reason
from tinhgon.documents.models import Congress, CopyKind, DocumentType, NumberSeries
from tinhgon.documents.selectors.joint import JointAt
from tinhgon.documents.selectors.paper import LETTER
from tinhgon.documents.selectors.rules import rules_on
from tinhgon.documents.services import checks
from tinhgon.documents.services.numbers import Book
from tinhgon.engine.form import symbols
from tinhgon.engine.form.rules import RuleSetAt
from tinhgon.engine.paper import Layout
from tinhgon.org.models import Term
from tinhgon.org.selectors.units import UnitAt, path, term_at

CONGRESS_SYMBOL = "ĐH"
COPY_ABBREVIATION = "BS"
_STATE_COPIES: dict[str, str] = {CopyKind.FULL: "SY", CopyKind.EXTRACT: "TrS", CopyKind.AGAIN: "SL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Sổ và cách ghi ký hiệu của một văn bản sắp ban hành. ``joint``: các cơ quan cùng đứng tên, sau cơ quan chủ trì."""

    organ: UnitAt
    side: str
    joint: tuple[JointAt, ...]
    book: Book | None
    abbreviation: str
    objections: tuple[Reason, ...]

    @property
    def organ_symbol(self) -> str:
        if self.book is not None and self.book.kind == NumberSeries.Kind.CONGRESS:
            return CONGRESS_SYMBOL
        return "-".join([self.organ.symbol, *(one.symbol for one in self.joint)])

    @property
    def issuer_name(self) -> str:
        return " - ".join([self.organ.name, *(one.name for one in self.joint)])

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
    *, organ: UnitAt, direction: str, kind: DocumentType, is_secret: bool, on: date, joint: Sequence[JointAt] = (),
    congress: bool = False, copy_kind: str = "",
) -> Imprint:  # fmt: skip
    """Sổ và ký hiệu ngày ``on``; ``objections`` là mọi lý do chưa cấp số được."""
    rules = rules_on(on, organ.id)
    held = congress_at(organ.id, on=on) if congress else None
    period = _Period(None, on.year) if rules.side == Layout.STATE else _Period(term_at(organ.id, on=on), None)
    abbreviation = _copy_abbreviation(rules.side, copy_kind) if copy_kind else _abbreviation(rules, kind)
    reasons = [*organ_reasons(organ, on), *_joint_reasons(organ, joint, on)]
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
        organ=organ, side=rules.side, joint=tuple(joint), objections=tuple(reasons), abbreviation=abbreviation or "",
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


def organ_reasons(organ: UnitAt, on: date, field: str = "issuer") -> list[Reason]:
    """Vì sao đơn vị này không đứng tên văn bản được: đã kết thúc, là phòng bên trong, chưa có ký hiệu."""
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


def _joint_reasons(organ: UnitAt, joint: Sequence[JointAt], on: date) -> list[Reason]:
    """Cơ quan cùng ban hành đã kết thúc hay về chung một nơi kế thừa từ lúc soạn: phải sửa dự thảo rồi mới cấp số."""
    reasons = [reason for one in joint if one.unit for reason in organ_reasons(one.unit, on, "joint")]
    units = [organ.id, *(one.unit.id for one in joint if one.unit)]
    for unit in {unit for unit in units if units.count(unit) > 1}:
        name = next((one.name for one in joint if one.unit and one.unit.id == unit), organ.name)
        reasons.append(Reason("documents.joint_repeated", _("%(unit)s đứng tên hai lần: hãy trả lại để sửa cơ quan cùng ban hành.") % {"unit": name}, "joint"))
    return reasons
