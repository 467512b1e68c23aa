"""Quy tắc dùng chung cho mọi cơ quan ở đây (thể thức, công thức của sáu tiêu chí): ai được sửa."""

from datetime import date

from tinhgon.org.access import Standing, structure_root
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import path


def may_keep_rules(standing: Standing, *, on: date) -> bool:
    """Quy tắc dùng chung cho mọi cơ quan ở đây, nên chỉ chánh văn phòng của cấp ủy trên cùng được sửa."""
    return standing.may(Verb.KEEP_RULES) and serves_top_committee(standing, on=on)


def serves_top_committee(standing: Standing, *, on: date) -> bool:
    """Vị trí ở cấp ủy trên cùng ở đây, hay ở cơ quan giúp việc cấp ủy ấy."""
    return len(path(structure_root(standing), on=on)) <= 1
