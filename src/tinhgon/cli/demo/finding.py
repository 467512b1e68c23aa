"""Toàn văn của các văn bản có tệp chữ, viện dẫn giữa chúng, và vài cách xem đã lưu."""

from django.db import connection

from tinhgon.cli.demo.world import MORNING
from tinhgon.documents.models import Attachment, SavedSearch
from tinhgon.documents.services import citations
from tinhgon.files.services import open_file
from tinhgon.org.models import Person

_SAVED = (
    ("chanhvanphong", "Văn bản khẩn chưa xong", "incoming", "khan=1&chi=mo", True),
    ("chanhvanphong", "Nói tới chuyển đổi số", "search", "q=%22chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91%22", False),
    ("vanthu", "Đến trong ngày hôm nay", "incoming", "tu=01/07/2025&den=01/07/2025", True),
)


def write() -> None:
    """Chữ trước, rồi đọc viện dẫn của đúng các văn bản ấy; phần còn lại do việc nền mỗi phút đọc."""
    rows = []
    for attachment in Attachment.objects.filter(name__endswith=".txt", document__secrecy=0).select_related("file"):
        with open_file(attachment.file) as content:
            rows.append((content.read().decode(), attachment.document_id))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE documents_document SET content = %s WHERE id = %s", rows)
    citations.read_these([document for _text, document in rows])
    people = dict(Person.objects.filter(user__username__in={row[0] for row in _SAVED}).values_list("user__username", "pk"))
    SavedSearch.objects.bulk_create(
        SavedSearch(person_id=people[username], name=name, view=view, query=query, on_desk=on_desk, created_at=MORNING)
        for username, name, view, query, on_desk in _SAVED
        if username in people
    )
