"""Entries are drafted, submitted, screened, and merged into sets."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent
from apps.dossiers.models import CodeBook, Dossier, Entry, EntryItem, EntryKind
from apps.dossiers.states import MOVES, EntryState
from apps.facilities.models import Product
from apps.rounds.models import Round
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.moves import move
from tieubieu.names import safe_name


@transaction.atomic
def draft_entry(
    round_id: UUID,
    *,
    products: Sequence[Product],
    name: str,
    actor: Person,
    set_case: str = "",
    registration: Mapping[str, Any] | None = None,
    description: Mapping[str, Any] | None = None,
) -> Entry:
    """Start an entry for a product, or for a set of products of one facility (Điều 3.2, 4.1 TT 26/2014/TT-BCT)."""
    round = lock_round(round_id)
    require(round, Capability.FILE)
    entry = _create_entry(round, products, safe_name(name), set_case)
    Dossier.objects.create(entry=entry, registration=dict(registration or {}), description=dict(description or {}))
    record(EntryEvent.DRAFTED, entry, actor=actor, round=str(round_id))
    return entry


@transaction.atomic
def submit_entry(entry_id: UUID, *, actor: Person) -> Entry:
    """Submit the entry; the time is the database's."""
    entry, round = _lock(entry_id)
    require(round, Capability.FILE)
    move(entry, "submit", MOVES, field="state")
    entry.submitted_at = Now()  # type: ignore[assignment]
    entry.save(update_fields=["state", "submitted_at"])
    record(EntryEvent.SUBMITTED, entry, actor=actor)
    return entry


@transaction.atomic
def accept_entry(entry_id: UUID, *, actor: Person) -> Entry:
    """Find the dossier in order and give the entry its code (mã số bình chọn, Phụ lục 4)."""
    entry, round = _lock(entry_id)
    require(round, Capability.SCREEN)
    move(entry, "accept", MOVES, field="state")
    entry.code = _next_code(round)
    entry.save(update_fields=["state", "code"])
    record(EntryEvent.ACCEPTED, entry, actor=actor, code=entry.code)
    return entry


@transaction.atomic
def refuse_entry(entry_id: UUID, *, reason: str, actor: Person) -> Entry:
    """Find the dossier not eligible; the reason is told to the facility."""
    entry, round = _lock(entry_id)
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
    merged = _create_entry(round, products, safe_name(name), set_case, state=EntryState.ACCEPTED)
    merged.code = _next_code(round)
    merged.submitted_at = members[0].submitted_at
    merged.save(update_fields=["code", "submitted_at"])
    for member in members:
        move(member, "merge", MOVES, field="state")
        member.merged_into = merged
    Entry.objects.bulk_update(members, ["state", "merged_into"])
    record(EntryEvent.MERGED, merged, actor=actor, members=[m.code for m in members], code=merged.code)
    return merged


def _create_entry(
    round: Round,
    products: Sequence[Product],
    name: str,
    set_case: str,
    state: EntryState = EntryState.DRAFT,
) -> Entry:
    if not products or len({p.facility_id for p in products}) != 1:
        raise DomainError("Hồ sơ phải gồm ít nhất một sản phẩm, đều của cùng một cơ sở.")
    kind = EntryKind.SET if set_case else EntryKind.PRODUCT
    first = products[0]
    entry = Entry.objects.create(
        round=round,
        facility_id=first.facility_id,
        name=name,
        kind=kind,
        set_case=set_case,
        group=first.group,
        state=state,
        is_demo=first.is_demo,
    )
    EntryItem.objects.bulk_create([EntryItem(entry=entry, product=product) for product in products])
    return entry


def _lock(entry_id: UUID) -> tuple[Entry, Round]:
    round = lock_round(Entry.objects.values_list("round_id", flat=True).get(pk=entry_id))
    return Entry.objects.select_for_update().get(pk=entry_id), round


def _next_code(round: Round) -> str:
    """The round is locked by the caller, so the book is too."""
    book, _ = CodeBook.objects.get_or_create(round=round)
    book.last += 1
    book.save(update_fields=["last"])
    return f"{round.code}-{book.last:03d}"
