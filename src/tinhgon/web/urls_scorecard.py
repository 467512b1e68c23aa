"""Địa chỉ của bảng điểm, nối vào dưới ``/bang-diem/``."""

from django.urls import path

from tinhgon.web.pages import scorecard

urlpatterns = [
    path("cong-thuc/", scorecard.measures, name="measures"),
    path("cong-thuc/moi/", scorecard.new, name="measure_new"),
    path("cong-thuc/thuoc-do/<slug:code>/", scorecard.edit, name="measure_edit"),
    path("cong-thuc/thuoc-do/<slug:code>/bo/", scorecard.remove, name="measure_remove"),
]
