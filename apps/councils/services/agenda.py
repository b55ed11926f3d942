"""What is discussed: items added during the session, notes under them, and reasons for what is not put to the vote."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.councils.events import CouncilEvent
from apps.councils.models import Item, ItemKind, Session
from apps.councils.queries import candidates, decisions
from apps.councils.services.holding import given, happen, hold_session, require_unconflicted
from tieubieu.errors import DomainError, WrongState


@transaction.atomic
def add_item(
    session_id: UUID, *, kind: ItemKind, title: str, actor: Person, group: str = "", seen: int | None = None
) -> Item:
    """Add an item to the agenda: the order of tied entries of a group, or any other question."""
    session = hold_session(session_id, seen=seen)
    words = given(title, "Xin ghi nội dung cần đưa vào chương trình họp.", 300)
    if kind == ItemKind.GROUP:
        raise DomainError("Mỗi nhóm sản phẩm đã có một nội dung trong chương trình họp.")
    if kind == ItemKind.TIE and not session.items.filter(kind=ItemKind.GROUP, group=group).exists():
        raise DomainError("Xin chọn nhóm có sản phẩm bằng điểm.")
    item = Item.objects.create(
        session=session, number=session.items.count() + 1, kind=kind, title=words,
        group=group if kind == ItemKind.TIE else "",
    )  # fmt: skip
    happen(CouncilEvent.ITEM_ADDED, session, actor=actor, item=item, title=words)
    return item


@transaction.atomic
def note(session_id: UUID, item_id: UUID, *, text: str, actor: Person, seen: int | None = None) -> Session:
    """Write down what was said under an item; what was written stays, a correction is a further note."""
    session = hold_session(session_id, seen=seen)
    words = given(text, "Xin ghi ý kiến thảo luận.", 2000)
    item = item_of(session, item_id)
    happen(CouncilEvent.NOTED, session, actor=actor, item=item, text=words)
    return session


@transaction.atomic
def leave_out(
    session_id: UUID, entries: Collection[UUID], *, reason: str, actor: Person, seen: int | None = None
) -> Session:
    """Keep passed entries that are not put to the vote, with the reason (Điều 17.1 TT 26/2014/TT-BCT)."""
    session = hold_session(session_id, seen=seen)
    words = given(reason, "Xin ghi lý do không chọn.")
    require_unconflicted(session, entries, actor)
    passed = {c.entry.pk: c.entry for c in candidates(session.snapshot) if c.passed}
    if not entries or set(entries) - set(passed):
        raise DomainError("Chỉ ghi lý do không chọn cho hồ sơ đạt điểm của kỳ này.")
    voted = [passed[pk].code for pk, one in decisions(session).items() if one.ballot and pk in entries]
    if voted:
        raise WrongState(f"Đã có biểu quyết cho {', '.join(sorted(voted))}; muốn làm lại, xin hủy biểu quyết đó trước.")
    codes = sorted(passed[pk].code for pk in entries)
    happen(
        CouncilEvent.LEFT_OUT, session, actor=actor, entries=sorted(str(pk) for pk in entries), codes=codes,
        reason=words,
    )  # fmt: skip
    return session


def item_of(session: Session, item_id: UUID) -> Item:
    """An item of this session; raises a `DomainError` for any other."""
    found = session.items.filter(pk=item_id).first()
    if found is None:
        raise DomainError("Nội dung này không có trong chương trình họp.")
    return found
