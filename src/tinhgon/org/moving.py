"""Mục đang trên đường: trong lúc chuyển giao, nơi sẽ nhận đã thấy mục, để không phút nào có mục mà không ai thấy."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from tinhgon.org.models import Batch, PlanRow
from tinhgon.org.models.handover import Outcome


def items_on_the_way(kinds: Collection[str], to_units: Collection[int]) -> QuerySet[PlanRow, int]:
    """Mã các mục thuộc ``kinds`` mà một lần chuyển giao đang chạy (đi hay hoàn tác) sẽ đưa tới ``to_units``."""
    running = Batch.objects.filter(
        handover=OuterRef("handover"), direction=OuterRef("direction"), done_at__isnull=True
    )
    return PlanRow.objects.filter(
        Exists(running), kind__in=kinds, to_unit__in=to_units, outcome=Outcome.MOVE
    ).values_list("item_id", flat=True)
