"""A vote is opened, cast, counted; what went wrong is annulled and held again, never erased."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.councils.counting import CannotCount, Tally, entitled, is_adopted
from apps.councils.events import CouncilEvent
from apps.councils.models import Ballot, BallotLine, Choice, Item, ItemKind, Session, Voter, Way
from apps.councils.queries import Candidate, candidates, decisions, kept_out, room_of
from apps.councils.queries.decisions import chosen_by_group, quota_exceeded
from apps.councils.queries.room import approve_over
from apps.councils.services.agenda import item_of
from apps.councils.services.holding import given, happen, hold_session, require_unconflicted, require_vote_possible
from apps.councils.states import MOVES, BallotState
from tieubieu.errors import DomainError, NotAllowed, WrongState
from tieubieu.moves import move


@dataclass(frozen=True)
class Votes:
    """How those entitled voted by show of hands, and whether the chair was among those who approved."""

    approve: int
    against: int = 0
    abstain: int = 0
    does_chair_approve: bool = False


@transaction.atomic
def open_ballot(
    session_id: UUID, item_id: UUID, entries: Sequence[UUID] = (), *, actor: Person, tier: str = "",
    seen: int | None = None,
) -> Ballot:  # fmt: skip
    """Put entries (one, or many in a block), an order of tied entries, or a question to the vote.

    Who is entitled is fixed now: the members in the room but those with a conflict about any of the entries. Refused
    without quorum or chair, while another vote runs, for what did not pass (Điều 17.1 TT 26/2014/TT-BCT), for what
    was voted on already, and beyond the round's numbers.
    """
    session = hold_session(session_id, seen=seen)
    room = room_of(session)
    require_vote_possible(session, room)
    if session.ballots.filter(state=BallotState.OPEN).exists():
        raise WrongState("Đang có một biểu quyết chưa kết thúc; xin kiểm phiếu hoặc hủy biểu quyết đó trước.")
    item = item_of(session, item_id)
    require_unconflicted(session, entries, actor)
    known = CHECKS[ItemKind(item.kind)](session, item, entries)
    _require_known_tier(session, tier)
    out = kept_out(session.round, room.members, entries)
    voters = entitled(room.present, out)
    if not voters:
        raise DomainError("Mọi thành viên có mặt đều không được tham gia nội dung này nên không biểu quyết được.")
    ballot = Ballot.objects.create(
        session=session, item=item, number=session.ballots.count() + 1, tier=tier, entitled=len(voters)
    )
    BallotLine.objects.bulk_create([BallotLine(ballot=ballot, entry_id=pk, place=n) for n, pk in enumerate(entries, 1)])
    Voter.objects.bulk_create([Voter(ballot=ballot, member_id=member) for member in sorted(voters)])
    away = [m.person.full_name for m in room.attending if m.pk in out]
    happen(
        CouncilEvent.BALLOT_OPENED, session, actor=actor, item=item, ballot=ballot, entitled=len(voters), recused=away,
        tier=tier, codes=[one.entry.code for one in known],
    )  # fmt: skip
    return ballot


@transaction.atomic
def cast_vote(ballot_id: UUID, choice: Choice, *, actor: Person) -> Ballot:
    """Cast one's own vote, or change it while the vote runs; the log says that one voted, not how."""
    session, ballot = _held(ballot_id)
    if session.way != Way.OWN:
        raise WrongState("Phiên họp này biểu quyết giơ tay; thư ký ghi số phiếu.")
    _require_open(ballot)
    room = room_of(session)
    require_vote_possible(session, room)
    voter = ballot.voters.select_related("member__person").filter(member__person=actor).first()
    if voter is None:
        raise NotAllowed("Thành viên không tham gia biểu quyết này.")
    if voter.member_id not in room.present:
        raise WrongState("Thành viên đã được ghi là rời phiên họp nên không bỏ phiếu được; xin báo thư ký.")
    if voter.choice != choice:
        voter.choice, voter.cast_at = choice, Now()  # type: ignore[assignment]
        voter.save(update_fields=["choice", "cast_at"])
        happen(CouncilEvent.VOTE_CAST, session, actor=actor, ballot=ballot, member=voter.member)
    return ballot


@transaction.atomic
def close_ballot(ballot_id: UUID, *, actor: Person, hands: Votes | None = None, seen: int | None = None) -> Ballot:
    """Count and end the vote: from the members' own votes, or from the hands that the secretary counted."""
    session, ballot = _held(ballot_id, seen=seen)
    _require_open(ballot)
    require_vote_possible(session, room_of(session))
    require_unconflicted(session, _entries(ballot), actor)
    tally = _counted(session, ballot, hands)
    ballot.approve, ballot.against, ballot.abstain = tally.approve, tally.against, tally.abstain
    ballot.does_chair_approve = tally.does_chair_approve
    ballot.is_adopted = is_adopted(
        tally, approve_over(session.round), has_casting_vote=session.round.rules.get("casting_vote", False)
    )
    move(ballot, "close", MOVES, field="state")
    ballot.closed_at = Now()  # type: ignore[assignment]
    ballot.save()
    happen(
        CouncilEvent.BALLOT_CLOSED, session, actor=actor, item=ballot.item, ballot=ballot, approve=tally.approve,
        against=tally.against, abstain=tally.abstain, silent=tally.silent, adopted=ballot.is_adopted,
    )  # fmt: skip
    return ballot


@transaction.atomic
def annul_ballot(ballot_id: UUID, *, reason: str, actor: Person, seen: int | None = None) -> Ballot:
    """Take a vote back before the session closes, with the reason; it stays in the log and may be held again."""
    session, ballot = _held(ballot_id, seen=seen)
    require_unconflicted(session, _entries(ballot), actor)
    ballot.reason = given(reason, "Xin ghi lý do hủy biểu quyết.")
    move(ballot, "annul", MOVES, field="state")
    ballot.save(update_fields=["state", "reason"])
    happen(CouncilEvent.BALLOT_ANNULLED, session, actor=actor, item=ballot.item, ballot=ballot, reason=ballot.reason)
    return ballot


def _held(ballot_id: UUID, *, seen: int | None = None) -> tuple[Session, Ballot]:
    session = hold_session(Ballot.objects.values_list("session_id", flat=True).get(pk=ballot_id), seen=seen)
    return session, Ballot.objects.select_for_update(no_key=True, of=("self",)).select_related("item").get(pk=ballot_id)


def _require_open(ballot: Ballot) -> None:
    if ballot.state != BallotState.OPEN:
        raise WrongState("Biểu quyết này đã kết thúc.")


def _entries(ballot: Ballot) -> list[UUID]:
    return list(ballot.lines.values_list("entry_id", flat=True))


def _counted(session: Session, ballot: Ballot, hands: Votes | None) -> Tally:
    if session.way == Way.OWN:
        return _from_phones(session, ballot)
    if hands is None:
        raise DomainError("Xin ghi số phiếu tán thành, không tán thành và không biểu quyết.")
    if hands.does_chair_approve and not ballot.voters.filter(member=session.chair_id).exists():
        raise DomainError("Chủ tọa không tham gia biểu quyết này nên không có phiếu của chủ tọa.")
    try:
        return Tally(ballot.entitled, hands.approve, hands.against, hands.abstain, hands.does_chair_approve)
    except CannotCount as wrong:
        raise DomainError(
            f"Số phiếu không khớp: tổng số phiếu không vượt quá số thành viên được biểu quyết ({ballot.entitled})."
        ) from wrong


def _from_phones(session: Session, ballot: Ballot) -> Tally:
    cast = dict(ballot.voters.values_list("member_id", "choice"))
    said = Counter(cast.values())
    return Tally(
        ballot.entitled, said[Choice.APPROVE], said[Choice.AGAINST], said[Choice.ABSTAIN],
        does_chair_approve=(session.chair_id, Choice.APPROVE) in cast.items(),
    )  # fmt: skip


def _check_group(session: Session, item: Item, entries: Sequence[UUID]) -> list[Candidate]:
    known = _known(session, item, entries, fewest=1)
    below = [one.entry.code for one in known if not one.passed]
    if below:
        raise DomainError(
            f"{', '.join(below)} chưa đạt điểm tối thiểu nên không thể được chọn (Điều 17.1).", entries=below
        )
    found = decisions(session)
    voted = [one.entry.code for one in known if one.entry.pk in found and found[one.entry.pk].ballot]
    if voted:
        raise WrongState(f"Đã có biểu quyết cho {', '.join(voted)}; muốn làm lại, xin hủy biểu quyết đó trước.")
    every = {one.entry.pk: one.entry for one in candidates(session.snapshot)}
    adding = Counter(one.entry.group for one in known)
    too_many = quota_exceeded(session.round, chosen_by_group(every, found), adding)
    if too_many:
        raise DomainError(too_many)
    return known


def _check_tie(session: Session, item: Item, entries: Sequence[UUID]) -> list[Candidate]:
    known = _known(session, item, entries, fewest=2)
    if not all(one.tied for one in known) or len({one.rank for one in known}) > 1:
        raise DomainError("Chỉ biểu quyết thứ tự giữa các sản phẩm đang bằng điểm, cùng một hạng.")
    return known


def _check_question(session: Session, item: Item, entries: Sequence[UUID]) -> list[Candidate]:
    if entries:
        raise DomainError("Nội dung này không biểu quyết theo sản phẩm.")
    return []


CHECKS: dict[ItemKind, Callable[[Session, Item, Sequence[UUID]], list[Candidate]]] = {
    ItemKind.GROUP: _check_group,
    ItemKind.TIE: _check_tie,
    ItemKind.QUESTION: _check_question,
}


def _known(session: Session, item: Item, entries: Sequence[UUID], *, fewest: int) -> list[Candidate]:
    here = {one.entry.pk: one for one in candidates(session.snapshot) if one.entry.group == item.group}
    if len(set(entries)) != len(entries) or set(entries) - set(here):
        raise DomainError("Có phiếu biểu quyết cho hồ sơ không thuộc chương trình họp.")
    if len(entries) < fewest:
        raise DomainError("Xin chọn sản phẩm đưa ra biểu quyết." if fewest == 1 else "Xin chọn từ hai sản phẩm.")
    return [here[pk] for pk in entries]


def _require_known_tier(session: Session, tier: str) -> None:
    if tier and tier not in [award["name"] for award in session.round.rules.get("awards", [])]:
        raise DomainError("Mức khen thưởng này không có trong quy định của kỳ bình chọn.")
