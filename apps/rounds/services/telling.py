"""Who is told that a window moved. Facilities are told by the room that knows who files for them."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.models import Body, Round, WindowChange, WindowKind
from tieubieu.notices.services import Audience, tell
from tieubieu.outbox.services import emit
from tieubieu.ui.words import day, deadline, moment

TELL_FILERS = "notifications.tell_filers_of_window"
BODIES: dict[str, Body] = {
    WindowKind.SUPPLEMENT: Body.SUPPORT,
    WindowKind.SCREENING: Body.SUPPORT,
    WindowKind.SCORING: Body.PANEL,
    WindowKind.COUNCIL: Body.COUNCIL,
}
OF_FACILITIES = frozenset({WindowKind.FILING, WindowKind.SUPPLEMENT, WindowKind.COMPLAINT})


def tell_of_change(change: WindowChange, *, before: Person | None) -> None:
    """Tell the officers who answer for it, then and now, and the body that works in it; ask to tell the facilities."""
    window = change.window
    round, kind = window.round, WindowKind(window.kind)
    subject, text = change_words(change)
    people = {*_members(round, kind), before, window.officer, round.officer} - {None, change.changed_by}
    for person in sorted((one for one in people if one is not None), key=lambda one: one.login):
        tell(
            person,
            audience=Audience.OFFICIALS,
            subject=subject,
            text=text,
            url=reverse("rounds:cockpit", args=[round.code]),
            about=round,
            key=f"window:{change.pk}",
        )
    if kind in OF_FACILITIES:
        emit(TELL_FILERS, change_id=str(change.pk))


def tell_of_opening(round: Round, actor: Person) -> None:
    """Tell everybody who was appointed or answers for a window what they are in the round that has just opened."""
    roles: dict[Person, list[str]] = {}
    for seat in round.appointments.select_related("person"):
        roles.setdefault(seat.person, []).append(f"{seat.title}, {Body(seat.body).label}")
    for window in round.windows.select_related("officer").exclude(officer=None):
        task = f"phụ trách {WindowKind(window.kind).within_a_sentence}, {_span(window.opens_at, window.closes_at)}"
        roles.setdefault(window.officer, []).append(task)  # type: ignore[arg-type]  # it has one
    for person in sorted(roles.keys() - {actor}, key=lambda one: one.login):
        tell(
            person,
            audience=Audience.OFFICIALS,
            subject=f"Đã mở kỳ bình chọn: {round.name}",
            text="\n".join([f"{round.name} đã mở. Trong kỳ này:", *(f"- {role}." for role in roles[person])]),
            url=reverse("rounds:cockpit", args=[round.code]),
            about=round,
            key=f"opened:{round.pk}",
        )


def change_words(change: WindowChange) -> tuple[str, str]:
    """The subject and the text that say what moved, from when to when, and why."""
    window = change.window
    what = WindowKind(window.kind).within_a_sentence
    lines = [f"Thời hạn {what} của {window.round.name} thay đổi."]
    if change.closed_before and change.opened_before:
        lines.append(f"Trước đây: {_span(change.opened_before, change.closed_before)}.")
    lines.append(f"Nay là: {_span(change.opens_at, change.closes_at)}.")
    if change.document_number and change.document_on:
        lines.append(f"Theo văn bản số {change.document_number} ngày {day(change.document_on)}.")
    if change.reason:
        lines.append(f"Lý do: {change.reason}.")
    if change.responsible:
        lines.append(f"Người chịu trách nhiệm: {change.responsible}.")
    return f"Đổi thời hạn {what}: {window.round.name}", "\n".join(lines)


def _members(round: Round, kind: str) -> set[Person]:
    if kind not in BODIES:
        return set()
    return {seat.person for seat in round.appointments.filter(body=BODIES[kind]).select_related("person")}


def _span(opens_at: datetime, closes_at: datetime) -> str:
    return f"từ {moment(timezone.localtime(opens_at))} đến {deadline(timezone.localtime(closes_at))}"
