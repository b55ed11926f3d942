"""Who follows a council session, who runs it, who votes, and who reads its minutes."""

import rules

from apps.accounts.access import AUTHORITY, Hat, allow, wears
from apps.accounts.models import Person
from apps.councils.models import Session, Voter
from apps.councils.recusals import hidden_entries
from apps.councils.states import BallotState
from apps.rounds.models import Round

RUNNERS = (Hat.OFFICER, Hat.COMMUNE_OFFICER, Hat.CHAIR, Hat.SECRETARY)


@rules.predicate
def presides_or_keeps_the_minutes(person: Person, round: Round | None = None) -> bool:
    """Whoever runs rounds, the chair and secretary of the council, and those of the session that is open."""
    if round is None:
        return False
    if wears(person, round, *RUNNERS):
        return True
    session = Session.objects.filter(round=round, closed_at=None).select_related("chair").first()
    if session is None:
        return False
    return person.pk == session.secretary_id or (session.chair is not None and session.chair.person_id == person.pk)


@rules.predicate
def is_entitled(person: Person, round: Round | None = None) -> bool:
    return Voter.objects.filter(
        ballot__session__round=round, ballot__state=BallotState.OPEN, member__person=person
    ).exists()


@rules.predicate
def is_kept_out_of_nothing(person: Person, round: Round | None = None) -> bool:
    return round is not None and not hidden_entries(round, person)


allow("councils.session.see", "Theo dõi phiên họp Hội đồng", *AUTHORITY, Hat.COMMUNE_OFFICER, Hat.COUNCIL_MEMBER)
allow(
    "councils.session.run",
    "Khai mạc, ghi và bế mạc phiên họp Hội đồng",
    Hat.OFFICER,
    Hat.COMMUNE_OFFICER,
    Hat.COUNCIL_MEMBER,
    when=presides_or_keeps_the_minutes,
    condition="thành viên Hội đồng: chỉ Chủ tịch, Thư ký, chủ tọa và thư ký của phiên họp",
)
allow(
    "councils.vote.cast",
    "Bỏ phiếu trong phiên họp Hội đồng",
    Hat.COUNCIL_MEMBER,
    when=is_entitled,
    condition="có mặt khi mở biểu quyết và không có xung đột lợi ích về nội dung đó",
)
allow(
    "councils.minutes.see",
    "Đọc biên bản họp Hội đồng",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.COUNCIL_MEMBER,
    when=is_kept_out_of_nothing,
    condition="không có nội dung mà người đọc không được tham gia",
)
