"""Bằng chứng lâu dài nằm trong tệp (PAdES B-LT, B-LTA): dấu thời gian, danh sách thu hồi nhúng sẵn, dấu thời gian của cả tệp.

Dấu thời gian chứng rằng chữ ký có trước một lúc; danh sách nhúng chứng rằng lúc ấy chứng thư chưa bị thu hồi. Dấu thời gian của cả tệp
giữ cho bằng chứng ấy còn đúng khi chính máy dấu thời gian cũ đã hết hạn: đi ngược từ dấu ngoài cùng, mỗi dấu đúng lùi lúc xét về giờ của nó.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from asn1crypto import x509 as asn1_x509
from asn1crypto.crl import CertificateList
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from tinhgon.engine.signing.contexts import context, issued_at, of_issuer

UNREADABLE = (SignatureValidationError, SigningError, PdfError, ValueError, KeyError, TypeError, NotImplementedError)


class Level(StrEnum):
    """Mức của chữ ký theo ETSI EN 319 142: B, có dấu thời gian, kèm bằng chứng thu hồi, thêm dấu thời gian của cả tệp."""

    B = "B-B"
    T = "B-T"
    LT = "B-LT"
    LTA = "B-LTA"


def embedded_lists(reader: PdfFileReader) -> list[bytes]:
    """Danh sách thu hồi (DER) nằm trong tệp; chưa xét đúng sai. Kho bằng chứng hỏng thì lỗi đi lên, không coi như không có."""
    try:
        lists = reader.root["/DSS"]["/CRLs"]
    except KeyError:
        return []
    return [bytes(found.get_object().data) for found in lists]


def covering(certificate: asn1_x509.Certificate, lists: Sequence[CertificateList], at: datetime) -> datetime | None:
    """Ngày ra của danh sách còn hiệu lực vào lúc ``at`` (mới nhất); ``None`` khi không có danh sách nào phủ lúc ấy."""
    days = []
    for one in of_issuer(certificate, lists):
        until = one["tbs_cert_list"]["next_update"].native
        if until is None or until >= at:
            days.append(issued_at(one))
    return max(days, default=None)


def archived_at(
    one: EmbeddedPdfSignature, roots: Sequence[asn1_x509.Certificate], lists: Sequence[CertificateList], now: datetime
) -> tuple[datetime, bool]:
    """(lúc mà mọi thứ của chữ ký này chắc chắn đã có, có dấu thời gian của cả tệp hay không). Không có dấu nào đúng thì là bây giờ."""
    every = list(one.reader.embedded_signatures)
    place = next(n for n, found in enumerate(every) if found.field_name == one.field_name)
    moment, found = now, False
    for stamp in reversed([later for later in every[place + 1 :] if later.sig_object_type == "/DocTimeStamp"]):
        try:
            status = validate_pdf_timestamp(stamp, context(stamp.signer_cert, roots, lists, moment), skip_diff=True)
        except UNREADABLE:
            continue
        whole = stamp.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
        if status.intact and status.valid and status.trusted and whole and status.timestamp <= moment:
            moment, found = status.timestamp, True
    return moment, found
