"""Quyển quy định đi kèm sản phẩm đổi: nhà chưa sửa thì theo ngay; nhà đã sửa thì dòng chưa sửa theo, dòng đã sửa thành đề xuất để nhận hay không."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, Refused
from tinhgon.engine.rulebook import Book, line_of, upgraded_book, with_row
from tinhgon.personnel.models import RuleBookVersion, RuleLineProposal, ShippedRuleBook
from tinhgon.personnel.rule_words import title_of
from tinhgon.personnel.selectors.rules import newest, shipped_data
from tinhgon.personnel.services.rules import change_rules, require_keeper
from tinhgon.personnel.services.steps import required

State = RuleLineProposal.State


def take_shipped() -> None:
    """Nhận các quyển khác bản đã nhận lần trước; không có thì không đổi gì. Cơ sở dữ liệu chưa tới bảng này thì thôi."""
    if ShippedRuleBook._meta.db_table in connection.introspection.table_names():
        for book in Book:
            take(book, shipped_data(book))


@transaction.atomic
def take(book: Book, data: dict[str, Any]) -> None:
    """Nhận một quyển; gọi lại với cùng nội dung thì không đổi gì."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('personnel.rule_book.' || %s))", [book])
    known = ShippedRuleBook.objects.filter(book=book).first()
    if known is not None and known.data == data:
        return
    # Nhà cài trước khi có bảng này: gốc là bản đi kèm đã chép trước lần sửa đầu tiên.
    copied = RuleBookVersion.objects.filter(book=book, is_shipped=True).first()
    base = known.data if known else copied.data if copied else data
    came = ShippedRuleBook.objects.create(book=book, revision=known.revision + 1 if known else 1, data=data, loaded_at=clock.now())
    current = newest(book)
    if current.is_shipped or base == data:
        return
    merge = upgraded_book(book, base, current.data, data)
    if merge.taken:
        change_rules(SYSTEM, on=clock.today(), book=book, data=merge.data, based_on=current.number, reason=_("Đợt %(revision)d đi kèm sản phẩm") % {"revision": came.revision})
    RuleLineProposal.objects.filter(shipped__book=book, state=State.OPEN, line__in=merge.contested).update(state=State.REPLACED)
    RuleLineProposal.objects.bulk_create(RuleLineProposal(shipped=came, line=code, row=row) for code, row in merge.contested.items())
    if merge.taken or merge.contested:
        told = {"book": str(current.get_book_display()), "revision": came.revision, "taken": merge.taken, "contested": len(merge.contested)}
        record(SYSTEM, "personnel.rules_shipped", ("rule_book", came.pk), after=told)


@transaction.atomic
def accept_line(actor: Actor, *, on: date, book: str, proposal_id: int, reason: str) -> RuleBookVersion:
    """Nhận dòng của bản đi kèm thay dòng của cơ quan: thành phiên bản kế tiếp của quyển."""
    person, found = _opened(actor, on, book, proposal_id)
    current = newest(book)
    made = with_row(Book(book), current.data, found.line, found.row, found.shipped.data)
    version = change_rules(actor, on=on, book=book, data=made, based_on=current.number, reason=reason)
    _decide(found, State.ACCEPTED, person, reason)
    return version


@transaction.atomic
def decline_line(actor: Actor, *, on: date, book: str, proposal_id: int, reason: str) -> RuleLineProposal:
    """Giữ dòng của cơ quan; đợt sau đổi dòng ấy nữa thì lại hỏi."""
    person, found = _opened(actor, on, book, proposal_id)
    told = required(reason, "reason", _("Hãy ghi lý do giữ."))
    _decide(found, State.KEPT, person, told)
    line = line_of(Book(book), newest(book).data, found.line) or line_of(Book(book), found.shipped.data, found.line)
    after = {"book": str(RuleBookVersion.Book(book).label), "line": title_of(line) if line else found.line, "reason": told}
    record(actor, "personnel.shipped_line_declined", ("rule_book", found.shipped_id), after=after)
    return found


def _opened(actor: Actor, on: date, book: str, proposal_id: int) -> tuple[int | None, RuleLineProposal]:
    standing = require_keeper(actor, on=on)
    if book not in list(Book):
        raise Invalid(Reason("personnel.rule_book", _("Không có quyển quy định này.")))
    found = RuleLineProposal.objects.select_for_update(of=("self",)).select_related("shipped").filter(pk=proposal_id, shipped__book=book).first()
    if found is None:
        raise NotFound(Reason("personnel.no_proposal", _("Không có đề xuất này.")))
    if found.state != State.OPEN:
        raise Refused(Reason("personnel.proposal_decided", _("Đề xuất này đã được quyết định: %(state)s.") % {"state": found.get_state_display()}))
    return standing.person_id if standing else None, found


def _decide(found: RuleLineProposal, state: str, person_id: int | None, reason: str) -> None:
    found.state, found.decided_by_id, found.decided_at, found.reason = state, person_id, clock.now(), reason.strip()
    found.save(update_fields=["state", "decided_by", "decided_at", "reason"])
