"""Thư eml: người gửi, tiêu đề, thân thư và các tệp kèm."""

import email
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from lxml import html

from tinhgon.engine.unpack.model import Unpackable

MOST_BYTES = 60 * 1024**2
MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Một tệp kèm."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """``key``: mã thư (Message-ID), rỗng khi thư không có. ``body``: chữ của thân thư."""

    key: str
    sender: str
    subject: str
    body: str
    parts: tuple[Part, ...]


def is_letter(head: bytes, name: str) -> bool:
    if not name.lower().endswith(".eml"):
        return False
    return b":" in head.split(b"\n", 1)[0]


def open_letter(content: bytes) -> Letter:
    """Mở một thư. ``Unpackable`` khi không phải thư hay quá lớn."""
    if len(content) > MOST_BYTES:
        raise Unpackable("too_big", str(MOST_BYTES // 1024**2))
    message = email.message_from_bytes(content, policy=policy.default)
    if not message.keys():
        raise Unpackable("corrupt")
    parts = tuple(_parts(message))
    return Letter(_header(message, "Message-ID"), _sender(message), _header(message, "Subject"), _body(message), parts)


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name, ""))
    except (ValueError, IndexError, LookupError):  # tiêu đề hỏng: thư vẫn nhận
        value = ""
    return unicodedata.normalize("NFC", " ".join(value.split()))


def _sender(message: EmailMessage) -> str:
    name, address = parseaddr(_header(message, "From"))
    return f"{name} <{address}>" if name and address else name or address


def _body(message: EmailMessage) -> str:
    found = message.get_body(("plain", "html"))
    if found is None:
        return ""
    text = _text(found)
    if found.get_content_type() == "text/html" and text.strip():
        text = "\n".join(line.strip() for line in html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")).itertext())
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).replace("\x00", "").splitlines()]
    return "\n".join(lines).strip()


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeDecodeError, KeyError):  # bảng mã lạ hay khai sai
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _parts(message: EmailMessage) -> Iterator[Part]:
    for count, part in enumerate(message.iter_attachments()):
        if count >= MOST_PARTS:
            raise Unpackable("too_many", str(MOST_PARTS))
        name = _clean(part.get_filename() or "")
        if part.get_content_type() == "message/rfc822":
            yield Part(name or f"thu-{count + 1}.eml", part.get_content().as_bytes())
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield Part(name or f"tep-{count + 1}", content)


def _clean(name: str) -> str:
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in plain if char.isprintable()).strip()[:255]
