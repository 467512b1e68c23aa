"""Chữ ký trên tệp của một văn bản, kiểm lại mỗi lần xem; khóa của mình; nhà cấp được tin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.documents.access import document_for, rows_seen
from tinhgon.documents.minutes_access import MINUTES
from tinhgon.documents.models import (
    Attachment,
    Document,
    JointOrgan,
    Revocations,
    Signature,
    SigningKey,
    TrustAnchor,
)
from tinhgon.documents.selectors.joint import unsigned
from tinhgon.engine.signing.verify import NotPdf, Seen, signatures
from tinhgon.files.services import open_file
from tinhgon.org.access import scope_of
from tinhgon.org.models import Covers, Person
from tinhgon.org.rights import Verb

_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class FileSignatures:
    """Một tệp PDF và các chữ ký trên nó; ``is_readable`` sai: PDF hỏng hay có mật khẩu."""

    attachment: Attachment
    signatures: tuple[Seen, ...]
    is_readable: bool


def on_document(actor: Actor, document_id: int, *, on: date) -> tuple[Document, list[FileSignatures]]:
    """Mọi tệp PDF của văn bản và chữ ký của chúng. ``NotFound`` khi không được thấy."""
    document = document_for(actor, document_id, on=on)
    files = document.attachments.select_related("file").filter(file__content_type=_PDF).order_by("pk")
    anchors, lists = trusted(), revocations()
    return document, [_of_file(attachment, anchors, lists) for attachment in files]


def verified(pdf: bytes) -> list[Seen]:
    """Chữ ký trên một PDF bất kỳ theo nhà cấp được tin lúc này. ``NotPdf`` khi tệp hỏng."""
    return signatures(pdf, anchors=trusted(), revocations=revocations(), now=clock.now())


def trusted() -> list[str]:
    return list(TrustAnchor.objects.filter(is_active=True).values_list("certificate", flat=True))


def revocations() -> list[bytes]:
    return [bytes(data) for data in Revocations.objects.values_list("data", flat=True)]


def usable_keys(actor: Actor, *, on: date, unit_ids: Iterable[int] = ()) -> list[SigningKey]:
    """Khóa của mình còn dùng được; có ``unit_ids``: con dấu số của các cơ quan ấy thay vào đó."""
    now = clock.now()
    owner = Q(unit__in=list(unit_ids)) if unit_ids else Q(person=scope_of(actor, on=on).person_id, person__isnull=False)
    return list(_plain(SigningKey.objects.filter(owner, revoked_at=None, not_after__gt=now).order_by("-added_at")))


def keys_of(actor: Actor, *, on: date) -> list[SigningKey]:
    """Mọi khóa của mình và con dấu của cơ quan mình giữ, kể cả đã ngừng dùng."""
    scope = scope_of(actor, on=on)
    books = scope.within(Covers.DOCUMENTS).clerk_units
    found = SigningKey.objects.filter(Q(person=scope.person_id, person__isnull=False) | Q(unit__in=books))
    return list(_plain(found.order_by("revoked_at", "-added_at")))


def awaiting_signature(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Dự thảo chờ cấp số mà chính mình là người ký: ghi tên mình, hay chưa ghi ai; khẩn trước, cũ trước.

    Biên bản không ở đây: người ghi ký trước, rồi chủ trì. Thấy ở đây là ký được lúc này theo quyền; bước còn thiếu (thẩm định, thể thức) thì nói lúc ký.
    """
    scope = scope_of(actor, on=on)
    standing = next((one for one in scope.standings if one.appointment_id == actor.appointment_id), None)
    if standing is None or not standing.sees_whole_unit or not standing.may(Verb.ROUTE):
        return Document.objects.none()
    name = Person.objects.values_list("full_name", flat=True).get(pk=standing.person_id)
    mine = Q(signer_name__iexact=name) | Q(signer_name="")
    here = Q(issuer__in=standing.units) | Q(holder__in=standing.units)
    found = rows_seen(actor, on=on).filter(mine, here, state=Document.State.READY, secrecy=0).exclude(type__code=MINUTES)
    return found.select_related("type", "series").defer("search_folded", "search_exact").order_by("-urgency", "pk")


def awaiting_seal(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Văn bản mọi người ký đã ký số mà cơ quan mình giữ sổ (ban hành, hay cùng ban hành) có con dấu số nhưng chưa đóng."""
    books = scope_of(actor, on=on).within(Covers.DOCUMENTS).clerk_units
    signed = Signature.objects.filter(document=OuterRef("pk"))
    seal = Signature.Purpose.SEAL
    lead = Q(series__keeper__in=books) & Exists(_seals(OuterRef("issuer"))) & ~Exists(signed.filter(purpose=seal, joint=None))
    row = JointOrgan.objects.filter(document=OuterRef("pk"), kept_by__in=books)
    joint = Exists(row.filter(Exists(_seals(OuterRef("kept_by"))), ~Exists(Signature.objects.filter(joint=OuterRef("pk"), purpose=seal))))
    found = Document.objects.filter(
        lead | joint, Exists(signed.filter(purpose=Signature.Purpose.SIGN)), ~Exists(unsigned(OuterRef("pk"))), state__in=Document.OPEN, secrecy=0,
    )  # fmt: skip
    return found.select_related("type", "series").defer("search_folded", "search_exact").order_by("issued_on", "pk")


def awaiting_joint_signature(actor: Actor, *, on: date) -> QuerySet[Document]:
    """Văn bản liên tịch cơ quan chủ trì đã ký số, chờ chính mình ký tiếp cho cơ quan mình."""
    person = scope_of(actor, on=on).person_id
    signed = Signature.objects.filter(document=OuterRef("pk"), purpose=Signature.Purpose.SIGN)
    mine = unsigned(OuterRef("pk")).filter(person=person)
    found = Document.objects.filter(Exists(mine), Exists(signed), state__in=Document.OPEN, secrecy=0)
    return found.select_related("type", "series").defer("search_folded", "search_exact").order_by("-urgency", "pk")


def _seals(unit: OuterRef) -> QuerySet[SigningKey]:
    return SigningKey.objects.filter(unit=unit, revoked_at=None, not_after__gt=clock.now())


def _of_file(attachment: Attachment, anchors: list[str], lists: list[bytes]) -> FileSignatures:
    with open_file(attachment.file) as content:
        data = content.read()
    try:
        found = signatures(data, anchors=anchors, revocations=lists, now=clock.now())
    except NotPdf:
        return FileSignatures(attachment, (), is_readable=False)
    return FileSignatures(attachment, tuple(found), is_readable=True)


def _plain(found: QuerySet[SigningKey]) -> QuerySet[SigningKey]:
    return found.defer("sealed", "picture", "certificate")
