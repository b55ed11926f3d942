"""The session closes, and with it everything in it is sealed."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.councils.events import CouncilEvent
from apps.councils.models import Item, ItemKind, Outcome, Selection, Session
from apps.councils.queries import Candidate, Decision, candidates, decisions, hidden_entries, room_of
from apps.councils.queries.decisions import quota_exceeded
from apps.councils.queries.record import digest_of
from apps.councils.services.agenda import leave_out
from apps.councils.services.holding import given, happen, hold_session, require_vote_possible
from apps.councils.services.minutes import ask_for_minutes
from apps.councils.services.voting import Votes, close_ballot, open_ballot
from apps.councils.states import BallotState
from apps.rounds.services import advance
from tieubieu.errors import DomainError, NotAllowed, WrongState

NOT_PUT_TO_VOTE = "Hội đồng không đưa vào danh sách đề nghị công nhận của kỳ này."


@transaction.atomic
def close_session(session_id: UUID, *, actor: Person, seen: int | None = None) -> Session:
    """Decide every entry's outcome from what was voted, close the session and seal it with a digest over its record.

    Passing (mean of at least the pass mark) is necessary, not sufficient: an entry is selected when it passed and the
    members approved it (Điều 17.1 TT 26/2014/TT-BCT). Refused while a vote runs, without quorum or chair, and while
    a passed entry has neither a vote nor a reason.
    """
    session = hold_session(session_id, seen=seen, is_last=True)
    require_vote_possible(session, room_of(session))
    if session.ballots.filter(state=BallotState.OPEN).exists():
        raise WrongState("Còn một biểu quyết chưa kết thúc; xin kiểm phiếu hoặc hủy biểu quyết đó rồi bế mạc.")
    if hidden_entries(session.round, actor):
        raise NotAllowed("Phiên họp có nội dung mà thành viên không được tham gia; xin để người khác ghi bế mạc.")
    before, found = candidates(session.snapshot), decisions(session)
    _require_everything_decided(before, found)
    rows = [_selection(session, one, found.get(one.entry.pk, Decision())) for one in before]
    _require_within_quota(session, rows)
    Selection.objects.bulk_create(rows)
    chosen = [row.entry.code for row in rows if row.outcome == Outcome.SELECTED]
    happen(CouncilEvent.SELECTED, session, actor=actor, selected=chosen)
    happen(CouncilEvent.CONCLUDED, session, actor=actor, count=len(chosen), snapshot=session.snapshot.digest)
    session.closed_at = Now()  # type: ignore[assignment]
    session.save(update_fields=["closed_at"])
    session.attendances.filter(left_at=None).update(left_at=Now())
    session.digest = digest_of(session)
    session.save(update_fields=["digest"])
    advance(session.round_id, "conclude", actor=actor)
    ask_for_minutes(session, actor)
    return session


@transaction.atomic
def conclude_session(session_id: UUID, votes: Mapping[UUID, Votes], *, actor: Person) -> Session:
    """Hold all votes as they were counted by hand elsewhere, leave the rest out, and close: the session in one go.

    Entries of one group with the same counts are one block vote. Raises as the single steps do.
    """
    session = hold_session(session_id, is_last=True)
    before = {one.entry.pk: one for one in candidates(session.snapshot)}
    if set(votes) - set(before):
        raise DomainError("Có phiếu biểu quyết cho hồ sơ không thuộc chương trình họp.")
    items = {item.group: item for item in session.items.filter(kind=ItemKind.GROUP)}
    blocks: dict[tuple[str, Votes], list[UUID]] = defaultdict(list)
    for pk, counted in votes.items():
        blocks[before[pk].entry.group, counted].append(pk)
    for (group, counted), entries in blocks.items():
        _hold_block(session, items[group], entries, counted, actor)
    rest = [pk for pk, one in before.items() if one.passed and pk not in votes]
    if rest:
        leave_out(session_id, rest, reason=NOT_PUT_TO_VOTE, actor=actor)
    return close_session(session_id, actor=actor)


def _hold_block(session: Session, item: Item, entries: list[UUID], counted: Votes, actor: Person) -> None:
    ballot = open_ballot(session.pk, item.pk, entries, actor=actor)
    close_ballot(ballot.pk, hands=counted, actor=actor)


def _require_everything_decided(before: list[Candidate], found: Mapping[UUID, Decision]) -> None:
    missing = [one.entry.code for one in before if one.passed and one.entry.pk not in found]
    if missing:
        raise DomainError(
            f"Còn {len(missing)} sản phẩm đạt điểm chưa biểu quyết và chưa ghi lý do không chọn: {', '.join(missing)}.",
            entries=missing,
        )


def _require_within_quota(session: Session, rows: list[Selection]) -> None:
    chosen = Counter(row.entry.group for row in rows if row.outcome == Outcome.SELECTED)
    too_many = quota_exceeded(session.round, Counter(), chosen)
    if too_many:
        raise DomainError(too_many)


def _selection(session: Session, candidate: Candidate, decision: Decision) -> Selection:
    if decision.is_selected and not candidate.passed:
        raise DomainError(f"{candidate.entry.code} chưa đạt điểm tối thiểu nên không thể được chọn (Điều 17.1).")
    ballot = decision.ballot
    outcome = Outcome.SELECTED if decision.is_selected else Outcome.PASSED_NOT_SELECTED
    return Selection(
        session=session,
        entry=candidate.entry,
        ballot=ballot,
        outcome=outcome if candidate.passed else Outcome.BELOW,
        tier=ballot.tier if ballot and decision.is_selected else "",
        votes_for=ballot.approve if ballot else 0,
        votes_against=ballot.against if ballot else 0,
        abstentions=ballot.abstain if ballot else 0,
        reason="" if decision.is_selected or not candidate.passed else given(decision.why_not, "Thiếu lý do."),
    )
