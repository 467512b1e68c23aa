"""Nơi máy tự lấy về khay: đặt, bỏ, và đi lấy. Thư mục: tệp đã lấy sang ``xong/``, tệp không nhận sang ``loi/`` kèm lý do."""

import hashlib
import io
import logging
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import SYSTEM, Actor
from tinhgon.core.errors import Invalid, NotFound, Reason, TinhGonError
from tinhgon.documents.access_tray import places_for
from tinhgon.documents.models import Arrival, WatchedPlace
from tinhgon.documents.services.intake import mailbox
from tinhgon.documents.services.intake.receiving import Received, clean_name, receive
from tinhgon.documents.services.intake.secrets import sealed
from tinhgon.engine.unpack.letters import open_letter
from tinhgon.engine.unpack.model import Unpackable
from tinhgon.org.access import require
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb

log = logging.getLogger(__name__)
MOST_AT_ONCE = 200
SETTLED_SECONDS = 5  # tệp vừa đổi trong chừng này giây có thể còn đang được chép vào
DONE, FAILED = "xong", "loi"
Kind = WatchedPlace.Kind


@transaction.atomic
def keep_place(actor: Actor, *, on: date, values: Mapping[str, Any], place_id: int | None = None) -> WatchedPlace:
    """Đặt hay sửa một nơi tự lấy về. ``values``: các cột của ``WatchedPlace``; ``password`` trống thì giữ mật khẩu cũ."""
    place = _place(actor, place_id, on) if place_id else WatchedPlace()
    for name in ("unit_id", "kind", "path", "host", "port", "security", "username", "mailbox", "is_active"):
        if name in values:
            value = values[name]
            setattr(place, name, value.strip() if isinstance(value, str) else value)
    require(actor, Verb.REGISTER, on=on, unit_id=place.unit_id)
    if values.get("password"):
        place.secret = sealed(values["password"])
    reasons = _mistakes(place)
    if reasons:
        raise Invalid(*reasons)
    hold_open([place.unit_id], on=on)
    if place.kind == Kind.FOLDER:
        _folder(place).mkdir(parents=True, exist_ok=True)
    place.problem = ""
    place.save()
    record(actor, "documents.watched_place_kept", ("watched_place", place.pk), after={"place": str(place), "unit": place.unit_id})
    return place


@transaction.atomic
def remove_place(actor: Actor, *, on: date, place_id: int) -> None:
    """Thôi lấy về từ đó; thứ đã lấy thì ở lại."""
    place = _place(actor, place_id, on)
    require(actor, Verb.REGISTER, on=on, unit_id=place.unit_id)
    record(actor, "documents.watched_place_removed", ("watched_place", place.pk), before={"place": str(place)}, after={"place": str(place)})
    place.delete()


def _place(actor: Actor, place_id: int, on: date) -> WatchedPlace:
    place = places_for(actor, on=on).select_for_update().filter(pk=place_id).first()
    if place is None:
        raise NotFound(Reason("documents.no_such_place", _("Không có nơi tự lấy về này, hoặc bạn không trông coi nó.")))
    return place


def _mistakes(place: WatchedPlace) -> list[Reason]:
    if place.kind == Kind.FOLDER:
        return _folder_mistakes(place)
    place.path = ""
    missing = {
        "host": _("Chưa ghi máy chủ thư."), "username": _("Chưa ghi tài khoản hộp thư."), "secret": _("Chưa ghi mật khẩu hộp thư."),
    }  # fmt: skip
    found = [
        Reason("documents.missing", sentence, "password" if name == "secret" else name)
        for name, sentence in missing.items() if not getattr(place, name)
    ]  # fmt: skip
    same = WatchedPlace.objects.filter(kind=Kind.MAIL, host=place.host, username=place.username, mailbox=place.mailbox)
    if same.exclude(pk=place.pk).exists():
        found.append(Reason("documents.place_taken", _("Hộp thư này đã có cơ quan lấy về."), "username"))
    return found


def _folder_mistakes(place: WatchedPlace) -> list[Reason]:
    place.path = clean_name(place.path) if place.path else ""
    place.host = place.username = ""
    if not place.path or place.path in (".", "..") or place.path.startswith("."):
        return [Reason("documents.missing", _("Ghi tên một thư mục, ví dụ van-phong."), "path")]
    if WatchedPlace.objects.filter(kind=Kind.FOLDER, path=place.path).exclude(pk=place.pk).exists():
        return [Reason("documents.place_taken", _("Thư mục này đã có cơ quan lấy về."), "path")]
    return []


def _folder(place: WatchedPlace) -> Path:
    return Path(settings.INTAKE_ROOT) / place.path


def look_everywhere() -> None:
    """Đi một vòng mọi nơi đang dùng; một nơi hỏng không làm lỡ nơi khác, và nơi ấy nói ra vì sao."""
    for place in WatchedPlace.objects.filter(is_active=True).order_by("pk"):
        look(place)


def look(place: WatchedPlace) -> int:
    """Lấy mọi thứ đang có ở một nơi; trả về số văn bản vào khay."""
    taken, problem = 0, ""
    try:
        hold_open([place.unit_id], on=clock.today())
        taken, problem = _take_folder(place) if place.kind == Kind.FOLDER else _take_mail(place)
    except (TinhGonError, mailbox.MailTrouble, OSError) as error:
        problem = str(error)[:500]
        log.warning("Nơi tự lấy về %s: %s", place.pk, error)
    place.taken, place.problem, place.checked_at = place.taken + taken, problem[:500], clock.now()
    WatchedPlace.objects.filter(pk=place.pk).update(taken=place.taken, problem=place.problem, checked_at=place.checked_at)
    return taken


def _take_folder(place: WatchedPlace) -> tuple[int, str]:
    folder, taken, bad = _folder(place), 0, 0
    folder.mkdir(parents=True, exist_ok=True)
    ready = [path for path in sorted(folder.iterdir()) if _is_ready(path)]
    for path in ready[:MOST_AT_ONCE]:
        with path.open("rb") as content:
            key = f"{clean_name(path.name)[:200]}:{hashlib.file_digest(content, 'sha256').hexdigest()}"
            content.seek(0)
            found = _received(place, path.name, content, Arrival.Channel.FOLDER, key)
        _put_away(path, folder, found)
        taken, bad = taken + len(found.arrivals), bad + len(found.refused)
    return taken, _("%(count)d tệp không nhận được, đã chuyển sang thư mục loi/.") % {"count": bad} if bad else ""


def _is_ready(path: Path) -> bool:
    if path.is_symlink() or not path.is_file() or path.name.startswith((".", "~$")):
        return False
    # giờ của tệp là giờ thật của máy, không phải đồng hồ dời được
    return abs(clock.now().timestamp() - clock.offset().total_seconds() - path.stat().st_mtime) >= SETTLED_SECONDS


def _put_away(path: Path, folder: Path, found: Received) -> None:
    target = folder / (FAILED if found.refused else DONE)
    target.mkdir(exist_ok=True)
    name = path.name if not (target / path.name).exists() else f"{path.stem}-{clock.now():%Y%m%d%H%M%S%f}{path.suffix}"
    path.rename(target / name)
    if found.refused:
        said = "\n".join(f"{file}: {why}" for file, why in found.refused)
        (target / f"{name}.txt").write_text(said + "\n", encoding="utf-8")


def _take_mail(place: WatchedPlace) -> tuple[int, str]:
    taken, said = 0, []
    with mailbox.session(place) as box:
        for uid in box.unread(MOST_AT_ONCE):
            content = box.content(uid)
            if not content:
                continue
            found = _received(place, "thu.eml", io.BytesIO(content), Arrival.Channel.MAIL, _mail_key(content))
            box.flag(uid, "\\Flagged" if found.refused else "\\Seen")
            taken += len(found.arrivals)
            said += [why for _name, why in found.refused]
        if box.skipped:
            said.append(_("%(count)d thư quá lớn, còn để trong hộp thư (đã đánh cờ).") % {"count": box.skipped})
    return taken, " ".join(said)


def _mail_key(content: bytes) -> str:
    try:
        key = open_letter(content).key
    except Unpackable:
        key = ""
    return key[:300] or hashlib.sha256(content).hexdigest()


def _received(place: WatchedPlace, name: str, content: Any, channel: str, key: str) -> Received:
    return receive(SYSTEM, on=clock.today(), to_unit_id=place.unit_id, files=[(name, content)], channel=channel, key=key)
