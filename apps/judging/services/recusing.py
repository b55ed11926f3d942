"""What a decision about a conflict does to the sheets."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Q

from apps.accounts.models import Person
from apps.dossiers.states import EntryState
from apps.judging.access import assigned_sheets
from apps.judging.events import JudgingEvent
from apps.judging.models import Conflict, Sheet
from apps.judging.queries.assigning import lacking
from apps.judging.queries.conflicts import barred_pairs, covered_entries
from apps.judging.services.alerting import tell_of_short
from apps.judging.services.results import ask_for_snapshot
from apps.judging.states import BARRING, MOVES, SheetState
from apps.rounds.models import Body
from apps.rounds.states import Capability
from tieubieu.audit.services import record_each
from tieubieu.moves import move

REASON = "Xung đột lợi ích"


def take_away(conflict: Conflict, *, actor: Person) -> None:
    """The member's sheets on what the conflict covers are kept and no longer count. The caller holds the round.

    While scores are closed and the council has not met, the result is computed anew without them. Once it meets on a
    snapshot, that one stands: the member is kept out of the vote.
    """
    if not conflict.round.may(Capability.SCORE) and not conflict.round.may(Capability.RANK):
        return
    sheets = list(
        Sheet.objects.select_for_update(no_key=True, of=("self",))
        .filter(entry__in=covered_entries(conflict), judge__person=conflict.person, state__in=MOVES["recuse"][0])
        .select_related("entry")
        .order_by("pk")
    )
    for sheet in sheets:
        sheet.state, sheet.reason, sheet.recused_for = SheetState.RECUSED, REASON, conflict
    Sheet.objects.bulk_update(sheets, ["state", "reason", "recused_for"])
    record_each(JudgingEvent.SHEET_RECUSED, [(sheet, {"reason": REASON}) for sheet in sheets], actor=actor)
    if conflict.round.may(Capability.SCORE):
        tell_of_short(conflict.round, [sheet.entry for sheet in sheets])
    if sheets and conflict.round.may(Capability.RANK):
        ask_for_snapshot(conflict.round, actor=actor)


def give_back(conflict: Conflict, *, actor: Person) -> None:
    """What a conflict took away returns to the member as a draft, with the marks that stood in it: a sheet that was
    locked is locked anew, and its versions stay.

    Where not the whole panel scores all it returns while the entry lacks a judge; else it is free to be given again. A
    sheet that another conflict still holds back stays until that one falls too, whichever of them took it; one that
    was set aside by hand stays. The caller holds the round.
    """
    if not conflict.round.may(Capability.SCORE):
        return
    taken = Sheet.objects.select_for_update(no_key=True, of=("self",)).filter(
        entry__in=covered_entries(conflict), judge__person=conflict.person, recused_for__isnull=False
    )
    barring = conflict.person.conflicts.filter(round=conflict.round, state__in=BARRING)
    still = {pk for other in barring for pk in covered_entries(other).values_list("pk", flat=True)}
    sheets = [sheet for sheet in taken.select_related("entry").order_by("pk") if sheet.entry_id not in still]
    others: dict[UUID, list[Sheet]] = defaultdict(list)
    for other in assigned_sheets().filter(entry__in=[sheet.entry_id for sheet in sheets]):
        others[other.entry_id].append(other)
    for sheet in sheets:
        is_full = conflict.round.is_balanced and not lacking(conflict.round, others[sheet.entry_id])
        move(sheet, "leave_free" if is_full else "give_back", MOVES, field="state")
        sheet.reason, sheet.recused_for = "", None
        sheet.nonce, sheet.receipt_code, sheet.locked_at = "", "", None
        sheet.version += 1
    changed = ["state", "reason", "recused_for", "nonce", "receipt_code", "locked_at", "version"]
    Sheet.objects.bulk_update(sheets, changed)
    record_each(JudgingEvent.SHEET_GIVEN_BACK, [(sheet, {"state": sheet.state}) for sheet in sheets], actor=actor)


def hand_out_missing(conflict: Conflict, *, actor: Person) -> None:
    """While scoring runs, the member gets the sheets that were held back, unless another conflict still does.

    Where not the whole panel scores all, their place went to another: what is short is balanced on its own page. The
    caller holds the round.
    """
    if not conflict.round.may(Capability.SCORE) or conflict.round.is_balanced:
        return
    judge = conflict.round.appointments.filter(body=Body.PANEL, person=conflict.person).first()
    if judge is None:
        return
    barred = barred_pairs(conflict.round)
    judged = covered_entries(conflict).filter(Q(state=EntryState.ACCEPTED))
    missing = [
        Sheet(entry=entry, judge=judge)
        for entry in judged.exclude(sheets__judge=judge)
        if (judge.pk, entry.pk) not in barred
    ]
    Sheet.objects.bulk_create(missing, ignore_conflicts=True)
    record_each(JudgingEvent.SHEETS_OPENED, [(sheet, {"entry": sheet.entry.code}) for sheet in missing], actor=actor)
