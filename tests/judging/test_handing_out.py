"""Sheets go to some of the panel: as proposed, by hand, and anew where one fell away; the rest of the house follows."""

from decimal import Decimal

import pytest
from handing import as_secretary, begin, chosen, handed, judges_of
from interests import accepted, declared, seat_of, sheets_of
from stage import MARKS, scoring

from apps.judging.access import assigned_sheets, own_sheets, unsealed_entries
from apps.judging.making import paper_words
from apps.judging.models import Sheet
from apps.judging.queries import latest_snapshot, progress_by_judge, ranking_input
from apps.judging.queries.assigning import handed_out, plan_for
from apps.judging.services import (
    assign_judge,
    balance_missing,
    close_scoring,
    compute_snapshot,
    dismiss_conflict,
    lock_sheet,
    mark_absent,
    open_scores,
    release_judge,
    remind_judges,
    save_mark,
    save_marks,
    start_scoring,
    uphold_conflict,
)
from apps.judging.states import SheetState
from apps.rounds.models import Handing
from apps.rounds.services import choose_handing, state_expertise
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")


def fill(sheet, marks=MARKS):
    save_marks(sheet.pk, {c: Decimal(v) for c, v in marks.items()}, remark="", actor=sheet.judge.person)
    return lock_sheet(sheet.pk, actor=sheet.judge.person)


def sheet_of(stage, entry=0, place=0):
    """A sheet of the entry, by the judge's place among those who score it."""
    return assigned_sheets().filter(entry=stage.entries[entry]).order_by("judge__seat")[place]


def somebody_else(stage, entry=0):
    return next(number for number in range(len(stage.judges)) if number not in judges_of(stage, entry))


def loads(stage):
    return sorted(load for _, load, _ in handed_out(stage.round, stage.officer, ()).loads)


def test_each_entry_goes_to_its_number_of_judges_and_loads_are_even():
    stage = handed(entries=5, judges=5, each=3)

    assert [len(judges_of(stage, entry)) for entry in range(5)] == [3] * 5
    assert loads(stage) == [3] * 5


def test_the_whole_panel_scores_all_unless_something_else_was_chosen():
    stage = scoring(2, judges=5)

    assert [judges_of(stage, entry) for entry in range(2)] == [[0, 1, 2, 3, 4]] * 2


def test_nobody_is_given_an_entry_on_which_a_conflict_is_decided_or_not():
    stage = chosen(entries=3, judges=5, each=3)
    declared(stage, stage.judges[0])
    uphold_conflict(declared(stage, stage.judges[1]).pk, actor=stage.officer)

    begin(stage)

    assert judges_of(stage, 0) == [2, 3, 4]
    assert loads(stage) == [1, 2, 2, 2, 2]


def test_expertise_is_kept_to_and_none_stated_is_any():
    stage = chosen(entries=2, judges=5, each=2, by_expertise=True)
    for judge in stage.judges[:3]:
        state_expertise(seat_of(stage, judge).pk, ["1"], actor=stage.officer)

    begin(stage)

    assert [judges_of(stage, entry) for entry in range(2)] == [[3, 4]] * 2


def test_scoring_does_not_begin_by_a_plan_that_nobody_saw_or_that_changed():
    stage = chosen()
    seen = plan_for(stage.round).digest
    with pytest.raises(DomainError, match="xin xem phương án"):
        start_scoring(stage.round.pk, actor=stage.officer)
    declared(stage, stage.judges[judges_of_plan(stage)])

    with pytest.raises(WrongState, match="thay đổi từ lúc xem"):
        start_scoring(stage.round.pk, actor=stage.officer, seen=seen)

    assert not Sheet.objects.exists()
    assert stage.refreshed().phase == "screening"


def judges_of_plan(stage):
    plan = plan_for(stage.round)
    first = plan.by_entry[str(stage.entries[0].pk)][0]
    return [judge.pk for judge in stage.judges].index(first.person_id)


def test_scoring_does_not_begin_while_an_entry_lacks_judges():
    stage = chosen(entries=2, judges=3, each=3)
    declared(stage, stage.judges[0])

    with pytest.raises(DomainError, match="chưa đủ giám khảo"):
        start_scoring(stage.round.pk, actor=stage.officer, seen=plan_for(stage.round).digest)

    assert not Sheet.objects.exists()


def test_the_same_plan_comes_each_time_it_is_asked_for():
    stage = chosen(entries=4)

    assert plan_for(stage.round).digest == plan_for(stage.refreshed()).digest


def test_after_scoring_began_the_choice_stands():
    stage = handed()

    with pytest.raises(WrongState):
        choose_handing(
            stage.round.pk, handing=Handing.WHOLE, judges_per_entry=None, by_expertise=False, actor=stage.officer
        )
    with pytest.raises(WrongState):
        state_expertise(seat_of(stage, stage.judges[0]).pk, ["1"], actor=stage.officer)


def test_lists_counts_reminders_and_prints_know_only_what_was_assigned():
    stage = handed(entries=2, judges=5, each=1)
    scoring_ones = {judges_of(stage, 0)[0], judges_of(stage, 1)[0]}
    idle = next(number for number in range(5) if number not in scoring_ones)
    busy = judges_of(stage, 0)[0]

    told = remind_judges(stage.round.pk, actor=stage.officer)

    assert told == len(scoring_ones)
    assert sheets_of(stage, idle) == []
    assert stage.entries[0].code in sheets_of(stage, busy)
    assert sum(row["total"] for row in progress_by_judge(stage.round)) == 2
    words = paper_words(seat_of(stage, stage.judges[busy]), list(own_sheets(stage.judges[busy])))
    assert [page.code for page in words.pages] == sheets_of(stage, busy)


def test_the_mean_is_over_those_who_scored_and_scoring_closes_without_the_others():
    stage = handed(entries=1, judges=3, each=2)
    fill(sheet_of(stage, place=0), MARKS)
    fill(sheet_of(stage, place=1), MARKS | {"C1": "30"})

    job = close_scoring(stage.round.pk, actor=stage.officer)
    compute_snapshot(stage.round.pk, job_id=job)

    (result,) = latest_snapshot(stage.round).body["results"]
    assert (result["total"], result["counted"]) == ("79", 2)
    assert not Event.objects.filter(tag="judging.entries.scored_short").exists()


def test_a_released_sheet_counts_nowhere_and_its_marks_come_back():
    stage = handed(entries=1, judges=3, each=2)
    kept, gone = sheet_of(stage, place=0), sheet_of(stage, place=1)
    judge = gone.judge.person
    save_mark(gone.pk, "C1", Decimal("31"), version=0, actor=judge)

    release_judge(stage.round.pk, gone.pk, reason="Đi công tác", actor=stage.officer)

    assert not own_sheets(judge).exists()
    with pytest.raises(Sheet.DoesNotExist):
        save_mark(gone.pk, "C1", Decimal("32"), version=1, actor=judge)
    fill(kept)
    assert len(ranking_input(stage.round)["entries"][0]["sheets"]) == 1
    back = assign_judge(stage.round.pk, stage.entries[0].pk, gone.judge_id, actor=stage.officer)
    assert (back.pk, back.state, back.marks.get().value) == (gone.pk, SheetState.DRAFT, Decimal("31"))
    assert Notice.objects.filter(person=judge, subject__contains="phiếu chấm").count() == 2


def test_taking_somebody_off_wants_a_reason_when_fewer_stay_than_the_round_wants():
    stage = handed(entries=1, judges=5, each=2)
    extra = assign_judge(
        stage.round.pk, stage.entries[0].pk, seat_of(stage, stage.judges[somebody_else(stage)]).pk, actor=stage.officer
    )

    release_judge(stage.round.pk, extra.pk, actor=stage.officer)
    with pytest.raises(DomainError, match="chỉ còn 1 / 2 giám khảo"):
        release_judge(stage.round.pk, sheet_of(stage).pk, actor=stage.officer)
    release_judge(stage.round.pk, sheet_of(stage).pk, reason="Ốm", actor=stage.officer)

    with pytest.raises(DomainError, match="ít nhất một giám khảo"):
        release_judge(stage.round.pk, sheet_of(stage).pk, reason="Ốm", actor=stage.officer)
    assert len(judges_of(stage)) == 1


def test_whoever_began_is_not_taken_off_without_a_reason():
    stage = handed(entries=1, judges=5, each=1)
    first = sheet_of(stage)
    assign_judge(
        stage.round.pk, stage.entries[0].pk, seat_of(stage, stage.judges[somebody_else(stage)]).pk, actor=stage.officer
    )
    save_mark(first.pk, "C1", Decimal("31"), version=0, actor=first.judge.person)

    with pytest.raises(DomainError, match="đã bắt đầu chấm"):
        release_judge(stage.round.pk, first.pk, actor=stage.officer)


def test_a_locked_sheet_is_nobody_s_to_take_away():
    stage = handed(entries=1, judges=3, each=2)
    sheet = fill(sheet_of(stage))

    with pytest.raises(WrongState, match="đã khóa"):
        release_judge(stage.round.pk, sheet.pk, reason="Điểm thấp", actor=stage.officer)

    assert assigned_sheets().get(pk=sheet.pk).state == SheetState.LOCKED


def test_by_hand_nobody_gets_an_entry_on_which_they_have_a_conflict():
    stage = chosen(entries=2, judges=5, each=2)
    declared(stage, stage.judges[0])
    begin(stage)
    seat = seat_of(stage, stage.judges[0])

    with pytest.raises(DomainError, match="Không giao được"):
        assign_judge(stage.round.pk, stage.entries[0].pk, seat.pk, reason="Cứ giao", actor=stage.officer)

    assert 0 not in judges_of(stage)


def test_nobody_outside_the_panel_is_given_an_entry():
    stage = handed()
    outsider = stage.round.appointments.get(person=stage.council[0])

    with pytest.raises(DomainError, match="Không giao được"):
        assign_judge(stage.round.pk, stage.entries[0].pk, outsider.pk, actor=stage.officer)


def test_outside_their_expertise_somebody_is_given_an_entry_with_a_reason():
    stage = chosen(entries=1, judges=3, each=2, by_expertise=True)
    seat = seat_of(stage, stage.judges[0])
    state_expertise(seat.pk, ["1"], actor=stage.officer)
    begin(stage)

    with pytest.raises(DomainError, match="xin ghi lý do giao"):
        assign_judge(stage.round.pk, stage.entries[0].pk, seat.pk, actor=stage.officer)
    assign_judge(stage.round.pk, stage.entries[0].pk, seat.pk, reason="Không còn ai", actor=stage.officer)

    assert judges_of(stage) == [0, 1, 2]
    with pytest.raises(WrongState, match="đã có phiếu"):
        assign_judge(stage.round.pk, stage.entries[0].pk, seat.pk, reason="Nữa", actor=stage.officer)


def test_once_the_marks_are_known_nobody_is_added_to_a_full_entry():
    stage = handed(entries=1, judges=5, each=2)
    other = seat_of(stage, stage.judges[somebody_else(stage)])
    fill(sheet_of(stage, place=0))
    open_scores(stage.round, stage.entries[0].pk, reason="Kiểm tra", actor=stage.judges[0])

    with pytest.raises(WrongState, match="hết niêm phong"):
        assign_judge(stage.round.pk, stage.entries[0].pk, other.pk, actor=stage.officer)


def test_a_judge_who_does_not_score_an_entry_reads_no_mark_of_it():
    stage = handed(entries=1, judges=5, each=2)
    mine, other = stage.judges[judges_of(stage)[0]], stage.judges[somebody_else(stage)]
    for place in range(2):
        fill(sheet_of(stage, place=place))

    assert list(unsealed_entries(mine, stage.round)) == stage.entries
    assert not unsealed_entries(other, stage.round).exists()
    assert list(unsealed_entries(stage.council[0], stage.round)) == stage.entries


def test_a_conflict_found_later_takes_the_judge_off_and_the_balance_brings_another_and_nobody_else():
    stage = handed(entries=4, judges=5, each=2)
    judge = stage.judges[judges_of(stage)[0]]
    before = set(assigned_sheets().values_list("entry", "judge"))
    uphold_conflict(declared(stage, judge).pk, actor=stage.officer)

    (line,) = handed_out(stage.round, stage.officer, ()).short
    given = balance_missing(stage.round.pk, seen=plan_for(stage.round).digest, actor=stage.officer)

    after = set(assigned_sheets().values_list("entry", "judge"))
    assert (line.entry, line.lacking, given) == (stage.entries[0], 1, 1)
    assert before - after == {(stage.entries[0].pk, seat_of(stage, judge).pk)}
    assert {entry for entry, _ in after - before} == {stage.entries[0].pk}
    assert not handed_out(stage.round, stage.officer, ()).short
    with pytest.raises(DomainError, match="Không có hồ sơ nào"):
        balance_missing(stage.round.pk, seen=plan_for(stage.round).digest, actor=stage.officer)


def test_a_conflict_dismissed_later_gives_no_sheet_beyond_what_the_entry_needs():
    stage = chosen(entries=1, judges=5, each=2)
    conflict = declared(stage, stage.judges[0])
    begin(stage)

    dismiss_conflict(conflict.pk, reason="Trùng tên", actor=stage.officer)

    assert len(judges_of(stage)) == 2
    assert 0 not in judges_of(stage)


def test_who_was_marked_absent_is_not_asked_to_fill_a_gap():
    stage = handed(entries=3, judges=5, each=2)
    sheet = sheet_of(stage)
    mark_absent(sheet.pk, reason="Ốm", actor=stage.officer)

    balance_missing(stage.round.pk, seen=plan_for(stage.round).digest, actor=stage.officer)

    assert not handed_out(stage.round, stage.officer, ()).short
    assert Sheet.objects.filter(judge=sheet.judge).count() == assigned_sheets().filter(judge=sheet.judge).count()


def test_closing_with_fewer_judges_than_wanted_is_kept_in_the_log():
    stage = handed(entries=1, judges=3, each=2)
    release_judge(stage.round.pk, sheet_of(stage).pk, reason="Ốm", actor=stage.officer)
    fill(sheet_of(stage))

    close_scoring(stage.round.pk, actor=stage.officer)

    event = Event.objects.get(tag="judging.entries.scored_short")
    assert event.facts["entries"] == [stage.entries[0].code]


def test_after_closing_nobody_is_added_or_taken_off():
    stage = handed(entries=1, judges=3, each=1)
    sheet = fill(sheet_of(stage))
    other = seat_of(stage, stage.judges[somebody_else(stage)])
    close_scoring(stage.round.pk, actor=stage.officer)

    for act in (
        lambda: assign_judge(stage.round.pk, stage.entries[0].pk, other.pk, actor=stage.officer),
        lambda: release_judge(stage.round.pk, sheet.pk, reason="Muộn", actor=stage.officer),
        lambda: balance_missing(stage.round.pk, seen="", actor=stage.officer),
    ):
        with pytest.raises(WrongState):
            act()


def test_where_the_whole_panel_scores_nobody_is_added_or_taken_off():
    stage = scoring(1)

    with pytest.raises(WrongState, match="cả Ban Giám khảo"):
        release_judge(stage.round.pk, sheet_of(stage).pk, reason="Thừa", actor=stage.officer)


@pytest.mark.parametrize(("each", "told"), [(0, "từ 1 trở lên"), (None, "từ 1 trở lên"), (6, "có 5 người")])
def test_a_number_that_cannot_be_is_refused(each, told):
    stage = accepted(1, judges=5)

    with pytest.raises(DomainError, match=told):
        choose_handing(
            stage.round.pk, handing=Handing.BALANCED, judges_per_entry=each, by_expertise=False, actor=stage.officer
        )

    assert not stage.refreshed().is_balanced


def test_the_secretary_may_change_and_balance_but_a_judge_who_runs_the_round_changes_nothing():
    stage = handed()
    secretary = as_secretary(stage)

    assert secretary.has_perm("judging.assignment.change", stage.round)
    assert secretary.has_perm("judging.assignment.make", stage.round)
    stage.round.appointments.filter(person=stage.judges[0]).update(person=stage.officer)
    assert not stage.officer.has_perm("judging.assignment.change", stage.round)
    assert not stage.judges[1].has_perm("judging.assignment.see", stage.round)


def test_a_reason_may_be_as_long_as_any_other_and_is_never_cut():
    stage = handed(entries=1, judges=5, each=2)
    seat = stage.round.appointments.get(person=stage.judges[somebody_else(stage)])
    sheet = sheet_of(stage)

    assign_judge(stage.round.pk, stage.entries[0].pk, seat.pk, actor=stage.officer)
    with pytest.raises(DomainError, match="501 ký tự"):
        release_judge(stage.round.pk, sheet.pk, reason="a" * 501, actor=stage.officer)

    assert release_judge(stage.round.pk, sheet.pk, reason="a" * 500, actor=stage.officer).reason == "a" * 500
