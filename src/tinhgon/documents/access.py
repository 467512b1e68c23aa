"""Ai thấy văn bản nào, ai làm gì với nó. Một bộ lọc theo tập cho danh sách, trang, tìm kiếm và kết xuất.

Bảng vai trò ở ``org.rights``. Trên độ mật thường: chỉ người được xem độ mật ấy ở chính đơn vị làm họ thấy văn bản.
Ủy ban kiểm tra (ngoài việc của mình) và quản trị hệ thống không thấy văn bản nào.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core import prepared
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, NotFound, Reason, Refused
from tinhgon.documents.clearance import document_cleared
from tinhgon.documents.drafting_sight import through_drafting
from tinhgon.documents.models import Direction, Document, JointOrgan, NumberSeries, RoutingLine
from tinhgon.org.access import Scope, Standing, acting, scope_of, within_clearance
from tinhgon.org.models import Covers
from tinhgon.org.moving import items_on_the_way
from tinhgon.org.rights import Verb
from tinhgon.org.sight import any_of
from tinhgon.search.registry import compiled

State = Document.State
LineState = RoutingLine.State


def visible_to(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Các văn bản người này được thấy ngày ``on``.

    Hợp của vài nhánh, mỗi nhánh đi theo một chỉ mục: người thấy ít thì nhanh dù bảng có một triệu dòng.
    """
    return _visible(actor, on, Q(), Q())


def lines_at(actor: Actor, *, on: date, side: str) -> QuerySet[RoutingLine]:
    """Dòng luân chuyển thấy được vì đơn vị mình (``to_unit``, ``from_unit``) hay chính mình (``assignee``) ở vế ấy.

    Một phần của ``visible_to``, hỏi thẳng một chỉ mục: cho các khối việc đang chờ.
    """
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    if side == "assignee":
        mine, unit = Q(assignee__in=scope.people), "to_unit"
    else:
        mine, unit = Q(**{f"{side}__in": scope.whole_units | scope.clerk_units}), side
    return RoutingLine.objects.filter(mine & document_cleared(scope, unit))


def held_at(actor: Actor, *, on: date, side: str) -> QuerySet[Document]:
    """Văn bản thấy được vì ``holder`` đơn vị mình giữ, ``drafter`` mình soạn, ``desk`` chờ mình là văn thư cấp số."""
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    books = scope.clerk_units
    mine = {
        "holder": Q(holder__in=scope.whole_units) & within_clearance(scope, "holder"),
        "drafter": Q(drafter__in=scope.people) & within_clearance(scope, "holder"),
        "desk": Q(state=State.READY)
        & (Q(issuer__in=books) & within_clearance(scope, "issuer") | Q(holder__in=books) & within_clearance(scope, "holder")),
    }
    return Document.objects.filter(mine[side])


def rows_seen(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Như ``visible_to``, nhưng xét từng dòng: cho nơi gọi đã có sẵn vài nghìn dòng và chỉ hỏi "dòng này có thấy không"."""
    return _rows(_scope(actor, on))


def ids_seen(actor: Actor, *, on: date) -> QuerySet:
    """Mã các văn bản thấy được, có thể lặp, chưa gom thành mảng: cắt ``[:n]`` thì dừng sớm."""
    return _ids(_scope(actor, on))


def rows_seen_sql(actor: Actor, *, on: date) -> str | None:
    """SQL của ``rows_seen``."""
    return _rows_sql(_scope(actor, on))


def held_rows_sql(actor: Actor, *, on: date) -> str | None:
    """Như ``rows_seen_sql`` nhưng chỉ với những lý do nằm ngay ở dòng văn bản: mình soạn, đơn vị mình giữ, sổ mình giữ."""
    return _held_rows_sql(_scope(actor, on))


def lines_rows_sql(actor: Actor, *, on: date) -> str | None:
    """Như ``rows_seen_sql`` nhưng chỉ với những lý do nằm ở dòng luân chuyển: tới mình, mình lưu, mình chuyển đi."""
    return _lines_rows_sql(_scope(actor, on))


def ids_seen_sql(actor: Actor, *, on: date) -> str | None:
    """SQL của ``ids_seen``."""
    return _ids_sql(_scope(actor, on))


# Dựng SQL lâu hơn chạy nó. Nhớ theo nội dung phạm vi, không theo người: phân công đổi là phạm vi khác, SQL khác, ngay lần sau.
@lru_cache(maxsize=256)
def _rows_sql(scope: Scope | None) -> str | None:
    return _written(_rows(scope).values("pk"))


@lru_cache(maxsize=256)
def _held_rows_sql(scope: Scope | None) -> str | None:
    if scope is None:
        return _written(Document.objects.values("pk"))
    if scope.person_id is None:
        return None
    return _written(Document.objects.filter(reduce(or_, _held(scope))).values("pk"))


@lru_cache(maxsize=256)
def _lines_rows_sql(scope: Scope | None) -> str | None:
    if scope is None or scope.person_id is None:
        return None
    return _written(RoutingLine.objects.filter(reduce(or_, _through_lines(scope))).order_by().values("document").distinct())


@lru_cache(maxsize=256)
def _ids_sql(scope: Scope | None) -> str | None:
    return _written(_ids(scope))


def _written(found: QuerySet) -> str | None:
    sql = compiled(found)
    return None if sql is None else prepared.written(*sql)


def _scope(actor: Actor, on: date) -> Scope | None:
    """Phạm vi ở phần văn bản; ``None``: máy chủ, thấy tất cả."""
    return None if actor.is_system else scope_of(actor, on=on).within(Covers.DOCUMENTS)


def _rows(scope: Scope | None) -> QuerySet[Document]:
    if scope is None:
        return Document.objects.all()
    if scope.person_id is None:
        return Document.objects.none()
    seen = reduce(or_, [*_held(scope), *_coming(scope)])
    here = Q(document=OuterRef("pk"))
    of_lines = reduce(or_, [*_through_lines(scope), *_coming_lines(scope)])
    for found in [RoutingLine.objects.filter(of_lines & here), *_other_tables(scope, here)]:
        seen |= Q(Exists(found))
    return Document.objects.filter(seen)


def _ids(scope: Scope | None) -> QuerySet:
    if scope is None:
        return Document.objects.values("pk")
    if scope.person_id is None:
        return Document.objects.none().values("pk")
    first, *others = _branches(scope, Q(), Q())
    return first.union(*others, all=True)


def _visible(actor: Actor, on: date, document: Q, line: Q) -> QuerySet[Document]:
    """``document``, ``line``: thu hẹp sẵn từng nhánh (một văn bản đã biết mã), trên ``Document`` và các bảng có ``document``."""
    scope = _scope(actor, on)
    if scope is None:
        return Document.objects.filter(document)
    if scope.person_id is None:
        return Document.objects.none()
    return any_of(Document, _branches(scope, document, line)).filter(document)


def _branches(scope: Scope, document: Q, line: Q) -> list[QuerySet]:
    """Mỗi lý do thấy là một truy vấn mã văn bản, đi theo chỉ mục của nó."""
    held = [Document.objects.filter(reason & document).values("pk") for reason in [*_held(scope), *_coming(scope)]]
    return held + _tables(scope, line)


def _tables(scope: Scope, line: Q) -> list[QuerySet]:
    """Lý do thấy nằm ở các bảng có ``document``: dòng luân chuyển, cơ quan cùng đứng tên, lượt trình."""
    lines = [
        RoutingLine.objects.filter(reason & line).values("document")
        for reason in [*_through_lines(scope), *_coming_lines(scope)]
    ]
    return lines + _other_tables(scope, line)


def _other_tables(scope: Scope, line: Q) -> list[QuerySet]:
    joint = Q(kept_by__in=scope.whole_units | scope.clerk_units) & document_cleared(scope, "kept_by")
    return [JointOrgan.objects.filter(joint & line).values("document"), *through_drafting(scope, line)]


def _held(scope: Scope) -> Iterator[Q]:
    """Mình soạn; đơn vị mình giữ; sổ mình giữ; dự thảo chờ mình cấp số."""
    whole, books = scope.whole_units, scope.clerk_units
    kept = NumberSeries.objects.filter(keeper__in=whole | books)
    yield Q(drafter__in=scope.people) & within_clearance(scope, "holder")
    yield Q(holder__in=whole) & within_clearance(scope, "holder")
    yield Q(holder__in=books) & ~Q(state__in=[State.DRAFT, State.DROPPED]) & within_clearance(scope, "holder")
    yield Q(issuer__in=books, state=State.READY) & within_clearance(scope, "issuer")
    yield Q(series__in=kept.values("pk")) & within_clearance(scope, "series__keeper")


def _through_lines(scope: Scope) -> Iterator[Q]:
    """Dòng tới đơn vị mình (đang mở), đơn vị mình lưu, đơn vị mình chuyển, hoặc giao cho mình."""
    units = scope.whole_units | scope.clerk_units
    reasons = (
        (Q(assignee__in=scope.people, state__in=[*RoutingLine.OPEN, LineState.DONE]), "to_unit"),
        (Q(to_unit__in=units, state__in=RoutingLine.OPEN), "to_unit"),
        (Q(kept_by__in=units), "kept_by"),
        (Q(from_unit__in=units) & ~Q(state=LineState.RECALLED), "from_unit"),
    )
    for reason, unit in reasons:
        yield reason & document_cleared(scope, unit)


def _coming(scope: Scope) -> Iterator[Q]:
    """Trong lúc chuyển giao: văn bản sẽ tới đơn vị mình."""
    if scope.is_moving:
        cleared = within_clearance(scope, "to_unit")
        both = scope.whole_units | scope.clerk_units
        yield Q(pk__in=items_on_the_way(["documents.draft"], scope.whole_units).filter(cleared))
        yield Q(pk__in=items_on_the_way(["documents.open", "documents.record"], both).filter(cleared))


def _coming_lines(scope: Scope) -> Iterator[Q]:
    """Trong lúc chuyển giao: dòng sẽ tới đơn vị mình."""
    if scope.is_moving:
        both = scope.whole_units | scope.clerk_units
        lines = items_on_the_way(["documents.line", "documents.line_record"], both)
        yield Q(pk__in=lines.filter(within_clearance(scope, "to_unit")))


@dataclass(frozen=True, slots=True)
class Rule:
    """Một việc với văn bản: quyền nào, ở đơn vị nào của văn bản, khi nào; ``own``: người ấy được vì là việc của mình.

    ``in_approval``: chỉ khi đang trình ký (``True``), chỉ khi không (``False``), hay lúc nào cũng được.
    """

    verb: Verb
    units: Callable[[Document], set[int | None]]
    states: tuple[str, ...]
    own: Callable[[Document, Standing], bool] = lambda document, standing: False
    heads_only: bool = False
    in_approval: bool | None = None

    def is_time(self, document: Document) -> bool:
        """Trạng thái của văn bản cho phép."""
        return document.state in self.states and self.in_approval in (None, document.in_approval)

    def allows(self, document: Document, standing: Standing) -> bool:
        if not standing.may(self.verb):
            return False
        if self.own(document, standing):
            return True
        inside = bool(self.units(document) & standing.units)
        return inside and (standing.sees_whole_unit or not self.heads_only)


def _holder(document: Document) -> set[int | None]:
    return {document.holder_id}


def _issuing(document: Document) -> set[int | None]:
    """Văn thư của cơ quan sẽ đứng tên, hay của đơn vị đang giữ (khi cơ quan ấy đã kết thúc); động từ ``issue`` xét lại."""
    return {document.issuer_id, document.holder_id}


def _book(document: Document) -> set[int | None]:
    return {document.series.keeper_id} if document.series else set()


def _own_book(document: Document) -> set[int | None]:
    """Sổ của văn bản do mình ban hành: chỉ thứ ấy mới đóng dấu, gửi đi; văn bản đến thì chuyển xử lý."""
    return set() if document.direction == Direction.INCOMING else _book(document)


def _sealing(document: Document) -> set[int | None]:
    """Sổ của văn bản, và các cơ quan cùng ban hành: mỗi cơ quan đóng dấu của mình."""
    joint = document.joint_organs.filter(kept_by__isnull=False).values_list("kept_by", flat=True)
    return {*_own_book(document), *joint} if document.direction != Direction.INCOMING else set()


def _drafted_by(document: Document, standing: Standing) -> bool:
    return document.drafter_id == standing.person_id


RULES: dict[str, Rule] = {
    "edit": Rule(Verb.DRAFT, _holder, (State.DRAFT,), own=_drafted_by, heads_only=True, in_approval=False),
    "send_to_issue": Rule(Verb.DRAFT, _holder, (State.DRAFT,), own=_drafted_by, heads_only=True, in_approval=False),
    "attach": Rule(Verb.DRAFT, _holder, (State.DRAFT,), own=_drafted_by, heads_only=True, in_approval=False),
    "withdraw": Rule(Verb.DRAFT, _holder, (State.DRAFT,), own=_drafted_by, heads_only=True, in_approval=True),
    "replace_signer": Rule(Verb.ROUTE, _issuing, (State.DRAFT,), heads_only=True, in_approval=True),
    "attach_copy": Rule(Verb.REGISTER, _book, Document.OPEN),
    "drop": Rule(Verb.DRAFT, _holder, Document.UNNUMBERED, own=_drafted_by, heads_only=True),
    "return_draft": Rule(Verb.ISSUE, _issuing, (State.READY,)),
    "issue": Rule(Verb.ISSUE, _issuing, Document.UNNUMBERED, in_approval=False),
    "void": Rule(Verb.VOID, _book, Document.OPEN),
    "receive_signature": Rule(Verb.ISSUE, _issuing, (State.READY,)),
    "seal": Rule(Verb.ISSUE, _sealing, Document.OPEN),
    "sign": Rule(Verb.ROUTE, _issuing, (State.READY,), heads_only=True),
    "copy": Rule(Verb.ISSUE, _holder, (*Document.OPEN, State.DONE), own=lambda document, standing: True),
    "route": Rule(Verb.ROUTE, _holder, Document.OPEN),
    "send": Rule(Verb.ISSUE, _own_book, (*Document.OPEN, State.DONE)),
    "complete": Rule(Verb.PROCESS, _holder, Document.OPEN),
}
LINE_RULES: dict[str, tuple[str, ...]] = {
    "accept": (LineState.UNREAD,),
    "return": RoutingLine.OPEN,
    "assign": RoutingLine.OPEN,
    "forward": RoutingLine.OPEN,
    "finish": RoutingLine.OPEN,
    "recall": RoutingLine.OPEN,
}

_OWN_LINE = ("accept", "return")
"""Dòng chuyển đích danh thì chính người ấy tiếp nhận hay trả lại, không chờ lãnh đạo đơn vị."""


def abilities(actor: Actor, document: Document, *, on: date) -> frozenset[str]:
    """Các việc người này làm được với văn bản lúc này (khóa của ``RULES``); vừa cho nút bấm, vừa cho kiểm tra."""
    standing = _standing(actor, on)
    return frozenset(
        name
        for name, rule in RULES.items()
        if rule.is_time(document) and (actor.is_system or (standing is not None and rule.allows(document, standing)))
    )


def line_abilities(actor: Actor, lines: Iterable[RoutingLine], *, on: date) -> dict[int, frozenset[str]]:
    """Mã dòng luân chuyển -> các việc người này làm được với nó lúc này (khóa của ``LINE_RULES``)."""
    standing = _standing(actor, on)
    return {
        line.pk: frozenset(
            name
            for name, states in LINE_RULES.items()
            if line.state in states and (actor.is_system or (standing is not None and _may_line(name, line, standing)))
        )
        for line in lines
    }


def document_for(actor: Actor, document_id: int, *, to: str = "see", on: date, lock: bool = False) -> Document:
    """Văn bản để ``to`` ("see" hoặc khóa của ``RULES``), kèm sổ và tên loại.

    ``NotFound`` khi không được thấy, ``Forbidden`` khi không có quyền, ``Refused`` khi trạng thái chưa cho phép.
    """
    found = _visible(actor, on, Q(pk=document_id), Q(document=document_id))
    if lock:
        found = Document.objects.filter(pk__in=found.values("pk")).select_for_update(of=("self",))
    document = found.select_related("series", "type").first()
    if document is None:
        raise NotFound(Reason("documents.not_found", _("Không có văn bản này, hoặc bạn không được xem.")))
    if to != "see":
        _check(actor, document, to, on)
    return document


def line_for(actor: Actor, line_id: int, *, to: str, on: date) -> RoutingLine:
    """Dòng luân chuyển để ``to`` (khóa của ``LINE_RULES``), khóa dòng văn bản rồi khóa dòng; lỗi như ``document_for``."""
    row = RoutingLine.objects.filter(pk=line_id).values("document").first()
    document = document_for(actor, row["document"] if row else 0, on=on, lock=True)
    line = RoutingLine.objects.select_for_update(of=("self",)).get(pk=line_id)
    line.document = document
    if not actor.is_system and not _may_line(to, line, acting(actor, on=on)):
        raise Forbidden(Reason("documents.not_permitted", _("Vị trí bạn đang dùng không có quyền làm việc này với dòng chuyển ấy.")))
    if line.state not in LINE_RULES[to]:
        sentence = _("Dòng chuyển này %(state)s nên không làm được việc này nữa.")
        raise Refused(Reason("documents.line_state", sentence % {"state": line.get_state_display()}))
    return line


def _may_line(name: str, line: RoutingLine, standing: Standing) -> bool:
    if name == "recall":
        return standing.may(Verb.ROUTE) and bool({line.from_unit_id, line.document.holder_id} & standing.units)
    if name == "forward":
        return not line.personal and standing.sees_whole_unit and standing.may(Verb.ROUTE, line.to_unit_id)
    if line.assignee_id == standing.person_id and (name == "finish" or (line.personal and name in _OWN_LINE)):
        return standing.may(Verb.DRAFT)
    inside = standing.may(Verb.PROCESS, line.to_unit_id)
    return inside and (standing.sees_whole_unit or name != "assign")


def _check(actor: Actor, document: Document, to: str, on: date) -> None:
    rule = RULES[to]
    if not actor.is_system and not rule.allows(document, acting(actor, on=on)):
        raise Forbidden(
            Reason(
                "documents.not_permitted",
                _("Vị trí bạn đang dùng không có quyền làm việc này với văn bản."),
                data={"verb": str(rule.verb), "document": document.pk},
            )
        )
    if not rule.is_time(document):
        if document.state in rule.states:
            sentence = _("Dự thảo đang trình ký: hãy rút lại trước.") if document.in_approval else _("Dự thảo không đang trình ký.")
            raise Refused(Reason("documents.in_approval", sentence))
        sentence = _("Văn bản %(state)s nên không làm được việc này.")
        raise Refused(Reason("documents.state", sentence % {"state": document.get_state_display()}))


def _standing(actor: Actor, on: date) -> Standing | None:
    standings = scope_of(actor, on=on).standings
    return next((s for s in standings if s.appointment_id == actor.appointment_id), None)
