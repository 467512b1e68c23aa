"""Công thức là điều công khai: ai đã đăng nhập cũng đọc được. Sửa thì như mọi quy tắc dùng chung: văn phòng của cấp ủy cao nhất ở đây."""

from datetime import date

from django.utils.translation import gettext as _

from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Reason
from tinhgon.org.access import Standing, acting, require
from tinhgon.org.rights import Verb
from tinhgon.org.shared_rules import may_keep_rules


def require_keeper(actor: Actor, *, on: date) -> Standing | None:
    """Người được sửa công thức; ``None`` là máy chủ. ``Forbidden`` với mọi người khác."""
    standing = require(actor, Verb.KEEP_RULES, on=on)
    if standing is not None and not may_keep_rules(standing, on=on):
        sentence = _("Công thức dùng chung cho mọi cơ quan: chỉ văn phòng của cấp ủy cao nhất ở đây được sửa.")
        raise Forbidden(Reason("scorecard.shared", sentence))
    return standing


def may_keep(actor: Actor, *, on: date) -> bool:
    """Có nút sửa hay không."""
    return actor.is_system or may_keep_rules(acting(actor, on=on), on=on)
