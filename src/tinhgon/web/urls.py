"""Địa chỉ của mọi trang. Tên bằng tiếng Anh cho mã nguồn, đường dẫn bằng tiếng Việt cho người dùng."""

from django.urls import path

from tinhgon.web.pages import frame, today

app_name = "web"

urlpatterns = [
    path("suc-khoe/ping", frame.ping, name="ping"),
    path("", today.today, name="today"),
    path("vi-tri/", frame.switch_post, name="switch_post"),
    path("dong-ho/", frame.move_clock, name="move_clock"),
    path("giao-dien/", frame.choose_theme, name="choose_theme"),
    path("ngon-ngu/", frame.choose_language, name="choose_language"),
]
