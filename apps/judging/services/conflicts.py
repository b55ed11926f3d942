"""Conflicts of interest are declared, found, and decided by somebody who has none there."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.facilities.models import Facility
from apps.judging.access import own_seats, visible_conflicts
from apps.judging.detection import Sign, signs_between
from apps.judging.events import JudgingEvent
from apps.judging.models import Conflict, ConflictKind, Source
from apps.judging.queries.conflicts import firms_of, is_revisable, members_of, rounds_at_stake
from apps.judging.services.recusing import give_back, hand_out_missing, take_away
from apps.judging.states import CONFLICT_MOVES, ConflictState
from apps.rounds.models import Round
from apps.rounds.services import lock_round
from tieubieu.audit.services import record, record_each
from tieubieu.errors import DomainError, NotAllowed, WrongState
from tieubieu.lib.text import nfc
from tieubieu.moves import move
from tieubieu.notices.services import Audience, tell
from tieubieu.reasons import given_reason, short_enough

LONGEST_WORDS = 1000
TOO_LATE = "Chấm điểm đã đóng: kết quả đã tính theo những người đã chấm, nên quyết định có xung đột lợi ích giữ nguyên."
NOT_YOURS = "Việc này phải do người không có xung đột lợi ích với cơ sở đó quyết định."


@transaction.atomic
def declare_conflict(
    round_id: UUID, *, facility_id: UUID, kind: ConflictKind, words: str, actor: Person, entry_id: UUID | None = None
) -> Conflict:
    """A member of council or panel says that they are not free towards a facility, or one entry of it.

    From this moment they see nothing of it; somebody unconflicted decides. Declaring the same again mends the words of
    what waits, and changes nothing that is decided. Raises `DomainError` for somebody without a seat in the round, for
    a facility without a filed entry there, and for another reason without words.
    """
    round = lock_round(round_id)
    if not own_seats(actor).filter(round=round).exists():
        raise DomainError("Chỉ thành viên Hội đồng và Ban Giám khảo của kỳ này khai xung đột lợi ích.")
    entry = _filed(round, facility_id, entry_id)
    told = _told(words)
    if kind == ConflictKind.OTHER and not told:
        raise DomainError("Xin ghi rõ lý do khác là gì.", field="words")
    known = Conflict.objects.filter(
        round=round, person=actor, facility_id=facility_id, entry=entry, source=Source.DECLARED
    ).exclude(state=ConflictState.DISMISSED)
    conflict = known.first()
    if conflict is not None and conflict.state != ConflictState.OPEN:
        return conflict
    if conflict is None:
        conflict = Conflict(round=round, person=actor, facility_id=facility_id, entry=entry, source=Source.DECLARED)
    conflict.kind, conflict.words = kind, told
    conflict.save()
    record(JudgingEvent.CONFLICT_DECLARED, conflict, actor=actor, round=round.code, kind=str(kind), words=told)
    return conflict


@transaction.atomic
def uphold_conflict(conflict_id: UUID, *, reason: str = "", actor: Person) -> Conflict:
    """Find that there is a conflict: the member neither scores nor votes on what it covers, and any sheet of theirs is
    kept and no longer counts.

    There is no third answer, “known and let go”. Raises `NotAllowed` for the member and for whoever has a conflict
    with the facility, `WrongState` when it is decided already.
    """
    conflict = _decided(conflict_id, "uphold", short_enough(reason), actor)
    record(JudgingEvent.CONFLICT_UPHELD, conflict, actor=actor, round=conflict.round.code, reason=conflict.decision)
    take_away(conflict, actor=actor)
    text = (
        f"Quý vị không chấm điểm và không biểu quyết về {_what(conflict)} trong {conflict.round.name},"
        " vì có xung đột lợi ích."
    )
    tell(conflict.person, audience=Audience.OFFICIALS, subject="Không tham gia do xung đột lợi ích", text=text)
    return conflict


@transaction.atomic
def dismiss_conflict(conflict_id: UUID, *, reason: str, actor: Person) -> Conflict:
    """Find that there is none, and say why; the member takes part like everybody, with a sheet if scoring has begun:
    also with one that an earlier conflict took, when only this one held it back.

    Raises as `uphold_conflict` does, and `DomainError` without a reason.
    """
    why = given_reason(reason, "Xin ghi lý do vì sao không có xung đột lợi ích.")
    conflict = _decided(conflict_id, "dismiss", why, actor)
    record(JudgingEvent.CONFLICT_DISMISSED, conflict, actor=actor, round=conflict.round.code, reason=conflict.decision)
    give_back(conflict, actor=actor)
    hand_out_missing(conflict, actor=actor)
    if conflict.source == Source.DECLARED:
        text = f"Khai báo về {_what(conflict)} kết luận là không có xung đột.\n\nLý do: {conflict.decision}"
        tell(conflict.person, audience=Audience.OFFICIALS, subject="Đã xem khai báo xung đột lợi ích", text=text)
    return conflict


@transaction.atomic
def take_back_conflict(conflict_id: UUID, *, reason: str, actor: Person) -> Conflict:
    """Find after all that there is none: the member takes part again and sees what was hidden, with the sheets that
    were taken away or never made. The earlier decision stays in the log.

    Raises as `dismiss_conflict` does, and `WrongState` once scoring was closed: the result stands on who scored.
    """
    why = given_reason(reason, "Xin ghi lý do vì sao rút lại quyết định có xung đột lợi ích.")
    before = Conflict.objects.select_related("decided_by").get(pk=conflict_id)
    conflict = _decided(conflict_id, "take_back", why, actor)
    if not is_revisable(conflict.round):
        raise WrongState(TOO_LATE)
    conflict.taken_back_at = Now()  # type: ignore[assignment]
    conflict.save(update_fields=["taken_back_at"])
    earlier = {"earlier": before.decision, "earlier_by": before.decided_by.full_name if before.decided_by else ""}
    record(
        JudgingEvent.CONFLICT_TAKEN_BACK, conflict, actor=actor, round=conflict.round.code, reason=conflict.decision,
        **earlier,
    )  # fmt: skip
    give_back(conflict, actor=actor)
    hand_out_missing(conflict, actor=actor)
    text = (
        f"Quyết định về {_what(conflict)} trong {conflict.round.name} đã được rút lại: quý vị lại chấm điểm và biểu"
        " quyết như mọi thành viên, trừ khi còn xung đột lợi ích khác."
    )
    tell(conflict.person, audience=Audience.OFFICIALS, subject="Rút lại quyết định về xung đột lợi ích", text=text)
    return conflict


@transaction.atomic
def detect_conflicts(
    round_id: UUID, *, people: Collection[UUID] | None = None, facilities: Collection[UUID] | None = None
) -> int:
    """Compare the members of council and panel with the facilities of the round, or only these of either side.

    Idempotent: what is known stays as it is, decided or not, unless new signs speak for it; then it is found again.
    What no longer shows is marked so and still waits for a person. The same number of queries however many there are.
    Returns how many were found anew.
    """
    round = lock_round(round_id)
    found = signs_between(members_of(round, people), firms_of(round, facilities))
    known: dict[tuple[UUID, UUID], list[Conflict]] = defaultdict(list)
    for conflict in Conflict.objects.filter(round=round, source=Source.DETECTED).select_related("facility"):
        known[conflict.person_id, conflict.facility.merged_into_id or conflict.facility_id].append(conflict)
    fresh = [
        _finding(round, pair, signs) for pair, signs in found.items() if not _is_covered(known.get(pair, []), signs)
    ]
    _update_open(known, found, people, facilities)
    Conflict.objects.bulk_create(fresh)
    made = Conflict.objects.filter(pk__in=[one.pk for one in fresh]).select_related("person", "facility")
    record_each(
        JudgingEvent.CONFLICT_FOUND,
        [(one, {"round": round.code, "signs": [sign["words"] for sign in one.signs]}) for one in made],
        actor=None,
    )
    return len(fresh)


def compare_person(person_id: UUID) -> None:
    """Look again at a person whose particulars or seats changed, as a member and as somebody of a facility."""
    seats = own_seats(Person.objects.get(pk=person_id))
    for round in rounds_at_stake().filter(pk__in=seats.values("round")):
        detect_conflicts(round.pk, people=[person_id])
    served = Person.objects.get(pk=person_id).facilities_served.values_list("facility", flat=True)
    compare_facilities(list(served))


def compare_facilities(facility_ids: Collection[UUID]) -> None:
    """Look again at facilities whose particulars, people or entries changed."""
    changed = Facility.objects.filter(pk__in=facility_ids).values_list("pk", "merged_into")
    roots = {survivor or pk for pk, survivor in changed}
    entered = Entry.objects.filter(Q(facility__in=roots) | Q(facility__merged_into__in=roots))
    for round in rounds_at_stake().filter(pk__in=entered.values("round")):
        detect_conflicts(round.pk, facilities=roots)


def _filed(round: Round, facility_id: UUID, entry_id: UUID | None) -> Entry | None:
    filed = Entry.objects.filter(round=round, facility=facility_id, submitted_at__isnull=False)
    wanted = filed.filter(pk=entry_id).first() if entry_id else filed.first()
    if wanted is None:
        raise DomainError("Không có hồ sơ này trong kỳ; xin tải lại trang rồi chọn lại.")
    return wanted if entry_id else None


def _decided(conflict_id: UUID, verb: str, reason: str, actor: Person) -> Conflict:
    """The locked conflict, moved and saved; nobody decides whose hands are tied."""
    round = lock_round(Conflict.objects.values_list("round", flat=True).get(pk=conflict_id))
    conflict = (
        Conflict.objects.select_for_update(no_key=True, of=("self",))
        .select_related("person", "facility", "entry")
        .get(pk=conflict_id)
    )
    if not visible_conflicts(actor, round).filter(pk=conflict.pk).exists():
        raise NotAllowed(NOT_YOURS)
    move(conflict, verb, CONFLICT_MOVES, field="state")
    conflict.round = round
    conflict.decision, conflict.decided_by, conflict.decided_at = reason, actor, Now()  # type: ignore[assignment]
    conflict.save()
    return conflict


def _told(words: str) -> str:
    told = nfc(words).strip()
    if len(told) > LONGEST_WORDS:
        raise DomainError(f"Nội dung dài {len(told)} ký tự; xin viết gọn trong {LONGEST_WORDS} ký tự.", field="words")
    return told


def _what(conflict: Conflict) -> str:
    if conflict.entry:
        return f"“{conflict.entry.name}” của {conflict.facility.name}"
    return f"mọi hồ sơ của {conflict.facility.name}"


def _finding(round: Round, pair: tuple[UUID, UUID], signs: tuple[Sign, ...]) -> Conflict:
    person_id, facility_id = pair
    return Conflict(
        pk=uuid4(),
        round=round,
        person_id=person_id,
        facility_id=facility_id,
        source=Source.DETECTED,
        kind=signs[0].kind,
        signs=_stored(signs),
    )


def _stored(signs: tuple[Sign, ...]) -> list[dict[str, str]]:
    return [{"sign": sign.name, "value": sign.value, "words": sign.words} for sign in signs]


def _is_covered(known: list[Conflict], signs: tuple[Sign, ...]) -> bool:
    """An undecided or upheld finding covers every sign; dismissed ones cover the signs that were weighed then."""
    if any(one.state != ConflictState.DISMISSED for one in known):
        return True
    weighed = {(sign["sign"], sign["value"]) for one in known for sign in one.signs}
    return {(sign.name, sign.value) for sign in signs} <= weighed


def _update_open(
    known: Mapping[tuple[UUID, UUID], list[Conflict]],
    found: Mapping[tuple[UUID, UUID], tuple[Sign, ...]],
    people: Collection[UUID] | None,
    facilities: Collection[UUID] | None,
) -> None:
    """Bring what waits up to date: new signs are added, and whether any still shows. Only of who was compared now."""
    changed = []
    for (person_id, facility_id), rows in known.items():
        if not (_is_among(person_id, people) and _is_among(facility_id, facilities)):
            continue
        signs = found.get((person_id, facility_id), ())
        changed += [one for one in rows if one.state == ConflictState.OPEN and _is_refreshed(one, signs)]
    Conflict.objects.bulk_update(changed, ["signs", "is_current"])


def _is_among(key: UUID, wanted: Collection[UUID] | None) -> bool:
    return wanted is None or key in wanted


def _is_refreshed(conflict: Conflict, signs: tuple[Sign, ...]) -> bool:
    """Whether the row was changed: signs are only ever added, so that nobody edits one away."""
    there = {(sign["sign"], sign["value"]) for sign in conflict.signs}
    new = [sign for sign in _stored(signs) if (sign["sign"], sign["value"]) not in there]
    before = conflict.is_current
    conflict.signs, conflict.is_current = [*conflict.signs, *new], bool(signs)
    return bool(new) or conflict.is_current != before
