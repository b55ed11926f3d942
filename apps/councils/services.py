"""The council convenes on a snapshot, votes with a quorum, and its conclusion seals the list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.councils.events import CouncilEvent
from apps.councils.models import Attendance, Outcome, Selection, Session
from apps.councils.queries import Candidate, candidates, voters
from apps.judging.queries import latest_snapshot
from apps.judging.queries.conflicts import undecided
from apps.rounds.models import Body, Round
from apps.rounds.services import advance, lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError


@dataclass(frozen=True)
class Votes:
    """How the members present voted, and whether the chair was among those who approved."""

    approve: int
    against: int = 0
    abstain: int = 0
    does_chair_approve: bool = False


@transaction.atomic
def convene(round_id: UUID, *, present: Collection[UUID], actor: Person) -> Session:
    """Open the session on the snapshot in force; refused without the quorum of the round's rules."""
    round = lock_round(round_id)
    snapshot = latest_snapshot(round)
    if snapshot is None:
        raise DomainError("Chưa có kết quả chấm điểm để Hội đồng xem xét.")
    if undecided(round, Body.COUNCIL).exists():
        raise DomainError("Còn xung đột lợi ích của thành viên Hội đồng chưa được quyết định; hãy quyết định rồi họp.")
    members = list(round.appointments.filter(body=Body.COUNCIL))
    attending = {m.pk for m in members} & set(present)
    _require_quorum(round, len(attending), len(members))
    advance(round_id, "convene", actor=actor)
    session = Session.objects.create(round=round, snapshot=snapshot)
    Attendance.objects.bulk_create([Attendance(session=session, member=m, present=m.pk in attending) for m in members])
    record(CouncilEvent.CONVENED, session, actor=actor, present=len(attending), snapshot=snapshot.digest)
    return session


@transaction.atomic
def conclude_session(session_id: UUID, votes: Mapping[UUID, Votes], *, actor: Person) -> Session:
    """Record the votes per entry, decide every entry's outcome, and close the session.

    Passing (mean of at least the pass mark) is necessary, not sufficient: an entry is selected when it passed and
    the members present approved it by the round's threshold (Điều 17.1 TT 26/2014/TT-BCT). A member with a conflict
    of interest on an entry does not count in its vote.
    """
    session = Session.objects.select_for_update().get(pk=session_id)
    round = lock_round(session.round_id)
    require(round, Capability.SELECT)
    voting = voters(session)
    before = candidates(session.snapshot)
    _require_known(votes, before)
    rows = [_outcome(session, c, votes.get(c.entry.pk, Votes(0)), voting[c.entry.pk], round) for c in before]
    Selection.objects.bulk_create(rows)
    chosen = [row.entry.code for row in rows if row.outcome == Outcome.SELECTED]
    record(CouncilEvent.SELECTED, session, actor=actor, selected=chosen)
    session.closed_at = Now()  # type: ignore[assignment]
    session.save(update_fields=["closed_at"])
    advance(round.pk, "conclude", actor=actor)
    record(CouncilEvent.CONCLUDED, session, actor=actor, count=len(chosen), snapshot=session.snapshot.digest)
    return session


def _outcome(session: Session, candidate: Candidate, votes: Votes, voting: int, round: Round) -> Selection:
    if votes.approve + votes.against + votes.abstain > voting:
        raise DomainError(
            f"Số phiếu biểu quyết cho {candidate.entry.code} vượt quá số thành viên có mặt được biểu quyết ({voting}).",
            entry=candidate.entry.code,
        )
    approved = _approves(votes, voting, round)
    if approved and not candidate.passed:
        raise DomainError(
            f"{candidate.entry.code} chưa đạt điểm tối thiểu nên không thể được chọn (Điều 17.1).",
            entry=candidate.entry.code,
        )
    return Selection(
        session=session,
        entry=candidate.entry,
        outcome=_name_outcome(candidate, approved),
        votes_for=votes.approve,
        votes_against=votes.against,
        abstentions=votes.abstain,
    )


def _approves(votes: Votes, voting: int, round: Round) -> bool:
    """More than the round's threshold; exactly at it the chair's vote decides, where the round's rules say so."""
    needed = voting * Fraction(round.rules["council"]["approve_over"])
    if votes.approve == needed and round.rules.get("casting_vote", False):
        return votes.does_chair_approve
    return votes.approve > needed


def _name_outcome(candidate: Candidate, approved: bool) -> Outcome:
    if not candidate.passed:
        return Outcome.BELOW
    return Outcome.SELECTED if approved else Outcome.PASSED_NOT_SELECTED


def _require_known(votes: Mapping[UUID, Votes], before: list[Candidate]) -> None:
    if set(votes) - {c.entry.pk for c in before}:
        raise DomainError("Có phiếu biểu quyết cho hồ sơ không thuộc chương trình họp.")


def _require_quorum(round: Round, present: int, members: int) -> None:
    quorum = Fraction(round.rules["council"]["quorum"])
    if present < members * quorum:
        raise DomainError(f"Chưa đủ số thành viên để họp: có mặt {present}/{members}, cần ít nhất {quorum}.")
