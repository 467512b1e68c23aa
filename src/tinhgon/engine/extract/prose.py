"""Chữ trơn, HTML và thân thư: đoán bảng mã, giữ dòng."""

import codecs
import email
import email.policy
import re
from pathlib import Path

from lxml import etree, html

from tinhgon.engine.extract.legacy import unicode_lines
from tinhgon.engine.extract.limits import MOST_TEXT, MOST_TEXT_BYTES
from tinhgon.engine.extract.model import Extracted, Line, Source, Unreadable
from tinhgon.engine.extract.sniff import Kind, utf16_of
from tinhgon.engine.vietnamese import nfc
from tinhgon.engine.vietnamese.syllables import share_valid

_INVISIBLE = {ord(char): None for char in "\u200b\u200c\u200d\u2060\ufeff\0"}
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "header", "footer", "pre", "dt", "dd")
)
_SKIPPED = frozenset(("script", "style", "head", "title", "noscript", "template"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)


def read_prose(path: Path, kind: Kind) -> Extracted:
    with path.open("rb") as file:
        data = file.read(MOST_TEXT_BYTES + 1)
    warnings = ("text_cut",) if len(data) > MOST_TEXT_BYTES else ()
    data = data[:MOST_TEXT_BYTES]
    readers = {Kind.TEXT: decode, Kind.HTML: _html_text, Kind.MAIL: _mail_text}
    return from_text(readers[kind](data), Source.TEXT, warnings)


def from_text(text: str, source: Source, warnings: tuple[str, ...] = ()) -> Extracted:
    """Chữ trơn thành các dòng, bảng mã cũ đã đổi; khoảng trống giữa dòng được giữ: nó chia hai cột của phần đầu."""
    if len(text) > MOST_TEXT:
        text, warnings = text[:MOST_TEXT], (*dict.fromkeys((*warnings, "text_cut")),)
    pages = text.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    lines = [
        Line(nfc(line.replace("\u00a0", " ").rstrip()), page=number)
        for number, page in enumerate(pages, start=1)
        for line in page.split("\n")
        if line.strip()
    ]
    lines, legacy = unicode_lines(lines)
    return Extracted(source, tuple(lines), len(pages) if len(pages) > 1 else None, legacy, warnings)


def decode(data: bytes) -> str:
    """Bytes thành chữ: UTF-8, UTF-16, rồi Windows-1258 hay một byte mỗi chữ (TCVN3, VNI: đổi sau, trên cả văn bản)."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    wide = utf16_of(data[:4096])
    if wide:
        return data.decode(wide, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data)  # cắt giữa một chữ ở cuối thì bỏ phần cụt
    except UnicodeDecodeError:
        single = data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1")
        windows = nfc(data.decode("cp1258", "replace"))
        return windows if "\ufffd" not in windows and share_valid(windows[:20_000]) > max(0.8, share_valid(single[:20_000])) else single


def _html_text(data: bytes) -> str:
    declared = _CHARSET.search(data[:2_000])
    text = decode(data)
    if declared and "\ufffd" in text:
        text = data.decode(declared[1].decode("ascii"), "replace") if _is_codec(declared[1].decode("ascii")) else text
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("corrupt", str(error)) from error
    return "\n".join(line for line in map(_squeezed, "".join(_pieces(root)).split("\n")) if line)


def _is_codec(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _pieces(root: html.HtmlElement) -> list[str]:
    """Chữ của trang theo thứ tự, mỗi khối một dòng; duyệt bằng vòng lặp vì trang hiểm có thể lồng rất sâu."""
    out: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS or tag in ("td", "th"):
                out.append("\n")
            if tag and tag not in _SKIPPED:
                out.append(" ".join((element.text or "").split("\n")))
        else:
            if tag in _BLOCKS:
                out.append("\n")
            out.append(" ".join((element.tail or "").split("\n")))
    return out


def _mail_text(data: bytes) -> str:
    """Tiêu đề và thân thư; tệp đính kèm là việc của nơi tiếp nhận."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        content = (body.get_payload(decode=True) or b"") if body is not None else b""
    except (LookupError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Unreadable("corrupt", str(error)) from error
    is_html = body is not None and body.get_content_type() == "text/html"
    text = (_html_text(content) if is_html and content.strip() else decode(content)) if isinstance(content, bytes) else ""
    return f"{_subject(message)}\n{text}".strip()


def _subject(message: email.message.EmailMessage) -> str:
    try:
        return str(message["Subject"] or "")
    except (ValueError, LookupError, IndexError, AttributeError):  # tiêu đề méo: thư vẫn đọc được
        return ""
