"""Bộ quy tắc của một ngày cho một cơ quan, và lối viết của cơ quan ấy. Đọc ra giá trị thuần cho phép kiểm tra và phép in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.core.errors import NotFound, Reason
from tinhgon.documents.models import DocumentType, OrganStyle, RuleProposal, RuleSet, RuleSetVersion, Side
from tinhgon.documents.type_data import LEGAL
from tinhgon.engine.form.rules import Change, Rule, RuleSetAt, changes, rule_from
from tinhgon.engine.formats import day_said
from tinhgon.engine.paper.model import Layout

_TINOS = "@expo-google-fonts/tinos"


def style_of(unit_id: int | None) -> OrganStyle:
    """Lối viết của cơ quan; chưa ai chọn thì mặc định: thể thức của Đảng, dấu kiểu mới."""
    if unit_id is None:
        return OrganStyle()
    return OrganStyle.objects.filter(unit=unit_id).first() or OrganStyle(unit_id=unit_id)


def styles_of(unit_ids: Iterable[int]) -> dict[int, OrganStyle]:
    """Lối viết của nhiều cơ quan, một câu SQL."""
    wanted = list(unit_ids)
    found = {style.unit_id: style for style in OrganStyle.objects.filter(unit__in=wanted)}
    return {unit_id: found.get(unit_id) or OrganStyle(unit_id=unit_id) for unit_id in wanted}


def side_of(unit_id: int | None) -> str:
    """``party`` hay ``state``: sổ đi theo nhiệm kỳ hay theo năm cũng từ đây."""
    return style_of(unit_id).side


def rules_on(on: date, organ_id: int | None = None) -> RuleSetAt:
    """Bộ quy tắc cho văn bản ``organ_id`` ban hành ngày ``on``, phiên bản mới nhất; ngày chưa có bộ nào thì bộ gần nhất."""
    style = style_of(organ_id)
    return replace(rules_of_side(style.side, on), spelling=style.spelling)


def rules_of_side(side: str, on: date) -> RuleSetAt:
    """Như ``rules_on``, khi đã biết thể thức của Đảng hay của Nhà nước."""
    found = list(_newest().filter(rule_set__side=side).order_by("rule_set__valid"))
    if not found:
        raise _no_such_set()
    chosen = next((row for row in reversed(found) if row.rule_set.valid.lower <= on), found[0])
    return replace(_at(chosen.pk, chosen.made_at), in_force=on in chosen.rule_set.valid)


def circulation_marks(organ_id: int | None, *, on: date) -> list[str]:
    """Các chỉ dẫn phạm vi lưu hành mà bộ quy tắc của cơ quan ấy, ngày ấy, cho dùng."""
    found = rules_on(on, organ_id).rule("mark.circulation")
    return list(found.data["allowed"]) if found else []


def version(version_id: int) -> RuleSetAt:
    """Một phiên bản đã ghi."""
    return _known(RuleSetVersion.objects.filter(pk=version_id))


def newest(code: str) -> RuleSetAt:
    """Phiên bản mới nhất của một bộ, theo mã ("HD05-2026")."""
    return _known(_newest().filter(rule_set__code__iexact=code))


def _newest() -> QuerySet[RuleSetVersion]:
    """Phiên bản mới nhất của mỗi bộ, chưa đọc nội dung."""
    last = RuleSetVersion.objects.filter(rule_set=OuterRef("rule_set")).order_by("-number").values("pk")[:1]
    return RuleSetVersion.objects.filter(pk=Subquery(last)).select_related("rule_set", "author").defer("rules")


def _known(found: QuerySet[RuleSetVersion]) -> RuleSetAt:
    key = found.values_list("pk", "made_at").first()
    if key is None:
        raise _no_such_set()
    return _at(*key)


def _no_such_set() -> NotFound:
    return NotFound(Reason("documents.no_rules", _("Không có bộ quy tắc này.")))


@lru_cache(maxsize=64)
def _at(version_id: int, made_at: datetime) -> RuleSetAt:
    """Phiên bản đã ghi không bao giờ đổi, nên giữ lại được; ``made_at`` phân biệt hai cơ sở dữ liệu trùng mã."""
    row = RuleSetVersion.objects.select_related("rule_set").get(pk=version_id, made_at=made_at)
    valid = row.valid
    return RuleSetAt(
        code=row.rule_set.code, name=row.rule_set.name, side=Layout(row.rule_set.side), version=row.number,
        version_id=row.pk, since=valid.lower, until=valid.upper, in_force=True,
        rules=tuple(rule_from(rule) for rule in row.rules), fonts=font_folder(),
    )  # fmt: skip


@lru_cache(maxsize=1)
def font_folder() -> str:
    """Thư mục chữ Tinos đi cùng sản phẩm; rỗng khi cài không kèm tài nguyên npm."""
    folder = Path(settings.NODE_MODULES) / _TINOS
    return str(folder.resolve()) if folder.is_dir() else ""


@dataclass(frozen=True, slots=True)
class SetRow:
    """Một bộ trong danh sách; ``is_now``: đang hiệu lực ngày hỏi; ``waiting``: số đề xuất của bản đi kèm còn chờ."""

    rule_set: RuleSet
    newest: RuleSetVersion
    is_now: bool
    is_coming: bool
    waiting: int

    @property
    def until(self) -> date | None:
        """Ngày cuối cùng áp dụng; trống khi chưa định."""
        return last_day(self.rule_set)


def last_day(rule_set: RuleSet) -> date | None:
    end: date | None = rule_set.valid.upper
    return end - timedelta(days=1) if end else None


def sets(*, on: date) -> list[SetRow]:
    """Mọi bộ, mới trước. Ai đã đăng nhập cũng đọc được: quy tắc không phải điều giấu."""
    found = _newest().order_by("rule_set__side", "-rule_set__valid")
    waiting = waiting_by_set()
    return [SetRow(row.rule_set, row, on in row.rule_set.valid, on < row.rule_set.valid.lower, waiting.get(row.rule_set.code, 0)) for row in found]


def history(code: str) -> list[RuleSetVersion]:
    """Các phiên bản của một bộ, mới trước, chưa đọc nội dung."""
    return list(RuleSetVersion.objects.filter(rule_set__code=code).select_related("author", "rule_set").defer("rules"))


def changes_in(at: RuleSetAt) -> tuple[Change, ...]:
    """Phiên bản này khác phiên bản trước ở đâu; phiên bản đầu thì không có gì để so."""
    if at.version <= 1:
        return ()
    former = _known(RuleSetVersion.objects.filter(rule_set__code=at.code, number=at.version - 1))
    return changes(former.rules, at.rules)


@dataclass(frozen=True, slots=True)
class Offered:
    """Một đề xuất của đợt đi kèm còn chờ: bản của cơ quan và bản đi kèm khác nhau ở đâu. ``wording``: câu của quy tắc; trống: ngày và ghi chú của bộ."""

    proposal: RuleProposal
    wording: str
    changes: tuple[Change, ...]


def offered(code: str) -> list[Offered]:
    """Các đề xuất còn chờ của một bộ; cơ quan đã tự sửa thành giống bản đi kèm thì không còn gì để hỏi."""
    waiting = list(RuleProposal.objects.filter(shipped__rule_set__code=code, state=RuleProposal.State.OPEN).select_related("shipped__rule_set"))
    if not waiting:
        return []
    at = newest(code)
    found = [_offered(each, at) for each in waiting]
    return [each for each in found if each.changes]


def _offered(each: RuleProposal, at: RuleSetAt) -> Offered:
    if not each.rule_code:
        return Offered(each, "", _head_changes(each))
    mine, came = at.rule(each.rule_code), rule_from(each.row) if each.row else None
    wording = mine.wording if mine else came.wording if came else each.rule_code
    return Offered(each, wording, changes([mine] if mine else [], [came] if came else []))


def _head_changes(each: RuleProposal) -> tuple[Change, ...]:
    """Tên, ngày, ghi chú của bộ: của cơ quan rồi của đợt đi kèm."""
    rule_set, shipped = each.shipped.rule_set, each.shipped.head
    end = date.fromisoformat(shipped["until"]) - timedelta(days=1) if shipped["until"] else None
    told = (
        ("name", rule_set.name, shipped["name"]), ("since", day_said(rule_set.valid.lower), day_said(date.fromisoformat(shipped["since"]))),
        ("until", day_said(last_day(rule_set)), day_said(end)), ("note", rule_set.note, shipped["note"]),
    )  # fmt: skip
    return tuple(Change("", name, own, came) for name, own, came in told if own != came)


def waiting_by_set() -> dict[str, int]:
    """Mã bộ -> số đề xuất còn phải quyết định; cơ quan đã tự sửa thành giống bản đi kèm thì không đếm, như trang của bộ không hỏi."""
    codes = RuleProposal.objects.filter(state=RuleProposal.State.OPEN).order_by().values_list("shipped__rule_set__code", flat=True).distinct()
    return {code: len(offered(code)) for code in codes}


def removed_rules(at: RuleSetAt) -> tuple[Rule, ...]:
    """Quy tắc có ở phiên bản trước mà bản này không còn, như ở lần cuối còn nó."""
    if at.version <= 1:
        return ()
    found: dict[str, Rule] = {}
    for row in RuleSetVersion.objects.filter(rule_set__code=at.code, number__lt=at.version).order_by("number").values_list("rules", flat=True):
        found |= {rule["code"]: rule_from(rule) for rule in row}
    return tuple(rule for code, rule in found.items() if at.rule(code) is None)


def draftable_types(side: str = Side.PARTY) -> list[DocumentType]:
    """Tên loại soạn được ở đây: không có văn bản quy phạm pháp luật; tên loại của bộ đang dùng trước."""
    codes = set(rules_of_side(side, clock.today()).type_codes)
    types = list(DocumentType.objects.exclude(rule_set=LEGAL))
    return sorted(types, key=lambda found: (found.code not in codes, found.order))
