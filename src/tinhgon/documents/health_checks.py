"""Kiểm tra của văn bản: mỗi sổ có đủ mọi số từ số đầu tới số cuối, không số nào vượt số cuối; văn bản nào cũng tìm được."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.health import Finding, register

_SERIES = """
    SELECT count(*) FILTER (WHERE drawn.highest > s.last_number),
           COALESCE(sum(s.last_number - s.imported_to - drawn.numbers) FILTER (WHERE drawn.highest <= s.last_number), 0),
           count(*)
    FROM documents_number_series s
    CROSS JOIN LATERAL (
        SELECT COALESCE(max(d.number), 0) AS highest, count(DISTINCT d.number) FILTER (WHERE d.number > s.imported_to) AS numbers
        FROM documents_document d WHERE d.series_id = s.id
    ) drawn
"""
"""Số của sổ cũ nhập vào (tới ``imported_to``) không tính chỗ trống. Số đã hủy vẫn là một dòng của sổ, có lý do. Sổ mở sau chuyển giao bắt đầu từ 01 dù nối tiếp sổ nào."""


def number_series() -> Finding:
    """Số cuối của sổ khớp với các số đã cấp; khoảng trống không có lý do là việc phải giải thích."""
    with connection.cursor() as cursor:
        cursor.execute(_SERIES)
        ahead, gaps, total = cursor.fetchone()
    told = {"ahead": ahead, "gaps": int(gaps), "total": total}
    if ahead or gaps:
        sentence = _("%(ahead)d sổ có số lớn hơn số cuối của sổ, %(gaps)d số trống không có lý do (trên %(total)d sổ).")
        return Finding(False, sentence % told, ahead + int(gaps))
    return Finding(True, _("%(total)d sổ liền số, không khoảng trống nào thiếu lý do.") % told)


_UNFOUND = """
    SELECT count(*) FILTER (WHERE t.document_id IS NULL), count(*)
    FROM documents_document d LEFT JOIN documents_text t ON t.document_id = d.id
"""
_STALE = """
    SELECT count(*)
    FROM documents_document d CROSS JOIN LATERAL documents_text_row(d) r JOIN documents_text t ON t.document_id = d.id
    WHERE d.id IN (SELECT id FROM documents_document ORDER BY id DESC LIMIT %s)
      AND (t.block, t.symbol_key, t.search_folded, t.search_exact, t.pairs)
          IS DISTINCT FROM (r.block, r.symbol_key, r.search_folded, r.search_exact, r.pairs)
"""
_SAMPLE = 200


def text() -> Finding:
    """Văn bản nào cũng có dòng chữ để tìm; dòng của các văn bản mới nhất đúng bằng cái tính lại từ nội dung bây giờ."""
    with connection.cursor() as cursor:
        cursor.execute(_UNFOUND)
        missing, total = cursor.fetchone()
        cursor.execute(_STALE, [_SAMPLE])
        (stale,) = cursor.fetchone()
    told = {"missing": missing, "stale": stale, "total": total}
    if missing or stale:
        sentence = _("%(missing)d văn bản không tìm được, %(stale)d văn bản có chữ để tìm đã cũ (trên %(total)d văn bản).")
        return Finding(False, sentence % told, missing + stale)
    return Finding(True, _("%(total)d văn bản đều tìm được, chữ để tìm khớp với nội dung.") % told)


register("documents.number_series", gettext_lazy("Sổ và số văn bản"), number_series)
register("documents.text", gettext_lazy("Chữ để tìm của văn bản"), text)
