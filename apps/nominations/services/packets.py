"""A packet is sealed, delivered by a worker exactly once, recomputed on arrival, and taken in or returned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.nominations.contents import certificates_to_nominate, packet_content, packet_files
from apps.nominations.events import NominationEvent
from apps.nominations.models import InboxPacket, Nominee, Packet, PacketEntry
from apps.nominations.packet import OpenPacket, compare, seal, unseal
from apps.nominations.states import INBOX_MOVES, PACKET_MOVES, PacketState
from apps.rounds.models import Level
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.moves import move
from tieubieu.outbox.services import emit

DELIVER = "nominations.deliver"


@dataclass(frozen=True)
class Letter:
    """The nomination letter (văn bản đề nghị) signed outside."""

    number: str
    signed_on: date


@transaction.atomic
def nominate(
    round_id: UUID, entry_ids: Sequence[UUID], *, target: str, target_level: Level, letter: Letter, actor: Person
) -> Packet:
    """Seal the round's nominees into one packet and ask a worker to deliver it (Điều 10.2, 12.3)."""
    round = lock_round(round_id)
    require(round, Capability.NOMINATE)
    if Packet.objects.filter(round=round).exists():
        raise DomainError("Kỳ này đã niêm phong gói đề cử; không thể lập gói thứ hai.")
    entries = list(Entry.objects.filter(pk__in=entry_ids, round=round).order_by("code"))
    if not entries or len(entries) != len(set(entry_ids)):
        raise DomainError("Danh sách đề cử trống hoặc có hồ sơ không thuộc kỳ này.")
    certificates = certificates_to_nominate(round, entries)
    data, digest = seal(packet_content(round, certificates, target_level), packet_files(certificates))
    packet = Packet.objects.create(
        round=round,
        target=target,
        target_level=target_level,
        letter_number=letter.number,
        letter_on=letter.signed_on,
        digest=digest,
        storage_name=_store("sent", digest, data),
    )
    PacketEntry.objects.bulk_create([PacketEntry(packet=packet, entry=entry) for entry in entries])
    record(NominationEvent.SEALED, packet, actor=actor, digest=digest, entries=[e.code for e in entries])
    emit(DELIVER, packet_id=str(packet.pk))
    return packet


def packet_bytes(packet: Packet) -> bytes:
    """The sealed bytes as stored."""
    with default_storage.open(packet.storage_name) as stored:
        data: bytes = stored.read()
    return data


@transaction.atomic
def acknowledge(packet_id: UUID, *, digest: str) -> Packet:
    """Note that the receiver holds the packet under the same digest; a second acknowledgement changes nothing."""
    packet = Packet.objects.select_for_update(no_key=True).get(pk=packet_id)
    if packet.state == PacketState.DELIVERED:
        return packet
    if digest != packet.digest:
        raise DomainError("Nơi nhận giữ một gói khác với gói đã niêm phong.", sent=packet.digest, received=digest)
    move(packet, "acknowledge", PACKET_MOVES, field="state")
    packet.delivered_at = Now()  # type: ignore[assignment]
    packet.save(update_fields=["state", "delivered_at"])
    record(NominationEvent.DELIVERED, packet, actor=None, digest=digest)
    return packet


@transaction.atomic
def receive(packet_id: UUID, data: bytes, *, sender: str, sender_name: str, province_code: str) -> InboxPacket:
    """Take a packet into this tenant's inbox and recompute its snapshot; a second delivery yields the same row."""
    opened = unseal(data)
    kept = InboxPacket.objects.filter(pk=packet_id).first()
    if kept is not None:
        return kept
    recomputed, mismatches = compare(opened)
    packet = InboxPacket(
        pk=packet_id,
        sender=sender,
        sender_name=sender_name,
        province_code=province_code,
        target_level=opened.content["target_level"],
        digest=opened.digest,
        storage_name=_store("received", opened.digest, data),
        declared_digest=opened.content["snapshot"]["digest"],
        recomputed_digest=recomputed,
        mismatches=mismatches,
    )
    packet.save(force_insert=True)
    Nominee.objects.bulk_create(_nominees(packet, opened))
    record(NominationEvent.RECEIVED, packet, actor=None, digest=packet.digest, matches=packet.matches)
    return packet


@transaction.atomic
def accept_packet(packet_id: UUID, *, actor: Person) -> InboxPacket:
    """Take the packet in; refused while its result does not match what we recomputed."""
    packet = InboxPacket.objects.select_for_update(no_key=True).get(pk=packet_id)
    if not packet.matches:
        raise DomainError("Kết quả tính lại không khớp với gói gửi lên; hãy trả lại để nơi gửi kiểm tra.")
    move(packet, "accept", INBOX_MOVES, field="state")
    packet.save(update_fields=["state"])
    record(NominationEvent.ACCEPTED, packet, actor=actor)
    return packet


def _nominees(packet: InboxPacket, opened: OpenPacket) -> list[Nominee]:
    return [
        Nominee(
            packet=packet,
            entry_id=line["entry"],
            product_name=line["name"],
            holder_name=line["facility"]["name"],
            tax_code=line["facility"]["tax_code"],
            group=line["group"],
            certificate_number=line["certificate"]["number"],
            valid_until=line["certificate"]["valid_until"],
            total=line["total"],
            is_demo=line["is_demo"],
        )
        for line in opened.content["nominees"]
    ]


def _store(box: str, digest: str, data: bytes) -> str:
    """Keep the bytes under their digest; the same packet is stored once."""
    name = f"packets/{box}/{digest.removeprefix('sha256:')}.zip"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))
