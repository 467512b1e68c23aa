"""Khóa ký nằm trong thiết bị (PKCS#11): thẻ, USB, HSM. Khóa không bao giờ rời thiết bị; mã PIN hỏi lúc ký."""

from collections.abc import Iterator
from contextlib import contextmanager

import pkcs11
from cryptography import x509
from pkcs11 import Attribute, ObjectClass
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer

from tinhgon.engine.signing.certificates import Identity, identity_of
from tinhgon.engine.signing.problems import SigningProblem


@contextmanager
def session(module: str, token: str, pin: str) -> Iterator[pkcs11.Session]:
    """Phiên làm việc với thiết bị. ``SigningProblem``: không nạp được mô-đun, không thấy thiết bị, sai PIN."""
    if not module:
        raise SigningProblem("no_module")
    try:
        pkcs11.lib(module)
    except pkcs11.exceptions.PKCS11Error as missing:
        raise SigningProblem("no_module") from missing
    try:
        opened = open_pkcs11_session(module, token_criteria=TokenCriteria(label=token), user_pin=pin)
    except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinLenRange, pkcs11.exceptions.PinInvalid) as refused:
        raise SigningProblem("wrong_passphrase") from refused
    except pkcs11.exceptions.PKCS11Error as missing:
        raise SigningProblem("no_token") from missing
    try:
        yield opened
    finally:
        opened.close()


def read_token(module: str, token: str, label: str, pin: str) -> Identity:
    """Chứng thư mang nhãn ``label`` trên thiết bị, và có khóa đi cùng."""
    with session(module, token, pin) as opened:
        found = opened.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: label})
        certificates = [bytes(item[Attribute.VALUE]) for item in found]
        keys = list(opened.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.LABEL: label}))
    if not certificates or not keys:
        raise SigningProblem("no_key_on_token")
    return identity_of(x509.load_der_x509_certificate(certificates[0]))


@contextmanager
def open_token(module: str, token: str, label: str, pin: str) -> Iterator[Signer]:
    """Khóa ký trên thiết bị, dùng được trong khối ``with``."""
    with session(module, token, pin) as opened:
        yield PKCS11Signer(opened, cert_label=label, key_label=label)
