"""Thời hạn bảo quản và người lập hồ sơ trên trang: ai cũng đọc, đúng người mới sửa, sai thì còn nguyên chữ đã gõ."""

import pytest
from django.test import Client
from django.urls import reverse

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.models import User
from tinhgon.documents.models import RetentionPeriod
from tinhgon.documents.services import dossiers
from tinhgon.documents.tests.factories import TODAY, Office, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_periods_are_read_by_all_and_kept_by_the_office_head(office: Office) -> None:
    address, add = reverse("web:retention"), reverse("web:retention_new")
    for actor, may in ((office.specialist, False), (office.head, True)):
        page = browser(actor).get(address).content.decode()
        assert "Vĩnh viễn" in page
        assert (add in page) == may
    client = browser(office.head)
    wrong = client.post(add, {"name": "30 năm", "years": "30", "since": "20/06/2025", "source": ""})
    assert wrong.status_code == 422
    assert "30 năm" in wrong.content.decode()
    typed = {"name": "30 năm", "years": "30", "since": "20/06/2025", "source": "Bảng 2025"}
    assert client.post(add, typed).status_code == 302
    period = RetentionPeriod.objects.get(name="30 năm")
    end = reverse("web:retention_end", args=[period.pk])
    assert client.post(end, {"until": "01/07/2025", "reason": "Thay bảng mới"}).status_code == 302
    assert "thôi dùng từ 01/07/2025" in client.get(address).content.decode()
    assert browser(office.clerk).post(add, typed).status_code == 403


def test_a_dossier_is_given_to_a_colleague_and_leaves_the_sight_of_who_gave_it(office: Office) -> None:
    period = RetentionPeriod.objects.get(code="10-nam")
    dossier = dossiers.open_dossier(office.specialist, on=TODAY, title="Hồ sơ hội nghị", retention_id=period.pk)
    client = browser(office.specialist)
    give = reverse("web:dossier_act", args=[dossier.pk, "giao"])
    assert give in client.get(reverse("web:dossier", args=[dossier.pk])).content.decode()
    assert "Trần Văn Ban" not in client.get(give).content.decode()
    answer = client.post(give, {"person": person_of(office.colleague)})
    assert (answer.status_code, answer["Location"]) == (302, reverse("web:dossiers"))
    assert client.get(reverse("web:dossier", args=[dossier.pk])).status_code == 404
    assert browser(office.colleague).get(reverse("web:dossier", args=[dossier.pk])).status_code == 200
