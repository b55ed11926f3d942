"""The main navigation stands on every page: it may cost only what is read once for a person."""

import pytest
from cases import Case
from desks import helper, owner
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from interests import declared
from stage import commune_officer, facility, opened, person
from verdicts import published

from apps.accounts.models import Person, Role
from tieubieu.ui import navigation

GROUPS = {"", "Kỳ bình chọn", "Hồ sơ", "Cơ sở", "Quản trị"}
MOST = {"roles": 1, "appointments": 1, "facilities": 1}


def everybody() -> dict[str, Person]:
    stage = opened()
    return {
        "administrator": person("quan-tri", Role.ADMINISTRATOR, Role.OFFICER),
        "officer": stage.officer,
        "leader": person("lanh-dao", Role.LEADER),
        "auditor": person("kiem-tra", Role.AUDITOR),
        "commune": commune_officer(),
        "judge": stage.judges[0],
        "council": stage.council[0],
        "support": helper(stage),
        "owner": owner(facility(actor=stage.officer)),
        "nobody yet": person("vua-dang-ky"),
    }


def asked_by(who: Person | AnonymousUser):
    request = RequestFactory().get("/")
    request.user = who
    return request


def test_a_further_place_costs_no_further_question(in_daklak, django_assert_max_num_queries):
    for who in everybody().values():
        fresh = Person.objects.get(pk=who.pk)
        with django_assert_max_num_queries(sum(MOST.values())):
            for place in navigation.places():
                place.shown(asked_by(fresh))


def test_a_place_that_asks_for_itself_would_be_seen(in_daklak, django_assert_num_queries):
    """A control: the list above is counted, and a place with a question of its own adds to it."""
    who = Person.objects.get(pk=everybody()["judge"].pk)
    greedy = navigation.Place("Tham", "home", shown=lambda request: Person.objects.filter(login="x").exists())

    with django_assert_num_queries(sum(MOST.values()) + 1):
        for place in [*navigation.places(), greedy]:
            place.shown(asked_by(who))


def test_places_stand_under_the_headings_that_are_known():
    assert {place.group for place in navigation.places()} == GROUPS


@pytest.mark.parametrize("who", ["owner", "judge", "council", "nobody yet"])
def test_whoever_has_a_few_places_sees_a_row(in_daklak, who):
    links = navigation.links(asked_by(everybody()[who]))

    assert 2 <= len(links) <= navigation.FEW
    assert navigation.menu(links)["groups"] == []


@pytest.mark.parametrize("who", ["administrator", "officer", "commune"])
def test_whoever_has_many_places_sees_a_handful_of_headings(in_daklak, who):
    links = navigation.links(asked_by(everybody()[who]))

    groups = navigation.menu(links)["groups"]
    assert len(links) > 8
    assert len(groups) <= 5


def test_what_is_marked_anew_has_a_place_for_whoever_was_given_any_and_may_know_it(in_daklak):
    case = Case(published(1), place=0).received()
    first, second, third = case.sheets()
    case.assigned({sheet.pk: sheet.judge_id for sheet in (first, second)})
    declared(case.scene.stage, second.judge.person)

    shown = [
        "reviews:mine" in [place.url_name for place in navigation.places() if place.shown(asked_by(who))]
        for who in (Person.objects.get(pk=sheet.judge.person_id) for sheet in (first, second, third))
    ]

    assert shown == [True, False, False]
