"""Độ mật của văn bản, xét từ một bảng có cột ``document`` (dòng luân chuyển, lượt trình, ý kiến...)."""

from django.db.models import Exists, OuterRef, Q

from tinhgon.documents.models import Document
from tinhgon.org.access import Scope, within_clearance


def document_cleared(scope: Scope, unit: str) -> Q:
    """Văn bản thường, hoặc mật mà người này được xem độ mật ấy ở chính đơn vị ``unit`` của dòng.

    "Không phải văn bản mật" hỏi chỉ mục riêng của văn bản mật, nhỏ; nối với bảng văn bản thì mỗi dòng một lần mở văn bản.
    """
    secret = Document.objects.filter(pk=OuterRef("document"), secrecy__gt=0)
    ordinary = ~Exists(secret)
    if not any(scope.clearance_in().values()):
        return Q(ordinary)
    return Q(ordinary) | within_clearance(scope, unit, secrecy="document__secrecy")
