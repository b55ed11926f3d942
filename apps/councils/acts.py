"""What the desk may do during a session: from what was sent to the service behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from apps.accounts.models import Person
from apps.councils.models import ItemKind, Session, Way
from apps.councils.services import (
    Votes,
    add_item,
    annul_ballot,
    arrive,
    close_ballot,
    close_session,
    depart,
    leave_out,
    name_chair,
    name_secretary,
    note,
    open_ballot,
)
from tieubieu.errors import DomainError

MANGLED = "Dữ liệu gửi lên không hợp lệ; xin tải lại trang rồi làm lại."


@dataclass(frozen=True)
class Asked:
    """What somebody asks of a session, read with care. Every reader raises a `DomainError` in words."""

    given: QueryDict
    actor: Person

    @property
    def seen(self) -> int:
        """The version of the session that the person looked at."""
        return self._whole(self.given.get("seen", ""), MANGLED)

    def key(self, name: str) -> UUID:
        return ids([self.given.get(name, "")])[0]

    def keys(self, name: str) -> list[UUID]:
        return ids(self.given.getlist(name))

    def text(self, name: str) -> str:
        return self.given.get(name, "")

    def count(self, name: str, label: str) -> int:
        return self._whole(self.given.get(name, "").strip() or "0", f"Số phiếu {label} phải là số nguyên, ví dụ 5.")

    def _whole(self, text: str, wrong: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 6:
            raise DomainError(wrong)
        return int(text)


def ids(raws: list[str]) -> list[UUID]:
    """The ids a form sent; raises `DomainError` for anything else."""
    try:
        return [UUID(raw) for raw in raws]
    except ValueError as wrong:
        raise DomainError("Danh sách chọn gửi lên không hợp lệ; xin tải lại trang rồi chọn lại.") from wrong


def way_of(text: str) -> Way:
    if text not in Way.values:
        raise DomainError("Xin chọn cách biểu quyết của phiên họp.")
    return Way(text)


def _open(session: Session, asked: Asked) -> None:
    entries = asked.keys("entries")
    open_ballot(
        session.pk, asked.key("item"), _in_order(entries, asked), tier=asked.text("tier"), actor=asked.actor,
        seen=asked.seen,
    )  # fmt: skip


def _in_order(entries: list[UUID], asked: Asked) -> list[UUID]:
    """As they were sent, or by the places that were typed beside them."""
    places = {pk: asked.count(f"place-{pk}", "") for pk in entries if asked.text(f"place-{pk}").strip()}
    if places and sorted(places.values()) != list(range(1, len(entries) + 1)):
        raise DomainError("Xin ghi thứ tự 1, 2, 3… cho từng sản phẩm đã chọn, không bỏ trống và không trùng.")
    return sorted(entries, key=lambda pk: places.get(pk, 0))


def _close(session: Session, asked: Asked) -> None:
    hands = None
    if session.way == Way.HANDS:
        hands = Votes(
            asked.count("approve", "tán thành"), asked.count("against", "không tán thành"),
            asked.count("abstain", "không biểu quyết"), does_chair_approve=bool(asked.text("chair")),
        )  # fmt: skip
    close_ballot(asked.key("ballot"), hands=hands, actor=asked.actor, seen=asked.seen)


def _add(session: Session, asked: Asked) -> None:
    group = asked.text("group")
    kind = ItemKind.TIE if group else ItemKind.QUESTION
    add_item(session.pk, kind=kind, group=group, title=asked.text("title"), actor=asked.actor, seen=asked.seen)


DESK: dict[str, Callable[[Session, Asked], object]] = {
    "vao-hop": lambda held, asked: arrive(held.pk, asked.key("member"), actor=asked.actor, seen=asked.seen),
    "roi-hop": lambda held, asked: depart(held.pk, asked.key("member"), actor=asked.actor, seen=asked.seen),
    "giao-chu-toa": lambda held, asked: name_chair(held.pk, asked.key("member"), actor=asked.actor, seen=asked.seen),
    "giao-thu-ky": lambda held, asked: name_secretary(held.pk, asked.key("person"), actor=asked.actor, seen=asked.seen),
    "them-noi-dung": _add,
    "ghi-y-kien": lambda held, asked: note(
        held.pk, asked.key("item"), text=asked.text("text"), actor=asked.actor, seen=asked.seen
    ),
    "mo-bieu-quyet": _open,
    "kiem-phieu": _close,
    "huy-bieu-quyet": lambda held, asked: annul_ballot(
        asked.key("ballot"), reason=asked.text("reason"), actor=asked.actor, seen=asked.seen
    ),
    "khong-chon": lambda held, asked: leave_out(
        held.pk, asked.keys("entries"), reason=asked.text("reason"), actor=asked.actor, seen=asked.seen
    ),
    "be-mac": lambda held, asked: close_session(held.pk, actor=asked.actor, seen=asked.seen),
}
