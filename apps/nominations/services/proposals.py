"""Nominations within the province: recognised products of a commune's round, or a commune's letter without one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.models import Dossier, Entry, Paper, Slot
from apps.dossiers.services import draft_entry
from apps.dossiers.services.announcing import tell_facility
from apps.dossiers.states import EntryState
from apps.nominations.events import NominationEvent
from apps.nominations.models import Proposal, ProposedEntry
from apps.nominations.states import PROPOSAL_MOVES, ProposalState
from apps.recognition.models import Certificate
from apps.rounds.models import Level, Round
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.moves import move
from tieubieu.outbox.services import emit

MAKE_LIST = "documents.make_proposal_list"
GONE = (EntryState.INELIGIBLE, EntryState.WITHDRAWN, EntryState.MERGED, EntryState.DISSOLVED)


@transaction.atomic
def bring_up(round_id: UUID, certificate_ids: Sequence[UUID], *, actor: Person) -> Proposal:
    """Begin entries of the province's open round for products that a commune's round has recognised (Điều 10.2, 12).

    Each keeps the number of its certificate; dossier and papers are copied, and the facility is told to finish and
    file it. What is there already stays as it is. All certificates must be of one commune, valid, and known here.
    """
    round = _receiving(round_id)
    require(round, Capability.FILE)
    found = list(
        Certificate.objects.filter(pk__in=certificate_ids, level=Level.COMMUNE, state="valid", entry__isnull=False)
        .select_related("entry__round", "entry__facility", "entry__dossier")
        .order_by("number")
    )
    if not found or len(found) != len(set(certificate_ids)):
        raise DomainError("Danh sách trống, hoặc có giấy chứng nhận cấp xã không còn hiệu lực.")
    source = _one_source(found)
    proposal = _in_hand(round, source.commune_code, actor, source)
    for certificate in found:
        _bring(proposal, certificate, actor)
    _forget_list(proposal)
    return proposal


@transaction.atomic
def propose(round_id: UUID, commune_code: str, entry_ids: Sequence[UUID], *, actor: Person) -> Proposal:
    """Put entries of the commune's facilities into its letter, where no commune round was held (Điều 12).

    An entry that stands in a letter already stays there.
    """
    round = _receiving(round_id)
    entries = list(
        Entry.objects.filter(pk__in=entry_ids, round=round, facility__commune_code=commune_code).exclude(state__in=GONE)
    )
    if not entries or len(entries) != len(set(entry_ids)):
        raise DomainError("Danh sách trống, hoặc có hồ sơ không phải của cơ sở trong xã.")
    proposal = _in_hand(round, commune_code, actor, None)
    for entry in entries:
        _add(proposal, entry, actor)
    _forget_list(proposal)
    return proposal


@transaction.atomic
def put_forward(
    round_id: UUID, commune_code: str, *, certificates: Sequence[UUID], entries: Sequence[UUID], actor: Person
) -> Proposal:
    """What was chosen together goes into the commune's letter together, or none of it.

    Raises `DomainError` for a certificate of another commune, and for what `bring_up` and `propose` refuse.
    """
    if certificates:
        of_the_commune = Certificate.objects.filter(pk__in=certificates, entry__round__area_code=commune_code)
        if of_the_commune.count() != len(set(certificates)):
            raise DomainError("Danh sách có giấy chứng nhận không phải của xã này; xin tải lại trang rồi chọn lại.")
        proposal = bring_up(round_id, certificates, actor=actor)
    if entries or not certificates:
        proposal = propose(round_id, commune_code, entries, actor=actor)
    return proposal


@transaction.atomic
def drop_from_proposal(proposal_id: UUID, entry_id: UUID, *, actor: Person) -> None:
    """Take an entry out of a letter that was not sent; the entry itself stays."""
    proposal = _open(proposal_id)
    line = proposal.lines.filter(entry_id=entry_id).select_related("entry").first()
    if line is None:
        return
    record(NominationEvent.DROPPED, proposal, actor=actor, entry=str(entry_id), name=line.entry.name)
    line.delete()
    _forget_list(proposal)


@transaction.atomic
def ask_for_list(proposal_id: UUID) -> None:
    """Ask a worker for the summary list as a PDF."""
    proposal = Proposal.objects.select_for_update(no_key=True).get(pk=proposal_id)
    if not proposal.lines.exists():
        raise DomainError("Chưa có hồ sơ nào trong danh sách trích ngang.")
    emit(MAKE_LIST, proposal_id=str(proposal.pk))


@transaction.atomic
def send_proposal(proposal_id: UUID, *, number: str, signed_on: date, actor: Person) -> Proposal:
    """Send the letter that was signed outside; nothing is added or dropped afterwards.

    Raises a `DomainError` while a dossier of the list was not filed.
    """
    proposal = _open(proposal_id)
    lines = list(proposal.lines.select_related("entry"))
    if not lines:
        raise DomainError("Chưa có hồ sơ nào trong danh sách trích ngang.")
    unfiled = [line.entry.name for line in lines if line.entry.state == EntryState.DRAFT]
    if unfiled:
        raise DomainError(f"Cơ sở chưa gửi hồ sơ: {', '.join(unfiled)}. Chờ cơ sở gửi, hoặc bỏ khỏi danh sách.")
    move(proposal, "send", PROPOSAL_MOVES, field="state")
    proposal.number, proposal.signed_on, proposal.sent_at = number.strip(), signed_on, Now()  # type: ignore[assignment]
    proposal.save(update_fields=["state", "number", "signed_on", "sent_at"])
    record(
        NominationEvent.PROPOSAL_SENT,
        proposal,
        actor=actor,
        number=proposal.number,
        signed_on=signed_on,
        entries=[str(line.entry_id) for line in lines],
    )
    emit(MAKE_LIST, proposal_id=str(proposal.pk))
    return proposal


def _receiving(round_id: UUID) -> Round:
    """The province's round, locked, while it takes dossiers or looks at them."""
    round = lock_round(round_id)
    if round.level != Level.PROVINCE:
        raise DomainError("Xã chỉ đề nghị lên kỳ bình chọn cấp tỉnh.")
    if not (round.may(Capability.FILE) or round.may(Capability.SCREEN)):
        raise WrongState("Kỳ bình chọn cấp tỉnh chưa mở hoặc đã sang giai đoạn chấm điểm.")
    return round


def _open(proposal_id: UUID) -> Proposal:
    proposal = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("round").get(pk=proposal_id)
    if proposal.state != ProposalState.DRAFT:
        raise WrongState("Văn bản đề nghị này đã gửi; lập văn bản khác nếu cần đề nghị thêm.")
    return proposal


def _in_hand(round: Round, commune_code: str, actor: Person, source: Round | None) -> Proposal:
    """The commune's letter in hand; the lock on the round keeps a second from being begun beside it."""
    held = Proposal.objects.filter(round=round, commune_code=commune_code, state=ProposalState.DRAFT).first()
    if held is None:
        held = Proposal.objects.create(round=round, commune_code=commune_code, source=source, begun_by=actor)
    elif source is not None and held.source_id is None:
        held.source = source
        held.save(update_fields=["source"])
    return held


def _one_source(certificates: Sequence[Certificate]) -> Round:
    rounds = {certificate.entry.round for certificate in certificates if certificate.entry}
    if len(rounds) != 1:
        raise DomainError("Mỗi văn bản đề nghị chỉ gồm sản phẩm của một kỳ bình chọn cấp xã.")
    return rounds.pop()


def _bring(proposal: Proposal, certificate: Certificate, actor: Person) -> None:
    lower = certificate.entry
    assert lower is not None
    there = Entry.objects.filter(round=proposal.round, facility=lower.facility, name=lower.name).first()
    entry = there or _copied(proposal.round, lower, certificate.number, actor)
    _add(proposal, entry, actor)
    if there is None:
        record(NominationEvent.BROUGHT_UP, entry, actor=actor, certificate=certificate.number, source=lower.round.code)
        tell_facility(
            entry,
            subject=f"Được đề nghị bình chọn cấp tỉnh: {entry.name}",
            text=(
                f"{entry.name} đã được công nhận cấp xã (giấy chứng nhận số {certificate.number}) và được đưa lên"
                f" {proposal.round.name}. Hồ sơ đã chép sẵn; cơ sở xem lại, bổ sung rồi gửi trong thời gian nhận hồ sơ."
            ),
            key=f"brought-up:{entry.pk}",
        )


def _copied(round: Round, lower: Entry, certificate: str, actor: Person) -> Entry:
    products = [item.product for item in lower.items.select_related("product")]
    kept: Dossier | None = getattr(lower, "dossier", None)
    entry = draft_entry(
        round.pk,
        products=products,
        name=lower.name,
        set_case=lower.set_case,
        registration=kept.registration if kept else {},
        description=kept.description if kept else {},
        actor=actor,
    )
    entry.lower_certificate = certificate
    entry.save(update_fields=["lower_certificate"])
    Paper.objects.bulk_create(
        Paper(
            entry=entry,
            slot=paper.slot,
            file_id=paper.file_id,
            caption=paper.caption,
            position=paper.position,
            added_by=actor,
        )
        for paper in lower.papers.filter(removed_at=None, is_held=False).exclude(slot=Slot.LOWER_CERTIFICATE)
    )
    return entry


def _add(proposal: Proposal, entry: Entry, actor: Person) -> None:
    _, is_new = ProposedEntry.objects.get_or_create(entry=entry, defaults={"proposal": proposal})
    if is_new:
        record(NominationEvent.PROPOSED, proposal, actor=actor, entry=str(entry.pk), name=entry.name)


def _forget_list(proposal: Proposal) -> None:
    """The printed list no longer says what stands in it."""
    proposal.document_id = None
    proposal.save(update_fields=["document_id"])
