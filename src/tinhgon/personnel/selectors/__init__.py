from tinhgon.personnel.selectors.fields import FieldAt, fields_at
from tinhgon.personnel.selectors.matrix import Matrix, matrix
from tinhgon.personnel.selectors.profile import ProfilePage, profile

__all__ = ["FieldAt", "Matrix", "ProfilePage", "fields_at", "matrix", "profile"]
