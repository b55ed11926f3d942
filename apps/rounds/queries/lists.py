"""Which rounds somebody may be shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from apps.rounds.models import Round, Window, WindowKind
from apps.rounds.states import GRANTS, Capability, Phase
from tieubieu.moments import transaction_time


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


@dataclass(frozen=True)
class Announced:
    """A round as the front page calls people to it."""

    round: Round
    filing: Window | None
    is_open: bool


def announced_now() -> list[Announced]:
    """The announced rounds whose filing is open or still to come, the nearest closing first."""
    rounds = announced_rounds().filter(phase__in=[Phase.PLANNED, Phase.OPEN]).prefetch_related("windows")
    now = transaction_time()
    found = [_announced(round, now) for round in rounds]
    calling = [one for one in found if one.filing is None or one.filing.closes_at > now]
    return sorted(calling, key=lambda one: (one.filing is None, one.filing.closes_at if one.filing else now))


def _announced(round: Round, now: datetime) -> Announced:
    filing = next((window for window in round.windows.all() if window.kind == WindowKind.FILING), None)
    is_open = filing is not None and filing.opens_at <= now < filing.closes_at and round.may(Capability.FILE)
    return Announced(round, filing, is_open)
