"""Tờ giấy cạnh biểu mẫu: ai trả lời, ký hay trả lại một dự thảo thì thấy chính bản ấy, không phải nhớ hay mở trang khác."""

from datetime import date
from typing import Any

from tinhgon.documents.models import Document, DraftVersion
from tinhgon.documents.selectors.printing import draft_pdf
from tinhgon.web.pages.documents.drafting.sheets import page_count

TEMPLATE = "web/pages/drafting/beside.html"
_PAGES_SHOWN = 3


def paper(document: Document, version: DraftVersion | None, *, on: date) -> dict[str, Any]:
    """Ngữ cảnh của ``TEMPLATE``. Bản nộp bằng tệp Word thì cho đọc chữ và mở tệp."""
    if version is None:
        return {"document": document, "version": None}
    if version.file_id:
        return {"document": document, "version": version, "lines": version.body.splitlines()}
    count = page_count(draft_pdf(document, version.body, on=on))
    return {"document": document, "version": version, "pages": range(1, min(count, _PAGES_SHOWN) + 1), "more": max(count - _PAGES_SHOWN, 0)}
