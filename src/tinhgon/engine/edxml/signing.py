"""Chữ ký XML-DSig bao cả thông điệp (enveloped, RSA-SHA256). SHA-1 của các trục cũ chỉ được nhận ra, không bao giờ được tin."""

from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509 import Certificate
from lxml import etree
from signxml import XMLSigner, XMLVerifier
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration

from tinhgon.engine.edxml.model import NAMESPACE, BadMessage, Message
from tinhgon.engine.edxml.writing import tree

_DS = "http://www.w3.org/2000/09/xmldsig#"
_HEADER = f"{{{NAMESPACE}}}edXMLEnvelope/{{{NAMESPACE}}}edXMLHeader"
_EXPECTED = SignatureConfiguration(
    location=f"./{_HEADER}/",
    signature_methods=frozenset({SignatureMethod.RSA_SHA256, SignatureMethod.RSA_SHA384, SignatureMethod.RSA_SHA512}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512}),
)


class Signature(StrEnum):
    NONE = "none"
    LEGACY = "legacy"  # rsa-sha1
    MODERN = "modern"


def signed(message: Message, key: RSAPrivateKey, certificate: Certificate) -> bytes:
    """Thông điệp đã ký; chữ ký nằm cuối phần đầu và bao cả thông điệp, kể cả tệp kèm."""
    root = tree(message)
    header = root.find(_HEADER)
    assert header is not None
    etree.SubElement(header, f"{{{_DS}}}Signature", {"Id": "placeholder"}, nsmap={"ds": _DS})
    signer = XMLSigner(c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")
    made = signer.sign(root, key=key, cert=[certificate])
    return etree.tostring(made, xml_declaration=True, encoding="UTF-8")


def signature_of(root: etree._Element) -> Signature:
    """Thông điệp mang chữ ký kiểu nào; chưa kiểm tra đúng sai. Vài trục để thẻ chữ ký trong không gian tên của edXML."""
    methods = [e.get("Algorithm", "") for e in root.iter("{*}SignatureMethod", "{*}DigestMethod")]
    if not methods:
        return Signature.NONE
    return Signature.LEGACY if any(method.endswith("sha1") for method in methods) else Signature.MODERN


def verify(root: etree._Element, certificate: Certificate) -> None:
    """Cả thông điệp do khóa của ``certificate`` ký. ``BadMessage``: unsigned, legacy_signature, wrong_signature."""
    kind = signature_of(root)
    if kind == Signature.NONE:
        raise BadMessage("unsigned")
    if kind == Signature.LEGACY:
        raise BadMessage("legacy_signature")
    try:
        result = XMLVerifier().verify(root, x509_cert=certificate, expect_config=_EXPECTED)
    except (SignXMLException, etree.LxmlError, ValueError, TypeError) as error:
        raise BadMessage("wrong_signature", str(error)[:120]) from error
    covered = getattr(result, "signed_xml", None)
    if covered is None or covered.tag != root.tag:  # chữ ký chỉ bao một mẩu thì không nói gì về phần còn lại
        raise BadMessage("wrong_signature", "partial")
