"""Decisions about a filed entry: which state allows which, and the word a stale page gets."""

from datetime import timedelta

import pytest
from django.utils import timezone
from stage import DESCRIPTION, REGISTRATION, facility, filed, opened, person, scored, send

from apps.accounts.models import Role
from apps.councils.services import convene
from apps.dossiers.models import Entry
from apps.dossiers.queries.standing import stamp_of
from apps.dossiers.services import (
    accept_entry,
    assign_entry,
    dissolve_set,
    draft_entry,
    merge_entries,
    refuse_entry,
    reopen_entry,
)
from apps.dossiers.services.supplements import Asked, ask_supplement
from apps.dossiers.states import EntryState
from apps.facilities.models import Product
from apps.facilities.services import add_product
from apps.judging.models import Sheet
from apps.judging.services import start_scoring
from apps.rounds.models import Body, Round
from apps.rounds.services import advance
from apps.rounds.states import GRANTS, Capability, Phase
from tieubieu.audit.queries import events_of
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")

NOT_SCREENING = [phase for phase in Phase if Capability.SCREEN not in GRANTS[phase]]


def of_one_facility(entries: int = 2, **kwargs):
    """A round in which one facility filed several products."""
    stage = opened(**kwargs)
    maker = facility(0, actor=stage.officer)
    for number in range(entries):
        product = add_product(maker, name=f"Cà phê {number}", group="2")
        entry = draft_entry(
            stage.round.pk,
            products=[product],
            name=product.name,
            actor=stage.officer,
            registration=REGISTRATION,
            description=DESCRIPTION | {"Mô tả": f"Loại {number}", "Nguyên liệu": "Cà phê vối"},
        )
        stage.entries.append(send(entry, actor=stage.officer))
    return stage


def accepted(entries: int = 2):
    stage = of_one_facility(entries)
    stage.entries = [accept_entry(entry.pk, actor=stage.officer) for entry in stage.entries]
    return stage


def put(entry, state, **fields):
    Entry.objects.filter(pk=entry.pk).update(state=state, **fields)


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.SUBMITTED}))
def test_only_a_submitted_entry_is_accepted(state):
    stage = filed()
    put(stage.entries[0], state)

    with pytest.raises(WrongState, match=state.label):
        accept_entry(stage.entries[0].pk, actor=stage.officer)

    assert Entry.objects.get().code == ""


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.SUBMITTED, EntryState.SUPPLEMENT}))
def test_only_an_unconcluded_entry_is_refused(state):
    stage = filed()
    put(stage.entries[0], state)

    with pytest.raises(WrongState, match=state.label):
        refuse_entry(stage.entries[0].pk, reason="Thiếu ảnh", actor=stage.officer)


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.INELIGIBLE, EntryState.ACCEPTED}))
def test_only_a_conclusion_is_reopened(state):
    stage = filed()
    put(stage.entries[0], state)

    with pytest.raises(WrongState, match=state.label):
        reopen_entry(stage.entries[0].pk, reason="Nhầm", actor=stage.officer)


@pytest.mark.parametrize("phase", NOT_SCREENING)
def test_nothing_is_decided_in_a_round_that_does_not_screen(phase):
    stage = filed()
    entry = stage.entries[0]
    Round.objects.update(phase=phase)
    acts = [
        lambda: accept_entry(entry.pk, actor=stage.officer),
        lambda: refuse_entry(entry.pk, reason="Thiếu", actor=stage.officer),
        lambda: assign_entry(entry.pk, officer=stage.officer, actor=stage.officer),
    ]

    for act in acts:
        with pytest.raises(WrongState):
            act()

    assert Entry.objects.get().state == EntryState.SUBMITTED


def test_the_second_officers_contrary_decision_meets_the_first_ones_name_and_hour():
    stage = filed()
    entry = stage.entries[0]
    second = person("chuyen-vien-hai", Role.OFFICER)
    refuse_entry(entry.pk, reason="Thiếu ảnh", actor=stage.officer)

    with pytest.raises(WrongState) as refused:
        accept_entry(entry.pk, actor=second)

    told = refused.value.message
    assert "Không hợp lệ" in told
    assert str(stage.officer) in told
    assert f"ngày {timezone.localdate():%d/%m/%Y}" in told


def test_a_decision_made_on_an_old_page_changes_nothing():
    """The state is the same again, but the dossier was filed once more in between."""
    stage = filed()
    entry = stage.entries[0]
    seen = stamp_of(entry)
    entry.filings.create(number=2, filed_by=stage.officer, content={}, digest="sha256:1", receipt_code="BN-1")

    with pytest.raises(WrongState, match="Trang vừa dùng đã cũ"):
        accept_entry(entry.pk, actor=stage.officer, seen=seen)

    accept_entry(entry.pk, actor=stage.officer, seen=stamp_of(entry))


def test_a_refusal_is_taken_back_with_a_reason_and_the_entry_can_be_accepted():
    stage = filed()
    entry = stage.entries[0]
    refuse_entry(entry.pk, reason="Thiếu ảnh", actor=stage.officer)

    with pytest.raises(DomainError, match="lý do"):
        reopen_entry(entry.pk, reason=" ", actor=stage.officer)
    reopened = reopen_entry(entry.pk, reason="Ảnh đã có từ đầu", actor=stage.officer)

    assert (reopened.state, reopened.reason) == (EntryState.SUBMITTED, "")
    assert accept_entry(entry.pk, actor=stage.officer).code == "THU-2026-001"
    assert [event.tag for event in events_of(entry)][-3:] == [
        "dossiers.entry.refused",
        "dossiers.entry.reopened",
        "dossiers.entry.accepted",
    ]


def test_an_entry_that_was_reopened_keeps_its_code():
    stage = filed(2)
    first = accept_entry(stage.entries[0].pk, actor=stage.officer)
    reopen_entry(first.pk, reason="Xem lại", actor=stage.officer)
    second = accept_entry(stage.entries[1].pk, actor=stage.officer)

    assert (accept_entry(first.pk, actor=stage.officer).code, second.code) == ("THU-2026-001", "THU-2026-002")


def test_a_reason_that_is_too_long_is_told_and_not_cut():
    stage = filed()

    with pytest.raises(DomainError, match="501 ký tự"):
        refuse_entry(stage.entries[0].pk, reason="x" * 501, actor=stage.officer)


def test_assigning_twice_is_one_event():
    stage = filed()
    entry = stage.entries[0]

    assign_entry(entry.pk, officer=stage.officer, actor=stage.officer)
    assign_entry(entry.pk, officer=stage.officer, actor=stage.officer)
    assign_entry(entry.pk, officer=None, actor=stage.officer)

    told = [event.facts["officer"] for event in events_of(entry) if event.tag == "dossiers.entry.assigned"]
    assert told == [str(stage.officer), ""]


@pytest.mark.parametrize("state", [EntryState.INELIGIBLE, EntryState.WITHDRAWN, EntryState.MERGED, EntryState.DRAFT])
def test_what_needs_no_screening_is_given_to_nobody(state):
    stage = filed()
    put(stage.entries[0], state)

    with pytest.raises(WrongState):
        assign_entry(stage.entries[0].pk, officer=stage.officer, actor=stage.officer)


@pytest.mark.parametrize("state", [EntryState.SUBMITTED, EntryState.SUPPLEMENT])
def test_scoring_does_not_start_over_an_unconcluded_dossier(state):
    stage = filed(2)
    accept_entry(stage.entries[0].pk, actor=stage.officer)
    put(stage.entries[1], state)
    advance(stage.round.pk, "close_filing", actor=stage.officer)

    with pytest.raises(DomainError, match="Còn 1 hồ sơ"):
        start_scoring(stage.round.pk, actor=stage.officer)

    put(stage.entries[1], EntryState.WITHDRAWN)
    start_scoring(stage.round.pk, actor=stage.officer)
    assert not Sheet.objects.filter(entry=stage.entries[1]).exists()


def test_a_dossier_waiting_for_its_facility_is_named_as_such_before_scoring():
    stage = filed()
    tomorrow = timezone.localdate() + timedelta(days=1)
    points = [Asked("field:Mô tả", "incomplete")]
    ask_supplement(stage.entries[0].pk, points=points, text="", due_on=tomorrow, actor=stage.officer)
    advance(stage.round.pk, "close_filing", actor=stage.officer)

    with pytest.raises(DomainError, match="1 hồ sơ đang chờ cơ sở bổ sung"):
        start_scoring(stage.round.pk, actor=stage.officer)


# --- Sets ----------------------------------------------------------------------------------------


def test_a_set_made_while_screening_is_judged_in_place_of_its_members():
    stage = accepted(2)

    merged = merge_entries([e.pk for e in stage.entries], name="Bộ cà phê", set_case="b", actor=stage.officer)
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    start_scoring(stage.round.pk, actor=stage.officer)

    assert set(Sheet.objects.values_list("entry__code", flat=True)) == {merged.code}
    assert merged.dossier.description == DESCRIPTION | {
        "Mô tả": "Cà phê 0: Loại 0\nCà phê 1: Loại 1",
        "Nguyên liệu": "Cà phê vối",
    }


def test_a_set_is_taken_apart_again_and_leaves_its_history():
    stage = accepted(2)
    merged = merge_entries([e.pk for e in stage.entries], name="Bộ cà phê", set_case="b", actor=stage.officer)

    dissolve_set(merged.pk, reason="Cơ sở đề nghị", actor=stage.officer)

    states = dict(Entry.objects.values_list("code", "state"))
    assert states == {"THU-2026-001": "accepted", "THU-2026-002": "accepted", "THU-2026-003": "dissolved"}
    assert not Entry.objects.filter(merged_into__isnull=False).exists()
    assert events_of(merged).last().facts["members"] == ["THU-2026-001", "THU-2026-002"]
    again = merge_entries([e.pk for e in stage.entries], name="Bộ cà phê", set_case="b", actor=stage.officer)
    assert again.code == "THU-2026-004"


def test_a_set_is_not_taken_apart_once_scoring_has_begun():
    stage = accepted(2)
    merged = merge_entries([e.pk for e in stage.entries], name="Bộ cà phê", set_case="b", actor=stage.officer)
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    start_scoring(stage.round.pk, actor=stage.officer)

    with pytest.raises(WrongState):
        dissolve_set(merged.pk, reason="Muộn", actor=stage.officer)


def test_a_product_that_was_never_a_set_is_not_taken_apart():
    stage = accepted(1)

    with pytest.raises(WrongState):
        dissolve_set(stage.entries[0].pk, reason="Thử", actor=stage.officer)


def test_a_set_made_by_merging_is_not_reopened_but_taken_apart():
    stage = accepted(2)
    merged = merge_entries([e.pk for e in stage.entries], name="Bộ cà phê", set_case="b", actor=stage.officer)

    with pytest.raises(DomainError, match="tách bộ"):
        reopen_entry(merged.pk, reason="Nhầm", actor=stage.officer)


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.ACCEPTED}))
def test_only_accepted_entries_become_a_set(state):
    stage = accepted(2)
    put(stage.entries[1], state)

    with pytest.raises(DomainError):
        merge_entries([e.pk for e in stage.entries], name="Bộ", set_case="a", actor=stage.officer)

    assert Entry.objects.count() == 2


@pytest.mark.parametrize("set_case", ["", "d", "aa"])
def test_a_set_names_one_of_the_three_legal_cases(set_case):
    stage = accepted(2)

    with pytest.raises(DomainError, match="Điều 3"):
        merge_entries([e.pk for e in stage.entries], name="Bộ", set_case=set_case, actor=stage.officer)


def test_products_of_two_groups_are_no_set():
    stage = accepted(2)
    Entry.objects.filter(pk=stage.entries[0].pk).update(group="1")

    with pytest.raises(DomainError, match="cùng nhóm"):
        merge_entries([e.pk for e in stage.entries], name="Bộ", set_case="a", actor=stage.officer)


def test_a_set_may_not_take_the_name_of_another_entry_of_the_facility():
    stage = accepted(2)

    with pytest.raises(DomainError, match="đặt tên khác"):
        merge_entries([e.pk for e in stage.entries], name="Cà phê 0", set_case="a", actor=stage.officer)


@pytest.mark.parametrize("phase", sorted(set(NOT_SCREENING) - {Phase.COUNCIL}))
def test_no_set_is_made_when_neither_screening_nor_the_council_is_at_work(phase):
    stage = accepted(2)
    Round.objects.update(phase=phase)

    with pytest.raises(WrongState):
        merge_entries([e.pk for e in stage.entries], name="Bộ", set_case="a", actor=stage.officer)


def test_a_set_made_before_the_council_stands_on_its_members_and_is_not_taken_apart():
    stage = scored(2)
    members = stage.round.appointments.filter(body=Body.COUNCIL)
    maker = stage.entries[0].facility
    Entry.objects.update(facility=maker)
    Product.objects.update(facility=maker)
    convene(stage.round.pk, present=[m.pk for m in members], actor=stage.officer)
    merged = merge_entries([e.pk for e in stage.entries], name="Bộ", set_case="a", actor=stage.officer)

    with pytest.raises(WrongState):
        dissolve_set(merged.pk, reason="Muộn", actor=stage.officer)
