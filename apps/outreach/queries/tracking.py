"""How far each invited facility has come, and whom a reminder would reach."""

from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.outreach.models import Campaign, Reminder
from apps.outreach.queries.choosing import GONE
from apps.outreach.states import ReminderKind, Step
from tieubieu.notices.models import MailState


def tracked(campaign: Campaign) -> QuerySet[Any]:
    """The invitations with `step`: the farthest that letter, link and entries show."""
    entries = _entries_of_the_invited(campaign)
    return (
        campaign.invitations.select_related("facility", "mail")
        .annotate(
            step=Case(
                When(Exists(entries.filter(submitted_at__isnull=False)), then=Value(Step.FILED)),
                When(Exists(entries.filter(state=EntryState.DRAFT)), then=Value(Step.STARTED)),
                When(opened_at__isnull=False, then=Value(Step.OPENED)),
                When(mail__state=MailState.SENT, then=Value(Step.SENT)),
                When(mail__state=MailState.FAILED, then=Value(Step.FAILED)),
                When(address="", then=Value(Step.PAPER)),
                default=Value(Step.WAITING),
                output_field=CharField(),
            )
        )
        .order_by("facility__name_key", "facility_id")
    )


def counts_by_step(campaign: Campaign) -> dict[str, int]:
    """How many invitations stand at each step; every step has its number."""
    found = dict(tracked(campaign).order_by().values_list("step").annotate(Count("pk")))
    return {step: found.get(step, 0) for step in Step.values}


def to_remind(campaign: Campaign, kind: ReminderKind) -> QuerySet[Any]:
    """Whom a reminder of this kind would reach: those it is meant for and who did not get it in this round."""
    meant = {
        ReminderKind.NOT_STARTED: Q(step__in=[Step.OPENED, Step.SENT, Step.PAPER]),
        ReminderKind.UNFILED: Q(step=Step.STARTED),
    }[kind]
    done = Reminder.objects.filter(round=campaign.round, facility=OuterRef("facility"), kind=kind)
    return tracked(campaign).filter(meant).exclude(Exists(done))


def reminded(campaign: Campaign) -> QuerySet[Reminder]:
    """What this campaign reminded whom of, the latest first."""
    return campaign.reminders.select_related("facility", "sent_by").order_by("-sent_at", "id")


def _entries_of_the_invited(campaign: Campaign) -> QuerySet[Entry]:
    """Entries of this round by the invited facility, by what was merged into it, or by what it was merged into."""
    same = (
        Q(facility=OuterRef("facility_id"))
        | Q(facility__merged_into=OuterRef("facility_id"))
        | Q(facility__merged_from=OuterRef("facility_id"))
    )
    return Entry.objects.filter(same, round=campaign.round).exclude(state__in=GONE)
