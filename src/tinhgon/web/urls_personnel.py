"""Địa chỉ của cán bộ, nối vào dưới ``/can-bo/``."""

from django.urls import path

from tinhgon.web.pages.personnel import (
    fields,
    gradings,
    imports,
    keeping,
    matrix,
    people,
    pulse,
    rules,
    wishes,
)

urlpatterns = [
    path("", people.people, name="people"),
    path("ma-tran/", matrix.matrix, name="personnel_matrix"),
    path("linh-vuc/", fields.fields, name="personnel_fields"),
    path("linh-vuc/<int:field_id>/", fields.tag, name="personnel_field_tag"),
    path("nhap/", imports.choose, name="personnel_import"),
    path("nhap/ho-so-nang-luc.xlsx", imports.sample, name="personnel_import_sample"),
    path("nguyen-vong/", wishes.rounds, name="wish_rounds"),
    path("nguyen-vong/mo/", wishes.open_round, name="wish_round_new"),
    path("nguyen-vong/<int:round_id>/", wishes.sheet, name="wish_sheet"),
    path("nguyen-vong/<int:round_id>/tong-hop/", wishes.summary, name="wish_summary"),
    path("khao-sat/", pulse.surveys, name="pulse_list"),
    path("khao-sat/mo/", pulse.open_survey, name="pulse_new"),
    path("khao-sat/<int:survey_id>/", pulse.survey, name="pulse"),
    path("giu-nguoi/", keeping.keeping, name="personnel_keeping"),
    path("cap-pho/", keeping.deputies, name="personnel_deputies"),
    path("thoi-lam/", keeping.leave, name="personnel_leave"),
    path("xep-loai/", gradings.rounds, name="grading_rounds"),
    path("xep-loai/mo/", gradings.open_round, name="grading_round_new"),
    path("xep-loai/<int:round_id>/", gradings.round_page, name="grading_round"),
    path("xep-loai/<int:round_id>/quyet-dinh/", gradings.decide, name="grading_decide"),
    path("xep-loai/nguoi/<int:grading_id>/tu-xep/", gradings.self_grade, name="grading_self"),
    path("xep-loai/nguoi/<int:grading_id>/tap-the/", gradings.propose, name="grading_propose"),
    path("xep-loai/nguoi/<int:grading_id>/khieu-nai/", gradings.appeal, name="grading_appeal"),
    path("xep-loai/khieu-nai/<int:appeal_id>/", gradings.answer, name="grading_answer"),
    path("quy-dinh/<slug:slug>/", rules.book_page, name="personnel_rules"),
    path("quy-dinh/<slug:slug>/<int:number>/sua/<str:key>/", rules.edit, name="personnel_rule_edit"),
    path("quy-dinh/<slug:slug>/<int:number>/them/<str:key>/", rules.add, name="personnel_rule_add"),
    path("quy-dinh/<slug:slug>/<int:number>/bo/<str:key>/", rules.remove, name="personnel_rule_remove"),
    path("quy-dinh/<slug:slug>/<int:number>/noi-tiep/<int:set_number>/", rules.follow, name="personnel_rule_follow"),
    path("<int:person_id>/", people.person, name="person"),
    path("<int:person_id>/<slug:verb>/", people.act, name="person_act"),
]
