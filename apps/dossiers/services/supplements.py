"""A request for supplement: asked, taken back, answered when the facility files again; and the talk about a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from apps.accounts.models import Person
from apps.dossiers.events import ScreeningEvent
from apps.dossiers.models import Entry, Note, Point, Side, Supplement, SupplementState, Wrong
from apps.dossiers.queries.standing import last_word
from apps.dossiers.services.announcing import tell_facility, tell_official
from apps.dossiers.services.entries import lock_entry
from apps.dossiers.services.screening import require_seen
from apps.dossiers.states import MOVES
from apps.rounds.services import require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.text import nfc
from tieubieu.moves import move
from tieubieu.ui.words import day

LONGEST_NOTE = 500
LONGEST_TEXT = 4000
MOST_POINTS = 60


@dataclass(frozen=True)
class Asked:
    """One place to mend: `field:<code>` or `paper:<slot>`, what is wrong with it, and what to do."""

    place: str
    wrong: str
    note: str = ""


@transaction.atomic
def ask_supplement(
    entry_id: UUID, *, points: Sequence[Asked], text: str, due_on: date, actor: Person, seen: str = ""
) -> Supplement:
    """Ask the facility to mend these places by a day; until then the dossier can be filed again whatever closes.

    Raises `DomainError` for no place or an unusable one, `WrongState` when the entry has moved on.
    """
    entry, round = lock_entry(entry_id)
    require(round, Capability.SCREEN)
    require_seen(entry, seen)
    if entry.state not in MOVES["ask_supplement"][0]:
        raise WrongState(last_word(entry), state=entry.state)
    words = _words(text, LONGEST_TEXT)
    _require_usable(points, due_on)
    move(entry, "ask_supplement", MOVES, field="state")
    entry.save(update_fields=["state"])
    supplement = Supplement.objects.create(entry=entry, text=words, due_on=due_on, asked_by=actor)
    Point.objects.bulk_create(
        [Point(supplement=supplement, place=p.place, wrong=p.wrong, note=_words(p.note, LONGEST_NOTE)) for p in points]
    )
    places = [p.place for p in points]
    record(ScreeningEvent.SUPPLEMENT_ASKED, entry, actor=actor, places=places, due=due_on)
    tell_facility(
        entry,
        subject=f"Cần bổ sung hồ sơ: {entry.name}",
        text=f"Hồ sơ “{entry.name}” cần bổ sung {len(points)} mục, chậm nhất ngày {day(due_on)}."
        f" Sửa xong, xin bấm gửi lại hồ sơ thì phần sửa mới tới nơi tiếp nhận.\n\n{words}",
    )
    return supplement


@transaction.atomic
def cancel_supplement(entry_id: UUID, *, actor: Person) -> Supplement:
    """Take the open request back; its text stays readable on both sides."""
    entry, round = lock_entry(entry_id)
    require(round, Capability.SCREEN)
    if entry.state not in MOVES["cancel_supplement"][0]:
        raise WrongState(last_word(entry), state=entry.state)
    move(entry, "cancel_supplement", MOVES, field="state")
    entry.save(update_fields=["state"])
    supplement = _end(entry, SupplementState.CANCELLED)
    record(ScreeningEvent.SUPPLEMENT_CANCELLED, entry, actor=actor, supplement=str(supplement.pk))
    text = f"Yêu cầu bổ sung hồ sơ “{entry.name}” đã được rút lại; cơ sở không phải sửa gì thêm."
    tell_facility(entry, subject=f"Không cần bổ sung nữa: {entry.name}", text=text)
    return supplement


def answer_supplement(entry: Entry) -> Supplement:
    """Called by the filing again, under its lock and in its transaction: the open request is answered.

    Whether the pinned places really changed is seen in the filings; the mark “corrected” stands until it is looked at.
    """
    supplement = _end(entry, SupplementState.ANSWERED)
    tell_official(
        entry.officer or supplement.asked_by,
        entry,
        subject=f"Đã bổ sung: {entry.name}",
        text=f"{entry.facility} đã gửi lại hồ sơ “{entry.name}” theo yêu cầu bổ sung.",
        key=f"supplement:{supplement.pk}:answered",
    )
    return supplement


def mark_looked(entry: Entry) -> int:
    """An officer has opened the dossier: what was corrected is no longer new. Returns how many marks went."""
    new = Supplement.objects.filter(entry=entry, state=SupplementState.ANSWERED, looked_at__isnull=True)
    return new.update(looked_at=Now())


@transaction.atomic
def write_note(entry_id: UUID, *, side: Side, text: str, actor: Person) -> Note:
    """Say something about a filed dossier to the other side; who may speak for a side is asked at the door."""
    entry = Entry.objects.select_for_update(no_key=True).get(pk=entry_id)
    if entry.submitted_at is None:
        raise WrongState("Hồ sơ chưa gửi nên chưa có gì để trao đổi.")
    words = _words(text, LONGEST_TEXT)
    if not words:
        raise DomainError("Xin viết nội dung trao đổi.")
    note = Note.objects.create(
        entry=entry,
        supplement=entry.supplements.filter(state=SupplementState.OPEN).first(),
        side=side,
        author=actor,
        text=words,
    )
    record(ScreeningEvent.NOTE_WRITTEN, entry, actor=actor, side=side)
    _pass_on(note)
    return note


def _pass_on(note: Note) -> None:
    """To the other side; a facility reads that its authority wrote, not which of its people."""
    entry = note.entry
    if note.side == Side.AUTHORITY:
        subject = f"Trao đổi về hồ sơ {entry.name}"
        tell_facility(entry, subject=subject, text=f"Cơ quan tiếp nhận viết:\n\n{note.text}")
        return
    last = entry.supplements.select_related("asked_by").last()
    officer = entry.officer or (last.asked_by if last else None)
    tell_official(
        officer, entry, subject=f"Cơ sở trao đổi: {entry.name}", text=f"{entry.facility} viết:\n\n{note.text}"
    )


def _end(entry: Entry, state: SupplementState) -> Supplement:
    supplement = Supplement.objects.select_for_update(no_key=True).get(entry=entry, state=SupplementState.OPEN)
    supplement.state = state
    supplement.ended_at = Now()  # type: ignore[assignment]
    supplement.save(update_fields=["state", "ended_at"])
    return supplement


def _require_usable(points: Sequence[Asked], due_on: date) -> None:
    if not points:
        raise DomainError("Xin chọn ít nhất một ô hoặc giấy tờ cần bổ sung.")
    if len(points) > MOST_POINTS or len({p.place for p in points}) < len(points):
        raise DomainError("Danh sách mục cần bổ sung chưa đúng: có mục bị lặp hoặc quá nhiều mục.")
    if any(not p.place.startswith(("field:", "paper:")) or p.wrong not in Wrong.values for p in points):
        raise DomainError("Xin chọn lý do cho từng mục cần bổ sung.")
    if due_on <= timezone.localdate():
        raise DomainError("Hạn bổ sung phải sau hôm nay.", due=due_on.isoformat())


def _words(raw: str, most: int) -> str:
    words = nfc(raw).strip()
    if len(words) > most:
        raise DomainError(f"Nội dung dài {len(words)} ký tự; xin viết gọn trong {most} ký tự.")
    return words
