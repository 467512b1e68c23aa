"""Địa chỉ của văn bản, nối vào dưới ``/van-ban/``. Đường có số văn bản để cuối, sau mọi đường có tên."""

from django.urls import path

from tinhgon.web.pages import who
from tinhgon.web.pages.documents import acting, detail, lists, writing

urlpatterns = [
    path("den/", lists.incoming, name="documents_incoming"),
    path("di/", lists.outgoing, name="documents_outgoing"),
    path("du-thao/", lists.drafts, name="documents_drafts"),
    path("du-thao/moi/", writing.draft, name="document_draft"),
    path("den/vao-so/", writing.register_incoming, name="document_register"),
    path("so/", lists.registers, name="registers"),
    path("so/<int:series_id>/", lists.register, name="register"),
    path("tep/<int:attachment_id>/", detail.attachment, name="attachment"),
    path("dong/<int:line_id>/<slug:verb>/", acting.act_on_line, name="line_act"),
    path("<int:document_id>/", detail.document, name="document"),
    path("<int:document_id>/ai-thay/", who.document, name="document_who"),
    path("<int:document_id>/sua/", writing.edit, name="document_edit"),
    path("<int:document_id>/<slug:verb>/", acting.act, name="document_act"),
]
