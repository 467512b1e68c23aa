"""Lọc theo chữ gõ, chung cho ô tìm của một danh sách và trang tìm kiếm."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from tinhgon.engine import vietnamese


def typed(text: str) -> Q:
    """Bộ lọc của một danh sách: không phân biệt dấu, trừ cụm trong ngoặc kép gõ có dấu. Không có chữ nào: không lọc."""
    query = vietnamese.parse(text)
    return folded(query) & must_be_exact(query) if query else Q()


def folded(query: vietnamese.Query) -> Q:
    """Khớp khi bỏ dấu."""
    return Q(search_folded=SearchQuery(query.folded(), config="vi", search_type="raw"))


def exact(query: vietnamese.Query) -> Q:
    """Khớp đúng dấu mọi chữ gõ."""
    return Q(search_exact=SearchQuery(query.exact(), config="vi_exact", search_type="raw"))


def must_be_exact(query: vietnamese.Query) -> Q:
    """Phần bắt buộc đúng dấu, nếu có."""
    must = query.must_be_exact()
    return Q(search_exact=SearchQuery(must, config="vi_exact", search_type="raw")) if must else Q()
