"""Phần của trang văn bản nói về việc soạn: đang ở ai, tờ giấy, các bản, ý kiến, thẩm định, trình ký; chỉ hiện cái đang có."""

from typing import Any

from django.http import HttpRequest

from tinhgon.documents.models import Document
from tinhgon.documents.selectors import Page
from tinhgon.documents.selectors.process import process
from tinhgon.org.rights import Verb


def drafting(request: HttpRequest, page: Page) -> dict[str, Any]:
    """Văn bản đến thì không có gì; văn bản đã có số thì còn lịch sử soạn cho người trong cuộc."""
    document = page.document
    if document.direction == "incoming" or document.secrecy:
        acting = next((s for s in request.scope.standings if s.appointment_id == request.actor.appointment_id), None)
        return {"may_reply": bool(acting and acting.may(Verb.DRAFT) and document.direction == "incoming" and not document.secrecy)}
    found = process(request.actor, document, on=request.today)
    is_draft = document.state in Document.UNNUMBERED
    if not is_draft and not (found.is_inside and found.versions):
        return {}
    return {"process": found, "is_draft": is_draft}
