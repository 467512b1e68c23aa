"""Một tỉnh nhỏ (``reorg.tests.world``) với người đăng nhập được: thường trực tỉnh, và bí thư một xã."""

from tinhgon.core.models import User
from tinhgon.reorg.tests import world as small


def user_at(world: small.World, unit: str, title: str, username: str, name: str = "Trần Văn An") -> User:
    """Tài khoản của người giữ vị trí ``title`` ở đơn vị ``unit``."""
    user = User.objects.create(username=username, display_name=name, created_at=small.MOMENT)
    person = small.person(world, unit, title, name).person
    person.user = user
    person.save(update_fields=["user"])
    return user
