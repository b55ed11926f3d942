"""Closing seals the session: everything is decided, and nothing changes after."""

import pytest
from browsers import at
from chamber import LOW, sitting
from stage import MARKS

from apps.councils.models import Outcome, Selection
from apps.councils.queries.record import is_intact, record_of
from apps.councils.services import (
    annul_ballot,
    arrive,
    close_session,
    depart,
    leave_out,
    note,
    open_ballot,
)
from apps.councils.services.holding import QuorumLost
from apps.rounds.states import Phase
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_every_entry_is_kept_with_its_outcome_its_votes_and_its_reason():
    held = sitting(MARKS, MARKS, MARKS, LOW)
    held.voted(0, approve=6, against=1)
    held.voted(1, approve=3, against=4)
    leave_out(held.session.pk, [held.stage.entries[2].pk], reason="Hồ sơ trùng cơ cấu", actor=held.officer)

    close_session(held.session.pk, actor=held.officer)

    kept = {s.entry_id: (s.outcome, s.votes_for, s.votes_against, s.reason) for s in Selection.objects.all()}
    assert [kept[entry.pk] for entry in held.stage.entries] == [
        (Outcome.SELECTED, 6, 1, ""),
        (Outcome.PASSED_NOT_SELECTED, 3, 4, "Không đủ phiếu tán thành: 3/7 (biểu quyết số 2)"),
        (Outcome.PASSED_NOT_SELECTED, 0, 0, "Hồ sơ trùng cơ cấu"),
        (Outcome.BELOW, 0, 0, ""),
    ]
    assert held.stage.refreshed().phase == Phase.CONCLUDED


def test_a_passed_entry_without_vote_or_reason_keeps_the_session_open():
    held = sitting()
    held.voted(0)

    with pytest.raises(DomainError, match=r"Còn 1 sản phẩm đạt điểm chưa biểu quyết.*THU-2026-002"):
        close_session(held.session.pk, actor=held.officer)

    assert (held.now.closed_at, Selection.objects.count()) == (None, 0)


def test_a_running_vote_keeps_the_session_open():
    held = sitting()
    held.opened(0, 1)

    with pytest.raises(WrongState, match="Còn một biểu quyết chưa kết thúc"):
        close_session(held.session.pk, actor=held.officer)


def test_the_session_does_not_close_below_the_quorum():
    held = sitting(present=5)
    held.voted(0, 1, approve=5)
    depart(held.session.pk, held.members[4].pk, actor=held.officer)

    with pytest.raises(QuorumLost):
        close_session(held.session.pk, actor=held.officer)
    arrive(held.session.pk, held.members[4].pk, actor=held.officer)

    assert close_session(held.session.pk, actor=held.officer).closed_at


def test_nothing_changes_after_the_session_was_sealed():
    held = sitting()
    ballot = held.voted(0, 1)
    close_session(held.session.pk, actor=held.officer)
    before = record_of(held.now)

    for change in (
        lambda: arrive(held.session.pk, held.members[0].pk, actor=held.officer),
        lambda: note(held.session.pk, held.item.pk, text="Thêm", actor=held.officer),
        lambda: annul_ballot(ballot.pk, reason="Muộn", actor=held.officer),
        lambda: open_ballot(held.session.pk, held.item.pk, [], actor=held.officer),
        lambda: close_session(held.session.pk, actor=held.officer),
    ):
        with pytest.raises(WrongState, match="đã bế mạc"):
            change()

    assert record_of(held.now) == before
    assert is_intact(held.session)


@pytest.mark.parametrize("tampering", ["votes", "reason", "stay"])
def test_a_sealed_session_tells_when_somebody_touched_its_rows(tampering):
    """A control for the digest: it is over all that was decided."""
    held = sitting()
    held.voted(0, 1)
    close_session(held.session.pk, actor=held.officer)

    if tampering == "votes":
        held.session.ballots.update(approve=6, against=1)
    elif tampering == "reason":
        held.session.selections.update(reason="Khác")
    else:
        held.session.attendances.first().delete()

    assert not is_intact(held.now)


def test_the_sealed_page_warns_when_its_rows_were_touched():
    held = sitting()
    held.voted(0, 1)
    close_session(held.session.pk, actor=held.officer)

    held.session.ballots.update(approve=6, against=1)

    page = at("daklak", held.officer).get("/ky-binh-chon/THU-2026/hoi-dong/").content.decode()
    assert "không còn như khi bế mạc" in page
    assert "khớp" not in page
