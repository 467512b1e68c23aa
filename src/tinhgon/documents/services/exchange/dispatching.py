"""Chuyển hộp thư đi: soạn, gửi, gửi lại theo nhịp giãn dần cho tới khi có biên nhận. Chết lúc nào cũng chạy tiếp được."""

import io
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import IO

import httpx
from cryptography.x509 import Certificate, load_pem_x509_certificate
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from tinhgon.core import clock
from tinhgon.documents.models import Document, Outbox, Partner
from tinhgon.documents.services.exchange.composing import bodies
from tinhgon.documents.services.noting import step
from tinhgon.engine.edxml.receipts import BadReceipt, check_receipt, is_refusal
from tinhgon.files.services import open_file, store

PATH = "/api/v1/exchange/messages"
TIMEOUT = httpx.Timeout(30, connect=5)
BACKOFF = (2, 5, 15, 60, 300, 900, 3600)  # giây; sau đó mỗi giờ
MOST_ATTEMPTS = 60  # chừng hai ngày
_AGAIN = frozenset({404, 408, 423, 425, 429}) | frozenset(range(500, 600))
"""404: nói về văn bản chưa tới nơi; gửi lại sau."""

_AT_ONCE = 50  # soạn chung một giao dịch: ngắn để không tiến trình nào phải chờ lâu
_TOLD = ("state", "sent_at", "attempts", "problem", "next_at")

_client = httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False, headers={"Content-Type": "application/xml"})


def dispatch(outbox_id: int) -> int:
    """Gửi một thông điệp, rồi những cái kế tiếp cùng dòng. Trả về số đã tới. Tiến trình khác đang gửi nó thì thôi."""
    sent, current = 0, outbox_id
    while True:
        _compose([current])
        line = _send(current)
        if not line:
            return sent
        sent += 1
        following = Outbox.objects.filter(line=line, state=Outbox.State.WAITING).order_by("pk").values_list("pk", flat=True).first()
        if following is None:
            return sent
        current = following


def sweep(most: int = 500) -> int:
    """Mọi thông điệp tới hẹn, cũ trước: soạn từng mớ rồi gửi từng cái. Cũ trước nên trong một dòng cái trước đi trước."""
    waiting = Outbox.objects.filter(state=Outbox.State.WAITING, next_at__lte=clock.now(), partner__is_active=True)
    due, sent = list(waiting.order_by("pk").values_list("pk", flat=True)[:most]), 0
    for start in range(0, len(due), _AT_ONCE):
        some = due[start : start + _AT_ONCE]
        _compose(some)
        sent += sum(bool(_send(pk)) for pk in some)
    return sent


@transaction.atomic
def _compose(outbox_ids: Sequence[int]) -> None:
    """Soạn và cất nguyên byte, ghi xong rồi mới gửi: lần gửi lại nào cũng đúng những byte ấy. Cái tiến trình khác đang soạn thì thôi.

    Bảng nào hỏi riêng bảng ấy: nối cả văn bản, dòng gửi, lời xin vào một câu thì dựng câu ấy tốn hơn mọi việc còn lại.
    """
    waiting = Outbox.objects.select_for_update(skip_locked=True).filter(pk__in=outbox_ids, state=Outbox.State.WAITING, body__isnull=True)
    rows = list(waiting.prefetch_related(
        "receipt", "delivery__to_organ", Prefetch("delivery__document", _documents()), "delivery__replaces",
        Prefetch("delivery__replaces__document", _documents()), "request__delivery__to_organ", Prefetch("request__delivery__document", _documents()),
    ).order_by("pk"))  # fmt: skip
    for row, body in bodies(rows):
        row.body = store(io.BytesIO(body), "thong-diep.edxml")
    Outbox.objects.bulk_update(rows, ["body"])


def _documents() -> QuerySet[Document]:
    return Document.objects.select_related("type").defer("content", "search_folded", "search_exact")


@transaction.atomic
def _send(outbox_id: int) -> str:
    """Giữ khóa dòng trong lúc gửi: chết giữa chừng thì khóa tự nhả. Trả về dòng khi đã tới, rỗng khi chưa."""
    earlier = Outbox.objects.filter(line=OuterRef("line"), pk__lt=OuterRef("pk")).exclude(state=Outbox.State.SENT)
    ready = Outbox.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ~Exists(earlier), pk=outbox_id, state=Outbox.State.WAITING, partner__is_active=True, body__isnull=False
    )
    columns = ("line", "delivery", *_TOLD, "partner__address", "partner__certificate", "body__sha256")
    row = next(iter(ready.select_related("partner", "body").only(*columns)), None)
    if row is None:
        return ""
    assert row.body is not None
    with open_file(row.body) as content:
        problem, for_good = _post(row.partner, content, row.body.sha256)
    row.attempts += 1
    row.problem = problem[:300]
    if not problem:
        row.state, row.sent_at = Outbox.State.SENT, clock.now()
    elif for_good or row.attempts >= MOST_ATTEMPTS:
        row.state = Outbox.State.FAILED
        if row.delivery:
            step(row.delivery, "", _("Không gửi được: %(why)s") % {"why": problem}, at=clock.now())
    else:
        row.next_at = clock.now() + timedelta(seconds=BACKOFF[min(row.attempts, len(BACKOFF)) - 1])
    row.save(update_fields=_TOLD)
    return "" if problem else row.line


def _post(partner: Partner, body: IO[bytes], digest: str) -> tuple[str, bool]:
    """(trục trặc, rỗng khi đã có biên nhận đúng; gửi lại cũng vô ích). Thân đi thẳng từ tệp, không nạp vào bộ nhớ."""
    try:
        answer = _client.post(partner.address.rstrip("/") + PATH, content=body)
    except httpx.HTTPError as error:
        return _("Không nối được: %(why)s") % {"why": type(error).__name__}, False
    if answer.status_code == 200:
        return _doubt(answer, digest, partner.certificate), False
    said, signed = _refused(answer, digest, partner.certificate)
    told = _("Nơi nhận trả lời %(status)s: %(said)s") % {"status": answer.status_code, "said": said[:200]}
    if answer.status_code in _AGAIN:
        return told, False
    return (told, True) if signed else (_("%(told)s (lời từ chối không do đối tác này ký: còn gửi lại)") % {"told": told}, False)


def _doubt(answer: httpx.Response, digest: str, certificate: str) -> str:
    """Vì sao biên nhận này không tính; rỗng khi đúng của đối tác, đúng thông điệp. Chưa tin thì thông điệp ở lại hộp thư đi."""
    try:
        said = answer.json()
    except ValueError:
        said = None
    try:
        check_receipt(said, digest, _certificate(certificate))
    except BadReceipt as bad:
        return {
            "other_message": _("Biên nhận không khớp với thông điệp đã gửi."),
            "unsigned": _("Nơi nhận trả biên nhận không ký (phần mềm của họ là bản cũ): chưa coi là đã tới. Hãy đề nghị nơi nhận nâng cấp."),
            "wrong_signature": _("Biên nhận không do đối tác này ký: chưa coi là đã tới. Hãy đối chiếu lại chứng thư với nơi nhận."),
        }[bad.code]
    return ""


@lru_cache(maxsize=256)
def _certificate(pem: str) -> Certificate:
    return load_pem_x509_certificate(pem.encode())


def _refused(answer: httpx.Response, digest: str, certificate: str) -> tuple[str, bool]:
    """(câu trả lời, đúng là đối tác ký): ai đứng giữa đường từ chối thay thì thông điệp không bị bỏ."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return "", False
    said = str(body.get("detail", ""))
    return said, is_refusal(body.get("refusal"), digest, answer.status_code, said, _certificate(certificate))
