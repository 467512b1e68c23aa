"""Từ một mục của kiểm kê hay sổ cái tới trang của nó, chỉ khi người xem được thấy mục ấy. Số câu SQL không theo số dòng."""

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from tinhgon.documents import access as documents
from tinhgon.documents.models import RoutingLine
from tinhgon.reorg.selectors import Item
from tinhgon.tasks import access as tasks
from tinhgon.tasks.models import Coordination

_TASKS = ("tasks.lead", "tasks.assigner", "tasks.record")
_DOCUMENTS = ("documents.draft", "documents.open", "documents.record")
_LINES = ("documents.line", "documents.line_sender", "documents.line_record")

Key = tuple[str, int]


def item_urls(request: HttpRequest, items: Iterable[Item]) -> dict[Key, str]:
    """(loại, mã mục) -> địa chỉ, cho các mục mở được."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item.item_id)
    task_of = {(kind, pk): pk for kind in _TASKS for pk in by_kind[kind]}
    document_of = {(kind, pk): pk for kind in _DOCUMENTS for pk in by_kind[kind]}
    if wanted := by_kind["tasks.coordinating"]:
        pairs = Coordination.objects.filter(pk__in=wanted).values_list("pk", "task_id")
        task_of |= {("tasks.coordinating", line): task for line, task in pairs}
    if wanted := [pk for kind in _LINES for pk in by_kind[kind]]:
        lines = dict(RoutingLine.objects.filter(pk__in=wanted).values_list("pk", "document_id"))
        document_of |= {(kind, pk): lines[pk] for kind in _LINES for pk in by_kind[kind] if pk in lines}
    return _open("web:task", task_of, tasks.visible_to(request.actor, on=request.today)) | _open(
        "web:document", document_of, documents.visible_to(request.actor, on=request.today)
    )


def _open(name: str, pages: dict[Key, int], visible) -> dict[Key, str]:
    if not pages:
        return {}
    allowed = set(visible.filter(pk__in=set(pages.values())).values_list("pk", flat=True))
    return {key: reverse(name, args=[pk]) for key, pk in pages.items() if pk in allowed}
