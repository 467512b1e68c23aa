from tinhgon.org.models.handover import Batch, Freeze, Handover, LedgerRow, PlanRow
from tinhgon.org.models.people import Appointment, Invitation, Person, Post, Role
from tinhgon.org.models.standing_in import Covers, StandIn
from tinhgon.org.models.tokens import AccessToken, TokenScope
from tinhgon.org.models.units import (
    ExternalCode,
    Field,
    Function,
    Kind,
    Level,
    Succession,
    Term,
    Unit,
    UnitFunction,
    UnitVersion,
)

__all__ = [
    "AccessToken", "Appointment", "Batch", "Covers", "ExternalCode", "Field", "Freeze", "Function", "Handover",
    "Invitation", "Kind", "LedgerRow", "Level", "Person", "PlanRow", "Post", "Role", "StandIn", "Succession",
    "Term", "TokenScope", "Unit", "UnitFunction", "UnitVersion",
]  # fmt: skip
