"""Địa chỉ của cán bộ, nối vào dưới ``/can-bo/``."""

from django.urls import path

from tinhgon.web.pages.personnel import fields, imports, matrix, people

urlpatterns = [
    path("", people.people, name="people"),
    path("ma-tran/", matrix.matrix, name="personnel_matrix"),
    path("linh-vuc/", fields.fields, name="personnel_fields"),
    path("linh-vuc/<int:field_id>/", fields.tag, name="personnel_field_tag"),
    path("nhap/", imports.choose, name="personnel_import"),
    path("nhap/mau.csv", imports.sample, name="personnel_import_sample"),
    path("<int:person_id>/", people.person, name="person"),
    path("<int:person_id>/<slug:verb>/", people.act, name="person_act"),
]
