"""Một nhà cấp chứng thư tự dựng, cho thế giới mẫu, phép thử và phép đo. Không dùng cho chữ ký thật."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import rsa as rsa_keys
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_ROOT_YEARS, _YEARS = 10, 3
Key = ec.EllipticCurvePrivateKey | rsa_keys.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Authority:
    """Gốc: chứng thư và khóa, chỉ sống trong bộ nhớ của tiến trình dựng nó."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


@dataclass(frozen=True, slots=True)
class Issued:
    """Một chứng thư vừa cấp kèm khóa."""

    certificate: x509.Certificate
    key: Key
    authority: x509.Certificate

    def p12(self, passphrase: str) -> bytes:
        """``passphrase`` rỗng: khóa để trần, chỉ cho máy dấu thời gian mẫu."""
        protection = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
        return pkcs12.serialize_key_and_certificates(b"tinhgon", self.key, self.certificate, [self.authority], protection)


def open_authority(name: str, *, since: datetime) -> Authority:
    key = _key()
    subject = _subject(name, name)
    built = _builder(subject, subject, key, since, timedelta(days=365 * _ROOT_YEARS))
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return Authority(built.add_extension(usage, critical=True).sign(key, hashes.SHA256()), key)


def issue(
    authority: Authority, name: str, organisation: str, *, since: datetime, lasts: timedelta = timedelta(days=365 * _YEARS), rsa: bool = False,
    stamps: bool = False,
) -> Issued:  # fmt: skip
    """Chứng thư ký văn bản cho một người hay một cơ quan; ``stamps``: cho máy chủ dấu thời gian. ``rsa``: khóa RSA 2.048 như chứng thư thật; sinh lâu hơn nhiều."""
    key = rsa_keys.generate_private_key(public_exponent=65537, key_size=2048) if rsa else _key()
    built = _builder(_subject(name, organisation), authority.certificate.subject, key, since, lasts)
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    built = built.add_extension(usage, critical=True)
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    built = built.add_extension(above, critical=False)
    if stamps:  # máy chủ dấu thời gian: chỉ việc ấy (RFC 3161, 2.3)
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Issued(built.sign(authority.key, hashes.SHA256()), key, authority.certificate)


def revoke(authority: Authority, certificates: list[x509.Certificate], *, at: datetime, now: datetime) -> bytes:
    """Danh sách thu hồi (DER) của nhà cấp."""
    built = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    built = built.last_update(now).next_update(now + timedelta(days=30))
    for certificate in certificates:
        row = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(at).build()
        built = built.add_revoked_certificate(row)
    return built.sign(authority.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def _subject(name: str, organisation: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
        x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
    ])  # fmt: skip


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, since: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(since + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )  # fmt: skip
