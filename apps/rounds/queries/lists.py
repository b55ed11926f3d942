"""Which rounds somebody may be shown."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from apps.rounds.models import Round, WindowKind
from apps.rounds.states import GRANTS, Capability, Phase


def phases_that_grant(capability: Capability) -> list[str]:
    """The phases in which a capability is granted, for filters over many rounds."""
    return [phase.value for phase, granted in GRANTS.items() if capability in granted]


def published_rounds() -> QuerySet[Round]:
    """The rounds whose results everybody may see."""
    return Round.objects.filter(phase__in=phases_that_grant(Capability.SHOW_RESULTS))


def announced_rounds() -> QuerySet[Round]:
    """The rounds whose announcement everybody may read: opened ones, and planned ones once their notice is out."""
    told = Q(phase=Phase.PLANNED, windows__kind=WindowKind.ANNOUNCE, windows__opens_at__lte=Now())
    opened = ~Q(phase__in=[Phase.DRAFT, Phase.PLANNED])
    return Round.objects.filter(opened | told).distinct()
