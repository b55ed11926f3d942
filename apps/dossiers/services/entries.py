"""The row of an entry: made in one place, locked in one order."""

from collections.abc import Sequence
from uuid import UUID

from apps.dossiers.models import Dossier, Entry, EntryItem, EntryKind
from apps.dossiers.states import EntryState
from apps.facilities.models import Product
from apps.facilities.services import lock_facility
from apps.rounds.models import Round
from apps.rounds.services import lock_round, share_round
from tieubieu.errors import DomainError, WrongState


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
    lock_facility(first.facility_id)  # two tabs that begin the same at once: the second is told, not broken
    require_free_name(round, first.facility_id, name)
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


def require_free_name(round: Round, facility_id: UUID, name: str, *, but: Entry | None = None) -> None:
    """Raise `WrongState` when the facility has an entry of this name in the round already."""
    gone = [EntryState.WITHDRAWN, EntryState.DISSOLVED]
    others = Entry.objects.filter(round=round, facility_id=facility_id, name=name).exclude(state__in=gone)
    taken = (others.exclude(pk=but.pk) if but else others).first()
    if taken is not None:
        raise WrongState(
            f"Cơ sở đã có hồ sơ “{name}” trong kỳ này ({taken.get_state_display().lower()})."
            " Xin mở hồ sơ đó, hoặc ghi tên khác nếu là sản phẩm khác.",
            entry=str(taken.pk),
        )


def lock_entry(entry_id: UUID) -> tuple[Entry, Round]:
    """The entry and its round, both locked, the round first."""
    round = lock_round(Entry.objects.values_list("round_id", flat=True).get(pk=entry_id))
    return Entry.objects.select_for_update(no_key=True).get(pk=entry_id), round


def lock_to_file(entry_id: UUID) -> tuple[Entry, Round]:
    """The entry locked, its round held together with all who file at the same time."""
    round = share_round(Entry.objects.values_list("round_id", flat=True).get(pk=entry_id))
    entry = Entry.objects.select_for_update(no_key=True).get(pk=entry_id)
    entry.round = round
    return entry, round


def lock_to_edit(entry_id: UUID) -> tuple[Entry, Dossier]:
    """The entry locked, then its dossier read: what was waited for must be seen, so not in one query.

    Raises `WrongState` unless the dossier may be edited: as a draft, or while a request for supplement is open.
    """
    entry = Entry.objects.select_for_update(no_key=True).get(pk=entry_id)
    require_editable(entry)
    dossier = Dossier.objects.select_related("form").get(entry=entry)
    dossier.entry = entry
    return entry, dossier


def require_editable(entry: Entry) -> None:
    """Raise `WrongState` for a dossier that was filed and has nothing to mend, or that is out of the round."""
    if entry.state in (EntryState.DRAFT, EntryState.SUPPLEMENT):
        return
    raise WrongState(
        f"Hồ sơ “{entry.name}” đang ở trạng thái “{entry.get_state_display()}” nên không sửa được."
        " Cần sửa, xin nhắn cơ quan tiếp nhận ở mục Trao đổi để được yêu cầu bổ sung.",
        state=entry.state,
    )
