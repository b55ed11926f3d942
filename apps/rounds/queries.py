"""Which rounds the public may see the results of."""

from django.db.models import QuerySet

from apps.rounds.models import Round
from apps.rounds.states import GRANTS, Capability


def phases_that_grant(capability: Capability) -> list[str]:
    """The phases in which a capability is granted, for filters over many rounds."""
    return [phase.value for phase, granted in GRANTS.items() if capability in granted]


def published_rounds() -> QuerySet[Round]:
    return Round.objects.filter(phase__in=phases_that_grant(Capability.SHOW_RESULTS))
