"""Cửa của các chữ ký số liên tịch: cơ quan chủ trì ký trước và rút số, người ký của mỗi cơ quan ký tiếp lên chính bản ấy."""

from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason, Refused
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, JointOrgan
from tinhgon.documents.selectors.joint import digitally_due
from tinhgon.org.access import acting
from tinhgon.org.rights import Verb


def due_from(actor: Actor, document: Document, *, on: date) -> JointOrgan | None:
    """Cơ quan mà người này, ở vị trí đang dùng, còn phải ký số; không có thì ``None``."""
    if actor.is_system or document.state not in Document.OPEN or document.secrecy:
        return None
    standing = acting(actor, on=on)
    if not standing.may(Verb.ROUTE):
        return None
    return next((row for row in digitally_due(document) if row.person_id == standing.person_id), None)


def for_joint_signer(actor: Actor, document_id: int, *, on: date) -> tuple[Document, JointOrgan]:
    """Văn bản đã mang chữ ký số của cơ quan chủ trì và cơ quan mình ký cho; khóa dòng. Lỗi như ``document_for``."""
    document = document_for(actor, document_id, on=on, lock=True)
    standing = acting(actor, on=on)
    if not document.joint_organs.filter(person=standing.person_id).exists():
        raise Forbidden(Reason("documents.not_the_signer", _("Chỉ người ký có tên của cơ quan cùng ban hành ký được ở đây.")))
    row = due_from(actor, document, on=on)
    if row is None:
        sentence = _("Chưa tới lượt ký số, hoặc bạn đã ký: cơ quan chủ trì ký và rút số trước, mỗi người một lần.")
        raise Refused(Reason("documents.joint_not_due", sentence))
    return document, row
