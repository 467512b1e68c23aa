"""Đặt chữ ký số của người ký và con dấu số của cơ quan lên bản ban hành. Ký xong kiểm lại ngay: không đạt thì không dùng."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.sign.signers import Signer

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Reason, Refused, refuse_if
from tinhgon.documents import minutes_access
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Attachment, Document, JointOrgan, Signature, SigningKey
from tinhgon.documents.selectors.joint import signer_of
from tinhgon.documents.selectors.rules import font_folder
from tinhgon.documents.selectors.signatures import revocations, trusted, verified
from tinhgon.documents.services import readiness
from tinhgon.documents.services.exchange.sending import NOWHERE, SendTo, send_with
from tinhgon.documents.services.keys import own_key
from tinhgon.documents.services.sign_words import problem
from tinhgon.engine.signing import keys, tokens
from tinhgon.engine.signing.problems import SigningProblem
from tinhgon.engine.signing.sign import Stamp, sign
from tinhgon.engine.signing.timestamps import timestamper_at
from tinhgon.engine.signing.verify import Verdict
from tinhgon.engine.vietnamese import fold
from tinhgon.files.services import open_file, store
from tinhgon.org.access import acting
from tinhgon.org.locks import hold_open

_REFUSED = {Verdict.FOREIGN: "foreign", Verdict.REVOKED: "revoked", Verdict.EXPIRED: "expired"}


@dataclass(frozen=True, slots=True)
class Unlock:
    """Khóa nào, mật khẩu gì: chỉ sống trong một lần ký."""

    key_id: int
    passphrase: str

    def __repr__(self) -> str:
        return f"Unlock({self.key_id})"


@dataclass(frozen=True, slots=True)
class Pen:
    """Khóa đang mở trong khối ``with opened(...)``: ra khỏi khối là hết, không cất ở đâu."""

    key_id: int
    signer: Signer

    def __repr__(self) -> str:
        return f"Pen({self.key_id})"


@contextmanager
def opened(actor: Actor, unlock: Unlock, *, on: date) -> Iterator[Pen]:
    """Mở khóa của mình bằng mật khẩu vừa đưa, cho một lời gọi của một người. ``NotFound``, ``Refused`` khi không mở được.

    Mở trước khi khóa sổ: mật khẩu cố ý tốn 0,1 giây để thử, người khác không phải chờ ở sổ ấy.
    """
    key = own_key(actor, unlock.key_id, on=on)
    if key.revoked_at is not None:
        raise Refused(problem("key_revoked"))
    with ExitStack() as session:
        try:
            signer = session.enter_context(_opened(key, unlock.passphrase))
        except SigningProblem as refused:
            raise Refused(problem(refused.code)) from refused
        yield Pen(key.pk, signer)


@transaction.atomic
def seal(actor: Actor, *, on: date, document_id: int, unlock: Unlock, send_to: SendTo = NOWHERE) -> Document:
    """Văn thư đóng con dấu số của cơ quan mình lên bản ban hành đã có số, sau mọi chữ ký, rồi gửi đi: tất cả hoặc không gì cả.

    Văn bản liên tịch: mỗi cơ quan đứng tên một con dấu, đóng khi người ký của mọi cơ quan đã ký số; gửi đi là việc của cơ quan chủ trì.
    """
    document = document_for(actor, document_id, to="seal", on=on, lock=True)
    final = document.attachments.select_related("file").filter(is_final=True).order_by("pk").last()
    if final is None:
        sentence = _("Chưa có bản PDF ban hành để đóng dấu: hãy đính kèm bản đã ký.")
        raise Refused(Reason("documents.no_final", sentence))
    joint = _joint_of_seal(actor, document, unlock, on)
    if document.signatures.filter(purpose=Signature.Purpose.SEAL, joint=joint).exists():
        raise Refused(Reason("documents.sealed", _("Văn bản này đã đóng dấu số.")))
    refuse_if(readiness.missing_before_seal(document))
    if minutes_access.is_minutes(document) and minutes_access.signatures_made(document) == 1:
        raise Refused(Reason("documents.chair_not_signed", _("Biên bản chưa đóng dấu được: người chủ trì chưa ký.")))
    hold_open([], on=on, touching=[document.holder_id])
    with opened(actor, unlock, on=on) as pen:
        put(actor, document, final, pen, purpose=Signature.Purpose.SEAL, on=on, joint=joint)
    send_with(actor, document, send_to, on=on)
    return document


def _joint_of_seal(actor: Actor, document: Document, unlock: Unlock, on: date) -> JointOrgan | None:
    """Con dấu của cơ quan cùng ban hành nào; con dấu của cơ quan chủ trì thì ``None``."""
    unit = own_key(actor, unlock.key_id, on=on).unit_id
    return document.joint_organs.filter(kept_by=unit).first() if unit and unit != document.issuer_id else None


def put(
    actor: Actor, document: Document, final: Attachment, pen: Pen, *, purpose: str, on: date, joint: JointOrgan | None = None
) -> Signature:
    """Đặt một chữ ký lên ``final`` đã cất, trong giao dịch của nơi gọi; tệp đã ký thay chỗ tệp cũ, tệp cũ vẫn ở trong kho."""
    ink = inked(actor, document, pen, purpose=purpose, on=on, joint=joint)
    with open_file(final.file) as content:
        before = content.read()
    final.file = store(BytesIO(ink.sign(before)), final.name)
    final.save(update_fields=["file"])
    return ink.kept(final)


@dataclass(frozen=True, slots=True)
class Ink:
    """Một chữ ký sắp đặt: ``sign`` ký và kiểm lại ngay, rồi ``kept`` ghi lại khi bản đã ký nằm trong kho."""

    actor: Actor
    document: Document
    key: SigningKey
    signer: Signer
    purpose: str
    at: datetime
    by_id: int | None
    joint: JointOrgan | None = None

    def sign(self, pdf: bytes) -> bytes:
        """Chữ ký đứng trên họ tên của ai, con dấu của cơ quan nào đứng cạnh người ký của cơ quan ấy."""
        find = signer_of(self.joint) if self.joint else _printed_name(self.key, self.document)
        return _signed(pdf, self.key, self.signer, self.document, self.purpose, self.at, find)

    def kept(self, final: Attachment) -> Signature:
        made = Signature.objects.create(
            document=self.document, attachment=final, key=self.key, purpose=self.purpose, signed_at=self.at,
            sha256=final.file.sha256, by_id=self.by_id, joint=self.joint,
        )  # fmt: skip
        code = "documents.sealed" if self.purpose == Signature.Purpose.SEAL else "documents.signed"
        told = {"name": self.key.common_name, "fingerprint": self.key.fingerprint, "sha256": made.sha256}
        record(self.actor, code, ("document", self.document.pk), after=told)
        return made


def inked(actor: Actor, document: Document, pen: Pen, *, purpose: str, on: date, joint: JointOrgan | None = None) -> Ink:
    """Quyền dùng khóa xét lại ở từng văn bản: khóa vừa ngừng dùng thì văn bản sau không ký được nữa, dù bút còn mở."""
    key = own_key(actor, pen.key_id, on=on)
    _check_key(key, joint.kept_by_id if joint else document.issuer_id, purpose, on)
    by_id = None if actor.is_system else acting(actor, on=on).person_id
    return Ink(actor, document, key, pen.signer, purpose, clock.now(), by_id, joint)


def _check_key(key: SigningKey, organ_id: int | None, purpose: str, on: date) -> None:
    if key.revoked_at is not None:
        raise Refused(problem("key_revoked"))
    if purpose == Signature.Purpose.SEAL:
        if key.unit_id is None or key.unit_id != organ_id:
            sentence = _("Đây không phải con dấu của cơ quan ban hành văn bản này.")
            raise Refused(Reason("documents.seal_of_another", sentence, "key"))
        hold_open([key.unit_id], on=on)
    elif key.person_id is None:
        raise Refused(Reason("documents.not_a_personal_key", _("Ký văn bản bằng khóa của người ký, không bằng con dấu."), "key"))


def _signed(pdf: bytes, key: SigningKey, signer: Signer, document: Document, purpose: str, at: datetime, find: str) -> bytes:
    sealing = purpose == Signature.Purpose.SEAL
    try:
        made = sign(
            pdf, signer, at=at, stamp=_stamp(key, find, at, sealing=sealing), reason=document.symbol,
            location=document.place, timestamper=timestamper_at(_clock(), at=at), anchors=trusted(), revocations=revocations(),
        )  # fmt: skip
    except SigningProblem as refused:
        raise Refused(problem(refused.code)) from refused
    latest = verified(made)[-1]
    if latest.verdict != Verdict.VALID:
        raise Refused(problem(_REFUSED.get(latest.verdict, "not_signed")))
    return made


def _clock() -> str:
    """Máy chủ dấu thời gian đã cấu hình; thế giới mẫu có máy của nó, không qua mạng. Rỗng: không hỏi ai."""
    if settings.TIMESTAMP_URL or not settings.DEMO:
        return str(settings.TIMESTAMP_URL)
    return f"file:{settings.DEMO_CLOCK}" if settings.DEMO_CLOCK.exists() else ""


def _opened(key: SigningKey, passphrase: str) -> AbstractContextManager[Signer]:
    if key.kind == SigningKey.Kind.TOKEN:
        return tokens.open_token(settings.PKCS11_MODULE, key.token, key.token_key, passphrase)
    return nullcontext(keys.open_key(bytes(key.sealed), passphrase))


def _stamp(key: SigningKey, find: str, at: datetime, *, sealing: bool) -> Stamp:
    """Hình trên trang: chữ cố định của văn bản, luôn tiếng Việt dù người bấm xem giao diện tiếng gì."""
    moment = f"{timezone.localtime(at):%d/%m/%Y %H:%M:%S} +07:00"
    lines = ("Dấu số của cơ quan", moment) if sealing else (key.organisation, f"Ký số lúc {moment}")
    return Stamp(
        name=key.common_name, lines=tuple(line for line in lines if line), find=find, seal=sealing,
        picture=bytes(key.picture), fonts=font_folder(),
    )  # fmt: skip


def _printed_name(key: SigningKey, document: Document) -> str:
    """Chữ ký đứng trên tên ai: người ghi biên bản ở bên trái, còn lại là người ký."""
    owner = key.person.full_name if key.person else ""
    return document.recorder_name if owner and fold(owner) == fold(document.recorder_name) else document.signer_name
