"""Địa chỉ của hồ sơ, nộp lưu và hủy, nối vào dưới ``/van-ban/``."""

from django.urls import path

from tinhgon.web.pages.documents import archive, disposals, dossiers, retention

urlpatterns = [
    path("ho-so/", dossiers.dossiers, name="dossiers"),
    path("ho-so/moi/", dossiers.create, name="dossier_new"),
    path("ho-so/thoi-han/", retention.periods, name="retention"),
    path("ho-so/thoi-han/moi/", retention.add, name="retention_new"),
    path("ho-so/thoi-han/<int:period_id>/thoi/", retention.end, name="retention_end"),
    path("ho-so/<int:dossier_id>/", dossiers.dossier, name="dossier"),
    path("ho-so/<int:dossier_id>/muc-luc.pdf", dossiers.contents_pdf, name="dossier_pdf"),
    path("ho-so/<int:dossier_id>/muc-luc.xlsx", dossiers.contents_xlsx, name="dossier_xlsx"),
    path("ho-so/<int:dossier_id>/<slug:verb>/", dossiers.act, name="dossier_act"),
    path("ho-so/dong/<int:entry_id>/rut/", dossiers.remove, name="dossier_entry_remove"),
    path("nop-luu/", archive.transfers, name="archive_transfers"),
    path("nop-luu/moi/", archive.create, name="archive_new"),
    path("nop-luu/<int:transfer_id>/", archive.transfer, name="archive_transfer"),
    path("nop-luu/<int:transfer_id>/goi.zip", archive.package, name="archive_package"),
    path("nop-luu/<int:transfer_id>/<slug:verb>/", archive.settle, name="archive_settle"),
    path("huy-ho-so/", disposals.disposals, name="disposals"),
    path("huy-ho-so/moi/", disposals.create, name="disposal_new"),
    path("huy-ho-so/<int:disposal_id>/", disposals.disposal, name="disposal"),
    path("huy-ho-so/<int:disposal_id>/<slug:verb>/", disposals.act, name="disposal_act"),
    path("<int:document_id>/luu-ho-so/", dossiers.file, name="document_file"),
]
