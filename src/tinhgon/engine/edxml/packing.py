"""Tệp kèm thông điệp: base64 của một gói zip chứa một tệp; mã nội dung phải khớp từng cái một với bản kê."""

import base64
import binascii
import io
import unicodedata
import zipfile
import zlib

from lxml import etree

from tinhgon.engine.edxml.model import MOST_FILES, MOST_UNPACKED, NAMESPACE, BadMessage, File

_RATIO = 200
_SMALL = 1024 * 1024


def files_of(root: etree._Element) -> tuple[File, ...]:
    """Các tệp, theo thứ tự của bản kê. ``BadMessage`` khi bản kê và phần kèm theo không khớp, hay gói không mở được."""
    listed = {_of(each, "ContentId"): each for each in _found(root, "edXMLEnvelope/edXMLBody/edXMLManifest/Reference")}
    carried = _found(root, "AttachmentEncoded/Attachment")
    if len(carried) > MOST_FILES:
        raise BadMessage("too_many_files", str(len(carried)))
    by_id = {_of(each, "ContentId"): each for each in carried}
    wrong = sorted(set(listed) ^ set(by_id))
    if wrong or len(by_id) != len(carried) or "" in by_id:
        raise BadMessage("content_id", ", ".join(wrong)[:120])
    left, files = MOST_UNPACKED, []
    for content_id, reference in listed.items():
        name = _name(_of(reference, "AttachmentName") or _of(by_id[content_id], "AttachmentName"))
        content = _unpacked(_decoded(by_id[content_id], name), name, left)
        left -= len(content)
        files.append(File(content_id=content_id.removeprefix("cid:"), name=name, content=content, description=_of(reference, "Description")))
    return tuple(files)


def _decoded(element: etree._Element, name: str) -> bytes:
    try:
        return base64.b64decode("".join(_of(element, "ContentTransferEncoded").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadMessage("base64", name) from error


def _unpacked(packed: bytes, name: str, most: int) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            inside = [info for info in archive.infolist() if not info.is_dir()]
            if len(inside) != 1:
                raise BadMessage("zip", name)
            (info,) = inside
            if info.file_size > most or (info.file_size > _SMALL and info.file_size > _RATIO * max(info.compress_size, 1)):
                raise BadMessage("zip_bomb", name)
            with archive.open(info) as stream:
                content = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise BadMessage("zip", name) from error
    if len(content) != info.file_size:
        raise BadMessage("zip_bomb", name)
    return content


def _name(text: str) -> str:
    """Tên tệp không mang đường dẫn, không ký tự điều khiển; rỗng thì gọi là "tep"."""
    last = text.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable()).strip(". ")[:200] or "tep"


def _found(root: etree._Element, path: str) -> list[etree._Element]:
    return root.findall("/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/")))


def _of(element: etree._Element, name: str) -> str:
    return unicodedata.normalize("NFC", (element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip())
