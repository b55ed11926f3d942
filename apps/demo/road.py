"""The road of one demo round, step by step. Each step starts from the round's phase and may be repeated.

The services are the ones people use; scoring, certificates and delivery are done by real workers, for which
the road waits.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.demo.casting import Play
from apps.demo.past import lay_into_its_year
from apps.demo.people import Company
from apps.demo.playing import choose, close_the_filing, fill_sheets, weigh_conflicts
from apps.dossiers.models import Entry
from apps.dossiers.services import accept_entry
from apps.dossiers.states import EntryState
from apps.judging.services import start_scoring
from apps.nominations.models import Packet
from apps.nominations.services import Letter, nominate
from apps.nominations.states import PacketState
from apps.recognition.models import Certificate
from apps.recognition.services import SignedDecision, issue_certificates, publish_results, record_decision
from apps.rounds.models import Body, Level, Post, Round
from apps.rounds.queries.schedule import evening_of
from apps.rounds.services import appoint, approve_plan, open_round, plan_round, set_window
from apps.rounds.states import Phase
from tieubieu.binding import PUBLIC, bound
from tieubieu.errors import DomainError
from tieubieu.outbox.models import OPEN, Message

PATIENCE_SECONDS = 300
POLL_SECONDS = 0.1
WINDOW_DAYS = {
    "announce": (0, 30),
    "filing": (0, 30),
    "supplement": (30, 45),
    "screening": (30, 50),
    "scoring": (50, 70),
    "council": (70, 80),
}


class NobodyWorks(DomainError):
    """The workers did not do in time what was asked of them."""


@dataclass
class Performance:
    """One province's play on its way; `seconds` holds what each step took in this run."""

    play: Play
    company: Company
    target: str
    round: Round
    seconds: dict[str, float] = field(default_factory=dict)


def perform(play: Play, company: Company, *, target: str) -> Performance:
    """Go the whole road from where the round stands; a finished round is left as it is."""
    performance = Performance(play, company, target, _planned(play, company))
    while step := STEPS.get(Phase(performance.round.phase)):
        started = time.monotonic()
        step(performance)
        performance.seconds[step.__name__.strip("_")] = round(time.monotonic() - started, 2)
        performance.round.refresh_from_db()
    return performance


def open_another(play: Play, company: Company) -> Round:
    """Plan and open a further round with the same people; one that was opened is left as it is."""
    performance = Performance(play, company, "", _planned(play, company))
    while performance.round.phase in (Phase.DRAFT, Phase.PLANNED):
        STEPS[Phase(performance.round.phase)](performance)
        performance.round.refresh_from_db()
    return performance.round


def settle() -> None:
    """Wait until everything that was asked for on the way is done, the nation's register included."""
    with bound(PUBLIC):
        _wait_for("các việc nền còn lại", lambda: not Message.objects.filter(OPEN).exists())


def _planned(play: Play, company: Company) -> Round:
    found = Round.objects.filter(code=play.round_code).first()
    return found or plan_round(
        code=play.round_code,
        level=Level.PROVINCE,
        year=play.year,
        ordinal=play.ordinal,
        name=play.round_name,
        area_code=play.province_code,
        actor=company.officer,
        is_demo=True,
    )


def _plan(performance: Performance) -> None:
    _appoint(performance)
    _set_windows(performance)
    play = performance.play
    approve_plan(
        performance.round.pk,
        plan_number=play.plan_number,
        plan_on=play.plan_on,
        choices={},
        actor=performance.company.officer,
    )


def _appoint(performance: Performance) -> None:
    taken = set(performance.round.appointments.values_list("person_id", "body"))
    for person, body, post, seat in _seats(performance.company):
        if (person.pk, body) not in taken:
            appoint(performance.round.pk, person, body=body, actor=performance.company.officer, post=post, seat=seat)


def _seats(company: Company) -> list[tuple[Any, Body, Post, int]]:
    council_posts = [Post.CHAIR, Post.DEPUTY, Post.SECRETARY]
    council = [
        (person, Body.COUNCIL, council_posts[seat] if seat < len(council_posts) else Post.MEMBER, seat + 1)
        for seat, person in enumerate(company.council)
    ]
    panel = [
        (person, Body.PANEL, Post.CHAIR if seat == 0 else Post.MEMBER, seat + 1)
        for seat, person in enumerate(company.judges)
    ]
    return council + panel


def _set_windows(performance: Performance) -> None:
    now, officer = timezone.now(), performance.company.officer
    today = timezone.localdate(now)
    for kind, (opens, closes) in WINDOW_DAYS.items():
        set_window(
            performance.round.pk,
            kind,
            opens_at=evening_of(today + timedelta(days=opens)) if opens else now,
            closes_at=evening_of(today + timedelta(days=closes)),
            officer=officer,
            actor=officer,
        )


def _open(performance: Performance) -> None:
    open_round(performance.round.pk, actor=performance.company.officer)


def _file(performance: Performance) -> None:
    close_the_filing(performance.round, performance.play, performance.company.officer)


def _screen(performance: Performance) -> None:
    for entry in performance.round.entries.filter(state=EntryState.SUBMITTED).order_by("submitted_at", "name"):
        accept_entry(entry.pk, actor=performance.company.officer)
    start_scoring(performance.round.pk, actor=performance.company.officer)


def _score(performance: Performance) -> None:
    weigh_conflicts(performance.round, performance.company.officer)
    fill_sheets(performance.round, performance.play, performance.company)


def _meet(performance: Performance) -> None:
    _wait_for(f"{performance.play.province}: tính kết quả", performance.round.snapshots.exists)
    choose(performance.round, performance.play, performance.company)


def decided_on(play: Play) -> date:
    return date(play.year, 11, 20)


def _decide(performance: Performance) -> None:
    play = performance.play
    paper = SignedDecision(
        number=f"{play.year % 100}{play.province_code}/QĐ-UBND (minh họa)",
        signed_on=decided_on(play),
        signer="Y Bhăm Niê (minh họa)",
        signer_title="KT. Chủ tịch\nPhó Chủ tịch",
        authority=f"Ủy ban nhân dân tỉnh {play.province_name}",
    )
    record_decision(performance.round.pk, paper, actor=performance.company.officer)


def _certify_and_nominate(performance: Performance) -> None:
    officer = performance.company.officer
    issue_certificates(performance.round.pk, actor=officer)
    unmade = Certificate.objects.filter(decision__round=performance.round, document_id=None)
    _wait_for(f"{performance.play.province}: lập giấy chứng nhận", lambda: not unmade.all().exists())
    if performance.play.nominated and not Packet.objects.filter(round=performance.round).exists():
        letter = Letter(f"{performance.play.year % 100}/UBND-CN (minh họa)", date(performance.play.year, 12, 1))
        nominate(
            performance.round.pk,
            _nominees(performance),
            target=performance.target,
            target_level=Level.REGION,
            letter=letter,
            actor=officer,
        )
    _wait_for("giao gói đề cử", lambda: not Packet.objects.exclude(state=PacketState.DELIVERED).exists())
    publish_results(performance.round.pk, actor=officer)
    lay_into_its_year(performance.round, performance.play, decided_on(performance.play))


def _nominees(performance: Performance) -> list[UUID]:
    names = {e.key: e.name for e in performance.play.entries} | {s.key: s.name for s in performance.play.sets}
    wanted = [names[key] for key in performance.play.nominated]
    found = Entry.objects.filter(round=performance.round, name__in=wanted, state=EntryState.ACCEPTED)
    return list(found.values_list("pk", flat=True))


def _wait_for(what: str, is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_done():
        if time.monotonic() > deadline:
            raise NobodyWorks(f"Quá {PATIENCE_SECONDS} giây vẫn chưa xong: {what}. Tiến trình nền có đang chạy không?")
        time.sleep(POLL_SECONDS)


STEPS: dict[Phase, Callable[[Performance], None]] = {
    Phase.DRAFT: _plan,
    Phase.PLANNED: _open,
    Phase.OPEN: _file,
    Phase.SCREENING: _screen,
    Phase.SCORING: _score,
    Phase.SCORED: _meet,
    Phase.COUNCIL: _meet,
    Phase.CONCLUDED: _decide,
    Phase.DECIDED: _certify_and_nominate,
}
