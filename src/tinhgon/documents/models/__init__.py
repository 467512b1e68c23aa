"""Bảng của văn bản. Đơn vị ban hành là lịch sử và không đổi; ``holder`` là đơn vị đang giữ và đi theo chuyển giao."""

from tinhgon.documents.models.choices import Direction, Secrecy, Urgency
from tinhgon.documents.models.intake import Arrival, ArrivalFile
from tinhgon.documents.models.papers import Attachment, Document
from tinhgon.documents.models.routing import RoutingLine
from tinhgon.documents.models.series import NumberSeries
from tinhgon.documents.models.types import DocumentType

__all__ = [
    "Arrival", "ArrivalFile", "Attachment", "Direction", "Document", "DocumentType", "NumberSeries", "RoutingLine", "Secrecy",
    "Urgency",
]  # fmt: skip
