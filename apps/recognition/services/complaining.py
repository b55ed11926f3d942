"""A facility complains about its result, by itself or on paper, adds papers, or takes the complaint back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.judging.access import unconflicted_entries
from apps.recognition.events import ComplaintEvent
from apps.recognition.models import Complaint, ComplaintPaper
from apps.recognition.queries.complaints import answer_due, labels_of, open_of
from apps.recognition.queries.results import selection_of
from apps.recognition.services.announcing import tell_of_filing, tell_of_withdrawal
from apps.recognition.states import COMPLAINT_MOVES
from apps.rounds.models import Round, WindowKind
from apps.rounds.queries import window_of
from apps.rounds.services import WindowClosed, require, require_window, share_round
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.text import nfc
from tieubieu.moments import transaction_time
from tieubieu.moves import move
from tieubieu.names import safe_name
from tieubieu.ui.words import day, deadline
from tieubieu.uploads.models import StoredFile

LONGEST_TEXT = 4000
MOST_PAPERS = 10
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Claim:
    """What is disputed: criteria by their codes, and in words."""

    text: str
    criteria: Sequence[str] = ()


@dataclass(frozen=True)
class OnPaper:
    """Who brought the signed complaint to the office, and on which day the office received it."""

    brought_by: str
    received_on: date


@transaction.atomic
def file_complaint(entry_id: UUID, claim: Claim, *, actor: Person, files: Sequence[StoredFile] = ()) -> Complaint:
    """File a complaint within the legal time (khoản 1 Điều 20 TT 26/2014/TT-BCT); its clock begins with the filing.

    Raises `WindowClosed` outside the time, `WrongState` while another one of the entry is open, `DomainError` without
    words. The files were proven before.
    """
    round = share_round(Entry.objects.get(pk=entry_id).round_id)
    require(round, Capability.SHOW_RESULTS)
    entry = (
        Entry.objects.select_for_update(no_key=True, of=("self",)).select_related("round", "facility").get(pk=entry_id)
    )
    _require_disputable(entry)
    complaint = _made(entry, claim, actor=actor, filed_at=require_window(round, WindowKind.COMPLAINT))
    _keep(complaint, files, actor)
    record(ComplaintEvent.FILED, complaint, actor=actor, code=complaint.code, criteria=complaint.criteria)
    tell_of_filing(complaint)
    return complaint


@transaction.atomic
def enter_complaint(
    round: Round, entry_id: UUID, claim: Claim, paper: OnPaper, *, actor: Person, files: Sequence[StoredFile] = ()
) -> Complaint:
    """Enter, for the facility, a complaint that the office received on paper: its time, and the time of the answer,
    count from that receipt (Điều 20 TT 26/2014/TT-BCT), whenever it is entered.

    To an officer with a conflict of interest there the entry does not exist. Raises `WindowClosed` for a paper that was
    received outside the time, `WrongState` while another one is open, `DomainError` without words or a name.
    """
    round = share_round(round.pk)
    require(round, Capability.SHOW_RESULTS)
    known = (
        unconflicted_entries(actor, round)
        .select_for_update(no_key=True, of=("self",))
        .select_related("round", "facility")
    )
    entry = known.get(pk=entry_id)
    _require_disputable(entry)
    on_paper = {"brought_by": _bringer(paper.brought_by), "entered_at": transaction_time()}
    filed_at = _received_in_time(round, paper.received_on)
    complaint = _made(entry, claim, actor=actor, filed_at=filed_at, **on_paper)
    _keep(complaint, files, actor)
    record(
        ComplaintEvent.ENTERED, complaint, actor=actor, code=complaint.code, criteria=complaint.criteria,
        on_behalf_of=entry.facility.name, brought_by=complaint.brought_by, received_on=paper.received_on.isoformat(),
    )  # fmt: skip
    tell_of_filing(complaint)
    return complaint


@transaction.atomic
def add_papers(complaint_id: UUID, files: Sequence[StoredFile], *, actor: Person) -> Complaint:
    """Put more papers to an open complaint. Raises `WrongState` once it is closed."""
    complaint = _lock(complaint_id)
    if not complaint.is_open:
        raise WrongState("Khiếu nại này đã kết thúc nên không nhận thêm giấy tờ.")
    _keep(complaint, files, actor)
    record(ComplaintEvent.PAPERS_ADDED, complaint, actor=actor, files=[file.sha256 for file in files])
    return complaint


@transaction.atomic
def withdraw_complaint(complaint_id: UUID, *, actor: Person) -> Complaint:
    """Take the complaint back before it is answered; the result stays as it was published."""
    complaint = _lock(complaint_id)
    move(complaint, "withdraw", COMPLAINT_MOVES, field="state")
    complaint.withdrawn_at = Now()  # type: ignore[assignment]
    complaint.save(update_fields=["state", "withdrawn_at"])
    record(ComplaintEvent.WITHDRAWN, complaint, actor=actor, code=complaint.code)
    tell_of_withdrawal(complaint)
    return complaint


def _require_disputable(entry: Entry) -> None:
    if selection_of(entry) is None:
        raise WrongState("Hồ sơ này không có kết quả để khiếu nại.")
    if open_of(entry) is not None:
        raise WrongState("Hồ sơ này đã có một khiếu nại đang giải quyết. Có thêm giấy tờ, xin gửi vào khiếu nại đó.")


def _made(entry: Entry, claim: Claim, *, actor: Person, filed_at: datetime, **on_paper: Any) -> Complaint:
    return Complaint.objects.create(
        entry=entry,
        code=_new_code(),
        criteria=_known(claim.criteria, labels_of(entry.round)),
        text=_words(claim.text),
        filed_by=actor,
        filed_at=filed_at,
        due_on=answer_due(entry.round, filed_at),
        **on_paper,
    )


def _received_in_time(round: Round, received_on: date) -> datetime:
    """The moment from which the paper counts: a day of which a part lies in the time for complaints is in time."""
    window = window_of(round, WindowKind.COMPLAINT)
    if window is None:
        raise WindowClosed("Kỳ bình chọn chưa đặt thời gian khiếu nại.", kind=WindowKind.COMPLAINT)
    if received_on > timezone.localdate(transaction_time()):
        raise DomainError("Ngày nhận đơn còn ở tương lai; xin kiểm tra lại.", field="received_on")
    begins = timezone.make_aware(datetime.combine(received_on, time()))
    opens, closes = timezone.localtime(window.opens_at), timezone.localtime(window.closes_at)
    if begins >= closes or begins + timedelta(days=1) <= opens:
        raise WindowClosed(
            f"Đơn nhận ngày {day(received_on)} nằm ngoài thời hạn khiếu nại (từ {day(opens)} đến {deadline(closes)}).",
            kind=WindowKind.COMPLAINT, field="received_on",
        )  # fmt: skip
    return max(begins, opens)


def _bringer(name: str) -> str:
    if not name.strip():
        raise DomainError("Xin ghi họ tên người nộp đơn giấy.", field="brought_by")
    return safe_name(name)


def _lock(complaint_id: UUID) -> Complaint:
    found = Complaint.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "entry__round", "entry__facility"
    )
    return found.get(pk=complaint_id)


def _keep(complaint: Complaint, files: Sequence[StoredFile], actor: Person) -> None:
    if complaint.papers.count() + len(files) > MOST_PAPERS:
        raise DomainError(f"Mỗi khiếu nại nhận nhiều nhất {MOST_PAPERS} tệp. Xin ghép bớt thành một tệp PDF.")
    ComplaintPaper.objects.bulk_create(
        [ComplaintPaper(complaint=complaint, file_id=file.pk, added_by=actor) for file in files]
    )


def _known(codes: Sequence[str], labels: dict[str, str]) -> list[str]:
    unknown = [code for code in codes if code not in labels]
    if unknown:
        raise DomainError(f"Không có tiêu chí {unknown[0][:20]} trong khung điểm của kỳ này.")
    return [code for code in labels if code in codes]


def _words(text: str) -> str:
    words = nfc(text).replace("\x00", "").replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST_TEXT:
        raise DomainError(f"Xin ghi nội dung khiếu nại, nhiều nhất {LONGEST_TEXT} ký tự.")
    return words


def _new_code() -> str:
    """`KN-7K3M-9QXT-4DWP`: it can be read out, and tells nobody how many others complained."""
    groups = ["".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3)]
    return "-".join(["KN", *groups])
