"""What the minutes say: read from the session's log and list, tested without printing."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from apps.councils.events import CouncilEvent
from apps.councils.models import Attendance, Outcome, Selection, Session
from apps.councils.queries.room import approve_over, members_of, quorum_of
from apps.councils.queries.standing import candidates
from apps.councils.queries.telling import sentence_of
from apps.rounds.models import Appointment
from tieubieu.audit.models import Event
from tieubieu.documents.ink.minutes import Chosen, MinutesData
from tieubieu.ui.words import hour, moment, score

OPENING = timedelta(minutes=1)
ISSUER = "Hội đồng bình chọn sản phẩm công nghiệp nông thôn tiêu biểu"


def minutes_words(session: Session, *, superior: str) -> MinutesData:
    """The minutes of a closed session; the same session always gives the same words."""
    round = session.round
    totals = {one.entry.pk: one.total for one in candidates(session.snapshot)}
    kept = list(session.selections.select_related("entry__facility", "ballot").order_by("entry__group", "entry__code"))
    stays = list(session.attendances.select_related("member__person"))
    members = members_of(round)
    opened, closed = _local(session.opened_at), _local(session.closed_at or session.opened_at)
    return MinutesData(
        superior=superior,
        issuer=ISSUER,
        title=f"Họp Hội đồng bình chọn, {round.name}",
        dated=closed.date(),
        opened=moment(opened),
        closed=moment(closed),
        present=[_attendance(member, stays, session) for member in members if _was_there(member, stays)],
        absent=[_named(member) for member in members if not _was_there(member, stays)],
        chair=session.chair.person.full_name if session.chair else "",
        secretary=session.secretary.full_name if session.secretary else "",
        rules=_rules(session, len(members)),
        happened=_happened(session),
        chosen=[_chosen(one, totals) for one in kept if one.outcome == Outcome.SELECTED],
        not_chosen=[_chosen(one, totals) for one in kept if one.outcome == Outcome.PASSED_NOT_SELECTED],
        below=sum(1 for one in kept if one.outcome == Outcome.BELOW),
        structure=_structure(kept),
        digests=_digests(session),
        is_demo=round.is_demo,
    )


def _rules(session: Session, members: int) -> list[str]:
    round = session.round
    share, over = quorum_of(round), approve_over(round)
    casting = " Khi số phiếu tán thành vừa đúng tỷ lệ đó, ý kiến của chủ tọa quyết định." * round.rules["casting_vote"]
    return [
        "Hội đồng xem xét kết quả chấm điểm của Ban Giám khảo đã niêm phong; điểm bình quân từ mức tối thiểu trở lên là"
        " điều kiện cần, cơ cấu và số lượng do Hội đồng quyết định (khoản 1 Điều 17 Thông tư số 26/2014/TT-BCT).",
        f"Phiên họp hợp lệ khi có mặt ít nhất {share} trong {members} thành viên. Một nội dung được thông qua khi quá"
        f" {over} số thành viên được biểu quyết tán thành.{casting}",
        f"Cách biểu quyết: {session.get_way_display().lower()}.",
    ]


def _happened(session: Session) -> list[tuple[str, str]]:
    acts = session.log.select_related("item", "ballot", "member__person")
    told = [(hour(_local(act.happened_at)), sentence_of(act)) for act in acts]
    return [(at, what) for at, what in told if what]


def _was_there(member: Appointment, stays: list[Attendance]) -> bool:
    return any(stay.member_id == member.pk for stay in stays)


def _attendance(member: Appointment, stays: list[Attendance], session: Session) -> str:
    """A member's name and, when they came late or left early, from when to when they were there."""
    own = [stay for stay in stays if stay.member_id == member.pk]
    if len(own) == 1 and _is_whole(own[0], session):
        return _named(member)
    times = "; ".join(f"{hour(_local(s.arrived_at))} đến {hour(_local(s.left_at or s.arrived_at))}" for s in own)
    return f"{_named(member)} (có mặt từ {times})"


def _is_whole(stay: Attendance, session: Session) -> bool:
    """There from the opening, which takes a moment to write down, to the end."""
    ends = session.closed_at is None or stay.left_at is None or stay.left_at >= session.closed_at
    return ends and stay.arrived_at - session.opened_at < OPENING


def _named(member: Appointment) -> str:
    return f"{member.person.full_name}, {member.title}"


def _chosen(one: Selection, totals: dict[UUID, str | None]) -> Chosen:
    ballot, entry = one.ballot, one.entry
    total = totals.get(entry.pk)
    return Chosen(
        code=entry.code,
        name=entry.name,
        maker=entry.facility.name,
        group=entry.group,
        total=score(total) if total else "–",
        votes=f"{ballot.approve}/{ballot.entitled}" if ballot else "–",
        tier=one.tier,
        reason=one.reason,
    )


def _structure(kept: list[Selection]) -> list[str]:
    chosen = [one for one in kept if one.outcome == Outcome.SELECTED]
    groups = sorted({one.entry.group for one in chosen})
    by_group = [f"nhóm {group}: {sum(one.entry.group == group for one in chosen)}" for group in groups]
    tiers = sorted({one.tier for one in chosen if one.tier})
    return by_group + [f"{tier}: {sum(one.tier == tier for one in chosen)}" for tier in tiers]


def _digests(session: Session) -> list[tuple[str, str]]:
    """What the minutes rest on, and where the audit chain stood when the session closed."""
    last = Event.objects.filter(tag=CouncilEvent.CONCLUDED, subject_id=str(session.pk)).order_by("seq").last()
    chain = [(f"Nhật ký hệ thống, dòng {last.seq}", last.hash)] if last else []
    return [
        ("Mã băm kết quả chấm điểm", session.snapshot.digest),
        ("Mã băm phiên họp", session.digest),
        *chain,
    ]


def _local(when: datetime) -> datetime:
    return timezone.localtime(when)
