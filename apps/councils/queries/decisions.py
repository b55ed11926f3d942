"""What the session has decided so far, read from its votes and its log."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from apps.councils.events import CouncilEvent
from apps.councils.models import Ballot, BallotLine, ItemKind, Session
from apps.councils.states import BallotState
from apps.dossiers.models import Entry
from apps.rounds.models import Round

STANDING = (BallotState.OPEN, BallotState.CLOSED)


@dataclass(frozen=True)
class Decision:
    """What stands about one entry: the vote that was held on it, or the reason why none was."""

    ballot: Ballot | None = None
    reason: str = ""

    @property
    def is_selected(self) -> bool:
        return self.ballot is not None and self.ballot.state == BallotState.CLOSED and self.ballot.is_adopted

    @property
    def is_rejected(self) -> bool:
        return self.ballot is not None and self.ballot.state == BallotState.CLOSED and not self.ballot.is_adopted

    @property
    def why_not(self) -> str:
        """Why a passed entry is not selected, in words for the list."""
        held = self.ballot
        if held is not None and self.is_rejected:
            return f"Không đủ phiếu tán thành: {held.approve}/{held.entitled} (biểu quyết số {held.number})"
        return self.reason


def decisions(session: Session) -> dict[UUID, Decision]:
    """What stands about each entry; annulled votes leave nothing behind. Two queries."""
    found: dict[UUID, Decision] = {}
    for act in session.log.filter(kind=CouncilEvent.LEFT_OUT).order_by("seq"):
        found |= {UUID(entry): Decision(reason=act.facts["reason"]) for entry in act.facts["entries"]}
    lines = BallotLine.objects.filter(
        ballot__session=session, ballot__item__kind=ItemKind.GROUP, ballot__state__in=STANDING
    )
    for line in lines.select_related("ballot"):
        found[line.entry_id] = Decision(ballot=line.ballot)
    return found


def merit_places(session: Session) -> dict[UUID, int]:
    """Where the council's vote put each of the entries that the rules had left tied."""
    lines = BallotLine.objects.filter(
        ballot__session=session, ballot__item__kind=ItemKind.TIE, ballot__state=BallotState.CLOSED,
        ballot__is_adopted=True,
    )  # fmt: skip
    return {line.entry_id: line.place for line in lines.order_by("ballot__number", "place")}


def quota_exceeded(round: Round, chosen: Counter[str], adding: Counter[str]) -> str:
    """What the frozen numbers say against choosing these as well, by group; "" when they fit."""
    quota = round.rules.get("quota", {})
    for group, more in adding.items():
        most = quota.get(group)
        if most is not None and chosen[group] + more > most:
            return (
                f"Nhóm {group} được chọn nhiều nhất {most} sản phẩm theo quy định của kỳ:"
                f" đã chọn {chosen[group]}, biểu quyết này thêm {more}."
            )
    most = quota.get("total")
    if most is not None and chosen.total() + adding.total() > most:
        return (
            f"Kỳ này chọn nhiều nhất {most} sản phẩm: đã chọn {chosen.total()}, biểu quyết này thêm {adding.total()}."
        )
    return ""


def chosen_by_group(entries: Mapping[UUID, Entry], found: Mapping[UUID, Decision]) -> Counter[str]:
    """How many are selected in each group."""
    return Counter(entries[pk].group for pk, decision in found.items() if decision.is_selected and pk in entries)
