"""Cửa tới từng dòng của một dự thảo: ý kiến, vòng thẩm định, bước ký duyệt. Ai được hỏi, được giao thì làm; người ấy không còn
ở đơn vị thì lãnh đạo đơn vị làm; đơn vị đã kết thúc thì dòng đã theo chuyển giao tới nơi kế thừa.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q
from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason, Refused
from tinhgon.documents.access import document_for
from tinhgon.documents.drafting_sight import ASKED, named, seen
from tinhgon.documents.models import Appraisal, AppraisalRemark, ApprovalStep, Document, Opinion
from tinhgon.org.access import Scope, acting, scope_of
from tinhgon.org.models import Appointment, Covers
from tinhgon.org.rights import Verb

M = TypeVar("M", Opinion, Appraisal, ApprovalStep)
_COLUMNS = {model: (unit, person) for model, unit, person, _kind in ASKED}


def opinion_for(actor: Actor, opinion_id: int, *, on: date) -> Opinion:
    """Dòng hỏi ý kiến đang chờ, để trả lời."""
    return _row_for(Opinion, actor, opinion_id, on)


def appraisal_for(actor: Actor, appraisal_id: int, *, on: date) -> Appraisal:
    """Vòng thẩm định đang chờ, để thẩm định."""
    return _row_for(Appraisal, actor, appraisal_id, on)


def step_for(actor: Actor, step_id: int, *, on: date) -> ApprovalStep:
    """Bước ký duyệt đang tới lượt, để ký duyệt hay trả lại."""
    return _row_for(ApprovalStep, actor, step_id, on)


def remark_for(actor: Actor, remark_id: int, *, on: date) -> AppraisalRemark:
    """Góp ý nội dung của một dự thảo thấy được, khóa văn bản rồi khóa góp ý."""
    row = AppraisalRemark.objects.filter(pk=remark_id).values("appraisal__document").first()
    document = document_for(actor, row["appraisal__document"] if row else 0, on=on, lock=True)
    remark = AppraisalRemark.objects.select_for_update(of=("self",)).select_related("appraisal").get(pk=remark_id)
    remark.appraisal.document = document
    return remark


def waiting_for(scope: Scope, model: type[Model], *, on: date) -> Q:
    """Bộ lọc: dòng chờ chính người này: giao đích danh, hoặc giao cho đơn vị mình lãnh đạo mà không còn ai đứng tên ở đó."""
    within = scope.within(Covers.DOCUMENTS)
    return _waiting(model, named(within, model), within.whole_units, on)


def mine_among(actor: Actor, rows: Iterable[M], *, on: date) -> frozenset[int]:
    """Trong các dòng cùng một bảng, mã của những dòng mà người này, ở vị trí đang dùng, làm được lúc này. Một câu SQL."""
    listed = [row for row in rows if row.state == "waiting"]
    if not listed:
        return frozenset()
    model = type(listed[0])
    found = model._default_manager.filter(_may_act(actor, model, on), pk__in=[row.pk for row in listed])
    return frozenset(found.values_list("pk", flat=True))


def is_inside(actor: Actor, document: Document, *, on: date) -> bool:
    """Người này thấy cả quá trình soạn (mọi ý kiến, thẩm định, ký duyệt), không chỉ phần mình được hỏi.

    Là người soạn, lãnh đạo nơi giữ dự thảo, văn thư khi chờ cấp số, người thẩm định hay ký duyệt; người được hỏi ý kiến thì không.
    """
    if actor.is_system:
        return True
    scope = scope_of(actor, on=on).within(Covers.DOCUMENTS)
    if document.drafter_id in scope.people or document.holder_id in scope.whole_units:
        return True
    if document.state not in (Document.State.DRAFT, Document.State.DROPPED) and {document.holder_id, document.issuer_id} & scope.clerk_units:
        return True
    return any(
        model._default_manager.filter(
            Q(**{f"{unit}__in": scope.whole_units}) | Q(**{f"{person}__in": named(scope, model)}),
            seen(model), document=document,
        ).exists()
        for model, (unit, person) in _COLUMNS.items() if model is not Opinion
    )  # fmt: skip


def _may_act(actor: Actor, model: type[Model], on: date) -> Q:
    """Như ``waiting_for``, nhưng theo vị trí đang dùng để hành động."""
    if actor.is_system:
        return Q(state="waiting")
    standing = acting(actor, on=on)
    if not (standing.is_lent or standing.may(Verb.DRAFT)):
        return Q(pk__in=[])
    heads: Collection[int] = standing.units if standing.sees_whole_unit else ()
    return _waiting(model, named(scope_of(actor, on=on).within(Covers.DOCUMENTS), model), heads, on)


def _waiting(model: type[Model], people: Collection[int], headed: Collection[int], on: date) -> Q:
    unit, person = _COLUMNS[model]
    still = Appointment.objects.filter(person=OuterRef(person), post__unit=OuterRef(unit), valid__contains=on)
    nobody = Q(**{f"{person}__isnull": True}) | Q(~Exists(still))
    return Q(state="waiting") & (Q(**{f"{person}__in": people}) | Q(**{f"{unit}__in": headed}) & nobody)


def _row_for(model: type[M], actor: Actor, row_id: int, on: date) -> M:
    """Dòng đang chờ mà người này làm được, khóa dòng văn bản rồi khóa dòng. Lỗi như ``document_for``."""
    manager: Any = model._default_manager
    known = manager.filter(pk=row_id).values("document").first()
    document = document_for(actor, known["document"] if known else 0, on=on, lock=True)
    row: M = manager.select_for_update(of=("self",)).get(pk=row_id)
    row.document = document
    if row.state != "waiting":
        sentence = _("Phần này %(state)s rồi nên không làm được nữa.")
        raise Refused(Reason("documents.not_waiting", sentence % {"state": row.get_state_display()}))
    if not manager.filter(_may_act(actor, model, on), pk=row_id).exists():
        raise Forbidden(Reason("documents.not_permitted", _("Phần này không giao cho bạn ở vị trí đang dùng.")))
    return row
