"""Every facility that took part is told its own result, and nothing of anybody else's."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.councils.models import Selection
from apps.dossiers.services.announcing import tell_facility
from apps.recognition.models import Decision
from apps.recognition.queries.publication import key_of
from apps.recognition.queries.results import headline
from apps.rounds.models import Round, Window, WindowKind
from apps.rounds.queries import window_of
from apps.rounds.states import Capability
from tieubieu.ui.words import day, deadline

TELL = "notifications.tell_results"


@transaction.atomic
def tell_results(round_id: UUID) -> int:
    """Tell the results of a published round, each person and address once; returns how many entries there were."""
    round = Round.objects.select_related("decision").get(pk=round_id)
    if not round.may(Capability.SHOW_RESULTS):
        return 0
    until = window_of(round, WindowKind.COMPLAINT)
    decided = Selection.objects.filter(session__round=round, session__closed_at__isnull=False)
    selections = list(decided.select_related("entry__facility", "entry__round").order_by("entry__code"))
    for selection in selections:
        _tell(selection, round.decision, until)
    return len(selections)


def _tell(selection: Selection, decision: Decision, until: Window | None) -> None:
    entry = selection.entry
    tell_facility(
        entry,
        subject=f"Kết quả bình chọn: {entry.name}",
        text=_words(selection, decision, until),
        key=key_of(entry),
        url=reverse("results:result", args=[entry.pk]),
    )


def _words(selection: Selection, decision: Decision, until: Window | None) -> str:
    entry = selection.entry
    said = (
        f"{entry.round.name} đã công bố kết quả.\n{entry.name} ({entry.code}) của {entry.facility.name}:"
        f" {headline(selection)}\nQuyết định số {decision.number} ngày {day(decision.signed_on)} của"
        f" {decision.authority}."
    )
    if until is None:
        return said
    last = deadline(timezone.localtime(until.closes_at))
    return f"{said}\nNếu không đồng ý, cơ sở được khiếu nại về kết quả của mình; thời hạn đến {last}."
