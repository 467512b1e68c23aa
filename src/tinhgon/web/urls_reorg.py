"""Địa chỉ của "Sắp xếp bộ máy", nối vào dưới ``/sap-xep/``."""

from django.urls import path

from tinhgon.web.pages.reorg import (
    applying,
    imports,
    inventory,
    ledger,
    lists,
    minutes,
    overview,
    plain,
    previews,
    proof,
    splits,
    undoing,
)

APPLY, UNDO = {"direction": "apply"}, {"direction": "undo"}

urlpatterns = [
    path("", lists.reorganisations, name="reorg"),
    path("lap/", lists.create, name="reorg_create"),
    path("<int:reorg_id>/", overview.overview, name="reorg_overview"),
    path("<int:reorg_id>/nhat-ky/", overview.history, name="reorg_history"),
    path("<int:reorg_id>/nhap/", imports.import_table, name="reorg_import"),
    path("<int:reorg_id>/nhap/mau/", imports.sample, name="reorg_import_sample"),
    path("<int:reorg_id>/kiem-ke/", inventory.by_kind, name="reorg_inventory"),
    path("<int:reorg_id>/kiem-ke/lay/", inventory.take, name="reorg_take_inventory"),
    path("<int:reorg_id>/kiem-ke/muc/", inventory.items, name="reorg_items"),
    path("<int:reorg_id>/kiem-ke/don-vi/", inventory.by_unit, name="reorg_inventory_units"),
    path("<int:reorg_id>/ngoai-he-thong/", plain.plain_list, name="reorg_plain"),
    path("<int:reorg_id>/ngoai-he-thong/them/", plain.add, name="reorg_plain_add"),
    path("<int:reorg_id>/ngoai-he-thong/<int:row_id>/", plain.edit, name="reorg_plain_edit"),
    path("<int:reorg_id>/chia-tach/", splits.index, APPLY, name="reorg_splits"),
    path("<int:reorg_id>/chia-tach/hang-loat/", splits.bulk, APPLY, name="reorg_bulk"),
    path("<int:reorg_id>/chia-tach/<int:unit_id>/", splits.one, APPLY, name="reorg_split"),
    path("<int:reorg_id>/chia-tach/<int:unit_id>/muc/", splits.items, APPLY, name="reorg_split_items"),
    path("<int:reorg_id>/chia-tach/quy-tac/<int:rule_id>/bo/", splits.withdraw, APPLY, name="reorg_withdraw"),
    path("<int:reorg_id>/xem-truoc/", previews.preview, name="reorg_preview"),
    path("<int:reorg_id>/chot/", previews.decide, name="reorg_decide"),
    path("<int:reorg_id>/chuyen-giao/", applying.apply, name="reorg_apply"),
    path("<int:reorg_id>/chuyen-giao/hen/", applying.schedule, name="reorg_schedule"),
    path("<int:reorg_id>/chung-minh/", proof.proof, name="reorg_proof"),
    path("<int:reorg_id>/khep-lai/", proof.close, name="reorg_close"),
    path("<int:reorg_id>/so-cai/", ledger.ledger, name="reorg_ledger"),
    path("<int:reorg_id>/so-cai/tra-lai/", ledger.give_back, name="reorg_give_back"),
    path("<int:reorg_id>/bien-ban/", minutes.units, name="reorg_minutes"),
    path("<int:reorg_id>/bien-ban/<int:unit_id>.pdf", minutes.pdf, name="reorg_minutes_pdf"),
    path("<int:reorg_id>/hoan-tac/", undoing.undo, name="reorg_undo"),
    path("<int:reorg_id>/hoan-tac/viec-moi/", splits.index, UNDO, name="reorg_undo_splits"),
    path("<int:reorg_id>/hoan-tac/viec-moi/hang-loat/", splits.bulk, UNDO, name="reorg_undo_bulk"),
    path("<int:reorg_id>/hoan-tac/viec-moi/<int:unit_id>/", splits.one, UNDO, name="reorg_undo_split"),
    path("<int:reorg_id>/hoan-tac/viec-moi/<int:unit_id>/muc/", splits.items, UNDO, name="reorg_undo_split_items"),
    path("<int:reorg_id>/hoan-tac/viec-moi/quy-tac/<int:rule_id>/bo/", splits.withdraw, UNDO, name="reorg_undo_withdraw"),
]
