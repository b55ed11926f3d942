"""Rounds in which somebody may have a conflict of interest. Call inside a bound tenant."""

from stage import filed

from apps.dossiers.services import accept_entry
from apps.judging.access import own_sheets
from apps.judging.models import ConflictKind
from apps.judging.services import (
    declare_conflict,
)
from apps.rounds.models import Body
from apps.rounds.services import advance
from tieubieu.binding import PUBLIC, bound
from tieubieu.outbox.models import Message


def accepted(entries=2, **kwargs):
    stage = filed(entries, **kwargs)
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    stage.entries = [accept_entry(entry.pk, actor=stage.officer) for entry in stage.entries]
    return stage


def declared(stage, who, entry=0, *, only_entry=False):
    of = stage.entries[entry]
    return declare_conflict(
        stage.round.pk,
        facility_id=of.facility_id,
        entry_id=of.pk if only_entry else None,
        kind=ConflictKind.FAMILY,
        words="Chị gái là giám đốc",
        actor=who,
    )


def knows(stage, judge=0, entry=0, phone="0905 123 456"):
    """Give a judge and a facility the same telephone, as if they had been so from the start."""
    stage.judges[judge].phone = phone
    stage.judges[judge].save()
    stage.entries[entry].facility.phone = phone
    stage.entries[entry].facility.save()


def seat_of(stage, who, body=Body.PANEL):
    return stage.round.appointments.get(person=who, body=body)


def asked(errand):
    """The arguments with which the errand was asked for in this test."""
    with bound(PUBLIC):
        return list(Message.objects.filter(errand=errand).order_by("asked_at").values_list("args", flat=True))


def sheets_of(stage, judge=0):
    return list(own_sheets(stage.judges[judge]).order_by("entry__code").values_list("entry__code", flat=True))
