"""Bối cảnh xét một chứng thư: gốc nào được tin, danh sách thu hồi nào, vào lúc nào. Không hỏi mạng."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from asn1crypto.crl import CertificateList
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

_ANY_AGE = timedelta(days=36500)


def roots_of(anchors: Iterable[str]) -> list[asn1_x509.Certificate]:
    return [certificate_of(text) for text in anchors]


def certificate_of(text: str) -> asn1_x509.Certificate:
    _kind, _headers, der = pem.unarmor(text.encode())
    return asn1_x509.Certificate.load(der)


def lists_of(data: Iterable[bytes]) -> list[CertificateList]:
    """Danh sách thu hồi đọc một lần ở cửa vào. ``ValueError`` khi có cái hỏng: thư viện đọc dần, nên phần đầu phải đọc ngay ở đây."""
    found = [CertificateList.load(one) for one in data]
    for one in found:
        _ = (one.issuer.hashable, issued_at(one), one["tbs_cert_list"]["next_update"].native)
    return found


def of_issuer(certificate: asn1_x509.Certificate, lists: Iterable[CertificateList]) -> list[CertificateList]:
    """Các danh sách thu hồi của chính nhà cấp chứng thư này."""
    return [one for one in lists if one.issuer.hashable == certificate.issuer.hashable]


def context(
    certificate: asn1_x509.Certificate, roots: Sequence[asn1_x509.Certificate], lists: Sequence[CertificateList], moment: datetime, *, must_ask: bool = True
) -> ValidationContext:
    """Có danh sách thu hồi của nhà cấp thì bắt buộc hỏi nó, dù cũ: đã ghi thu hồi thì không bao giờ hết thu hồi.

    pyHanko mặc định chỉ hỏi khi chứng thư tự ghi địa chỉ danh sách; ở đây danh sách do quản trị nạp vào hay nằm sẵn trong tệp.
    ``must_ask`` sai: lúc ký, khi danh sách chỉ để nhúng; ký xong kiểm lại mới xét.
    """
    listed = must_ask and bool(of_issuer(certificate, lists))
    rule = RevocationCheckingRule.CRL_REQUIRED if listed else RevocationCheckingRule.NO_CHECK
    policy = CertRevTrustPolicy(
        RevocationCheckingPolicy(rule, RevocationCheckingRule.NO_CHECK), freshness=_ANY_AGE,
        freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
    )  # fmt: skip
    newest = sorted(lists, key=issued_at, reverse=True)  # bộ kiểm dừng ở danh sách đầu tiên phủ đủ
    return ValidationContext(
        trust_roots=list(roots), crls=newest, moment=moment, allow_fetching=False, revinfo_policy=policy, retroactive_revinfo=True
    )


def issued_at(one: CertificateList) -> datetime:
    issued: datetime = one["tbs_cert_list"]["this_update"].native
    return issued
