"""Kiểm mọi chữ ký trên một PDF: của ai, lúc nào, có bị sửa không, chứng thư có tin được không. Không hỏi mạng."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from io import BytesIO

from asn1crypto import crl as asn1_crl
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

_ANY_AGE = timedelta(days=36500)


class Verdict(StrEnum):
    """``EXPIRED``: chứng thư hết hạn (xem ``was_valid_then``). ``CHANGED_AFTER``: có nội dung bị thêm hay đổi sau khi ký."""

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

    ``timestamped``: giờ do máy chủ dấu thời gian xác nhận, không chỉ là giờ của máy ký.
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


class NotPdf(Exception):
    """Không phải PDF đọc được."""


def signatures(pdf: bytes, *, anchors: Iterable[str], revocations: Iterable[bytes] = (), now: datetime) -> list[Seen]:
    """Mọi chữ ký theo thứ tự ký. ``anchors``: chứng thư gốc được tin (PEM); ``revocations``: danh sách thu hồi (DER).

    ``NotPdf`` khi tệp hỏng hay không phải PDF.
    """
    roots, lists = [_certificate(text) for text in anchors], list(revocations)
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        embedded = list(reader.embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, IndexError, TypeError, RecursionError) as broken:
        raise NotPdf from broken
    return [_seen(one, roots, lists, now) for one in embedded]


def _seen(one: EmbeddedPdfSignature, roots: Sequence[asn1_x509.Certificate], lists: Sequence[bytes], now: datetime) -> Seen:
    try:
        status = validate_pdf_signature(one, _context(one, roots, lists, now))
        verdict, then = _verdict(one, status, roots, lists)
    except (SignatureValidationError, SigningError, PdfError, ValueError, KeyError, TypeError, NotImplementedError):
        return _described(one, None, Verdict.BROKEN, was_valid_then=False, roots=roots)
    return _described(one, status, verdict, was_valid_then=then, roots=roots)


def _verdict(
    one: EmbeddedPdfSignature, status: PdfSignatureStatus, roots: Sequence[asn1_x509.Certificate], lists: Sequence[bytes]
) -> tuple[Verdict, bool]:
    if not (status.intact and status.valid):
        return Verdict.TAMPERED, False
    if status.modification_level == ModificationLevel.OTHER or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Verdict.CHANGED_AFTER, False
    if status.revoked:
        return Verdict.REVOKED, False
    if status.trusted:
        return Verdict.VALID, True
    at = _signed_at(one, status)
    certificate = one.signer_cert
    if at is not None and certificate.not_valid_after < _now_of(status, at):
        then = validate_pdf_signature(one, _context(one, roots, lists, at), skip_diff=True)
        if then.trusted:
            return Verdict.EXPIRED, True
    if _is_ours(one, roots) and at is not None and not certificate.not_valid_before <= at <= certificate.not_valid_after:
        return Verdict.EXPIRED, False
    return Verdict.FOREIGN, False


def _now_of(status: PdfSignatureStatus, at: datetime) -> datetime:
    return max(status.validation_time or at, at)


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


def _context(one: EmbeddedPdfSignature, roots: Sequence[asn1_x509.Certificate], lists: Sequence[bytes], moment: datetime) -> ValidationContext:
    """Có danh sách thu hồi của nhà cấp thì bắt buộc hỏi nó, dù cũ: đã ghi thu hồi thì không bao giờ hết thu hồi.

    pyHanko mặc định chỉ hỏi khi chứng thư tự ghi địa chỉ danh sách; ở đây danh sách do quản trị nạp vào.
    """
    issuer = one.signer_cert.issuer.hashable
    listed = any(asn1_crl.CertificateList.load(data).issuer.hashable == issuer for data in lists)
    rule = RevocationCheckingRule.CRL_REQUIRED if listed else RevocationCheckingRule.NO_CHECK
    policy = CertRevTrustPolicy(
        RevocationCheckingPolicy(rule, RevocationCheckingRule.NO_CHECK), freshness=_ANY_AGE,
        freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
    )  # fmt: skip
    return ValidationContext(
        trust_roots=list(roots), crls=list(lists), moment=moment, allow_fetching=False, revinfo_policy=policy, retroactive_revinfo=True
    )


def _described(
    one: EmbeddedPdfSignature, status: PdfSignatureStatus | None, verdict: Verdict, *, was_valid_then: bool,
    roots: Sequence[asn1_x509.Certificate],
) -> Seen:  # fmt: skip
    certificate = one.signer_cert
    revoked = status.revocation_details if status else None
    return Seen(
        field=str(one.field_name), verdict=verdict, signer=_name(certificate, "common_name"),
        organisation=_name(certificate, "organization_name"), issuer=str(certificate.issuer.native.get("common_name", "")),
        serial=f"{certificate.serial_number:x}", signed_at=_signed_at(one, status),
        timestamped=bool(status and status.timestamp_validity and status.timestamp_validity.trusted),
        covers_all=bool(status and status.coverage == SignatureCoverageLevel.ENTIRE_FILE),
        is_pades=one.sig_object.get("/SubFilter") == SigSeedSubFilter.PADES.value, chain=_chain(one, status, roots),
        revoked_at=revoked.revocation_date if revoked else None, was_valid_then=was_valid_then,
        reason=str(one.sig_object.get("/Reason", "")),
    )  # fmt: skip


def _signed_at(one: EmbeddedPdfSignature, status: PdfSignatureStatus | None) -> datetime | None:
    if status and status.timestamp_validity and status.timestamp_validity.trusted:
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


def _certificate(text: str) -> asn1_x509.Certificate:
    _kind, _headers, der = pem.unarmor(text.encode())
    return asn1_x509.Certificate.load(der)
