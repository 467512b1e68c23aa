"""Tệp này là gì: nhìn nội dung, không tin phần đuôi của tên."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

import olefile

from tinhgon.engine.extract.model import Unreadable


class Kind(StrEnum):
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    PDF = "pdf"
    IMAGE = "image"
    HTML = "html"
    MAIL = "mail"
    TEXT = "text"


_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL_HEADER = re.compile(rb"^(From|To|Cc|Subject|Date|MIME-Version|Received|Return-Path|Message-ID|Content-Type):", re.I | re.M)
_HTML = re.compile(rb"<(!doctype html|html|head|body|table|p)\b", re.I)
_OFFICE_97_ENCRYPTED = 0x0100  # bit fEncrypted trong phần đầu tệp Word 97 (FIB)


def kind_of(path: Path, name: str) -> Kind:
    """Loại của tệp; ``Unreadable`` khi tệp là chương trình, có macro, đặt mật khẩu, hay không phải văn bản."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise Unreadable("empty")
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_PROGRAMS) and not _is_prose(head):
        raise Unreadable("executable")
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Kind.IMAGE
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    if len(_MAIL_HEADER.findall(head)) >= 2:
        return Kind.MAIL
    if _HTML.search(head):
        return Kind.HTML
    if _is_prose(head):
        return Kind.TEXT
    raise Unreadable("corrupt" if name.lower().endswith((".pdf", ".doc", ".docx")) else "unsupported")


def utf16_of(head: bytes) -> str:
    """Bảng mã UTF-16 khi tệp không có dấu đầu tệp: gần như mọi ký tự phải là chữ La-tinh, chữ số, dấu câu. Không phải thì rỗng."""
    if head.count(0) * 5 < len(head):
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, "replace")
        plain = sum(char in "\r\n\t\u2013\u2026" or " " <= char < "\u0250" or "\u1e00" <= char < "\u1f00" for char in text)
        if plain * 20 >= len(text) * 19:
            return encoding
    return ""


def _is_prose(head: bytes) -> bool:
    """Chữ: UTF-16, hoặc gần như không có byte điều khiển (VNI, TCVN3 dùng cả vùng 0x80-0xFF)."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_of(head):
        return True
    return sum(byte < 9 or 13 < byte < 32 for byte in head) <= len(head) // 100


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename for info in archive.infolist()[:10_000]}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("corrupt", str(error)) from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("macro")
    if "word/document.xml" in names:
        return Kind.DOCX
    raise Unreadable("corrupt" if "[Content_Types].xml" in names and not _is_other_office(names) else "unsupported")


def _is_other_office(names: set[str]) -> bool:
    return any(name.startswith(("xl/", "ppt/", "visio/")) for name in names)


def _kind_of_ole(path: Path) -> Kind:
    try:
        with olefile.OleFileIO(path) as ole:
            if ole.exists("EncryptedPackage"):
                raise Unreadable("encrypted")
            if not ole.exists("WordDocument"):
                raise Unreadable("unsupported")
            fib = ole.openstream("WordDocument").read(32)
            if len(fib) < 12 or int.from_bytes(fib[10:12], "little") & _OFFICE_97_ENCRYPTED:
                raise Unreadable("encrypted" if len(fib) >= 12 else "corrupt")
            if any(part[0] == "Macros" or part[-1] == "_VBA_PROJECT" for part in ole.listdir()):
                raise Unreadable("macro")
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise Unreadable("corrupt", str(error)) from error
    return Kind.DOC
