"""Ghi gói: cùng nội dung thì cùng từng byte của mục lục; tệp chép từng khúc, không nạp cả vào bộ nhớ."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import IO

from lxml import etree

from tinhgon.engine.archive.model import MANIFEST, NAMESPACE, SEAL, Package, PackagedDocument

_MOMENT = (1980, 1, 1, 0, 0, 0)  # zip không ghi giờ thật: hai gói cùng nội dung giống nhau


def write(package: Package, out: IO[bytes], *, content: Callable[[str], Iterable[bytes]]) -> None:
    """Ghi vào ``out``. ``content``: từ băm ra nội dung từng khúc. ``ValueError`` khi nội dung không đúng băm."""
    manifest = manifest_of(package)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bag:
        _put(bag, MANIFEST, [manifest])
        _put(bag, SEAL, [f"{hashlib.sha256(manifest).hexdigest()}  {MANIFEST}\n".encode()])
        for sha256, file in sorted(package.files.items()):
            if _put(bag, file.path, content(sha256)) != sha256:
                raise ValueError(f"Nội dung tệp {file.name} khác với băm đã ghi.")


def manifest_of(package: Package) -> bytes:
    """Mục lục của gói bằng XML."""
    root = etree.Element(f"{{{NAMESPACE}}}Package", nsmap={None: NAMESPACE}, version="1")
    _fields(root, package.fields)
    for dossier in package.dossiers:
        held = _below(root, "Dossier")
        _fields(held, dossier.fields)
        for order, document in enumerate(dossier.documents, start=1):
            _document(held, order, document)
    listed = _below(root, "FileSection")
    for _sha256, file in sorted(package.files.items()):
        _below(listed, "File", href=file.path, SIZE=str(file.size), CHECKSUM=file.sha256, CHECKSUMTYPE="SHA-256")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _document(parent: etree._Element, order: int, document: PackagedDocument) -> None:
    held = _below(parent, "Document", DocOrdinal=str(order))
    _fields(held, document.fields)
    for file in document.files:
        _below(held, "FileRef", href=file.path, name=_clean(file.name))


def _fields(parent: etree._Element, fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        if value:
            _below(parent, name).text = _clean(value)


def _below(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)


def _clean(text: str) -> str:
    """XML không chứa được ký tự điều khiển."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _put(bag: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with bag.open(entry, "w", force_zip64=True) as target:
        for chunk in chunks:
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()
