"""Nơi tự lấy về: thư mục và hộp thư vào khay đúng một lần; cái hỏng sang một bên kèm lý do; văn thư nào trông cơ quan ấy."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tinhgon.core import clock
from tinhgon.core.errors import Forbidden, Invalid, NotFound
from tinhgon.documents.models import Arrival, WatchedPlace
from tinhgon.documents.services.intake import watching
from tinhgon.documents.services.intake.secrets import opened
from tinhgon.documents.tests.arriving import LETTER, mailed, packed
from tinhgon.documents.tests.factories import TODAY
from tinhgon.documents.tests.imap_server import MailServer


@pytest.fixture
def folder(office) -> Path:
    watching.keep_place(office.clerk, on=TODAY, values={"unit_id": office.office, "kind": "folder", "path": "van-phong"})
    return Path(settings.INTAKE_ROOT) / "van-phong"


def put(folder: Path, name: str, content: bytes, *, age: int = 60) -> Path:
    path = folder / name
    path.write_bytes(content)
    written = clock.now().timestamp() - age
    os.utime(path, (written, written))
    return path


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_files_in_the_folder_arrive_once_and_are_put_away(folder):
    put(folder, "cong-van.txt", LETTER)
    put(folder, "goi.zip", packed(("a.txt", LETTER + b"a"), ("b.txt", LETTER + b"b")))
    watching.look_everywhere()
    assert files(folder) == {"xong/cong-van.txt", "xong/goi.zip"}
    assert Arrival.objects.filter(channel="folder").count() == 3
    watching.look_everywhere()
    assert Arrival.objects.count() == 3
    place = WatchedPlace.objects.get()
    assert (place.taken, place.problem, place.checked_at is not None) == (3, "", True)


def test_a_file_that_is_refused_goes_aside_with_its_reason(folder):
    put(folder, "trong.pdf", b"")
    put(folder, "tot.txt", LETTER)
    watching.look_everywhere()
    assert files(folder) == {"loi/trong.pdf", "loi/trong.pdf.txt", "xong/tot.txt"}
    assert "Tệp rỗng" in (folder / "loi/trong.pdf.txt").read_text()
    assert "1 tệp không nhận được" in WatchedPlace.objects.get().problem


def test_a_file_still_being_copied_hidden_or_linked_is_left_alone(folder, tmp_path):
    put(folder, "dang-chep.txt", LETTER, age=0)
    put(folder, ".an.txt", LETTER)
    outside = tmp_path / "ngoai.txt"
    outside.write_bytes(LETTER)
    (folder / "lien-ket.txt").symlink_to(outside)
    watching.look_everywhere()
    assert not Arrival.objects.exists()


def test_a_file_taken_before_a_crash_is_not_taken_twice(folder):
    path = put(folder, "cong-van.txt", LETTER)
    watching.look_everywhere()
    (folder / "xong/cong-van.txt").rename(path)  # như thể máy tắt trước khi kịp dời tệp
    watching.look_everywhere()
    assert Arrival.objects.count() == 1
    assert files(folder) == {"xong/cong-van.txt"}


@pytest.mark.parametrize("path", ["", "..", ".an", "../../etc"])
def test_the_folder_is_always_a_plain_name_below_the_root(office, path):
    values = {"unit_id": office.office, "kind": "folder", "path": path}
    if path == "../../etc":
        assert watching.keep_place(office.clerk, on=TODAY, values=values).path == "etc"
        return
    with pytest.raises(Invalid):
        watching.keep_place(office.clerk, on=TODAY, values=values)
    assert not WatchedPlace.objects.exists()


def test_only_the_clerk_of_the_organ_keeps_its_places(office, folder):
    place = WatchedPlace.objects.get()
    with pytest.raises(Forbidden):
        watching.keep_place(office.north_clerk, on=TODAY, values={"unit_id": office.office, "kind": "folder", "path": "x"})
    with pytest.raises(NotFound):
        watching.remove_place(office.north_clerk, on=TODAY, place_id=place.pk)
    with pytest.raises(NotFound):
        watching.keep_place(office.head, on=TODAY, place_id=place.pk, values={"is_active": False})
    assert WatchedPlace.objects.get().is_active


def box(office, server: MailServer, password: str = "dung") -> WatchedPlace:
    return watching.keep_place(office.clerk, on=TODAY, values={
        "unit_id": office.office, "kind": "mail", "host": "127.0.0.1", "port": server.port, "security": "plain", "username": "vanthu",
        "password": password, "mailbox": "INBOX",
    })  # fmt: skip


def test_unread_letters_arrive_with_their_attachments_and_are_marked_read(office):
    letters = [mailed("Mời họp", "Kính mời.", ("giay-moi.txt", LETTER), key="<a@x>"), mailed("Báo cáo", "Gửi.", key="<b@x>")]
    with MailServer(letters) as server:
        place = box(office, server)
        assert watching.look(place) == 2
        assert server.flags == {1: {"\\Seen"}, 2: {"\\Seen"}}
        server.flags.clear()  # như thể máy tắt trước khi kịp đánh dấu
        assert watching.look(place) == 0
    assert list(Arrival.objects.order_by("pk").values_list("subject", "channel", "key")) == [("Mời họp", "mail", "<a@x>"), ("Báo cáo", "mail", "<b@x>")]
    place.refresh_from_db()
    assert (place.taken, place.problem) == (2, "")


def test_a_wrong_password_is_said_on_the_page_and_kept_unreadable(office):
    with MailServer([]) as server:
        place = box(office, server, password="sai")
        assert watching.look(place) == 0
    place.refresh_from_db()
    assert "sai mat khau" in place.problem
    assert "sai" not in place.secret
    assert opened(place.secret) == "sai"


def test_a_silent_mail_server_does_not_stop_the_other_places(office, folder):
    with MailServer([]) as server:
        place = box(office, server)
    put(folder, "cong-van.txt", LETTER)
    watching.look_everywhere()
    place.refresh_from_db()
    assert place.problem
    assert Arrival.objects.count() == 1
