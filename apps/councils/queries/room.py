"""Who is in the room, and whether that is enough."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from apps.councils.counting import fewest_present, has_quorum
from apps.councils.models import Session
from apps.rounds.models import Appointment, Body, Post, Round

PRESIDING = (Post.CHAIR, Post.DEPUTY)


@dataclass(frozen=True)
class Room:
    """The council's members by seat, and which of them are there now."""

    members: tuple[Appointment, ...]
    present: frozenset[UUID]
    quorum: Fraction

    @property
    def fewest(self) -> int:
        return fewest_present(len(self.members), self.quorum)

    @property
    def has_quorum(self) -> bool:
        return has_quorum(len(self.present), len(self.members), self.quorum)

    @property
    def attending(self) -> list[Appointment]:
        return [member for member in self.members if member.pk in self.present]

    @property
    def presiding(self) -> Appointment | None:
        """Who presides unless somebody is named: the chair, or else a deputy, when they are there."""
        ready = [m for post in PRESIDING for m in self.attending if m.post == post]
        return ready[0] if ready else None

    @property
    def words(self) -> str:
        return f"có mặt {len(self.present)}/{len(self.members)}, cần ít nhất {self.fewest}"


def members_of(round: Round) -> list[Appointment]:
    """The seats of the council in their order."""
    return list(round.appointments.filter(body=Body.COUNCIL).select_related("person").order_by("seat", "id"))


def room_of(session: Session) -> Room:
    """The room as it stands now; two queries."""
    members = tuple(members_of(session.round))
    present = frozenset(session.attendances.filter(left_at=None).values_list("member_id", flat=True))
    return Room(members, present & {member.pk for member in members}, quorum_of(session.round))


def quorum_of(round: Round) -> Fraction:
    return Fraction(round.rules["council"]["quorum"])


def approve_over(round: Round) -> Fraction:
    return Fraction(round.rules["council"]["approve_over"])
