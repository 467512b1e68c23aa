"""Ô tìm của một danh sách: cùng cách hiểu chữ gõ với trang tìm kiếm, nhưng chỉ lọc, không xếp hạng."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from tinhgon.engine import vietnamese


def typed(text: str) -> Q:
    """Bộ lọc trên bảng có ``search_folded`` và ``search_exact``. Không có chữ nào tìm được: không lọc."""
    query = vietnamese.parse(text)
    if not query:
        return Q()
    found = Q(search_folded=SearchQuery(query.folded(), config="vi", search_type="raw"))
    must = query.must_be_exact()
    return found & Q(search_exact=SearchQuery(must, config="vi_exact", search_type="raw")) if must else found
