"""The rural industrial facility (cơ sở công nghiệp nông thôn): itself, its years, its craft village, its people."""

from apps.facilities.models.facility import AgentKind, Facility, FacilityAgent, FacilityKind, Product
from apps.facilities.models.imports import ImportBatch
from apps.facilities.models.invitations import AgentInvitation
from apps.facilities.models.limits import SizeLimits
from apps.facilities.models.twins import DistinctPair
from apps.facilities.models.villages import CraftVillage
from apps.facilities.models.years import FIGURES, FacilityYear
from apps.facilities.states import Standing

__all__ = [
    "FIGURES",
    "AgentInvitation",
    "AgentKind",
    "CraftVillage",
    "DistinctPair",
    "Facility",
    "FacilityAgent",
    "FacilityKind",
    "FacilityYear",
    "ImportBatch",
    "Product",
    "SizeLimits",
    "Standing",
]
