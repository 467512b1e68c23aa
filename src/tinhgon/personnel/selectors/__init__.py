from tinhgon.personnel.selectors.deputies import DeputiesPage, deputies
from tinhgon.personnel.selectors.fields import FieldAt, fields_at
from tinhgon.personnel.selectors.gradings import (
    RoundPage,
    mine,
    proposals,
    round_page,
    rounds,
    waiting_appeals,
)
from tinhgon.personnel.selectors.keeping import KeepingPage, keeping
from tinhgon.personnel.selectors.matrix import Matrix, matrix
from tinhgon.personnel.selectors.profile import ProfilePage, profile
from tinhgon.personnel.selectors.scoring import Scoring, scoring
from tinhgon.personnel.selectors.withdrawing import withdrawable

__all__ = [
    "DeputiesPage", "FieldAt", "KeepingPage", "Matrix", "ProfilePage", "RoundPage", "Scoring", "deputies", "fields_at", "keeping", "matrix", "mine",
    "profile", "proposals", "round_page", "rounds", "scoring", "waiting_appeals", "withdrawable",
]  # fmt: skip
