"""Filing: a complete dossier, in time by the database's clock, with a receipt that can be read out."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent
from apps.dossiers.fieldbook import Form
from apps.dossiers.models import Confirmation, Dossier, Entry, Filing
from apps.dossiers.queries.answers import boxes_of
from apps.dossiers.queries.content import content_of
from apps.dossiers.queries.missing import Missing, missing_of
from apps.dossiers.services.drafting import is_helper, place_of
from apps.dossiers.services.entries import lock_to_file
from apps.dossiers.services.printing import MAKE_RECEIPT
from apps.dossiers.services.supplements import answer_supplement
from apps.dossiers.services.telling import tell_confirmed, tell_filed
from apps.dossiers.states import MOVES
from apps.rounds.models import WindowKind
from apps.rounds.services import require, require_window
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.lib.canonical import digest
from tieubieu.moments import transaction_time
from tieubieu.moves import move
from tieubieu.outbox.services import emit

# Without signs that look or sound alike: 30 signs, so twelve of them are 58 bits that nobody guesses.
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, SIGNS = 3, 4


class NotComplete(DomainError):
    """Something required is not there; `missing` says what, so that a page can lead to each."""

    code = "not_complete"

    def __init__(self, missing: Sequence[Missing]) -> None:
        names = "; ".join(one.label for one in missing)
        is_faulty = any(one.fault for one in missing)
        count = f"{len(missing)} mục thiếu hoặc chưa đúng" if is_faulty else f"thiếu {len(missing)} mục"
        super().__init__(f"Hồ sơ còn {count}: {names}.", missing=[one.code for one in missing])
        self.missing = missing


@transaction.atomic
def submit_entry(entry_id: UUID, *, is_declared: bool, actor: Person) -> Entry:
    """File the dossier. Filing twice (the browser's back button) gives the first filing again, not a second one.

    Raises `WrongState` outside the filing window, which the database's clock decides at the begin of the transaction,
    `NotComplete` with everything that is missing, `DomainError` without the declaration.
    """
    entry, round = lock_to_file(entry_id)
    if entry.filings.filter(number=1).exists():
        return entry
    move(entry, "submit", MOVES, field="state")
    require(round, Capability.FILE)
    filed_at = require_window(round, WindowKind.FILING)
    _require_ready(entry, is_declared)
    entry.submitted_at = filed_at
    _fix_lower_certificate(entry)
    entry.save(update_fields=["state", "submitted_at", "lower_certificate"])
    filing = _file(entry, 1, filed_at, actor)
    _close(EntryEvent.SUBMITTED, entry, filing, actor)
    return entry


@transaction.atomic
def file_again(entry_id: UUID, *, number: int, is_declared: bool, actor: Person) -> Entry:
    """File the dossier after a supplement: what was held joins the rest in one step, and the request is answered.

    `number` is the filing that the page offered; when it is there already it was sent twice. No window is asked: a
    dossier under correction is not trapped by a closing date. Raises as `submit_entry` does.
    """
    entry, _ = lock_to_file(entry_id)
    if entry.filings.filter(number=number).exists():
        return entry
    move(entry, "file_again", MOVES, field="state")
    _require_ready(entry, is_declared)
    _join_held(entry)
    _fix_lower_certificate(entry)
    entry.save(update_fields=["state", "lower_certificate"])
    answer_supplement(entry)
    filing = _file(entry, entry.filings.count() + 1, transaction_time(), actor)
    _close(EntryEvent.FILED_AGAIN, entry, filing, actor)
    return entry


@transaction.atomic
def confirm_filing(filing_id: UUID, *, through: Confirmation, actor: Person | None) -> Filing:
    """The owner says that what an official filed for the facility is theirs; once is enough."""
    filing = Filing.objects.select_for_update(no_key=True, of=("self",)).select_related("entry").get(pk=filing_id)
    if not filing.is_assisted or filing.owner_confirmed_at is not None:
        return filing
    filing.owner_confirmed_at = Now()  # type: ignore[assignment]
    filing.confirmed_through = through
    filing.save(update_fields=["owner_confirmed_at", "confirmed_through"])
    filing.refresh_from_db()
    record(EntryEvent.OWNER_CONFIRMED, filing.entry, actor=actor, filing=filing.number, through=through)
    tell_confirmed(filing)
    return filing


def new_receipt_code() -> str:
    """`BN-7K3M-9QXT-4DWP`: short enough to read out on the telephone, too long to guess."""
    groups = ["".join(secrets.choice(READABLE) for _ in range(SIGNS)) for _ in range(GROUPS)]
    return "-".join(["BN", *groups])


def _require_ready(entry: Entry, is_declared: bool) -> None:
    if missing := missing_of(entry):
        raise NotComplete(missing)
    if not is_declared:
        raise DomainError("Xin đánh dấu vào lời cam kết trước khi gửi hồ sơ (Điều 6 Thông tư 26/2014/TT-BCT).")


def _file(entry: Entry, number: int, filed_at: datetime, actor: Person) -> Filing:
    content = content_of(entry)
    return Filing.objects.create(
        entry=entry,
        number=number,
        filed_by=actor,
        is_assisted=is_helper(actor, entry),
        content=content,
        digest=digest(content),
        receipt_code=new_receipt_code(),
        filed_at=filed_at,
    )


def _close(event: EntryEvent, entry: Entry, filing: Filing, actor: Person) -> None:
    """Tell the facility, have the receipt printed, and record last: from there on the log is held."""
    tell_filed(filing)
    emit(MAKE_RECEIPT, filing_id=filing.pk)
    record(
        event,
        entry,
        actor=actor,
        number=filing.number,
        receipt=filing.receipt_code,
        digest=filing.digest,
        is_assisted=filing.is_assisted,
    )


def _join_held(entry: Entry) -> None:
    dossier = Dossier.objects.select_related("form").get(entry=entry)
    dossier.entry = entry
    forms = {box.code: box.field.form for box in boxes_of(dossier)}
    for code, value in dossier.held.items():
        place = place_of(dossier, forms.get(code, Form.DESCRIPTION))
        place[code] = value
    dossier.held = {}
    dossier.save(update_fields=["registration", "description", "held", "updated_at"])
    entry.dossier = dossier
    entry.papers.filter(is_leaving=True).update(removed_at=Now(), is_leaving=False)
    entry.papers.filter(is_held=True, removed_at__isnull=True).update(is_held=False)


def _fix_lower_certificate(entry: Entry) -> None:
    """What the form says of the certificate below stands on the entry, where screening looks it up."""
    entry.lower_certificate = str(entry.dossier.registration.get("lower_certificate_number", ""))[:60]
