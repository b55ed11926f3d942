"""Entries are screened, and merged into sets."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent
from apps.dossiers.models import CodeBook, Entry
from apps.dossiers.services.entries import create_entry, lock_entry
from apps.dossiers.states import MOVES, EntryState
from apps.rounds.models import Round
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.moves import move
from tieubieu.names import safe_name


@transaction.atomic
def accept_entry(entry_id: UUID, *, actor: Person) -> Entry:
    """Find the dossier in order and give the entry its code (mã số bình chọn, Phụ lục 4)."""
    entry, round = lock_entry(entry_id)
    require(round, Capability.SCREEN)
    move(entry, "accept", MOVES, field="state")
    entry.code = _next_code(round)
    entry.save(update_fields=["state", "code"])
    record(EntryEvent.ACCEPTED, entry, actor=actor, code=entry.code)
    return entry


@transaction.atomic
def refuse_entry(entry_id: UUID, *, reason: str, actor: Person) -> Entry:
    """Find the dossier not eligible; the reason is told to the facility."""
    entry, round = lock_entry(entry_id)
    require(round, Capability.SCREEN)
    if not reason.strip():
        raise DomainError("Cần ghi rõ lý do hồ sơ không hợp lệ để báo cho cơ sở.")
    move(entry, "refuse", MOVES, field="state")
    entry.reason = reason.strip()
    entry.save(update_fields=["state", "reason"])
    record(EntryEvent.REFUSED, entry, actor=actor, reason=entry.reason)
    return entry


@transaction.atomic
def merge_entries(entry_ids: Sequence[UUID], *, name: str, set_case: str, actor: Person) -> Entry:
    """Merge judged entries of one facility into a set; the members keep their history and point to the set."""
    members = list(Entry.objects.select_for_update().filter(pk__in=entry_ids).order_by("code"))
    if len(members) < 2 or len(members) != len(set(entry_ids)):
        raise DomainError("Bộ sản phẩm phải gộp từ ít nhất hai hồ sơ của cùng một kỳ.")
    round = lock_round(members[0].round_id)
    require(round, Capability.SELECT)
    if len({(m.facility_id, m.round_id, m.group) for m in members}) > 1:
        raise DomainError("Bộ sản phẩm chỉ gồm sản phẩm cùng nhóm của cùng một cơ sở, trong cùng một kỳ.")
    products = [item.product for m in members for item in m.items.select_related("product")]
    merged = create_entry(round, products, safe_name(name), set_case, state=EntryState.ACCEPTED)
    merged.code = _next_code(round)
    merged.submitted_at = members[0].submitted_at
    merged.save(update_fields=["code", "submitted_at"])
    for member in members:
        move(member, "merge", MOVES, field="state")
        member.merged_into = merged
    Entry.objects.bulk_update(members, ["state", "merged_into"])
    record(EntryEvent.MERGED, merged, actor=actor, members=[m.code for m in members], code=merged.code)
    return merged


def _next_code(round: Round) -> str:
    """The round is locked by the caller, so the book is too."""
    book, _ = CodeBook.objects.get_or_create(round=round)
    book.last += 1
    book.save(update_fields=["last"])
    return f"{round.code}-{book.last:03d}"
