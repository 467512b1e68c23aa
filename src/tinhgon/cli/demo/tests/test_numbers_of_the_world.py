"""Sổ và chữ ký của thế giới mẫu: mọi số có lời giải thích, đủ các loại sổ, chữ ký nào cũng kiểm được."""

import pytest

from tinhgon.cli.demo.accounts import LOGINS, seat
from tinhgon.cli.demo.world import TODAY
from tinhgon.core.actor import Actor
from tinhgon.core.models import User
from tinhgon.documents.models import Direction, Document, NumberReservation, NumberSeries
from tinhgon.documents.selectors import signatures
from tinhgon.documents.services import numbers

pytestmark = pytest.mark.django_db


def test_so_lien_mach_tu_mot_toi_so_cuoi_theo_thu_tu_ngay(small):
    for series in NumberSeries.objects.all():
        assert numbers.unexplained(series) == []
        entries = series.documents.filter(number_suffix="")
        assert entries.count() + series.reservations.filter(state="held").count() == series.last_number
        # Văn bản đi mở từ lúc soạn, trước khi rút số: thứ tự của số là thứ tự ngày ban hành.
        day = "created_at" if series.direction == Direction.INCOMING else "issued_on"
        days = list(entries.order_by("number").values_list(day, flat=True))
        assert days == sorted(days)


def test_so_giu_so_chen_lien_tich_ban_sao_va_chu_ky_deu_co(small):
    states = set(NumberReservation.objects.values_list("state", flat=True))
    assert states == {"held", "released"}
    late = Document.objects.exclude(number_suffix="").get()
    assert late.late_reason
    assert late.issued_on == Document.objects.get(series=late.series, number=late.number, number_suffix="").issued_on
    assert Document.objects.filter(joint_organs__isnull=False).exists()
    assert set(Document.objects.exclude(copy_kind="").values_list("copy_kind", flat=True)) == {"full", "extract"}
    clerk = Actor(User.objects.get(username="vanthu").pk, seat(small, next(x for x in LOGINS if x.username == "vanthu")).appointment_id)
    assert signatures.awaiting_seal(clerk, on=TODAY).count() == 1
    signed = Document.objects.filter(signatures__purpose="seal").distinct()
    for document in signed:
        _document, files = signatures.on_document(clerk, document.pk, on=TODAY)
        assert {one.verdict for file in files for one in file.signatures} == {"valid"}
    assert signed.count() == 2
