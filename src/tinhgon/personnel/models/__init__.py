from tinhgon.personnel.models.profiles import FieldTag, Profile, Rotation, Sex, Skill, Training

__all__ = ["FieldTag", "Profile", "Rotation", "Sex", "Skill", "Training"]
