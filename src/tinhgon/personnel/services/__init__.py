from tinhgon.personnel.services.fields import tag_field
from tinhgon.personnel.services.gradings import (
    answer_appeal,
    appeal,
    decide,
    open_round,
    propose,
    self_grade,
)
from tinhgon.personnel.services.importing import ImportReport, Problem, import_profiles
from tinhgon.personnel.services.profiles import (
    add_past_work,
    add_training,
    plan_rotation,
    recognise_skill,
    set_private,
    withdraw,
)
from tinhgon.personnel.services.wishes import open_wish_round, save_wishes

__all__ = [
    "ImportReport", "Problem", "add_past_work", "add_training", "answer_appeal", "appeal", "decide", "import_profiles", "open_round", "open_wish_round", "save_wishes",
    "plan_rotation", "propose", "self_grade", "recognise_skill", "set_private", "tag_field", "withdraw",
]  # fmt: skip
