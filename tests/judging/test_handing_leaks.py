"""Who may not know of an entry learns nothing of it where sheets are handed out: not by name, count, load or refusal.

The first entry is the tempting one. An officer without a conflict is the negative control of each.
"""

import re

import pytest
from browsers import at
from handing import FILE, PAGE, as_secretary, begin, book, chosen, entry_page, handed, judges_of
from interests import declared, seat_of
from setups import shown
from stage import person

from apps.accounts.models import Role, RoleGrant
from apps.judging.access import assigned_sheets
from apps.judging.queries.assigning import plan_for
from apps.judging.services import uphold_conflict
from apps.rounds.services import state_expertise

pytestmark = pytest.mark.usefixtures("in_daklak")


def knows(stage, text):
    entry = stage.entries[0]
    return any(token in str(text) for token in (entry.code, entry.name, entry.facility.name))


def conflicted_officer(stage):
    """A member of the council who also works for the authority, with a conflict on the first entry."""
    who = stage.council[3]
    RoleGrant.objects.create(person=who, role=Role.OFFICER)
    declared(stage, who)
    return who


def shown_loads(words):
    table = words.split("Số phiếu của từng giám khảo", 1)[1].split("</table>", 1)[0]
    return [int(number) for number in re.findall(r'scope="row">[^<]+</th><td class="num">(\d+)', table)]


def test_a_plan_is_told_without_the_entry_as_if_there_were_none():
    stage = chosen(entries=3, judges=5, each=3)
    free, kept_out = at("daklak", stage.officer), at("daklak", conflicted_officer(stage))

    his, hers = shown(free.get(PAGE)), shown(kept_out.get(PAGE))

    assert (knows(stage, his), knows(stage, hers)) == (True, False)
    assert (sorted(shown_loads(his)), sorted(shown_loads(hers))) == ([1, 2, 2, 2, 2], [1, 1, 1, 1, 2])
    assert not knows(stage, book(kept_out.get(FILE)))
    assert len(book(kept_out.get(FILE))) == 1 + 6


def test_that_the_hidden_entry_lacks_judges_is_told_to_others_only():
    stage = chosen(entries=2, judges=3, each=3)
    declared(stage, stage.judges[0])
    free, kept_out = at("daklak", stage.officer), at("daklak", conflicted_officer(stage))

    his, hers = shown(free.get(PAGE)), shown(kept_out.get(PAGE))

    assert ("Chưa phân công được" in his, "Chưa phân công được" in hers) == (True, False)
    assert "xung đột lợi ích:" not in hers


def test_whoever_may_not_know_one_confirms_no_plan_and_the_refusal_tells_nothing():
    stage = chosen(entries=2, judges=5, each=3)
    kept_out = at("daklak", conflicted_officer(stage))

    page = kept_out.get(PAGE)
    answer = kept_out.post(f"{PAGE}bat-dau/", {"phuong_an": plan_for(stage.round).digest})

    assert "phuong_an" not in shown(page)
    assert answer.status_code == 403
    assert not knows(stage, shown(answer))
    assert not assigned_sheets().exists()


@pytest.mark.parametrize("role", ["chair", "secretary", "officer", "panel chair"])
@pytest.mark.parametrize("is_upheld", [False, True])
def test_what_was_handed_out_is_told_without_the_entry(role, is_upheld):
    stage = handed(entries=3, judges=5, each=2)
    who = {"chair": stage.council[0], "secretary": as_secretary(stage), "panel chair": stage.judges[0]}.get(role)
    who = who or person("can-bo-hai", Role.OFFICER)
    client = at("daklak", who)
    before = shown(client.get(PAGE))
    if role == "officer":
        stage.round.appointments.filter(person=stage.council[4]).update(person=who)
    conflict = declared(stage, who)
    if is_upheld:
        uphold_conflict(conflict.pk, actor=stage.officer)

    after = shown(client.get(PAGE))

    assert (knows(stage, before), knows(stage, after)) == (True, False)
    assert (sum(shown_loads(before)), sum(shown_loads(after))) == (6, 4)
    assert not knows(stage, book(client.get(FILE)))
    assert len(book(client.get(FILE))) == 1 + 4
    assert client.get(entry_page(stage)).status_code == 404
    assert client.get(entry_page(stage, 1)).status_code == 200


def test_that_the_hidden_entry_is_short_is_told_to_others_only():
    stage = handed(entries=2, judges=5, each=2)
    judge = stage.judges[judges_of(stage)[0]]
    uphold_conflict(declared(stage, judge).pk, actor=stage.officer)
    free, kept_out = at("daklak", stage.officer), at("daklak", conflicted_officer(stage))

    assert "còn thiếu giám khảo" in shown(free.get(PAGE))
    assert "còn thiếu giám khảo" not in shown(kept_out.get(PAGE))
    assert [client.get(f"{PAGE}bu/").status_code for client in (free, kept_out)] == [200, 403]


def test_a_hidden_sheet_is_not_there_to_be_taken_away_or_given():
    stage = handed(entries=2, judges=5, each=2)
    sheet = assigned_sheets().filter(entry=stage.entries[0]).first()
    other = next(n for n in range(5) if n not in judges_of(stage))
    kept_out = at("daklak", conflicted_officer(stage))
    seat = seat_of(stage, stage.judges[other])
    nowhere = f"{PAGE}{stage.round.pk}/"

    there = [
        kept_out.post(f"{entry_page(stage)}bo/{sheet.pk}/", {"ly_do": "x"}).status_code,
        kept_out.post(f"{entry_page(stage)}giao/", {"judge": str(seat.pk)}).status_code,
    ]

    assert there == [kept_out.post(f"{nowhere}giao/").status_code] * 2 == [404] * 2
    assert len(judges_of(stage)) == 2


def test_loads_offered_beside_names_count_without_the_hidden_entry():
    stage = handed(entries=2, judges=5, each=3)
    both = next(n for n in judges_of(stage, 0) if n not in judges_of(stage, 1))
    name = stage.judges[both].full_name
    free, kept_out = at("daklak", stage.officer), at("daklak", conflicted_officer(stage))

    his, hers = (shown(client.get(entry_page(stage, 1))) for client in (free, kept_out))

    assert f"{name}: đang có 1 phiếu" in his
    assert f"{name}: đang có 0 phiếu" in hers


def test_expertise_tells_nothing_of_a_hidden_entry():
    stage = chosen(entries=1, judges=3, each=3, by_expertise=True)
    state_expertise(seat_of(stage, stage.judges[0]).pk, ["1"], actor=stage.officer)
    kept_out = at("daklak", conflicted_officer(stage))

    words = shown(kept_out.get(PAGE))

    assert "Ngoài chuyên môn" in shown(at("daklak", stage.officer).get(PAGE))
    assert "Ngoài chuyên môn" not in words
    assert "Chưa lập được phương án" in words


def test_a_judge_who_heads_the_panel_sees_no_conflict_of_others():
    stage = chosen(entries=2, judges=5, each=2)
    declared(stage, stage.judges[1])

    hers = shown(at("daklak", stage.judges[0]).get(PAGE))

    assert f"xung đột lợi ích: {stage.judges[1].full_name}" in shown(at("daklak", stage.officer).get(PAGE))
    assert "xung đột lợi ích:" not in hers
    assert stage.entries[0].code in hers


def test_begun_scoring_tells_the_conflicted_judge_nothing():
    stage = chosen(entries=2, judges=5, each=3)
    declared(stage, stage.judges[0])
    begin(stage)

    words = shown(at("daklak", stage.judges[0]).get("/cham-diem/")) + shown(at("daklak", stage.judges[0]).get(PAGE))

    assert not knows(stage, words)
