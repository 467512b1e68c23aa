"""Kiểm mọi chữ ký trên một PDF: của ai, lúc nào, có bị sửa không, chứng thư có tin được không. Không hỏi mạng."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from asn1crypto.crl import CertificateList
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tinhgon.engine.signing.contexts import context, lists_of, roots_of
from tinhgon.engine.signing.longterm import UNREADABLE, Level, archived_at, covering, embedded_lists


class Verdict(StrEnum):
    """``EXPIRED``: chứng thư hết hạn (xem ``was_valid_then``); có bằng chứng lâu dài trong tệp thì vẫn ``VALID``. ``CHANGED_AFTER``: có nội dung bị thêm hay đổi sau khi ký."""

    VALID = "valid"
    TAMPERED = "tampered"
    CHANGED_AFTER = "changed_after"
    REVOKED = "revoked"
    EXPIRED = "expired"
    FOREIGN = "foreign"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Link:
    """Một chứng thư trong chuỗi, từ người ký tới gốc."""

    name: str
    organisation: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """Một chữ ký trên PDF. ``covers_all``: phủ trọn tệp; nếu không, sau nó còn chữ ký khác (``CHANGED_AFTER`` khi là thứ khác).

    ``timestamped``: giờ do máy chủ dấu thời gian (``timestamp_by``) xác nhận, không chỉ là giờ của máy ký. ``checked_on``: ngày ra của
    danh sách thu hồi phủ lúc ký, ``None``: không có danh sách nào nên không biết. ``by_proof``: hợp lệ nhờ bằng chứng lâu dài trong tệp.
    """

    field: str
    verdict: Verdict
    signer: str
    organisation: str
    issuer: str
    serial: str
    signed_at: datetime | None
    timestamped: bool
    covers_all: bool
    is_pades: bool
    chain: tuple[Link, ...]
    revoked_at: datetime | None = None
    was_valid_then: bool = False
    reason: str = ""
    level: Level = Level.B
    timestamp_by: str = ""
    checked_on: datetime | None = None
    by_proof: bool = False


class NotPdf(Exception):
    """Không phải PDF đọc được."""


def signatures(pdf: bytes, *, anchors: Iterable[str], revocations: Iterable[bytes] = (), now: datetime) -> list[Seen]:
    """Mọi chữ ký theo thứ tự ký. ``anchors``: chứng thư gốc được tin (PEM); ``revocations``: danh sách thu hồi (DER).

    ``NotPdf`` khi tệp hỏng hay không phải PDF.
    """
    roots = roots_of(anchors)
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        embedded = list(reader.embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, IndexError, TypeError, RecursionError) as broken:
        raise NotPdf from broken
    loaded = lists_of(revocations)
    try:
        ground = _Ground(roots, loaded, lists_of(embedded_lists(reader)), now)
    except UNREADABLE:
        return [_unreadable(one, _Ground(roots, loaded, [], now)) for one in embedded]
    return [_seen(one, ground) for one in embedded]


@dataclass(frozen=True, slots=True)
class _Ground:
    """Căn cứ để xét: gốc được tin, danh sách thu hồi đã nạp, danh sách nằm trong tệp, lúc xét."""

    roots: list[asn1_x509.Certificate]
    loaded: list[CertificateList]
    inside: list[CertificateList]
    now: datetime

    @property
    def lists(self) -> list[CertificateList]:
        return [*self.loaded, *self.inside]


@dataclass(frozen=True, slots=True)
class _Judged:
    verdict: Verdict
    was_valid_then: bool = False
    by_proof: bool = False
    revoked_at: datetime | None = None


def _seen(one: EmbeddedPdfSignature, ground: _Ground) -> Seen:
    try:
        moment, is_archived = archived_at(one, ground.roots, ground.lists, ground.now)
        status = validate_pdf_signature(
            one, context(one.signer_cert, ground.roots, ground.lists, ground.now),
            ts_validation_context=_stamp_context(one, ground, moment),
        )  # fmt: skip
        judged = _verdict(one, status, ground)
    except UNREADABLE:
        return _unreadable(one, ground)
    return _described(one, status, judged, ground, is_archived=is_archived)


def _unreadable(one: EmbeddedPdfSignature, ground: _Ground) -> Seen:
    """Chữ ký, chứng thư hay bằng chứng trong tệp hỏng tới mức không xét được: không bao giờ coi là hợp lệ."""
    told = Verdict.TAMPERED if _is_changed(one) else Verdict.BROKEN
    return _described(one, None, _Judged(told), ground, is_archived=False)


def _is_changed(one: EmbeddedPdfSignature) -> bool:
    """Phần được ký không còn như lúc ký, cả khi chỗ sửa làm hỏng tệp tới mức không xét tiếp được chứng thư."""
    try:
        return bool(one.compute_digest() != find_unique_cms_attribute(one.signer_info["signed_attrs"], "message_digest").native)
    except UNREADABLE:
        return False


def _stamp_context(one: EmbeddedPdfSignature, ground: _Ground, moment: datetime) -> ValidationContext:
    """Dấu thời gian của chữ ký xét vào lúc mà dấu thời gian của cả tệp chứng được, không thì bây giờ."""
    stamps = extract_tst_data_iter(one.signer_info, signed=False)
    certificates = [found.chosen for stamp in stamps for found in stamp["certificates"]]
    clock = next((found for found in certificates if not found.ca), one.signer_cert)
    return context(clock, ground.roots, ground.lists, moment)


def _verdict(one: EmbeddedPdfSignature, status: PdfSignatureStatus, ground: _Ground) -> _Judged:
    if not (status.intact and status.valid):
        return _Judged(Verdict.TAMPERED)
    if status.modification_level == ModificationLevel.OTHER or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return _Judged(Verdict.CHANGED_AFTER)
    if status.trusted:
        return _Judged(Verdict.VALID, was_valid_then=True)
    at = _signed_at(one, status)
    then = _status_then(one, ground, at) if at is not None else None
    was_valid = then is not None and then.trusted
    if at is not None and was_valid and _stamped(status) and covering(one.signer_cert, ground.inside, at) is not None:
        return _Judged(Verdict.VALID, was_valid_then=True, by_proof=True)
    if status.revoked or (then is not None and then.revoked):
        details = status.revocation_details or (then.revocation_details if then is not None else None)
        stamped_before = was_valid and _stamped(status)  # giờ của máy ký thì ai giữ khóa cũng lùi được
        return _Judged(Verdict.REVOKED, was_valid_then=stamped_before, revoked_at=details.revocation_date if details else None)
    if at is not None and one.signer_cert.not_valid_after < max(ground.now, at) and was_valid:
        return _Judged(Verdict.EXPIRED, was_valid_then=True)
    if _is_ours(one, ground.roots) and at is not None and not one.signer_cert.not_valid_before <= at <= one.signer_cert.not_valid_after:
        return _Judged(Verdict.EXPIRED)
    return _Judged(Verdict.FOREIGN)


def _status_then(one: EmbeddedPdfSignature, ground: _Ground, at: datetime) -> PdfSignatureStatus:
    return validate_pdf_signature(one, context(one.signer_cert, ground.roots, ground.lists, at), skip_diff=True)


def _stamped(status: PdfSignatureStatus | None) -> bool:
    return bool(status and status.timestamp_validity and status.timestamp_validity.valid and status.timestamp_validity.intact and status.timestamp_validity.trusted)


def _is_ours(one: EmbeddedPdfSignature, roots: Sequence[asn1_x509.Certificate]) -> bool:
    """Chứng thư do một gốc được tin cấp, thẳng hay qua chứng thư trung gian đi kèm chữ ký."""
    known = {certificate.subject.hashable: certificate for certificate in one.other_embedded_certs}
    trusted = {root.subject.hashable for root in roots}
    certificate = one.signer_cert
    for _step in range(5):
        if certificate.issuer.hashable in trusted:
            return True
        above = known.get(certificate.issuer.hashable)
        if above is None or above is certificate:
            return False
        certificate = above
    return False


def _described(
    one: EmbeddedPdfSignature, status: PdfSignatureStatus | None, judged: _Judged, ground: _Ground, *, is_archived: bool
) -> Seen:
    certificate, at = one.signer_cert, _signed_at(one, status)
    stamped = _stamped(status)
    proven = stamped and at is not None and covering(certificate, ground.inside, at) is not None
    level = Level.B if not stamped else Level.T if not proven else Level.LTA if is_archived else Level.LT
    stamp = status.timestamp_validity if status is not None and stamped else None
    whole = status is not None and (
        status.coverage == SignatureCoverageLevel.ENTIRE_FILE or status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    )  # fmt: skip
    return Seen(
        field=str(one.field_name), verdict=judged.verdict, signer=_name(certificate, "common_name"),
        organisation=_name(certificate, "organization_name"), issuer=str(certificate.issuer.native.get("common_name", "")),
        serial=f"{certificate.serial_number:x}", signed_at=at, timestamped=stamped, covers_all=whole,
        is_pades=one.sig_object.get("/SubFilter") == SigSeedSubFilter.PADES.value, chain=_chain(one, status, ground.roots),
        revoked_at=judged.revoked_at, was_valid_then=judged.was_valid_then, by_proof=judged.by_proof,
        reason=str(one.sig_object.get("/Reason", "")), level=level, timestamp_by=_name(stamp.signing_cert, "common_name") if stamp else "",
        checked_on=covering(certificate, ground.lists, at) if at is not None else None,
    )  # fmt: skip


def _signed_at(one: EmbeddedPdfSignature, status: PdfSignatureStatus | None) -> datetime | None:
    if status is not None and status.timestamp_validity is not None and _stamped(status):
        return status.timestamp_validity.timestamp
    return one.self_reported_timestamp


def _chain(
    one: EmbeddedPdfSignature, status: PdfSignatureStatus | None, roots: Sequence[asn1_x509.Certificate]
) -> tuple[Link, ...]:
    if status is not None and status.validation_path is not None:
        found = list(status.validation_path.iter_certs(include_root=True))[::-1]
    else:
        found = [one.signer_cert]
        above = {c.subject.hashable: c for c in [*one.other_embedded_certs, *roots]}
        while (issuer := above.get(found[-1].issuer.hashable)) is not None and issuer not in found:
            found.append(issuer)
    return tuple(
        Link(_name(c, "common_name"), _name(c, "organization_name"), c.not_valid_before, c.not_valid_after) for c in found
    )


def _name(certificate: asn1_x509.Certificate, part: str) -> str:
    return str(certificate.subject.native.get(part, ""))
