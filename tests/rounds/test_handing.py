"""How the score sheets will be handed out: part of a round's set-up until scoring begins, taken over by the next."""

from datetime import date

import pytest
from browsers import at
from setups import page, shown
from stage import person, planned

from apps.accounts.models import Role
from apps.rounds.models import Body, Handing, Level
from apps.rounds.queries.readiness import member_obstacles
from apps.rounds.services import (
    appoint,
    choose_handing,
    copy_setup,
    plan_round,
    propose_windows,
    release_member,
    replace_member,
    state_expertise,
)
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError

pytestmark = pytest.mark.usefixtures("in_daklak")


def choose(round, each, actor, *, by_expertise=False):
    return choose_handing(
        round.pk, handing=Handing.BALANCED, judges_per_entry=each, by_expertise=by_expertise, actor=actor
    )


def test_it_is_chosen_before_anybody_was_appointed_and_then_held_to_the_panel(draft, officer):
    choose(draft, 3, officer)
    judges = [appoint(draft.pk, person(f"gk-{n}"), body=Body.PANEL, actor=officer) for n in range(3)]
    draft.refresh_from_db()
    enough = [str(found) for found in member_obstacles(draft)]

    release_member(judges[0].pk, reason="Nghỉ", actor=officer)

    assert not any("Mỗi hồ sơ cần" in words for words in enough)
    assert any("Mỗi hồ sơ cần 3 giám khảo mà Ban Giám khảo có 2 người" in str(o) for o in member_obstacles(draft))


def test_choosing_the_same_again_changes_nothing(draft, officer):
    choose(draft, 3, officer)
    choose(draft, 3, officer)

    assert Event.objects.filter(tag="rounds.handing.chosen").count() == 1


def test_the_next_round_takes_it_over_with_the_expertise_of_who_stays():
    stage = planned(judges=5)
    choose(stage.round, 3, stage.officer, by_expertise=True)
    seat = stage.round.appointments.get(person=stage.judges[2])
    state_expertise(seat.pk, ["1", "3"], actor=stage.officer)
    propose_windows(stage.round.pk, start=date(2027, 1, 4), officer=stage.officer, actor=stage.officer)
    new = plan_round(
        code="MOI-2027", level=Level.PROVINCE, year=2027, ordinal=1, name="Mới", area_code="66", actor=stage.officer
    )
    asked = {"source": stage.round.code, "start": "19/04/2027"}
    preview = shown(at("daklak", stage.officer).get(page(new.code, "chep/"), asked))

    copy_setup(new.pk, stage.round.pk, start=date(2027, 4, 19), actor=stage.officer)

    new.refresh_from_db()
    assert "3 giám khảo mỗi hồ sơ, theo chuyên môn" in preview
    assert (new.handing, new.judges_per_entry, new.by_expertise) == (Handing.BALANCED, 3, True)
    assert new.appointments.get(person=stage.judges[2]).groups == ["1", "3"]


def test_whoever_comes_in_another_s_place_does_not_inherit_their_expertise(draft, officer):
    seat = appoint(draft.pk, person("gk-1"), body=Body.PANEL, actor=officer, groups=["1"])

    replace_member(seat.pk, person("gk-2"), reason="Thay", actor=officer)

    seat.refresh_from_db()
    assert seat.groups == []


@pytest.mark.parametrize(("body", "groups"), [(Body.PANEL, ["99"]), (Body.COUNCIL, ["1"])])
def test_expertise_is_a_judge_s_and_of_groups_that_the_law_knows(draft, officer, body, groups):
    seat = appoint(draft.pk, person("gk-1"), body=body, actor=officer)

    with pytest.raises(DomainError, match="chuyên môn của giám khảo"):
        state_expertise(seat.pk, groups, actor=officer)


def test_only_who_runs_the_round_chooses(draft):
    looker = at("daklak", person("lanh-dao", Role.LEADER))
    path = page(draft.code, "giao-phieu/")

    assert looker.get(path).status_code == 200
    assert looker.post(path, {"handing": "balanced", "judges_per_entry": "3"}).status_code == 403
    assert at("daklak", person("nguoi-la")).get(path).status_code == 404
    draft.refresh_from_db()
    assert not draft.is_balanced
