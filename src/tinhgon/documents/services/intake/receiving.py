"""Nhận vào khay: cất nội dung, mở gói, mỗi văn bản một dòng chờ, xếp hàng việc đọc. Tệp hỏng không làm mất tệp lành bên cạnh."""

import io
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Invalid, Reason, Refused
from tinhgon.documents.models import Arrival, ArrivalFile
from tinhgon.documents.services import reading_queue as queue
from tinhgon.documents.services.drafting import secret_content
from tinhgon.documents.services.intake import wording
from tinhgon.engine.unpack import archives, letters
from tinhgon.engine.unpack.model import Unpackable
from tinhgon.files.models import StoredFile
from tinhgon.files.services import store
from tinhgon.org.access import require
from tinhgon.org.locks import hold_open
from tinhgon.org.rights import Verb


@dataclass(slots=True)
class Received:
    """Kết quả của một lần nhận. ``refused``: (tên tệp, vì sao) của những tệp không nhận; ``again``: thứ đã nhận từ trước."""

    batch: uuid.UUID
    arrivals: list[Arrival] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    again: int = 0


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Một văn bản sắp vào khay: các tệp đã cất và điều biết về nó."""

    files: tuple[tuple[StoredFile, str], ...]
    subject: str
    folder: str = ""
    sender: str = ""
    key: str = ""


def receive(
    actor: Actor,
    *,
    on: date,
    to_unit_id: int,
    files: Iterable[tuple[str, IO[bytes]]],
    channel: str = Arrival.Channel.UPLOAD,
    secrecy: int = 0,
    batch: uuid.UUID | None = None,
    key: str = "",
) -> Received:
    """Nhận các tệp vào khay của cơ quan ``to_unit_id``; zip thì mỗi tệp một văn bản, thư thì thân thư và tệp kèm là một.

    Từng tệp một giao dịch: tệp không nhận được nằm trong ``refused`` kèm lý do, các tệp khác vẫn vào. ``batch``: nối vào đợt đã có.
    ``key``: khóa chống nhận hai lần của kênh. ``Refused`` khi nói là mật: văn bản mật chỉ ghi dòng sổ.
    """
    standing = require(actor, Verb.REGISTER, on=on, unit_id=to_unit_id)
    if secrecy:
        raise Refused(secret_content())
    hold_open([to_unit_id], on=on)
    found = Received(batch or uuid.uuid4())
    told = {"to_unit_id": to_unit_id, "channel": channel, "added_by_id": standing.person_id if standing else None}
    for name, content in files:
        shown = clean_name(name)
        try:
            for bundle in _bundles(shown, content, key):
                _save(actor, found, bundle, told)
        except (Invalid, Refused) as refused:
            found.refused.append((shown, str(refused)))
        except Unpackable as broken:
            found.refused.append((shown, wording.unpackable(broken)))
    if found.arrivals:
        queue.open_progress(found.batch)
    return found


def clean_name(name: str) -> str:
    """Tên để hiện: dạng dựng sẵn (NFC), không đường dẫn, không ký tự điều khiển."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in plain if char.isprintable()).strip()
    if len(kept) <= 255:
        return kept or _("không tên")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[: 254 - len(ending)]}{dot}{ending}" if dot and len(ending) < 10 else kept[:255]


def _save(actor: Actor, found: Received, bundle: _Bundle, told: dict[str, object]) -> None:
    try:
        with transaction.atomic():
            arrival = Arrival.objects.create(
                **told, subject=bundle.subject[:2000], sender=bundle.sender[:200], folder=bundle.folder[:500],
                key=bundle.key[:300], batch=found.batch, received_at=clock.now(),
            )  # fmt: skip
            ArrivalFile.objects.bulk_create(ArrivalFile(arrival=arrival, file=stored, name=name) for stored, name in bundle.files)
            names = ", ".join(name for _stored, name in bundle.files)
            record(actor, "documents.arrived", ("arrival", arrival.pk), after={"files": names[:500], "channel": arrival.channel})
            queue.read_later(arrival.pk)
    except IntegrityError:  # khóa của kênh đã có: lần trước bị ngắt sau khi nhận
        found.again += 1
        return
    found.arrivals.append(arrival)


def _bundles(name: str, content: IO[bytes], key: str) -> Iterator[_Bundle]:
    """Tệp thường: một văn bản. Gói zip: mở hết, cất hết rồi mới cho ra, để gói có chỗ hỏng thì không vào nửa gói."""
    head = content.read(4096)
    content.seek(0)
    if archives.is_archive(head, name):
        packed = [bundle for member, inside in archives.iterate(content) for bundle in _inside(name, member, inside)]
        yield from packed
    elif letters.is_letter(head, name):
        yield from _letter(content.read(letters.MOST_BYTES + 1), name, key)
    else:
        yield _Bundle(((store(content, name), name),), subject=_stem(name), key=key)


def _inside(packed: str, member: archives.Member, inside: archives.Limited) -> Iterator[_Bundle]:
    folder = f"{_stem(packed)}/{member.folder}" if member.folder else _stem(packed)
    name = clean_name(member.name)
    if name.lower().endswith(".eml"):
        for bundle in _letter(inside.read(letters.MOST_BYTES + 1), name, ""):
            yield _Bundle(bundle.files, bundle.subject, folder, bundle.sender)
        return
    try:
        stored = store(inside, name)  # type: ignore[arg-type]
    except Invalid as refused:
        sentence = _("%(file)s trong gói: %(why)s") % {"file": name, "why": refused}
        raise Invalid(Reason(refused.code, sentence, "file")) from refused
    yield _Bundle(((stored, name),), subject=_stem(name), folder=folder)


def _letter(content: bytes, name: str, key: str) -> Iterator[_Bundle]:
    """Thân thư thành một tệp chữ đứng sau các tệp kèm; thư rỗng thì chỉ tiêu đề."""
    letter = letters.open_letter(content)
    yield bundle_of(letter, name, key)


def bundle_of(letter: letters.Letter, name: str, key: str = "") -> _Bundle:
    """Tệp kèm không nhận được thì thân thư nói rõ tên và lý do, phần còn lại của thư vẫn vào khay."""
    files, left_out = [], []
    for part in letter.parts:
        try:
            files.append((store(io.BytesIO(part.content), part.name), clean_name(part.name)))
        except Invalid as refused:
            left_out.append(_("Tệp kèm %(file)s không nhận: %(why)s") % {"file": part.name, "why": refused})
    heading = "\n".join(filter(None, (letter.sender, letter.subject)))
    body = "\n\n".join(filter(None, (heading, letter.body, "\n".join(left_out))))
    if body:
        files.append((store(io.BytesIO(body.encode()), "thu.txt"), _("Thân thư.txt")))
    if not files:
        raise Unpackable("empty")
    return _Bundle(tuple(files), letter.subject or _stem(name), sender=letter.sender, key=key)


def _stem(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if dot and len(ending) < 6 else name
