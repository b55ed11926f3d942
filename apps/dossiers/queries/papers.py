"""Which papers a dossier needs (Điều 12 TT 26/2014/TT-BCT), and which it has."""

from django.db.models import QuerySet

from apps.dossiers.models import Entry, Paper, Slot
from apps.facilities.models import Facility
from apps.rounds.models import Level, Round
from apps.rounds.queries import published_rounds

PHOTOS = (Slot.PHOTO_FRONT, Slot.PHOTO_SIDE, Slot.PHOTO_TOP)
YEARS_OF_A_CYCLE = 2


def papers_of(entry: Entry, *, with_held: bool = False) -> QuerySet[Paper]:
    """The papers as filed; `with_held` as they will be once the dossier is filed again."""
    present = entry.papers.filter(removed_at__isnull=True)
    return present.filter(is_leaving=False) if with_held else present.filter(is_held=False)


def filed_papers(entry: Entry) -> list[Paper]:
    """The papers that count as filed; those of its members for a set that was made by merging."""
    owners = [entry.pk, *entry.members.values_list("pk", flat=True)]
    rows = Paper.objects.filter(entry__in=owners, removed_at__isnull=True, is_held=False)
    return sorted(rows, key=lambda paper: (Slot.values.index(paper.slot), paper.position, paper.added_at))


def slots_required(entry: Entry) -> list[Slot]:
    """Three photos and the business licence at every level; the lower certificate where the law asks for it."""
    lower = [Slot.LOWER_CERTIFICATE] if requires_lower_certificate(entry.round, entry.facility) else []
    return [*PHOTOS, Slot.BUSINESS_LICENCE, *lower]


def requires_lower_certificate(round: Round, facility: Facility) -> bool:
    """Whether the facility's commune held a round of its own in this cycle, so that its certificate comes first.

    Điều 12.2 TT 26/2014/TT-BCT as changed by TT 38/2025/TT-BCT; where no commune round was held the facility files
    the base dossier.
    """
    if round.level != Level.PROVINCE or not facility.commune_code:
        return False
    held = published_rounds().filter(level=Level.COMMUNE, area_code=facility.commune_code)
    return held.filter(year__gt=round.year - YEARS_OF_A_CYCLE, year__lte=round.year).exists()
