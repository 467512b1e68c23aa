"""Sửa quy định về cán bộ: một động từ, mỗi lần một phiên bản mới của cả quyển; phiên bản cũ không bao giờ đổi."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, Reason, Refused
from tinhgon.engine.rulebook import Book, differences, faults, lost_sets
from tinhgon.org.access import Standing, require
from tinhgon.org.rights import Verb
from tinhgon.org.shared_rules import serves_top_committee
from tinhgon.personnel.models import RuleBookVersion
from tinhgon.personnel.rule_words import difference_said, fault_said
from tinhgon.personnel.selectors.rules import newest
from tinhgon.personnel.services.steps import required

_TOLD = 5
"""Số chỗ khác nhau đọc ra trong một dòng nhật ký; đủ thì xem ở trang các phiên bản."""


def may_keep_rules(standing: Standing, *, on: date) -> bool:
    """Quy định dùng chung cho mọi cơ quan ở đây, nên chỉ ban tổ chức của cấp ủy trên cùng được sửa."""
    return standing.may(Verb.KEEP_PERSONNEL_RULES) and serves_top_committee(standing, on=on)


def require_keeper(actor: Actor, *, on: date) -> Standing | None:
    """Vị trí đang dùng được sửa quy định; máy chủ thì ``None``. ``Forbidden`` khi không."""
    standing = require(actor, Verb.KEEP_PERSONNEL_RULES, on=on)
    if standing is not None and not may_keep_rules(standing, on=on):
        sentence = _("Quy định dùng chung cho mọi cơ quan: chỉ ban tổ chức của cấp ủy cao nhất ở đây được sửa.")
        raise Forbidden(Reason("personnel.rules_shared", sentence))
    return standing


@transaction.atomic
def change_rules(actor: Actor, *, on: date, book: str, data: Mapping[str, Any], based_on: int, reason: str) -> RuleBookVersion:
    """Ghi cả quyển ``data`` thành phiên bản kế tiếp; ``based_on``: số của phiên bản đã sửa từ đó.

    ``Refused`` khi người khác vừa ghi một phiên bản; ``Invalid`` nêu mọi ô mà phép tính không đọc được, hay khi không có gì đổi.
    """
    standing = require_keeper(actor, on=on)
    told = required(reason, "reason", _("Hãy ghi lý do sửa."))
    if book not in list(Book):
        raise Invalid(Reason("personnel.rule_book", _("Không có quyển quy định này.")))
    former = keep_shipped(book)
    if not former.is_shipped and former.number != based_on:
        raise Refused(Reason("personnel.rules_moved", _("Người khác vừa ghi một phiên bản mới của quy định: hãy mở lại trang rồi sửa.")))
    wrong = faults(Book(book), data)
    if wrong:
        raise Invalid(*(Reason("personnel.rule_value", fault_said(fault), fault.cell) for fault in wrong))
    if lost := lost_sets(former.data, data):
        sentence = _("Bộ “%(name)s” chỉ thôi dùng theo ngày, không bỏ đi được.")
        raise Invalid(*(Reason("personnel.rule_set_lost", sentence % {"name": name}) for name in lost))
    changed = differences(Book(book), former.data, data)
    if not changed:
        raise Invalid(Reason("personnel.nothing_changed", _("Chưa đổi ô nào.")))
    made = RuleBookVersion.objects.create(
        book=book, number=former.number + 1, data=dict(data), reason=told, made_at=clock.now(), author_id=standing.person_id if standing else None
    )
    said = "; ".join(difference_said(each) for each in changed[:_TOLD])
    record(
        actor, "personnel.rules_changed", ("rule_book", made.pk),
        after={"book": str(made.get_book_display()), "version": made.number, "changes": said, "count": len(changed), "reason": told},
    )  # fmt: skip
    return made


def keep_shipped(book: str) -> RuleBookVersion:
    """Phiên bản đang dùng, chắc chắn nằm trong bảng: bản đi kèm chưa chép thì chép, để việc xét theo nó trỏ vào được."""
    with connection.cursor() as cursor:  # hai người cùng chép hay cùng sửa thì lần lượt
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('personnel.rule_book.' || %s))", [book])
    current = newest(book)
    if current.pk is not None:
        return current
    last = RuleBookVersion.objects.filter(book=book).first()
    if last is not None and last.data == current.data:
        return last
    current.number = last.number + 1 if last else 1
    current.made_at = clock.now()
    current.save()
    return current
