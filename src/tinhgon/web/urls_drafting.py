"""Địa chỉ của việc soạn, nối vào dưới ``/van-ban/``."""

from django.urls import path

from tinhgon.web.pages.documents.drafting import editor, joint, process, replacing, templates

urlpatterns = [
    path("mau/", templates.templates, name="templates"),
    path("mau/moi/", templates.new_template, name="template_new"),
    path("mau/duong-trinh-ky/", templates.set_path, name="approval_path"),
    path("mau/<int:template_id>/", templates.edit_template, name="template"),
    path("mau/<int:template_id>/bat-tat/", templates.switch_template, name="template_switch"),
    path("y-kien/<int:opinion_id>/tra-loi/", process.answer_opinion, name="opinion_answer"),
    path("y-kien/<int:opinion_id>/tep/", process.opinion_file, name="opinion_file"),
    path("tham-dinh/<int:appraisal_id>/", process.appraise, name="appraise"),
    path("tham-dinh/<int:appraisal_id>/sua-the-thuc/", process.mend_in_appraisal, name="appraisal_mend"),
    path("tham-dinh/<int:appraisal_id>/<slug:verb>/", process.act_on_appraisal, name="appraisal_act"),
    path("gop-y/<int:remark_id>/<slug:verb>/", process.act_on_remark, name="remark_act"),
    path("buoc/<int:step_id>/ky/", process.approve, name="step_approve"),
    path("buoc/<int:step_id>/tra-lai/", process.return_step, name="step_return"),
    path("buoc/<int:step_id>/thay-nguoi/", replacing.replace_signer, name="step_replace"),
    path("<int:document_id>/soan/", editor.editor, name="draft_editor"),
    path("<int:document_id>/nop-word/", editor.upload, name="draft_upload"),
    path("<int:document_id>/xem-nhu-in/", editor.preview, name="draft_preview"),
    path("<int:document_id>/so-sanh/", editor.compare, name="draft_compare"),
    path("<int:document_id>/ban/<int:number>/khoi-phuc/", editor.restore, name="draft_restore"),
    path("<int:document_id>/ban/<int:number>/trang-<int:page>.png", editor.picture, name="draft_picture"),
    path("<int:document_id>/ban/<int:number>/<slug:form>/", editor.download, name="draft_download"),
    path("<int:document_id>/lay-y-kien/", process.ask_opinions, name="opinions_ask"),
    path("<int:document_id>/nhac-y-kien/", process.remind_opinions, name="opinions_remind"),
    path("<int:document_id>/ket-thuc-y-kien/", process.close_opinions, name="opinions_close"),
    path("<int:document_id>/xin-tham-dinh/", process.ask_appraisal, name="appraisal_ask"),
    path("<int:document_id>/rut-tham-dinh/", process.withdraw_appraisal, name="appraisal_withdraw"),
    path("<int:document_id>/trinh-ky/", process.submit, name="draft_submit"),
    path("<int:document_id>/lien-tich/", joint.organs, name="joint_organs"),
    path("lien-tich/<int:joint_id>/da-nhan/", joint.received, name="joint_received"),
    path("<int:document_id>/rut-lai/", process.withdraw, name="draft_withdraw"),
]
