"""Địa chỉ của API, nối vào ``/api/v1/``. Trang đăng nhập không dính vào: mỗi thao tác tự hỏi mã truy cập."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern

from tinhgon.api.main import api

_patterns, _kind, app_name = api.urls
urlpatterns = [one for one in _patterns if isinstance(one, URLPattern)]
for _one in urlpatterns:
    login_not_required(_one.callback)
