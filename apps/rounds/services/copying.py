"""The set-up of an earlier round is taken over into a draft."""

from datetime import date
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.rounds.events import RoundEvent
from apps.rounds.models import Body, Handing, Post, Round
from apps.rounds.queries.copying import Takeover, earlier_rounds, takeover
from apps.rounds.services.handing import hand_out_by
from apps.rounds.services.locking import lock_round, require
from apps.rounds.services.planning import save_bases, save_choices
from apps.rounds.services.scheduling import set_spans
from apps.rounds.services.seats import appoint
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError


@transaction.atomic
def copy_setup(round_id: UUID, source_id: UUID, *, start: date, actor: Person) -> Takeover:
    """Take over rules, bases, how sheets are handed out, people still in service and windows moved to `start`; never
    the plan's document.

    People who already sit in the draft stay, and nobody gets a second seat. Raises a `DomainError` when the old
    choices loosen the law of today.
    """
    round = lock_round(round_id)
    require(round, Capability.PLAN)
    source = earlier_rounds(round).filter(pk=source_id).first()
    if source is None:
        raise DomainError("Kỳ được chọn không cùng cấp, cùng địa bàn với kỳ này.")
    found = takeover(round, source, start)
    save_choices(round_id, found.choices, version=round.choices_version, actor=actor)
    if found.bases:
        latest = round.bases.first()
        save_bases(round_id, found.bases, number=latest.number if latest else 0, actor=actor)
    hand_out_by(
        round,
        handing=Handing(source.handing),
        judges_per_entry=source.judges_per_entry,
        by_expertise=source.by_expertise,
        actor=actor,
    )
    _seat(round, found, actor)
    set_spans(round, found.spans, found.officers, actor)
    record(RoundEvent.COPIED, round, actor=actor, source=source.code, start=start)
    return found


def _seat(round: Round, found: Takeover, actor: Person) -> None:
    taken = set(round.appointments.values_list("person_id", "body"))
    headed = set(round.appointments.filter(post=Post.CHAIR).values_list("body", flat=True))
    for old in found.seats:
        if (old.person_id, old.body) in taken:
            continue
        post = Post.MEMBER if old.post == Post.CHAIR and old.body in headed else Post(old.post)
        appoint(round.pk, old.person, body=Body(old.body), post=post, seat=old.seat, groups=old.groups, actor=actor)
