"""The hands that do to the platform what was done to the model, by the services that people use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch
from uuid import UUID

import stage
from stage import PAPER, PLAN_ON, Stage

from apps.councils.models import Ballot, ItemKind, Outcome, Session
from apps.councils.services import (
    Votes,
    annul_ballot,
    arrive,
    close_ballot,
    close_session,
    convene,
    depart,
    leave_out,
    open_ballot,
)
from apps.dossiers.models import Entry
from apps.dossiers.services import accept_entry, draft_entry, refuse_entry, reopen_entry, withdraw_entry
from apps.facilities.models import Product
from apps.facilities.services import add_product
from apps.judging.models import Sheet
from apps.judging.queries.assigning import plan_for
from apps.judging.services import (
    balance_missing,
    close_scoring,
    compute_snapshot,
    lock_sheet,
    mark_absent,
    recuse,
    reopen_sheet,
    save_marks,
    start_scoring,
)
from apps.recognition.models import Certificate, Complaint, Review, Verdict
from apps.recognition.queries.complaints import counted_sheets
from apps.recognition.services import (
    Answer,
    Claim,
    answer_complaint,
    assign_reviews,
    compute_anew,
    compute_revision,
    file_complaint,
    issue_certificates,
    lock_review,
    publish_results,
    receive_complaint,
    record_decision,
    save_review,
    withdraw_complaint,
)
from apps.recognition.states import ReviewState
from apps.rounds.models import Appointment, Body, Handing, Round
from apps.rounds.services import (
    Grounds,
    advance,
    approve_plan,
    choose_handing,
    open_round,
    reopen_filing,
    revise_plan,
)
from tieubieu.errors import WrongState
from tieubieu.moments import transaction_time

from . import standing

NOWHERE = UUID(int=0)
WHY = "Thử lý do"
AFTER = ("decided", "published")
GROUNDS = Grounds(reason=WHY, document_number="15/TB-SCT", document_on=date(2026, 3, 20))
MARKS = {
    80: {"C1": "32", "C2": "32", "C3": "8", "C4": "8"},
    70: {"C1": "28", "C2": "28", "C3": "7", "C4": "7"},
    69: {"C1": "28", "C2": "28", "C3": "7", "C4": "6"},
}


@dataclass
class Hands:
    """A planned round with its people, and three products of three makers that may take part."""

    stage: Stage
    products: list[Product]
    council: list[Appointment]
    entries: list[UUID] = field(default_factory=list)
    votes: list[UUID] = field(default_factory=list)
    complaints: list[UUID] = field(default_factory=list)
    answers: int = 0

    @property
    def officer(self) -> Any:
        return self.stage.officer

    def do(self, step: str, *of: int) -> None:
        hand: Callable[..., object] = getattr(self, step)
        hand(*of)

    def entry(self, at: int) -> UUID:
        return self.entries[at] if at < len(self.entries) else NOWHERE

    def sheet(self, at: int, judge: int) -> Sheet:
        return Sheet.objects.select_related("judge__person").get(entry=self.entry(at), judge__seat=judge)

    @property
    def session(self) -> Session:
        return Session.objects.filter(round=self.stage.round).latest("opened_at")

    def approve_plan(self) -> None:
        approve_plan(self.stage.round.pk, plan_number="12/KH-UBND", plan_on=PLAN_ON, choices={}, actor=self.officer)

    def revise_plan(self) -> None:
        revise_plan(self.stage.round.pk, reason=WHY, actor=self.officer)

    def open_round(self) -> None:
        open_round(self.stage.round.pk, actor=self.officer)

    def file(self, at: int) -> None:
        if at != len(self.entries):
            raise WrongState("Một sản phẩm chỉ dự một lần.")
        product = self.products[at]
        # Who is dealt what follows from the entries' keys: with keys by chance a road could not be taken twice.
        with patch.object(Entry._meta.pk, "_get_default", lambda: UUID(int=at + 1)):
            entry = draft_entry(self.stage.round.pk, products=[product], name=product.name, actor=self.officer)
        stage.send(entry, actor=self.officer)
        self.entries.append(entry.pk)

    def withdraw(self, at: int) -> None:
        withdraw_entry(self.entry(at), actor=self.officer)

    def accept(self, at: int) -> None:
        accept_entry(self.entry(at), actor=self.officer)

    def refuse(self, at: int) -> None:
        refuse_entry(self.entry(at), reason=WHY, actor=self.officer)

    def reopen(self, at: int) -> None:
        reopen_entry(self.entry(at), reason=WHY, actor=self.officer)

    def close_filing(self) -> None:
        advance(self.stage.round.pk, "close_filing", actor=self.officer)

    def reopen_filing(self) -> None:
        closes_at = transaction_time() + timedelta(days=20)
        reopen_filing(self.stage.round.pk, closes_at=closes_at, grounds=GROUNDS, actor=self.officer)

    def hand_out_by(self, each: int) -> None:
        handing = Handing.BALANCED if each else Handing.WHOLE
        choose_handing(
            self.stage.round.pk, handing=handing, judges_per_entry=each or None, by_expertise=False, actor=self.officer
        )

    @property
    def plan(self) -> str:
        """The proposal as it was looked at; nothing where the whole panel scores."""
        round = self.stage.refreshed()
        return plan_for(round).digest if round.is_balanced else ""

    def start_scoring(self) -> None:
        start_scoring(self.stage.round.pk, seen=self.plan, actor=self.officer)

    def balance(self) -> None:
        balance_missing(self.stage.round.pk, seen=self.plan, actor=self.officer)

    def dealt(self) -> dict[int, set[int]]:
        """The seats that were given each entry."""
        found: dict[int, set[int]] = {}
        sheets = Sheet.objects.filter(entry__round=self.stage.round).values_list("entry_id", "judge__seat")
        for entry, seat in sheets:
            found.setdefault(self.entries.index(entry), set()).add(seat)
        return found

    def mark(self, at: int, judge: int, level: int = standing.LEVELS[0]) -> None:
        sheet = self.sheet(at, judge)
        marks = {code: Decimal(value) for code, value in MARKS[level].items()}
        save_marks(sheet.pk, marks, remark="", actor=sheet.judge.person)

    def lock(self, at: int, judge: int) -> None:
        sheet = self.sheet(at, judge)
        lock_sheet(sheet.pk, actor=sheet.judge.person)

    def score(self, at: int, judge: int, level: int) -> None:
        self.mark(at, judge, level)
        self.lock(at, judge)

    def unlock(self, at: int, judge: int) -> None:
        reopen_sheet(self.sheet(at, judge).pk, reason=WHY, actor=self.officer)

    def absent(self, at: int, judge: int) -> None:
        mark_absent(self.sheet(at, judge).pk, reason=WHY, actor=self.officer)

    def recuse(self, at: int, judge: int) -> None:
        recuse(self.sheet(at, judge).pk, reason=WHY, actor=self.officer)

    def close_scoring(self) -> None:
        job = close_scoring(self.stage.round.pk, actor=self.officer)
        for _ in range(2):  # a worker may be asked twice
            compute_snapshot(self.stage.round.pk, job_id=job)

    def convene(self, present: int) -> None:
        convene(self.stage.round.pk, present=[m.pk for m in self.council[:present]], actor=self.officer)

    def arrive(self, seat: int) -> None:
        arrive(self.session.pk, self.council[seat - 1].pk, actor=self.officer)

    def depart(self, seat: int) -> None:
        depart(self.session.pk, self.council[seat - 1].pk, actor=self.officer)

    def open_vote(self, at: int) -> None:
        session = self.session
        item = session.items.get(kind=ItemKind.GROUP)
        self.votes.append(open_ballot(session.pk, item.pk, [self.entry(at)], actor=self.officer).pk)

    def close_vote(self, approve: int) -> None:
        close_ballot(self.vote(-1), hands=Votes(approve), actor=self.officer)

    def annul_vote(self, number: int) -> None:
        annul_ballot(self.vote(number), reason=WHY, actor=self.officer)

    def vote(self, number: int) -> UUID:
        return self.votes[number] if -len(self.votes) <= number < len(self.votes) else NOWHERE

    def leave_out(self, at: int) -> None:
        leave_out(self.session.pk, [self.entry(at)], reason=WHY, actor=self.officer)

    def conclude(self) -> None:
        close_session(self.session.pk, actor=self.officer)

    def decide(self) -> None:
        record_decision(self.stage.round.pk, PAPER, actor=self.officer)

    def certify(self) -> None:
        issue_certificates(self.stage.round.pk, actor=self.officer)

    def publish(self) -> None:
        publish_results(self.stage.round.pk, actor=self.officer)

    def complain(self, at: int) -> None:
        claim = Claim(WHY, ["C1"])
        self.complaints.append(file_complaint(self.entry(at), claim, actor=self.officer).pk)

    def complaint(self, number: int) -> UUID:
        return self.complaints[number] if number < len(self.complaints) else NOWHERE

    def receive(self, number: int) -> None:
        receive_complaint(self.stage.refreshed(), self.complaint(number), actor=self.officer)

    def rescore(self, number: int) -> None:
        complaint = Complaint.objects.select_related("entry__round").get(pk=self.complaint(number))
        chosen = {sheet.pk: sheet.judge_id for sheet in counted_sheets(complaint.entry)}
        assign_reviews(self.stage.refreshed(), complaint.pk, chosen, actor=self.officer)
        compute_revision(complaint.pk)

    def review(self, number: int, mark: int) -> None:
        waiting = Review.objects.filter(complaint=self.complaint(number), state=ReviewState.DRAFT)
        reviews = list(waiting.select_related("member__person"))
        if not reviews:
            raise WrongState("Không có phiếu chấm lại nào chờ chấm.")
        for review in reviews:
            member = review.member.person
            save_review(review.pk, {"C1": Decimal(mark)}, remark="", actor=member)
            lock_review(review.pk, actor=member)
        for _ in range(2):  # a worker may be asked twice
            compute_revision(self.complaint(number))

    def compute_anew(self, number: int) -> None:
        compute_anew(self.stage.refreshed(), self.complaint(number), actor=self.officer)
        compute_revision(self.complaint(number))

    def answer(self, number: int, is_granted: int) -> None:
        said = Answer(Verdict.UPHELD if is_granted else Verdict.REJECTED, WHY)
        made = answer_complaint(self.stage.refreshed(), self.complaint(number), said, actor=self.officer)
        self.answers += 1  # a life is one transaction, whose clock stands still: which answer came last is said here
        answered_at = transaction_time() + timedelta(seconds=self.answers)
        Complaint.objects.filter(pk=made.pk).update(answered_at=answered_at)

    def take_back(self, number: int) -> None:
        withdraw_complaint(self.complaint(number), actor=self.officer)


def raised() -> Hands:
    """Call inside a bound tenant: the plan is a draft, everybody is appointed, every window is set."""
    made = stage.planned()
    revise_plan(made.round.pk, reason=WHY, actor=made.officer)
    makers = [stage.facility(number, actor=made.officer) for number in range(standing.ENTRIES)]
    products = [add_product(maker, name=f"Sản phẩm {n}", group="2") for n, maker in enumerate(makers)]
    council = made.round.appointments.filter(body=Body.COUNCIL).order_by("seat").select_related("person")
    return Hands(made, products, list(council))


def seen(hands: Hands) -> dict[str, Any]:
    """What stands in the database, in the words of the model."""
    round = hands.stage.refreshed()
    entries = {entry.pk: entry.state for entry in Entry.objects.filter(round=round)}
    sheets = Sheet.objects.filter(entry__round=round).values_list("entry_id", "judge__seat", "state")
    return {
        "phase": round.phase,
        "entries": [entries.pop(pk) for pk in hands.entries] + list(entries.values()),
        "sheets": {(hands.entries.index(entry), seat): state for entry, seat, state in sheets},
        **_seen_session(hands, round),
        **_seen_after(hands, round),
    }


def _seen_session(hands: Hands, round: Round) -> dict[str, Any]:
    session = round.sessions.order_by("opened_at").last()
    if session is None:
        return {"present": set(), "votes": [], "selected": set()}
    present = session.attendances.filter(left_at=None).values_list("member__seat", flat=True)
    votes = Ballot.objects.filter(session=session).order_by("number").values_list("state", "is_adopted")
    chosen = session.selections.filter(outcome=Outcome.SELECTED).values_list("entry_id", flat=True)
    return {
        "present": set(present),
        "votes": [(state, bool(is_adopted)) for state, is_adopted in votes],
        "selected": {hands.entries.index(entry) for entry in chosen},
    }


def _seen_after(hands: Hands, round: Round) -> dict[str, Any]:
    """What comes of the decision; before it the database has no row to hang them on."""
    if round.phase not in AFTER:
        return {"certified": set(), "complaints": [], "results": []}
    certified = Certificate.objects.filter(decision__round=round).values_list("entry_id", flat=True)
    found = Complaint.objects.filter(entry__round=round)
    complaints = {pk: of for pk, *of in found.values_list("pk", "state", "base__number", "revised__number")}
    results = round.snapshots.order_by("number").values_list("number", "cites__number")
    return {
        "certified": {hands.entries.index(entry) for entry in certified},
        "complaints": [complaints[pk] for pk in hands.complaints],
        "results": list(results),
    }


def expected(life: standing.Life) -> dict[str, Any]:
    """The same of the model."""
    results = [(at, _numbered(result.cites)) for at, result in enumerate(life.results, 1)]
    sheets = [(at, judge, sheet) for at, entry in enumerate(life.entries) for judge, sheet in entry.sheets.items()]
    return {
        "phase": life.phase,
        "entries": [entry.state for entry in life.entries],
        "sheets": {(at, judge): sheet.state for at, judge, sheet in sheets},
        "certified": life.certified,
        "complaints": [[one.state, _numbered(one.base), _numbered(one.revised)] for one in life.complaints],
        "results": results if life.phase in AFTER else [],
        "present": life.council.present,
        "votes": [(vote.state, vote.is_adopted) for vote in life.council.votes],
        "selected": life.selected,
    }


def _numbered(result: int | None) -> int | None:
    """The platform numbers results from one."""
    return None if result is None else result + 1
