"""Cửa của hai chữ ký số trên biên bản: người ghi ký trước và rút số, người chủ trì ký sau lên chính bản ấy."""

from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason, Refused
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, Signature
from tinhgon.engine.vietnamese import fold
from tinhgon.org.access import acting
from tinhgon.org.models import Person
from tinhgon.org.rights import Verb

MINUTES = "bien-ban"


def is_minutes(document: Document) -> bool:
    return document.type.code == MINUTES


def signatures_made(document: Document) -> int:
    return document.signatures.filter(purpose=Signature.Purpose.SIGN).count()


def may_record(actor: Actor, document: Document, *, on: date) -> bool:
    """Người ghi tên trên biên bản chờ cấp số."""
    waiting = is_minutes(document) and document.state == Document.State.READY and not document.secrecy
    return waiting and _is_named(actor, document.recorder_name, Verb.DRAFT, on)


def may_chair(actor: Actor, document: Document, *, on: date) -> bool:
    """Người chủ trì, khi người ghi đã ký số mà mình chưa ký."""
    waiting = is_minutes(document) and document.state in Document.OPEN and signatures_made(document) == 1
    return waiting and _is_named(actor, document.signer_name, Verb.ROUTE, on)


def for_recorder(actor: Actor, document_id: int, *, on: date, lock: bool = False) -> Document:
    """Biên bản để ký với tư cách người ghi. Lỗi như ``document_for``."""
    document = document_for(actor, document_id, on=on, lock=lock)
    if not is_minutes(document) or not _is_named(actor, document.recorder_name, Verb.DRAFT, on):
        raise Forbidden(Reason("documents.not_the_recorder", _("Chỉ người ghi biên bản có tên trên biên bản ký được ở đây.")))
    if not may_record(actor, document, on=on):
        sentence = _("Văn bản %(state)s nên không làm được việc này.") % {"state": document.get_state_display()}
        raise Refused(Reason("documents.state", sentence))
    return document


def for_chair(actor: Actor, document_id: int, *, on: date) -> Document:
    """Biên bản đã mang chữ ký của người ghi, để người chủ trì ký tiếp; khóa dòng."""
    document = document_for(actor, document_id, on=on, lock=True)
    if not is_minutes(document) or not _is_named(actor, document.signer_name, Verb.ROUTE, on):
        sentence = _("Người ký ghi trên văn bản là %(name)s: chỉ người ấy ký được.") % {"name": document.signer_name}
        raise Forbidden(Reason("documents.not_the_signer", sentence))
    if not may_chair(actor, document, on=on):
        raise Refused(Reason("documents.recorder_first", _("Biên bản chưa tới lượt chủ trì ký: người ghi biên bản ký trước, mỗi người một lần.")))
    return document


def _is_named(actor: Actor, written: str, verb: Verb, on: date) -> bool:
    if actor.is_system or not written.strip():
        return False
    standing = acting(actor, on=on)
    name = Person.objects.values_list("full_name", flat=True).get(pk=standing.person_id)
    return standing.may(verb) and fold(written.strip()) == fold(name)
