"""The row of an entry: made in one place, locked in one order."""

from collections.abc import Sequence
from uuid import UUID

from apps.dossiers.models import Entry, EntryItem, EntryKind
from apps.dossiers.states import EntryState
from apps.facilities.models import Product
from apps.rounds.models import Round
from apps.rounds.services import lock_round
from tieubieu.errors import DomainError


def create_entry(
    round: Round,
    products: Sequence[Product],
    name: str,
    set_case: str,
    state: EntryState = EntryState.DRAFT,
) -> Entry:
    """A product, or a set when `set_case` names its legal case; `DomainError` unless one facility made it all."""
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


def lock_entry(entry_id: UUID) -> tuple[Entry, Round]:
    """The entry and its round, both locked, the round first."""
    round = lock_round(Entry.objects.values_list("round_id", flat=True).get(pk=entry_id))
    return Entry.objects.select_for_update().get(pk=entry_id), round
