"""Hộp thư IMAP: lấy các thư chưa đọc, từng thư một, đánh dấu đã đọc sau khi đã nằm trong khay."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from tinhgon.documents.models import WatchedPlace
from tinhgon.documents.services.intake.secrets import opened
from tinhgon.engine.unpack import letters

SECONDS = 20
_PORTS = {WatchedPlace.Security.TLS: 993}
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailTrouble(Exception):
    """Hộp thư từ chối hay không trả lời."""


@dataclass(slots=True)
class Box:
    """Một phiên đã mở hộp thư. ``skipped``: số thư quá lớn bị bỏ lại."""

    client: imaplib.IMAP4
    skipped: int = 0

    def unread(self, most: int) -> list[bytes]:
        """Mã các thư chưa đọc, cũ trước; thư đã đánh cờ là thư lần trước không lấy được."""
        return self._ask("SEARCH", "UNSEEN", "UNFLAGGED")[0].split()[:most]

    def content(self, uid: bytes) -> bytes:
        """Cả thư; rỗng và đánh cờ khi quá lớn, để lần sau không vướng lại."""
        found = _SIZE.search(b" ".join(part for part in self._ask("FETCH", uid.decode(), "(RFC822.SIZE)") if isinstance(part, bytes)))
        if found and int(found[1]) > letters.MOST_BYTES:
            self.skipped += 1
            self.flag(uid, "\\Flagged")
            return b""
        parts = self._ask("FETCH", uid.decode(), "(BODY.PEEK[])")
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")

    def flag(self, uid: bytes, mark: str) -> None:
        self._ask("STORE", uid.decode(), "+FLAGS", f"({mark})")

    def _ask(self, *command: str) -> list[Any]:
        status, data = self.client.uid(*command)
        if status != "OK":
            raise MailTrouble(" ".join(command[:1]))
        return [part for part in data if part is not None]


@contextmanager
def session(place: WatchedPlace) -> Iterator[Box]:
    """Đăng nhập và mở hộp. ``MailTrouble`` với lời của máy chủ thư khi không được."""
    try:
        client = _connected(place)
        client.login(place.username, opened(place.secret))
        status, data = client.select(f'"{place.mailbox or "INBOX"}"')
        if status != "OK":
            raise MailTrouble(_said(data[0]))
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailTrouble(_said(error)) from error
    try:
        yield Box(client)
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailTrouble(_said(error)) from error
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            client.logout()


def _connected(place: WatchedPlace) -> imaplib.IMAP4:
    port = place.port or _PORTS.get(WatchedPlace.Security(place.security), 143)
    if place.security == WatchedPlace.Security.TLS:
        return imaplib.IMAP4_SSL(place.host, port, ssl_context=ssl.create_default_context(), timeout=SECONDS)
    client = imaplib.IMAP4(place.host, port, timeout=SECONDS)
    if place.security == WatchedPlace.Security.STARTTLS:
        client.starttls(ssl.create_default_context())
    return client


def _said(error: object) -> str:
    words = error.decode("utf-8", "replace") if isinstance(error, bytes) else str(error)
    return " ".join(words.split())[:200]
