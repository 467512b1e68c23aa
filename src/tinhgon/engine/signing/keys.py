"""Khóa ký từ tệp PKCS#12: đọc, cất dưới mật khẩu của người ký, mở ra lúc ký. Mật khẩu không được giữ ở đâu.

Cất bằng AES-256-GCM dưới khóa dẫn xuất từ mật khẩu (scrypt): mất cơ sở dữ liệu vẫn chưa mất khóa.
"""

import os

from asn1crypto import keys as asn1_keys
from asn1crypto import pkcs12 as asn1_pkcs12
from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tinhgon.engine.signing.certificates import Identity, identity_of
from tinhgon.engine.signing.problems import SigningProblem

_SALT, _NONCE = 16, 12
_N, _R, _P = 2**15, 8, 1  # khoảng 0,1 giây và 32 MB mỗi lần thử mật khẩu


def read_p12(data: bytes, passphrase: str) -> tuple[Identity, bytes]:
    """(chứng thư, tệp đã cất dưới chính mật khẩu ấy). ``SigningProblem``: sai mật khẩu, không phải tệp khóa, thiếu khóa."""
    try:
        asn1_pkcs12.Pfx.load(data, strict=True).native  # noqa: B018  (đọc hết để biết có đúng dạng không)
    except (ValueError, TypeError, KeyError) as broken:
        raise SigningProblem("bad_key_file") from broken
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.encode())
    except ValueError as refused:
        raise SigningProblem("wrong_passphrase") from refused
    if key is None or certificate is None:
        raise SigningProblem("no_private_key")
    plain = pkcs12.serialize_key_and_certificates(b"tinhgon", key, certificate, others, serialization.NoEncryption())  # type: ignore[arg-type]
    return identity_of(certificate), _seal(plain, passphrase)


def open_key(sealed: bytes, passphrase: str) -> Signer:
    """Khóa ký trong bộ nhớ, chỉ cho lần ký này. ``SigningProblem`` khi sai mật khẩu."""
    salt, nonce, box = sealed[:_SALT], sealed[_SALT : _SALT + _NONCE], sealed[_SALT + _NONCE :]
    try:
        plain = AESGCM(_derived(passphrase, salt)).decrypt(nonce, box, None)
    except InvalidTag as refused:
        raise SigningProblem("wrong_passphrase") from refused
    return _opened(plain)


class _OpenSigner(SimpleSigner):
    """Khóa nạp một lần, không soát lại: ``read_p12`` đã soát lúc đưa vào, và AES-GCM vừa chứng rằng không byte nào đổi.

    pyHanko nạp và soát lại khóa RSA cả lúc mở lẫn ở mỗi chữ ký, mỗi lượt khoảng 60 ms.
    """

    def __init__(self, key: asn1_keys.PrivateKeyInfo, own: asn1_x509.Certificate, others: list[asn1_x509.Certificate]) -> None:
        super().__init__(signing_cert=own, signing_key=key, cert_registry=SimpleCertificateStore.from_certs(others))
        self._loaded = serialization.load_der_private_key(key.dump(), None, unsafe_skip_rsa_key_validation=True)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        algorithm = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
        if algorithm == "rsassa_pkcs1v15" and digest_algorithm == "sha256" and isinstance(self._loaded, RSAPrivateKey):
            return self._loaded.sign(data, PKCS1v15(), hashes.SHA256())
        return super().sign_raw(data, digest_algorithm)


def _opened(plain: bytes) -> Signer:
    """Tệp ``read_p12`` đã cất: khóa và chứng thư của nó mang cùng một dấu (localKeyId), còn lại là chuỗi nhà cấp."""
    key, own, others = None, None, []
    for part in asn1_pkcs12.Pfx.load(plain).authenticated_safe:
        for bag in asn1_pkcs12.SafeContents.load(part["content"].native):
            if bag["bag_id"].native == "key_bag":
                key = bag["bag_value"].untag()
            elif any(named["type"].native == "local_key_id" for named in bag["bag_attributes"]):
                own = bag["bag_value"]["cert_value"].parsed
            else:
                others.append(bag["bag_value"]["cert_value"].parsed)
    if key is None or own is None:
        raise SigningProblem("bad_key_file")
    return _OpenSigner(key, own, others)


def _seal(plain: bytes, passphrase: str) -> bytes:
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return salt + nonce + AESGCM(_derived(passphrase, salt)).encrypt(nonce, plain, None)


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_N, r=_R, p=_P).derive(passphrase.encode())
