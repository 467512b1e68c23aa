"""Ký một PDF theo PAdES, thêm vào cuối tệp: mọi chữ ký trước vẫn nguyên."""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from PIL import Image
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

from tinhgon.engine.signing.contexts import context, lists_of, of_issuer, roots_of
from tinhgon.engine.signing.place import Place, place_of
from tinhgon.engine.signing.problems import SigningProblem

logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)  # nhắc rằng không tải gì về: đúng là cố ý

_TEMPLATE = Path(__file__).with_name("stamp.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Hình trên trang. ``name``: họ tên người ký hay tên cơ quan; ``lines``: các dòng nhỏ; ``picture``: ảnh chữ ký, ảnh dấu (PNG).

    ``find``: chữ để tìm chỗ (tên người ký ở khối ký). ``fonts``: thư mục chữ Tinos; rỗng thì dùng chữ của máy.
    """

    name: str
    lines: tuple[str, ...]
    find: str
    seal: bool = False
    picture: bytes = b""
    fonts: str = ""


class _Dated(PdfSigner):
    """Ký với giờ của ứng dụng, không phải giờ pyHanko tự lấy: một nguồn giờ duy nhất."""

    def __init__(self, *args: object, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def sign(
    pdf: bytes, signer: Signer, *, at: datetime, stamp: Stamp | None = None, reason: str = "", location: str = "",
    timestamper: TimeStamper | None = None, anchors: Iterable[str] = (), revocations: Iterable[bytes] = (),
) -> bytes:  # fmt: skip
    """PDF đã ký. Có dấu thời gian và danh sách thu hồi của nhà cấp thì nhúng luôn bằng chứng lâu dài (PAdES B-LTA).

    ``SigningProblem``: chứng thư hết hạn hay chưa tới hạn, PDF hỏng hay có mật khẩu, không lấy được dấu thời gian, máy
    dấu thời gian không do nhà cấp được tin cấp.
    """
    _check_days(signer, at)
    proof = _proof(signer, timestamper, anchors, revocations, at)
    try:
        try:
            return _written(pdf, signer, at, stamp, timestamper, {"reason": reason or None, "location": location or None} | proof)
        except SigningError:  # chuỗi của người ký, hay dấu thời gian có sẵn trong tệp, không dẫn tới gốc được tin: ký mà không nhúng
            if not proof:
                raise
            return _written(pdf, signer, at, stamp, timestamper, {"reason": reason or None, "location": location or None})
    except TimestampRequestError as missing:
        raise SigningProblem("no_timestamp") from missing
    except (PathBuildingError, PathValidationError) as untrusted:
        raise SigningProblem("foreign_clock") from untrusted
    except (PdfError, ValueError, IndexError, RuntimeError) as broken:
        raise SigningProblem("bad_pdf") from broken


def _written(
    pdf: bytes, signer: Signer, at: datetime, stamp: Stamp | None, timestamper: TimeStamper | None, said: dict[str, Any]
) -> bytes:
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    if reader.encrypted:
        raise SigningProblem("bad_pdf")
    count = len(reader.embedded_signatures)
    name = f"ChuKy{count + 1}"
    place = place_of(pdf, stamp.find, seal=stamp.seal, earlier=len(reader.embedded_regular_signatures)) if stamp else None
    meta = PdfSignatureMetadata(field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256", **said)
    signing = _Dated(
        meta, signer, timestamper=timestamper, at=at, stamp_style=_style(stamp, place) if stamp and place else None,
        new_field_spec=SigFieldSpec(name, on_page=place.page if place else 0, box=place.box if place else None),
    )  # fmt: skip
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    return signing.sign_pdf(writer, appearance_text_params={}, bytes_reserved=_room(signer, timestamper)).getvalue()


def _proof(
    signer: Signer, timestamper: TimeStamper | None, anchors: Iterable[str], revocations: Iterable[bytes], at: datetime
) -> dict[str, Any]:
    """Lời dặn pyHanko nhúng bằng chứng. Chuỗi chứng thư không dẫn tới gốc được tin thì không nhúng gì: ký xong kiểm lại sẽ nói vì sao."""
    certificate = signer.signing_cert
    if timestamper is None or certificate is None:
        return {}
    lists = of_issuer(certificate, lists_of(revocations))
    roots = roots_of(anchors)
    if not lists or certificate.issuer.hashable not in {root.subject.hashable for root in [*roots, *signer.cert_registry]}:
        return {}
    found = context(certificate, roots, lists, at, must_ask=False)
    return {"validation_context": found, "embed_validation_info": True, "use_pades_lta": True}


def _room(signer: Signer, timestamper: TimeStamper | None) -> int | None:
    """Chỗ chừa cho chữ ký, tính rộng: pyHanko tự ước lượng bằng cách ký thử một lần nữa. Có dấu thời gian thì để nó ước lượng."""
    if timestamper is not None or signer.signing_cert is None:
        return None
    chain = [signer.signing_cert, *signer.cert_registry]
    return 2 * (4096 + sum(len(certificate.dump()) for certificate in chain))  # viết thập lục phân: hai ký tự mỗi byte


def _check_days(signer: Signer, at: datetime) -> None:
    certificate = signer.signing_cert
    if certificate is None:
        return
    if at > certificate.not_valid_after:
        raise SigningProblem("expired")
    if at < certificate.not_valid_before:
        raise SigningProblem("not_yet_valid")


def _style(stamp: Stamp, place: Place) -> StaticStampStyle:
    if stamp.picture and place.round:
        return StaticStampStyle(background=PdfImage(Image.open(BytesIO(stamp.picture))), border_width=0)
    return StaticStampStyle(background=_Drawn(_draw(stamp, place)), border_width=0)


class _Drawn(PdfContent):
    """Trang typst vừa vẽ, đưa vào PDF đang ký."""

    def __init__(self, drawn: bytes) -> None:
        super().__init__()
        self._drawn = drawn

    def render(self) -> bytes:
        drawing = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._drawn)))
        self.resources.xobject["/TinhGon"] = drawing
        left, bottom, right, top = (float(edge) for edge in drawing.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return b"/TinhGon Do"


def _draw(stamp: Stamp, place: Place) -> bytes:
    data = {
        "name": stamp.name, "lines": list(stamp.lines), "seal": stamp.seal, "round": place.round, "width": place.width,
        "height": place.height,
    }  # fmt: skip
    drawn = _compiler(stamp.fonts).compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    assert isinstance(drawn, bytes)
    return drawn


@lru_cache(maxsize=4)
def _compiler(fonts: str) -> typst.Compiler:
    return typst.Compiler(
        str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=[fonts] if fonts else [], ignore_system_fonts=bool(fonts)
    )
