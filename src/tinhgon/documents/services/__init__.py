"""Động từ với văn bản. Mỗi động từ: quyền, quy tắc, ghi, nhật ký trong một giao dịch."""

from tinhgon.documents.services.attaching import attach
from tinhgon.documents.services.completing import complete_document
from tinhgon.documents.services.drafting import create_draft, edit_draft, return_draft, send_to_issue
from tinhgon.documents.services.dropping import drop_draft
from tinhgon.documents.services.forwarding import forward
from tinhgon.documents.services.incoming import register_incoming
from tinhgon.documents.services.issuing import issue, void
from tinhgon.documents.services.lines import accept_line, assign_line, finish_line, return_line
from tinhgon.documents.services.routing import recall_line, route

__all__ = [
    "accept_line", "assign_line", "attach", "complete_document", "create_draft", "drop_draft", "edit_draft",
    "finish_line", "forward", "issue", "recall_line", "register_incoming", "return_draft", "return_line", "route", "send_to_issue", "void",
]  # fmt: skip
