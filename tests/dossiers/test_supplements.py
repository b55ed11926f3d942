"""A request for supplement: pinned, due, taken back, answered; and notes both ways."""

from datetime import timedelta

import pytest
from django.utils import timezone
from stage import filed

from apps.dossiers.models import Entry, Side, Supplement, SupplementState
from apps.dossiers.services.supplements import (
    Asked,
    answer_supplement,
    ask_supplement,
    cancel_supplement,
    mark_looked,
    write_note,
)
from apps.dossiers.states import EntryState
from apps.rounds.models import Round
from apps.rounds.states import Phase
from tieubieu.audit.queries import events_of
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")

POINTS = [Asked("field:Mô tả", "incomplete", "Ghi rõ nguyên liệu"), Asked("paper:photo_side", "incorrect")]


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def asked(**fields):
    stage = filed()
    words = {"points": POINTS, "text": "Xin bổ sung", "due_on": in_days(7), "actor": stage.officer, **fields}
    return stage, ask_supplement(stage.entries[0].pk, **words)


def test_a_request_is_pinned_to_places_and_the_entry_waits():
    stage, supplement = asked()

    assert Entry.objects.get().state == EntryState.SUPPLEMENT
    assert set(supplement.points.values_list("place", "wrong", "note")) == {
        ("field:Mô tả", "incomplete", "Ghi rõ nguyên liệu"),
        ("paper:photo_side", "incorrect", ""),
    }
    last = events_of(stage.entries[0]).last()
    assert (last.tag, last.facts["due"]) == ("dossiers.supplement.asked", in_days(7).isoformat())


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.SUBMITTED}))
def test_only_a_submitted_entry_is_sent_back(state):
    stage = filed()
    Entry.objects.update(state=state)

    with pytest.raises(WrongState, match=state.label):
        ask_supplement(stage.entries[0].pk, points=POINTS, text="", due_on=in_days(3), actor=stage.officer)

    assert not Supplement.objects.exists()


@pytest.mark.parametrize(
    ("points", "due", "told"),
    [
        ([], 3, "ít nhất một"),
        ([*POINTS, POINTS[0]], 3, "lặp"),
        ([Asked("legal:own_make", "incorrect")], 3, "lý do"),
        ([Asked("field:x", "")], 3, "lý do"),
        ([Asked("field:x", "incorrect", "y" * 501)], 3, "501 ký tự"),
        (POINTS, 0, "sau hôm nay"),
        (POINTS, -1, "sau hôm nay"),
    ],
)
def test_an_unusable_request_is_told_and_nothing_changes(points, due, told):
    stage = filed()

    with pytest.raises(DomainError, match=told):
        ask_supplement(stage.entries[0].pk, points=points, text="", due_on=in_days(due), actor=stage.officer)

    assert Entry.objects.get().state == EntryState.SUBMITTED
    assert not Supplement.objects.exists()


def test_a_request_taken_back_keeps_its_text():
    stage, _ = asked()

    cancelled = cancel_supplement(stage.entries[0].pk, actor=stage.officer)

    assert Entry.objects.get().state == EntryState.SUBMITTED
    assert (cancelled.state, cancelled.text, cancelled.points.count()) == ("cancelled", "Xin bổ sung", 2)
    with pytest.raises(WrongState):
        cancel_supplement(stage.entries[0].pk, actor=stage.officer)


def test_an_answered_request_is_new_until_somebody_looks_and_another_may_follow():
    stage, _ = asked()
    entry = stage.entries[0]
    answer_supplement(entry)
    Entry.objects.update(state=EntryState.SUBMITTED)

    assert (mark_looked(entry), mark_looked(entry)) == (1, 0)
    ask_supplement(entry.pk, points=POINTS[:1], text="Lần hai", due_on=in_days(2), actor=stage.officer)
    assert list(entry.supplements.values_list("state", flat=True)) == [SupplementState.ANSWERED, SupplementState.OPEN]


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.PLANNED, Phase.SCORING, Phase.COUNCIL, Phase.PUBLISHED])
def test_nothing_is_asked_or_taken_back_outside_screening(phase):
    stage, _ = asked()
    Round.objects.update(phase=phase)

    with pytest.raises(WrongState):
        cancel_supplement(stage.entries[0].pk, actor=stage.officer)


def test_a_request_outlives_the_closing_of_the_filing():
    stage, _ = asked()
    Round.objects.update(phase=Phase.SCREENING)

    assert Entry.objects.get().state == EntryState.SUPPLEMENT
    cancel_supplement(stage.entries[0].pk, actor=stage.officer)


def test_both_sides_write_and_the_note_hangs_on_the_open_request():
    stage, supplement = asked()
    entry = stage.entries[0]

    write_note(entry.pk, side=Side.FACILITY, text="Ảnh nào ạ?", actor=stage.judges[0])
    write_note(entry.pk, side=Side.AUTHORITY, text="Ảnh mặt bên.", actor=stage.officer)

    assert list(entry.notes.values_list("side", "supplement_id")) == [
        ("facility", supplement.pk),
        ("authority", supplement.pk),
    ]


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_note_is_told(text):
    stage = filed()

    with pytest.raises(DomainError):
        write_note(stage.entries[0].pk, side=Side.AUTHORITY, text=text, actor=stage.officer)


def test_nobody_talks_about_a_draft():
    stage = filed()
    Entry.objects.update(submitted_at=None)

    with pytest.raises(WrongState):
        write_note(stage.entries[0].pk, side=Side.AUTHORITY, text="Xin chào", actor=stage.officer)
