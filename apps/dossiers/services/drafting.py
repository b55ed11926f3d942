"""Entries are begun, filled answer by answer, and withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent
from apps.dossiers.fieldbook import BadValue, Box, FieldBook, Form, fault, read, text_of
from apps.dossiers.models import (
    Dossier,
    Entry,
    EntryItem,
    EntryKind,
    SetCase,
    SupplementState,
)
from apps.dossiers.queries.answers import Answer, Typed, answers_of, boxes_of, typed_by
from apps.dossiers.queries.prefill import prefilled
from apps.dossiers.services.announcing import tell_facility, tell_official
from apps.dossiers.services.entries import create_entry, lock_to_edit, require_free_name
from apps.dossiers.services.forms import ensure_form
from apps.dossiers.states import MOVES, EntryState
from apps.facilities.access import owns, works_for
from apps.facilities.models import Facility, Product
from apps.facilities.services import add_product, lock_facility
from apps.rounds.models import Level, Round
from apps.rounds.services import require, share_round
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.moments import transaction_time
from tieubieu.moves import move
from tieubieu.names import safe_name
from tieubieu.reasons import short_enough

MOST_ITEMS = 20


@dataclass(frozen=True)
class Subject:
    """What takes part: a product, or a set with its legal case and its products (Điều 3.2 TT 26/2014/TT-BCT)."""

    name: str
    group: str
    set_case: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Saved:
    """An answer as it is kept now, as it stands in its box, and what is wrong with it all the same."""

    value: str
    text: str
    fault: str = ""


class BadAnswer(DomainError):
    """What was typed is no answer to this field; the message says what to type."""

    code = "bad_answer"


class ChangedElsewhere(WrongState):
    """Somebody else has answered this box since the page was read; nothing was overwritten."""

    code = "changed_elsewhere"

    def __init__(self, box: Box, value: str, typed: Typed | None) -> None:
        super().__init__("Ô này vừa được sửa ở nơi khác. Xin chọn giữ nội dung nào.")
        self.answer = Answer(box, value)
        self.value = value
        self.typed = typed


@transaction.atomic
def draft_entry(
    round_id: UUID,
    *,
    products: Sequence[Product],
    name: str,
    actor: Person,
    set_case: str = "",
    registration: Mapping[str, Any] | None = None,
    description: Mapping[str, Any] | None = None,
) -> Entry:
    """Start an entry for a product, or for a set of products of one facility (Điều 3.2, 4.1 TT 26/2014/TT-BCT).

    What the facility register knows is filled in; who is no agent of the facility does it as help, and is named.
    """
    round = share_round(round_id)
    require(round, Capability.FILE)
    entry = create_entry(round, products, safe_name(name), set_case)
    _require_own_round(round, entry.facility)
    entry.begun_by, entry.is_assisted = actor, is_helper(actor, entry)
    entry.save(update_fields=["begun_by", "is_assisted"])
    form = ensure_form()
    known = prefilled(entry.facility, round, FieldBook.from_json(form.fields))
    Dossier.objects.create(
        entry=entry,
        form=form,
        registration={**known, **(registration or {})},
        description=dict(description or {}),
    )
    record(EntryEvent.DRAFTED, entry, actor=actor, round=str(round_id), is_assisted=entry.is_assisted)
    return entry


@transaction.atomic
def begin_entry(round_id: UUID, facility: Facility, subject: Subject, *, actor: Person) -> Entry:
    """Start an entry by the names that people give; products that the register lacks are put on it."""
    require_group(Round.objects.get(pk=round_id), subject.group)
    products = _products(facility, subject)
    return draft_entry(
        round_id, products=products, name=subject.name, set_case=legal_set_case(subject.set_case), actor=actor
    )


@transaction.atomic
def describe_entry(entry_id: UUID, subject: Subject, *, actor: Person) -> Entry:
    """Change what takes part while the dossier is a draft: name, product or set, group, the set's products."""
    entry, _ = lock_to_edit(entry_id)
    if entry.state != EntryState.DRAFT:
        raise WrongState("Hồ sơ đã gửi nên tên, loại và nhóm của sản phẩm không đổi được nữa.", state=entry.state)
    require_group(entry.round, subject.group)
    name = safe_name(subject.name)
    lock_facility(entry.facility_id)
    require_free_name(entry.round, entry.facility_id, name, but=entry)
    products = _products(entry.facility, subject)
    entry.name, entry.group, entry.set_case = name, products[0].group, legal_set_case(subject.set_case)
    entry.kind = EntryKind.SET if entry.set_case else EntryKind.PRODUCT
    entry.save(update_fields=["name", "group", "set_case", "kind"])
    entry.items.all().delete()
    EntryItem.objects.bulk_create([EntryItem(entry=entry, product=product) for product in products])
    record(EntryEvent.DESCRIBED, entry, actor=actor, kind=entry.kind, set_case=entry.set_case, group=entry.group)
    return entry


@transaction.atomic
def save_answer(entry_id: UUID, code: str, raw: str, *, base: str, actor: Person) -> Saved:
    """Keep one answer as soon as it is given; after filing it is held apart until the dossier is filed again.

    `base` is what the page showed. Raises `BadAnswer` for what is no answer, `ChangedElsewhere` when somebody else
    answered in between, `WrongState` when the dossier may not be edited. The same answer again changes nothing.
    """
    _, dossier = lock_to_edit(entry_id)
    box = _box(dossier, code)
    value = _read(box, raw)
    current = answers_of(dossier, with_held=True).get(box.code, "")
    if value != current:
        if base != current:
            raise ChangedElsewhere(box, current, typed_by(dossier, box.code))
        _keep(dossier, box, value)
        dossier.typed[box.code] = {"id": str(actor.pk), "name": str(actor), "at": transaction_time().isoformat()}
        dossier.save()
    return Saved(value, text_of(box.field, value), fault(box.field, value))


@transaction.atomic
def withdraw_entry(entry_id: UUID, *, actor: Person, reason: str = "") -> Entry:
    """Take an entry out of the round: an unfiled draft, or a filed dossier until it was found in order.

    Nothing is deleted: the row stays, and it can be copied. An open request for supplement ends with it.
    Raises `DomainError` for a reason that is too long, `WrongState` for a dossier that is concluded already.
    """
    entry = Entry.objects.select_for_update(no_key=True).get(pk=entry_id)
    move(entry, "withdraw", MOVES, field="state")
    entry.reason = short_enough(reason)
    entry.save(update_fields=["state", "reason"])
    entry.supplements.filter(state=SupplementState.OPEN).update(state=SupplementState.CANCELLED, ended_at=Now())
    _tell_withdrawn(entry, actor)
    record(EntryEvent.WITHDRAWN, entry, actor=actor, reason=entry.reason, was_filed=entry.submitted_at is not None)
    return entry


def is_helper(actor: Person, entry: Entry) -> bool:
    """Whether the person types for a facility that is not theirs."""
    return not (owns(actor, entry) or works_for(actor, entry))


def require_group(round: Round, code: str) -> None:
    """Raise `DomainError` unless the round's frozen rules know the product group (Điều 5)."""
    if code not in [group["code"] for group in round.rules.get("groups", [])]:
        raise DomainError("Xin chọn nhóm sản phẩm.")


def legal_set_case(given: str) -> str:
    """One of the three legal cases, or "" for a product alone; raises `DomainError`."""
    if given and given not in SetCase.values:
        raise DomainError("Xin chọn sản phẩm, hoặc một trong ba trường hợp bộ sản phẩm.")
    return given


def _require_own_round(round: Round, facility: Facility) -> None:
    if round.level == Level.COMMUNE and round.area_code != facility.commune_code:
        raise DomainError("Kỳ bình chọn cấp xã này chỉ nhận hồ sơ của cơ sở trong xã.")


def _products(facility: Facility, subject: Subject) -> list[Product]:
    names = [safe_name(item) for item in subject.items if item.strip()] if subject.set_case else [subject.name]
    if subject.set_case and len(set(names)) < 2:
        raise DomainError("Bộ sản phẩm cần ít nhất hai sản phẩm khác nhau. Xin ghi tên từng sản phẩm.")
    if len(names) > MOST_ITEMS:
        raise DomainError(f"Bộ sản phẩm có nhiều nhất {MOST_ITEMS} sản phẩm.")
    products = [add_product(facility, name=name, group=subject.group, is_demo=facility.is_demo) for name in names]
    for product in products:
        product.group = subject.group  # the entry's group; the product on the register keeps the one it has
    return products


def _tell_withdrawn(entry: Entry, actor: Person) -> None:
    """The official who screens a filed dossier is told; so is the facility, when an official withdrew it."""
    because = f"\n\nLý do: {entry.reason}" if entry.reason else ""
    subject = f"Đã rút hồ sơ: {entry.name}"
    if entry.submitted_at is not None and entry.officer != actor:
        text = f"{entry.facility} đã rút hồ sơ “{entry.name}” khỏi kỳ bình chọn.{because}"
        tell_official(entry.officer, entry, subject=subject, text=text, key=f"dossiers.withdrawn:{entry.pk}")
    if is_helper(actor, entry):
        text = f"{actor} đã rút hồ sơ “{entry.name}” soạn giúp cơ sở; hồ sơ không còn trong kỳ bình chọn.{because}"
        tell_facility(entry, subject=subject, text=text, key=f"dossiers.withdrawn:{entry.pk}")


def _box(dossier: Dossier, code: str) -> Box:
    for box in boxes_of(dossier):
        if box.code == code:
            return box
    raise DomainError("Ô này không còn trong mẫu hồ sơ. Xin tải lại trang.", code=code)


def _read(box: Box, raw: str) -> str:
    try:
        return read(box.field, raw)
    except BadValue as bad:
        raise BadAnswer(str(bad), code=box.code) from bad


def _keep(dossier: Dossier, box: Box, value: str) -> None:
    """A draft's answer stands with the others; after filing it is held, and no longer once it is as it was filed."""
    place = place_of(dossier, box.field.form)
    if dossier.entry.state == EntryState.DRAFT:
        _put(place, box.code, value)
    elif place.get(box.code, "") == value:
        dossier.held.pop(box.code, None)
    else:
        dossier.held[box.code] = value


def place_of(dossier: Dossier, form: Form) -> dict[str, Any]:
    """Where the answers of a form are kept."""
    place: dict[str, Any] = dossier.registration if form is Form.REGISTRATION else dossier.description
    return place


def _put(place: dict[str, Any], code: str, value: str) -> None:
    if value:
        place[code] = value
    else:
        place.pop(code, None)
