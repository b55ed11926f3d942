"""Who reads a published result: each facility its own, and the authority who was told what."""

import rules
from django.db.models import QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow
from apps.accounts.models import Person
from apps.councils.models import Selection
from apps.judging.access import unconflicted_entries
from apps.rounds.access import has_public_results, round_of
from apps.rounds.models import Round


@rules.predicate
def is_published(_: Person, subject: object = None) -> bool:
    round = round_of(subject)
    return round is not None and has_public_results(round)


allow(
    "recognition.result.see",
    "Xem kết quả bình chọn của cơ sở mình",
    Hat.OWNER,
    Hat.STAFF,
    when=is_published,
    condition="kỳ đã công bố",
)
allow(
    "recognition.publication.see",
    "Xem cơ sở nào đã được báo kết quả",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.CHAIR,
    Hat.SECRETARY,
    when=is_published,
    condition="kỳ đã công bố",
)


def visible_selections(person: Person, round: Round) -> QuerySet[Selection]:
    """The list face of `recognition.publication.see`: nothing of an entry on which the person has a conflict."""
    return Selection.objects.filter(
        session__round=round, session__closed_at__isnull=False, entry__in=unconflicted_entries(person, round)
    )
