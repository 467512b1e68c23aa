"""Khóa ký từ tệp PKCS#12: đọc, cất dưới mật khẩu của người ký, mở ra lúc ký. Mật khẩu không được giữ ở đâu.

Cất bằng AES-256-GCM dưới khóa dẫn xuất từ mật khẩu (scrypt): mất cơ sở dữ liệu vẫn chưa mất khóa.
"""

import os

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.signers import Signer, SimpleSigner

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
    signer = SimpleSigner.load_pkcs12_data(plain, other_certs=[], passphrase=None)
    if signer is None:
        raise SigningProblem("bad_key_file")
    return signer


def _seal(plain: bytes, passphrase: str) -> bytes:
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return salt + nonce + AESGCM(_derived(passphrase, salt)).encrypt(nonce, plain, None)


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_N, r=_R, p=_P).derive(passphrase.encode())
