"""The whole record of a session as plain data: what its digest is over, so that anybody can compute it again."""

from typing import Any

from apps.councils.models import Session
from tieubieu.lib.canonical import digest


def record_of(session: Session) -> dict[str, Any]:
    """Everything that happened and was decided, in a stable order; six queries."""
    return {
        "round": session.round.code,
        "snapshot": session.snapshot.digest,
        "way": session.way,
        "chair": str(session.chair_id),
        "secretary": str(session.secretary_id),
        "acts": [_act(act) for act in session.log.order_by("seq")],
        "stays": [_stay(stay) for stay in session.attendances.order_by("arrived_at", "member_id")],
        "ballots": [
            _ballot(ballot) for ballot in session.ballots.order_by("number").prefetch_related("voters", "lines")
        ],
        "selections": [_selection(one) for one in session.selections.order_by("entry_id")],
    }


def digest_of(session: Session) -> str:
    """SHA-256 over the canonical JSON of the record."""
    return digest(record_of(session))


def is_intact(session: Session) -> bool:
    """Whether the record still is what was sealed."""
    return session.digest == digest_of(session)


def _act(act: Any) -> dict[str, Any]:
    return {
        "seq": act.seq, "at": act.happened_at.isoformat(), "kind": act.kind, "by": act.actor_name,
        "item": _key(act.item_id), "ballot": _key(act.ballot_id), "member": _key(act.member_id), "facts": act.facts,
    }  # fmt: skip


def _stay(stay: Any) -> dict[str, Any]:
    left = stay.left_at.isoformat() if stay.left_at else None
    return {"member": str(stay.member_id), "arrived": stay.arrived_at.isoformat(), "left": left}


def _ballot(ballot: Any) -> dict[str, Any]:
    counts = ("number", "state", "tier", "entitled", "approve", "against", "abstain", "is_adopted", "reason")
    voters = sorted(ballot.voters.all(), key=lambda voter: str(voter.member_id))
    return {name: getattr(ballot, name) for name in counts} | {
        "item": str(ballot.item_id),
        "does_chair_approve": ballot.does_chair_approve,
        "entries": [str(line.entry_id) for line in ballot.lines.all()],
        "votes": [{"member": str(voter.member_id), "choice": voter.choice} for voter in voters],
    }


def _selection(one: Any) -> dict[str, Any]:
    names = ("outcome", "tier", "votes_for", "votes_against", "abstentions", "reason")
    return {name: getattr(one, name) for name in names} | {"entry": str(one.entry_id), "ballot": _key(one.ballot_id)}


def _key(pk: object) -> str | None:
    return None if pk is None else str(pk)
