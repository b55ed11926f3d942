"""Entries of one facility become a set, and a set becomes its entries again."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent, ScreeningEvent
from apps.dossiers.models import Dossier, Entry, SetCase
from apps.dossiers.queries.standing import last_word
from apps.dossiers.services.announcing import tell_facility
from apps.dossiers.services.entries import create_entry, lock_entry
from apps.dossiers.services.screening import next_code
from apps.dossiers.states import MOVES, EntryState
from apps.rounds.models import Round
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.moves import move
from tieubieu.names import safe_name
from tieubieu.reasons import given_reason


@transaction.atomic
def merge_entries(entry_ids: Sequence[UUID], *, name: str, set_case: str, actor: Person) -> Entry:
    """Merge entries of one facility into a set (Điều 3.2); the members keep their history and point to the set.

    Before scoring the set is scored in their place; after it (while the council sits) it stands on their results.
    """
    round = _round_of(entry_ids)
    members = list(Entry.objects.select_for_update(no_key=True).filter(pk__in=entry_ids).order_by("code"))
    require_one_set(members, set_case)
    products = [item.product for m in members for item in m.items.select_related("product")]
    merged = create_entry(round, products, _free_name(round, members[0], name), set_case, state=EntryState.ACCEPTED)
    merged.code = next_code(round)
    merged.submitted_at = members[0].submitted_at
    merged.officer_id = members[0].officer_id
    merged.save(update_fields=["code", "submitted_at", "officer"])
    _write_dossier(merged, members)
    for member in members:
        move(member, "merge", MOVES, field="state")
        member.merged_into = merged
    Entry.objects.bulk_update(members, ["state", "merged_into"])
    record(EntryEvent.MERGED, merged, actor=actor, members=[m.code for m in members], code=merged.code)
    names = ", ".join(m.name for m in members)
    text = f"Các hồ sơ {names} được gộp thành bộ sản phẩm “{merged.name}”, mã số bình chọn {merged.code}."
    tell_facility(merged, subject=f"Gộp thành bộ sản phẩm: {merged.name}", text=text)
    return merged


@transaction.atomic
def dissolve_set(entry_id: UUID, *, reason: str, actor: Person) -> list[Entry]:
    """Undo a merging before scoring: the members stand alone again, the set's code is not given to another."""
    words = given_reason(reason, "Cần ghi lý do tách bộ sản phẩm.")
    merged, round = lock_entry(entry_id)
    require(round, Capability.SCREEN)
    members = list(Entry.objects.select_for_update(no_key=True).filter(merged_into=merged).order_by("code"))
    if not members or merged.state not in MOVES["dissolve"][0]:
        raise WrongState(last_word(merged), state=merged.state)
    move(merged, "dissolve", MOVES, field="state")
    merged.reason = words
    merged.save(update_fields=["state", "reason"])
    for member in members:
        move(member, "stand_alone", MOVES, field="state")
        member.merged_into = None
    Entry.objects.bulk_update(members, ["state", "merged_into"])
    record(ScreeningEvent.DISSOLVED, merged, actor=actor, members=[m.code for m in members], reason=words)
    text = f"Bộ sản phẩm “{merged.name}” được tách lại thành từng hồ sơ như trước.\n\nLý do: {words}"
    tell_facility(merged, subject=f"Tách bộ sản phẩm: {merged.name}", text=text)
    return members


def require_one_set(members: Sequence[Entry], set_case: str) -> None:
    """Raise `DomainError` unless these entries make one legal set (Điều 3.2 TT 26/2014/TT-BCT)."""
    if set_case not in SetCase.values:
        raise DomainError("Xin chọn trường hợp bộ sản phẩm theo khoản 2 Điều 3.")
    if len({(m.facility_id, m.round_id, m.group) for m in members}) > 1:
        raise DomainError("Bộ sản phẩm chỉ gồm sản phẩm cùng nhóm của cùng một cơ sở, trong cùng một kỳ.")
    for member in members:
        if member.state not in MOVES["merge"][0]:
            raise WrongState(f"{last_word(member)} Chỉ gộp được hồ sơ đã kết luận hợp lệ.", state=member.state)


def _round_of(entry_ids: Sequence[UUID]) -> Round:
    """The locked round of all of them, in a phase in which sets are made."""
    rounds = list(Entry.objects.filter(pk__in=entry_ids).values_list("round_id", flat=True))
    if len(set(entry_ids)) < 2 or len(rounds) != len(set(entry_ids)) or len(set(rounds)) > 1:
        raise DomainError("Bộ sản phẩm phải gộp từ ít nhất hai hồ sơ của cùng một kỳ.")
    round = lock_round(rounds[0])
    if not round.may(Capability.SCREEN):
        require(round, Capability.SELECT)
    return round


def _free_name(round: Round, member: Entry, raw: str) -> str:
    name = safe_name(raw)
    taken = round.entries.filter(facility_id=member.facility_id, name=name).exclude(state=EntryState.DISSOLVED)
    if taken.exists():
        raise DomainError(f"Cơ sở đã có hồ sơ tên “{name}” trong kỳ này; xin đặt tên khác cho bộ sản phẩm.")
    return name


def _write_dossier(merged: Entry, members: Sequence[Entry]) -> None:
    """What judges read of a set: the facility's forms once, and each member's answers under its name."""
    dossiers = [(m.name, m.dossier) for m in members if hasattr(m, "dossier")]
    if not dossiers:
        return
    _, first = dossiers[0]
    fields = dict.fromkeys(code for _, dossier in dossiers for code in dossier.description)
    Dossier.objects.create(
        entry=merged,
        form=first.form,
        registration=first.registration,
        description={code: _joined([(name, d.description.get(code)) for name, d in dossiers]) for code in fields},
    )


def _joined(answers: Sequence[tuple[str, object]]) -> object:
    """One answer where all gave the same, else each under the name of its product."""
    given = [(name, answer) for name, answer in answers if answer not in (None, "", [])]
    if len(given) == len(answers) and all(answer == given[0][1] for _, answer in given):
        return given[0][1]
    return "\n".join(f"{name}: {answer}" for name, answer in given)
