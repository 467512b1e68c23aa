"""Tiến độ của một việc dài: trang hỏi lại phần này mỗi giây; tải lại trang vẫn tiếp tục."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tinhgon.core.models import Progress


def progress(request: HttpRequest, progress_id: uuid.UUID) -> HttpResponse:
    """``?ve=``: địa chỉ trang kết quả, hiện khi xong; ``?tai-lai=1``: trang đang hỏi muốn tải lại một lần khi xong. Mã ngẫu nhiên dài là quyền xem; nội dung chỉ là con số."""
    found = get_object_or_404(Progress, pk=progress_id)
    return render(request, "web/parts/progress.html", {
        "progress": found, "land": request.GET.get("ve", ""), "reload": "tai-lai" in request.GET, "is_asked": True,
    })  # fmt: skip
