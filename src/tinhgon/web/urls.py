"""Địa chỉ của mọi trang. Tên bằng tiếng Anh cho mã nguồn, đường dẫn bằng tiếng Việt cho người dùng."""

from django.urls import path

from tinhgon.web.pages import frame, organisation, people, today

app_name = "web"

urlpatterns = [
    path("suc-khoe/ping", frame.ping, name="ping"),
    path("", today.today, name="today"),
    path("to-chuc/", organisation.chart, name="organisation"),
    path("to-chuc/bang/", organisation.table, name="organisation_table"),
    path("to-chuc/so-sanh/", organisation.compare, name="organisation_compare"),
    path("don-vi/<int:unit_id>/", organisation.unit, name="unit"),
    path("can-bo/", people.people, name="people"),
    path("can-bo/<int:person_id>/", people.person, name="person"),
    path("vi-tri/", frame.switch_post, name="switch_post"),
    path("dong-ho/", frame.move_clock, name="move_clock"),
    path("giao-dien/", frame.choose_theme, name="choose_theme"),
    path("ngon-ngu/", frame.choose_language, name="choose_language"),
]
