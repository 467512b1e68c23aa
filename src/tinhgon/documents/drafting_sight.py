"""Ai thấy một dự thảo vì được hỏi ý kiến, thẩm định hay ký duyệt nó. Một phần của ``documents.access.visible_to``.

Được hỏi thì thấy cho tới khi văn bản có số; người thẩm định, người ký duyệt đã làm phần mình thì thấy mãi.
"""

from collections.abc import Iterator

from django.db.models import Model, Q, QuerySet

from tinhgon.documents.clearance import document_cleared
from tinhgon.documents.models import Appraisal, ApprovalStep, Document, Opinion
from tinhgon.org.access import Scope, within_clearance
from tinhgon.org.moving import items_on_the_way

ASKED: tuple[tuple[type[Model], str, str, str], ...] = (
    (Opinion, "to_unit", "to_person", "documents.opinion"),
    (Appraisal, "by_unit", "appraiser", "documents.appraisal"),
    (ApprovalStep, "unit", "person", "documents.approval"),
)
"""Bảng, cột đơn vị, cột người, loại mục khi chuyển giao."""


def through_drafting(scope: Scope, document: Q) -> Iterator[QuerySet]:
    """Mã văn bản thấy được qua từng bảng. ``document``: thu hẹp sẵn trên cột ``document``."""
    for model, unit, person, kind in ASKED:
        mine = Q(**{f"{unit}__in": scope.whole_units}) | Q(**{f"{person}__in": named(scope, model)})
        yield model._default_manager.filter(mine & seen(model) & document_cleared(scope, unit) & document).values("document")
        if scope.is_moving:
            coming = items_on_the_way([kind], scope.whole_units).filter(within_clearance(scope, "to_unit"))
            yield model._default_manager.filter(document, pk__in=coming).values("document")


def named(scope: Scope, model: type[Model]) -> frozenset[int]:
    """Những người mà dòng giao đích danh là việc của mình; ký duyệt thì kể cả người mình chỉ được ký thay."""
    return scope.acts_for if model is ApprovalStep else scope.people


def seen(model: type[Model]) -> Q:
    """Các trạng thái mà người được giao dòng ấy thấy dự thảo."""
    states = Q(state__in=model.SEEN)  # type: ignore[attr-defined]
    if model is ApprovalStep:  # bị thay khi đã tới lượt thì vẫn thấy vì sao; chưa tới lượt thì chưa từng thấy
        return states | Q(state=ApprovalStep.State.REPLACED, opened_at__isnull=False)
    return states & Q(document__state__in=Document.UNNUMBERED) if model is Opinion else states
