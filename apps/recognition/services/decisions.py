"""A decision comes back from outside; certificates are numbered here, made by workers, then published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.councils.models import Selection, Session
from apps.councils.queries import selected
from apps.recognition.events import RecognitionEvent
from apps.recognition.keys import ensure_key
from apps.recognition.models import Certificate, Decision, NumberBook
from apps.recognition.services.telling import TELL
from apps.rounds.models import Round
from apps.rounds.services import advance, lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.outbox.services import emit
from tieubieu.progress.services import open_again, start_job

MAKE = "documents.make_certificate"


@dataclass(frozen=True)
class SignedDecision:
    """What the paper that came back says; none of it is invented by the platform."""

    number: str
    signed_on: date
    signer: str
    signer_title: str
    authority: str


@transaction.atomic
def record_decision(round_id: UUID, paper: SignedDecision, *, actor: Person) -> Decision:
    """Record the recognition decision (Điều 17.2 TT 26/2014/TT-BCT) of a concluded round."""
    round = lock_round(round_id)
    require(round, Capability.DECIDE)
    session = round.sessions.select_related("snapshot").exclude(closed_at=None).latest("closed_at")
    if Decision.objects.filter(number=paper.number).exists():
        raise DomainError(f"Số quyết định {paper.number} đã được dùng cho kỳ khác.")
    decision = Decision.objects.create(
        round=round, snapshot_digest=session.snapshot.digest, **{k: getattr(paper, k) for k in paper.__annotations__}
    )
    record(RecognitionEvent.DECISION_RECORDED, decision, actor=actor, number=paper.number)
    advance(round_id, "decide", actor=actor)
    return decision


@transaction.atomic
def issue_certificates(round_id: UUID, *, actor: Person) -> UUID:
    """Number a certificate for every selected entry and ask the workers for the papers; returns the job's id.

    Numbers come gapless from the province's own book, in this transaction. Asking again issues only what is missing.
    """
    round = lock_round(round_id)
    require(round, Capability.CERTIFY)
    ensure_key(actor=actor)
    session = round.sessions.exclude(closed_at=None).latest("closed_at")
    made = _number(round.decision, _still_without(session), actor)
    job = start_job("certificates", round, [str(c.pk) for c in made], label="Lập giấy chứng nhận", actor=actor)
    record(RecognitionEvent.CERTIFICATES_ISSUED, round, actor=actor, numbers=[c.number for c in made])
    for certificate in made:
        emit(MAKE, certificate_id=str(certificate.pk), job_id=str(job.pk))
    return job.pk


@transaction.atomic
def make_again(round_id: UUID, *, job_id: UUID, actor: Person) -> int:
    """Ask the workers again for the certificates of a job that could not be made; returns how many were asked for."""
    round = lock_round(round_id)
    failed = open_again(job_id)
    if failed:
        for key in failed:
            emit(MAKE, certificate_id=key, job_id=str(job_id))
        record(RecognitionEvent.CERTIFICATES_ASKED_AGAIN, round, actor=actor, count=len(failed))
    return len(failed)


@transaction.atomic
def publish_results(round_id: UUID, *, actor: Person) -> Round:
    """Show the results to everyone, all at once; each facility is told its own (Điều 17.2 TT 26/2014/TT-BCT)."""
    round = advance(round_id, "publish", actor=actor)
    record(RecognitionEvent.PUBLISHED, round, actor=actor)
    emit(TELL, round_id=str(round.pk))
    return round


def last_valid_day(issued_on: date, validity: dict[str, object]) -> date:
    """31/12 of the n-th year; with `inclusive` the year of issue is the first (TT 14/2018/TT-BCT)."""
    years = int(str(validity["years"]))
    return date(issued_on.year + years - (1 if validity["inclusive"] else 0), 12, 31)


def _still_without(session: Session) -> list[Selection]:
    living = set(Certificate.objects.filter(decision__round=session.round_id).values_list("entry_id", flat=True))
    return [s for s in selected(session) if s.entry_id not in living]


def _number(decision: Decision, selections: Sequence[Selection], actor: Person) -> list[Certificate]:
    round = decision.round
    book = _locked_book(f"GCN-{round.level}", decision.signed_on.year)
    rows = [_certificate(decision, s, book.last + place) for place, s in enumerate(selections, 1)]
    book.last += len(rows)
    book.save(update_fields=["last"])
    return Certificate.objects.bulk_create(rows)


def _certificate(decision: Decision, selection: Selection, number: int) -> Certificate:
    round, entry = decision.round, selection.entry
    return Certificate(
        decision=decision,
        entry=entry,
        facility=entry.facility,
        number=f"{number:02d}/{decision.signed_on.year}/GCN-{round.code.split('-')[0]}",
        level=round.level,
        year=decision.signed_on.year,
        product_name=entry.name,
        holder_name=entry.facility.name,
        holder_address=entry.facility.address,
        group=entry.group,
        issued_on=decision.signed_on,
        valid_until=last_valid_day(decision.signed_on, round.rules["validity"]),
        is_demo=entry.is_demo,
    )


def _locked_book(series: str, year: int) -> NumberBook:
    NumberBook.objects.bulk_create([NumberBook(series=series, year=year)], ignore_conflicts=True)
    return NumberBook.objects.select_for_update(no_key=True).get(series=series, year=year)
