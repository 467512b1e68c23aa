"""Chữ để tìm của văn bản: đề mục và toàn văn, tách khỏi bảng văn bản để chuyển giao không phải ghi lại chỉ mục của chúng."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from tinhgon.documents.models.papers import Document


class DocumentText(models.Model):
    """Một dòng cho mỗi văn bản, do trigger của bảng văn bản ghi (migration 0011), không mã nào khác ghi.

    ``block``: khối nào (``search.large.BLOCK`` văn bản một khối), để chỉ mục GIN đi từ mới về cũ. ``symbol_key``: số ký hiệu không
    dấu, các phần cách nhau bằng dấu cách ("15 cv vptu"). ``heading``: riêng đề mục, không dấu, để xếp hạng mà không phải mở cả toàn
    văn. ``is_read``: đã đọc các viện dẫn của bản chữ hiện tại. ``pairs``: mã các cặp từ liền nhau, không dấu. Một chỉ mục cho cả bốn
    cột: có hai thì PostgreSQL có khi dùng riêng phần khối rồi mở chữ từng dòng ra xét.
    """

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="text")
    block = models.IntegerField()
    symbol_key = models.CharField(max_length=80, db_default="", db_collation="C")
    is_read = models.BooleanField(db_default=False)
    heading = SearchVectorField()
    search_folded = SearchVectorField()
    search_exact = SearchVectorField()
    pairs = ArrayField(models.IntegerField())

    class Meta:
        db_table = "documents_text"
        indexes = [
            GinIndex(fields=["block", "search_folded", "search_exact", "pairs"], gin_pending_list_limit=1024, name="documents_text_search"),
            models.Index(fields=["symbol_key"], name="documents_text_symbol"),
            models.Index(fields=["document"], condition=models.Q(is_read=False), name="documents_text_unread"),
        ]
