"""Địa chỉ của văn bản, nối vào dưới ``/van-ban/``. Đường có số văn bản để cuối, sau mọi đường có tên."""

from django.urls import include, path

from tinhgon.web.pages import who
from tinhgon.web.pages.documents import acting, arrival, detail, lines, lists, places, remarks, tray, writing

urlpatterns = [
    path("", include("tinhgon.web.urls_drafting")),
    path("den/", lists.incoming, name="documents_incoming"),
    path("di/", lists.outgoing, name="documents_outgoing"),
    path("du-thao/", lists.drafts, name="documents_drafts"),
    path("du-thao/moi/", writing.draft, name="document_draft"),
    path("den/vao-so/", writing.register_incoming, name="document_register"),
    path("khay/", tray.tray, name="tray"),
    path("khay/tai-len/", tray.upload, name="tray_upload"),
    path("khay/bat-dau/", tray.landing, name="tray_begin"),
    path("khay/noi-lay/", places.places, name="watched_places"),
    path("khay/noi-lay/moi/", places.edit, name="watched_place_new"),
    path("khay/noi-lay/<int:place_id>/", places.edit, name="watched_place"),
    path("khay/noi-lay/<int:place_id>/bo/", places.remove, name="watched_place_remove"),
    path("khay/tep/<int:file_id>/", arrival.download, name="arrival_file"),
    path("khay/tep/<int:file_id>/trang/<int:number>/", arrival.page, name="arrival_page"),
    path("khay/<int:arrival_id>/", arrival.arrival, name="arrival"),
    path("khay/<int:arrival_id>/tu-choi/", arrival.refuse, name="arrival_refuse"),
    path("khay/<int:arrival_id>/doc-lai/", arrival.read_again, name="arrival_read_again"),
    path("khay/<int:arrival_id>/da-co/<int:document_id>/", arrival.known, name="arrival_known"),
    path("so/", lists.registers, name="registers"),
    path("so/<int:series_id>/", lists.register, name="register"),
    path("tep/<int:attachment_id>/", detail.attachment, name="attachment"),
    path("but-phe-mau/", remarks.templates, name="remark_templates"),
    path("but-phe-mau/<int:template_id>/bo/", remarks.remove, name="remark_template_remove"),
    path("dong/<int:line_id>/<slug:verb>/", lines.act_on_line, name="line_act"),
    path("<int:document_id>/", detail.document, name="document"),
    path("<int:document_id>/ai-thay/", who.document, name="document_who"),
    path("<int:document_id>/sua/", writing.edit, name="document_edit"),
    path("<int:document_id>/<slug:verb>/", acting.act, name="document_act"),
]
