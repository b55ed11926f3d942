"""Before scoring closes short, what is missing is named; who answers for it hears when a recusal leaves a gap."""

from decimal import Decimal

import pytest
from browsers import at
from handing import handed, judges_of
from interests import declared
from stage import MARKS, scored, scoring

from apps.judging.models import Sheet
from apps.judging.queries.assigning import gaps
from apps.judging.services import lock_sheet, mark_absent, recuse, save_marks, uphold_conflict
from apps.rounds.models import Body, Post
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")


def cockpit(stage, who=None):
    return at("daklak", who or stage.officer).get(f"/ky-binh-chon/{stage.round.code}/").content.decode()


def sheet_of(stage, judge=0, entry=0):
    return Sheet.objects.get(judge__person=stage.judges[judge], entry=stage.entries[entry])


def told(stage):
    return {(one.person_id, one.subject) for one in Notice.objects.filter(key__startswith="judging.short:")}


def test_the_cockpit_names_what_is_missing_entry_by_entry_and_offers_no_closing_that_would_be_refused():
    stage = scoring(2)
    mark_absent(sheet_of(stage).pk, reason="Ốm", actor=stage.officer)

    text = cockpit(stage)

    first, second = (entry.code for entry in stage.entries)
    assert f"{first}: 2 / 3 giám khảo chấm ({stage.judges[0].full_name} vắng); 2 phiếu chưa khóa" in text
    assert f"{second}: 3 phiếu chưa khóa" in text
    assert "Chưa đóng được" in text
    assert "/lam/dong-cham/" not in text


def test_closing_short_is_asked_with_who_is_missing():
    stage = scoring(1)
    mark_absent(sheet_of(stage).pk, reason="Ốm", actor=stage.officer)
    for judge in (1, 2):
        sheet = sheet_of(stage, judge)
        save_marks(sheet.pk, {c: Decimal(v) for c, v in MARKS.items()}, remark="", actor=stage.judges[judge])
        lock_sheet(sheet.pk, actor=stage.judges[judge])

    text = cockpit(stage)

    assert f"{stage.entries[0].code}: 2 / 3 giám khảo chấm ({stage.judges[0].full_name} vắng)" in text
    assert "/lam/dong-cham/" in text
    assert "chưa khóa" not in text.partition("Có hồ sơ thiếu giám khảo")[2]


def test_nothing_is_missing_where_nothing_is():
    stage = scored(1)

    assert gaps(stage.round) == []
    assert "thiếu giám khảo" not in cockpit(stage)


def test_an_entry_hidden_from_the_officer_is_not_named():
    stage = scoring(2)
    seat = stage.round.appointments.filter(body=Body.COUNCIL, person=stage.council[2])
    seat.update(person=stage.officer)
    free = cockpit(stage)

    declared(stage, stage.officer)

    text = cockpit(stage)
    assert stage.entries[0].code in free
    assert stage.entries[0].code not in text
    assert stage.entries[1].code in text


def test_the_officer_and_the_chair_hear_that_a_recusal_left_too_few():
    stage = handed(entries=2, judges=3, each=2)
    judge = judges_of(stage)[0]

    uphold_conflict(declared(stage, stage.judges[judge]).pk, actor=stage.officer)

    subject = f"Thiếu giám khảo: {stage.entries[0].code}"
    assert told(stage) == {(stage.officer.pk, subject), (stage.council[0].pk, subject)}
    notice = Notice.objects.filter(person=stage.officer, key__startswith="judging.short:").get()
    assert "1 / 2 giám khảo" in notice.text
    assert at("daklak", stage.officer).get(notice.url).status_code == 200


def test_a_chair_with_a_conflict_there_hears_nothing():
    stage = handed(entries=2, judges=3, each=2)
    declared(stage, stage.council[0])
    judge = judges_of(stage)[0]

    uphold_conflict(declared(stage, stage.judges[judge]).pk, actor=stage.officer)

    assert {person for person, _ in told(stage)} == {stage.officer.pk}


def test_where_the_whole_panel_scores_they_hear_only_when_nobody_is_left():
    stage = scoring(1)

    recuse(sheet_of(stage, 0).pk, reason="Người nhà", actor=stage.officer)
    recuse(sheet_of(stage, 1).pk, reason="Người nhà", actor=stage.officer)
    before = told(stage)
    recuse(sheet_of(stage, 2).pk, reason="Người nhà", actor=stage.officer)

    assert before == set()
    assert {person for person, _ in told(stage)} == {stage.officer.pk, stage.council[0].pk}


def test_the_chair_is_who_chairs_the_council_now():
    stage = handed(entries=1, judges=3, each=2)
    members = stage.round.appointments.filter(body=Body.COUNCIL)
    members.filter(person=stage.council[0]).update(post=Post.MEMBER)
    members.filter(person=stage.council[5]).update(post=Post.CHAIR)

    uphold_conflict(declared(stage, stage.judges[judges_of(stage)[0]]).pk, actor=stage.officer)

    assert {person for person, _ in told(stage)} == {stage.officer.pk, stage.council[5].pk}


@pytest.mark.parametrize("count", [1, 3])
def test_the_cockpit_asks_the_same_questions_however_much_is_missing(count, django_assert_num_queries):
    stage = scoring(count)
    client = at("daklak", stage.officer)
    client.get("/thong-bao/")

    with django_assert_num_queries(24):
        client.get(f"/ky-binh-chon/{stage.round.code}/")
