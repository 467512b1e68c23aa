"""Thế giới mẫu sống được: đủ số lượng, sổ liền mạch, ai đăng nhập cũng có việc, phương án chỉ còn đúng những chỗ phải quyết định."""

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import Count, F

from tinhgon.audit.models import Entry
from tinhgon.cli import demo
from tinhgon.cli.demo import drafting, names, reorganisation
from tinhgon.cli.demo.accounts import LOGINS, seat
from tinhgon.cli.demo.loading import load
from tinhgon.cli.demo.world import MORNING, TODAY
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Refused
from tinhgon.core.models import User
from tinhgon.documents.models import (
    ApprovalStep,
    ArchiveTransfer,
    Arrival,
    Attachment,
    Delivery,
    DisposalList,
    Document,
    Dossier,
    Opinion,
    Partner,
    Receipt,
    RoutingLine,
)
from tinhgon.documents.selectors import stages
from tinhgon.org.access import scope_of
from tinhgon.org.models import Person, UnitVersion
from tinhgon.org.models.handover import PlanRow
from tinhgon.reorg import checks
from tinhgon.reorg.baseline import conflicts
from tinhgon.reorg.models import PlannedSuccession, Reorganisation
from tinhgon.reorg.services import previewing
from tinhgon.tasks.models import ProgressEntry, Task

pytestmark = pytest.mark.django_db

def test_so_luong_dung_co_nho(small):
    sizes = small.sizes
    assert Document.objects.count() >= sizes.documents + drafting.COUNT
    assert Task.objects.filter(state__in=Task.OPEN).count() == sizes.tasks_open
    assert Task.objects.filter(state=Task.State.DONE).count() == sizes.tasks_done
    assert Attachment.objects.count() >= sizes.files
    communes = UnitVersion.objects.filter(level="commune", kind="committee")
    assert communes.count() == 12
    assert Reorganisation.objects.get(name=reorganisation.NAME).planned_units.filter(kind="committee").count() == 6


def test_moi_van_ban_deu_co_nhat_ky(small):
    logged = Entry.objects.filter(target_kind="document").values_list("target_id", flat=True)
    assert {str(pk) for pk in Document.objects.values_list("pk", flat=True)} <= set(logged)


def test_moi_viec_co_dung_mot_noi_giu_va_moi_nguoi_co_mot_phan_cong_chinh(small):
    open_units = set(UnitVersion.objects.filter(valid__contains=TODAY).values_list("unit_id", flat=True))
    assert set(Document.objects.values_list("holder_id", flat=True)) <= open_units
    assert set(Task.objects.values_list("lead_id", flat=True)) <= open_units
    assert set(RoutingLine.objects.values_list("to_unit_id", flat=True)) <= open_units
    mains = Person.objects.filter(appointments__is_main=True).annotate(n=Count("appointments")).count()
    assert mains == Person.objects.count()


def test_van_ban_den_trong_he_thong_mang_dung_ky_hieu_cua_noi_gui(small):
    received = Document.objects.filter(direction="incoming", issuer__isnull=False)
    assert received.exists()
    for row in received:
        sent = Document.objects.get(direction="outgoing", secrecy=0, issuer=row.issuer, symbol=row.symbol, type=row.type)
        assert (sent.summary, sent.issued_on) == (row.summary, row.issued_on)
        assert row.issued_on <= row.arrived_on <= TODAY


def test_van_ban_mat_chi_co_dong_so(small):
    secret = Document.objects.filter(secrecy__gt=0)
    assert secret.exists()
    assert all(row.series.is_secret and "tủ mật" in row.summary for row in secret.select_related("series"))
    assert not Attachment.objects.filter(document__in=secret).exists()
    assert not Document.objects.filter(series__is_secret=True, secrecy=0).exists()


def test_khong_ai_trung_ten_trong_danh_sach_chan(small):
    assert not Person.objects.filter(full_name__in=names.DENIED).exists()
    assert len(names.DENIED) > 150


def test_lich_su_tien_do_khong_lui_ve_truoc_khi_giao_va_khong_sau_luc_nay(small):
    assert not ProgressEntry.objects.filter(at__lt=F("task__created_at")).exists()
    assert not ProgressEntry.objects.filter(at__date__gt=TODAY).exists()
    assert not Task.objects.filter(state=Task.State.DONE, finished_on__isnull=True).exists()


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.username)
def test_tai_khoan_mau_dung_vai_va_co_viec_hom_nay(small, login):
    user = User.objects.select_related("person").get(username=login.username)
    assert check_password(demo.PASSWORD, user.password)
    who = seat(small, login)
    scope = scope_of(Actor(user.pk, who.appointment_id), on=TODAY)
    acting = next(s for s in scope.standings if s.appointment_id == who.appointment_id)
    assert (acting.role, acting.is_main) == (login.role, True)
    assert sum(not s.is_lent for s in scope.standings) == (2 if login.username == "kiemnhiem" else 1)
    if login.role != "administrator":
        mine = Task.objects.filter(assignee=user.person.pk, state__in=Task.OPEN)
        assert mine.filter(due_on=TODAY).exists()
        assert mine.filter(due_on__lt=TODAY).exists()


def test_danh_sach_tai_khoan_co_mat_khau_dung_chinh_sach(small):
    listed = demo.logins()
    assert len(listed) == len({username for username, *_rest in listed}) == User.objects.count()
    assert all(len(password) >= 10 and duty and where for _username, password, duty, where in listed)


def test_hai_phuong_an_soan_do_dung_tren_cung_bo_may(small):
    first, second = Reorganisation.objects.filter(state="draft").order_by("pk")
    assert (first.effective_on, second.copied_from) == (second.effective_on, first)
    for draft in (first, second):
        assert draft.gestures.exists()
        assert draft.baseline
        assert not conflicts(draft)
        assert checks.structure_objections(draft) == []


def test_phuong_an_co_du_kieu_ke_thua_va_chi_con_dung_cho_phai_quyet_dinh(small):
    reorg = Reorganisation.objects.get(name=reorganisation.NAME)
    assert reorg.state == Reorganisation.State.INVENTORY
    types = set(PlannedSuccession.objects.filter(reorganisation=reorg).values_list("type", flat=True))
    assert types == {"merged", "split"}
    undecided = set(
        PlanRow.objects.filter(handover=reorg.handover_id, to_unit__isnull=True).values_list("from_unit", flat=True)
    )
    wanted = {unit.id for unit in small.units if reorganisation.is_undecided(unit)}
    assert undecided
    assert undecided <= wanted
    with transaction.atomic():
        found = previewing.preview(SYSTEM, reorg.pk)
        transaction.set_rollback(True)
    assert {reason.code for reason in found.objections} == {"reorg.no_receiver"}


def test_co_viec_hai_ve_ve_cung_mot_noi(small):
    assert PlanRow.objects.filter(outcome="join").exists()


def test_van_phong_dang_song_co_nguoi_vang_nhanh_chuyen_xuong_va_ho_so_o_moi_trang_thai(small):
    away = Actor(User.objects.get(username="chanhvanphong").pk)
    assert [s.principal for s in scope_of(away, on=TODAY).standings if s.is_lent]
    children = RoutingLine.objects.filter(parent__isnull=False)
    assert {"accepted", "returned", "done"} <= set(children.values_list("state", flat=True))
    assert set(Dossier.objects.values_list("state", flat=True)) == {"open", "closed", "offered", "archived"}
    assert set(ArchiveTransfer.objects.values_list("state", flat=True)) == {"waiting", "received"}
    assert DisposalList.objects.get().state == "made"


def test_khong_nap_chong_len_du_lieu_da_co(small):
    before = Document.objects.count()
    with pytest.raises(Refused) as refused, transaction.atomic():
        load("small", say=lambda _sentence: None)
    assert refused.value.code == "demo.not_empty"
    assert Document.objects.count() == before


def test_khay_cua_van_thu_co_du_kenh_va_du_trang_thai(small):
    office = small.unit("79", "office").id
    tray = Arrival.objects.filter(to_unit=office)
    assert tray.filter(state__in=Arrival.WAITING).count() >= 9
    assert set(tray.values_list("channel", flat=True)) == set(Arrival.Channel.values)
    assert {"ready", "failed", "registered", "refused"} <= set(tray.values_list("state", flat=True))
    scan = tray.get(subject="scan_0042")
    assert scan.reading["scanned"]
    assert all(box["must_confirm"] for name, box in scan.reading["fields"].items() if name in ("so_ky_hieu", "ngay"))


def test_van_ban_gui_di_o_nhieu_trang_thai_va_mot_doi_tac_chua_noi(small):
    codes = set(Delivery.objects.values_list("code", flat=True))
    assert {"01", "02", "03", "06"} <= codes
    assert Delivery.objects.filter(is_asked=True, requests__state="pending").exists()
    assert not Delivery.objects.filter(document__secrecy__gt=0).exists()
    assert Receipt.objects.filter(delivery__code=F("code")).count() == Receipt.objects.count()
    assert list(Partner.objects.values_list("is_active", flat=True)) == [False]


def test_du_thao_dang_do_o_moi_buoc_va_dung_nguoi_dang_cho(small):
    drafts = list(Document.objects.filter(versions__isnull=False, number=None).distinct())
    assert len(drafts) >= 30
    kinds = {stage.kind for stage in stages.stages(drafts, on=TODAY).values()}
    assert kinds == {"composing", "returned", "consulting", "appraising", "approving", "ready"}
    waiting = {
        "chanhvanphong": stages.appraisals_for_me, "thuongtruc": stages.steps_for_me, "bantochuc": stages.opinions_for_me,
    }  # fmt: skip
    for username, asked in waiting.items():
        assert asked(_actor(small, username), on=TODAY).exists(), username
    assert not ApprovalStep.objects.filter(opened_at__gt=MORNING).exists()
    assert not Opinion.objects.filter(answered_at__gt=MORNING).exists()


def _actor(world, username):
    found = seat(world, next(login for login in LOGINS if login.username == username))
    return Actor(User.objects.get(username=username).pk, found.appointment_id)


def test_van_ban_da_ban_hanh_co_qua_trinh_soan_theo_dung_thu_tu(small):
    issued = list(Document.objects.filter(approvals__state="approved", number__isnull=False, number_suffix="").distinct())  # số chèn cấp bằng động từ khác
    assert len(issued) > 50
    for document in issued:
        told = list(Entry.objects.filter(target_kind="document", target_id=str(document.pk)).order_by("sequence").values_list("code", "at"))
        codes = [code for code, _at in told]
        assert [at for _code, at in told] == sorted(at for _code, at in told)
        order = [codes.index(code) for code in ("documents.drafted", "documents.version_saved", "documents.approval_started", "documents.issued")]
        assert order == sorted(order)
        signed = document.approval_steps.get(kind="sign")
        assert (signed.state, signed.person.full_name) == ("approved", document.signer_name)
        assert document.created_at < signed.acted_at
