"""Judges are reminded of the sheets that wait for them, not more often than the house allows."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from apps.accounts.models import Person
from apps.judging.access import visible_sheets
from apps.judging.events import JudgingEvent
from apps.judging.models import Reminder
from apps.judging.states import SheetState
from apps.rounds.models import Appointment, Body, Round, WindowKind
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.moments import transaction_time
from tieubieu.notices.services import Audience, tell
from tieubieu.ui.words import deadline


@transaction.atomic
def remind_judges(round_id: UUID, *, actor: Person, judges: Collection[UUID] | None = None) -> int:
    """Remind the judges (all of them, or those of `judges`) who still have open sheets; returns how many were told.

    Only sheets that the actor may know of count, or a reminder would tell what a conflict hides. Raises `DomainError`
    when nobody is to be reminded or all of them were within `JUDGE_REMINDER_HOURS`.
    """
    round = lock_round(round_id)
    require(round, Capability.SCORE)
    waiting = _waiting(round, actor, judges)
    if not waiting:
        raise DomainError("Không còn thành viên nào có phiếu chưa khóa.")
    pause = timedelta(hours=settings.JUDGE_REMINDER_HOURS)
    recent = Reminder.objects.filter(judge__in=waiting, sent_at__gt=transaction_time() - pause)
    lately = set(recent.values_list("judge", flat=True))
    due = [judge for judge in waiting if judge.pk not in lately]
    if not due:
        raise DomainError(
            f"Đã nhắc trong vòng {settings.JUDGE_REMINDER_HOURS} giờ qua; mỗi thành viên chỉ được nhắc một lần"
            " trong khoảng ấy."
        )
    Reminder.objects.bulk_create([Reminder(judge=judge, sent_by=actor) for judge in due])
    for judge in due:
        _tell(round, judge)
    record(JudgingEvent.JUDGES_REMINDED, round, actor=actor, judges=[judge.person.full_name for judge in due])
    return len(due)


def _waiting(round: Round, actor: Person, judges: Collection[UUID] | None) -> list[Appointment]:
    open_sheets = visible_sheets(actor, round).filter(state=SheetState.DRAFT)
    found = round.appointments.filter(body=Body.PANEL, pk__in=open_sheets.values("judge"))
    if judges is not None:
        found = found.filter(pk__in=judges)
    return list(found.select_related("person").order_by("seat"))


def _tell(round: Round, judge: Appointment) -> None:
    closes_at = round.windows.filter(kind=WindowKind.SCORING).values_list("closes_at", flat=True).first()
    by_when = f" Hạn chấm: {deadline(closes_at)}." if closes_at else ""
    tell(
        judge.person,
        audience=Audience.OFFICIALS,
        subject=f"Nhắc chấm điểm: {round.name}",
        text=f"Thành viên còn phiếu chấm điểm chưa khóa trong {round.name}.{by_when}",
        url=reverse("judging:my_sheets"),
        about=round,
    )
