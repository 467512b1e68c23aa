"""Văn bản chuyển tới đơn vị để chủ trì hay phối hợp là việc của đơn vị ấy; nhận để biết, trả lại, thu hồi, đã gộp thì không tính."""

from django.utils.translation import gettext_lazy as _

from tinhgon.org.work import WorkSource, register

register(
    WorkSource(
        kind="documents.line", label=_("Văn bản chuyển đến"), hours=3,
        items_sql="""
            SELECT l.id AS item_id, l.to_unit_id AS unit_id, d.function_id, l.assignee_id AS person_id, d.secrecy, 0 AS progress,
                   (l.sent_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS arrived_on,
                   (l.finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS finished_on, l.due_on
            FROM documents_routing_line l JOIN documents_document d ON d.id = l.document_id
            WHERE l.role <> 'for_information' AND l.state IN ('unread', 'accepted', 'done')
        """,
    )
)  # fmt: skip
