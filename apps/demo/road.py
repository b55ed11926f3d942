"""The road of one demo round, step by step. Each step starts from the round's phase and may be repeated.

The services are the ones people use; scoring, certificates and delivery are done by real workers, for which
the road waits.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from apps.accounts.models import Person
from apps.councils.queries import Candidate, candidates
from apps.councils.services import Votes, conclude_session, convene
from apps.demo.casting import Play
from apps.demo.people import Company
from apps.dossiers.models import Entry
from apps.dossiers.services import accept_entry, draft_entry, merge_entries, submit_entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.facilities.services import add_product, register_facility
from apps.judging.models import Sheet
from apps.judging.queries import latest_snapshot
from apps.judging.services import close_scoring, lock_sheet, mark_absent, recuse, save_marks, start_scoring
from apps.judging.states import SheetState
from apps.nominations.models import Packet
from apps.nominations.services import Letter, nominate
from apps.nominations.states import PacketState
from apps.recognition.models import Certificate
from apps.recognition.services import SignedDecision, issue_certificates, publish_results, record_decision
from apps.rounds.models import Body, Level, Post, Round
from apps.rounds.services import advance, appoint, approve_plan, open_round, plan_round, set_window
from apps.rounds.states import Phase
from tieubieu.errors import DomainError

PATIENCE_SECONDS = 300
POLL_SECONDS = 0.1


class NobodyWorks(DomainError):
    """The workers did not do what was asked in time."""


@dataclass
class Performance:
    """One province's play on its way; `seconds` holds what each step took in this run."""

    play: Play
    company: Company
    target: str
    round: Round
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def officer(self) -> Person:
        return self.company.officer


def perform(play: Play, company: Company, *, target: str) -> Performance:
    """Go the whole road from where the round stands; a finished round is left as it is."""
    performance = Performance(play, company, target, _planned(play, company))
    while step := STEPS.get(Phase(performance.round.phase)):
        started = time.monotonic()
        step(performance)
        performance.seconds[step.__name__.strip("_")] = round(time.monotonic() - started, 2)
        before = performance.round.phase
        performance.round.refresh_from_db()
        if performance.round.phase == before:
            break
    return performance


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


def _prepare(performance: Performance) -> None:
    """Appoint council and panel, set the windows, approve the plan."""
    round, officer = performance.round, performance.officer
    taken = set(round.appointments.values_list("person_id", "body"))
    posts = [Post.CHAIR, Post.DEPUTY, Post.SECRETARY]
    for body, people in ((Body.COUNCIL, performance.company.council), (Body.PANEL, performance.company.judges)):
        for seat, person in enumerate(people, 1):
            if (person.pk, body) not in taken:
                post = posts[seat - 1] if seat <= (3 if body == Body.COUNCIL else 1) else Post.MEMBER
                appoint(round.pk, person, body=body, actor=officer, post=post, seat=seat)
    _set_windows(performance)
    approve_plan(
        round.pk, plan_number=performance.play.plan_number, plan_on=performance.play.plan_on, choices={}, actor=officer
    )


def _set_windows(performance: Performance) -> None:
    opens = timezone.now()
    for kind, days in (("filing", 30), ("screening", 20), ("scoring", 20), ("council", 10)):
        closes = opens + timedelta(days=days)
        set_window(
            performance.round.pk,
            kind,
            opens_at=opens,
            closes_at=closes,
            responsible=performance.officer.full_name,
            actor=performance.officer,
        )
        opens = closes


def _open(performance: Performance) -> None:
    open_round(performance.round.pk, actor=performance.officer)


def _file(performance: Performance) -> None:
    """Register the facilities and file every entry that is not filed yet, then close the filing."""
    facilities = {f.tax_code: _facility(f, performance) for f in performance.play.facilities}
    filed = set(performance.round.entries.exclude(state=EntryState.DRAFT).values_list("facility_id", "name"))
    for wanted in performance.play.entries:
        facility = facilities[wanted.tax_code]
        if (facility.pk, wanted.name) not in filed:
            _file_one(performance, facility, wanted)
    advance(performance.round.pk, "close_filing", actor=performance.officer)


def _facility(wanted: "object", performance: Performance) -> Facility:
    found = Facility.objects.filter(tax_code=wanted.tax_code).first()  # type: ignore[attr-defined]
    return found or register_facility(
        actor=performance.officer,
        province_code=performance.play.province_code,
        is_demo=True,
        **wanted.as_fields(),  # type: ignore[attr-defined]
    )
