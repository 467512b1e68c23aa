from tinhgon.personnel.models.gradings import Appeal, Grade, Grading, GradingRound
from tinhgon.personnel.models.imports import ProfileImport
from tinhgon.personnel.models.profiles import FieldTag, PastWork, Profile, Rotation, Sex, Skill, Training
from tinhgon.personnel.models.pulse import PulseAnswer, PulsePart, PulseSurvey
from tinhgon.personnel.models.rules import RuleBookVersion, RuleLineProposal, ShippedRuleBook
from tinhgon.personnel.models.wishes import Wish, WishRound, WishSheet

__all__ = [
    "Appeal", "FieldTag", "Grade", "Grading", "GradingRound", "PastWork", "Profile", "ProfileImport", "PulseAnswer", "PulsePart", "PulseSurvey", "Rotation", "RuleBookVersion", "RuleLineProposal", "Sex", "ShippedRuleBook",
    "Skill", "Training", "Wish", "WishRound", "WishSheet",
]  # fmt: skip
