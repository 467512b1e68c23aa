from tinhgon.personnel.services.fields import tag_field
from tinhgon.personnel.services.importing import ImportReport, Problem, import_profiles
from tinhgon.personnel.services.profiles import add_training, plan_rotation, recognise_skill, set_private

__all__ = [
    "ImportReport", "Problem", "add_training", "import_profiles", "plan_rotation", "recognise_skill", "set_private", "tag_field",
]  # fmt: skip
