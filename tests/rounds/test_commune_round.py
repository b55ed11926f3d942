"""The same engine one level down: a commune's officer takes a round of the own commune to its decision."""

from datetime import date

import pytest
from browsers import at
from communes import click, decided_commune, end_filing, filed_commune, local_officer, planned_commune
from stage import person

from apps.accounts.models import Role
from apps.councils.models import Outcome
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates
from apps.rounds.queries.readiness import obstacles
from apps.rounds.states import Phase

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_a_commune_round_goes_the_whole_road_in_the_hands_of_its_officer():
    stage = decided_commune(2)
    issue_certificates(stage.round.pk, actor=stage.officer)

    assert stage.refreshed().phase == Phase.DECIDED
    assert stage.round.rules["level"]["code"] == "commune"
    assert set(stage.round.sessions.get().selections.values_list("outcome", flat=True)) == {Outcome.SELECTED}
    assert set(Certificate.objects.values_list("level", "issued_on")) == {("commune", date(2026, 8, 3))}


@pytest.mark.parametrize(("members", "legal"), [(4, False), (5, True), (6, False), (7, True), (9, False)])
def test_a_commune_council_has_five_or_seven(members, legal):
    stage = planned_commune(members)

    assert (obstacles(stage.round) == []) is legal


def test_the_provinces_officer_may_help_and_the_neighbour_communes_may_not_see():
    stage = filed_commune()
    helper, neighbour = person("chuyen-vien-so", Role.OFFICER), local_officer("can-bo-xa-khac", "24133")

    assert at("daklak", neighbour).get(f"/ky-binh-chon/{stage.round.code}/").status_code == 404
    assert at("daklak", neighbour).get(f"/ky-binh-chon/{stage.round.code}/thiet-lap/").status_code == 404
    end_filing(stage)
    click(at("daklak", helper), stage, "lam/dong-nhan-ho-so/")
    assert stage.refreshed().phase == Phase.SCREENING


def test_the_announcement_of_a_commune_round_does_not_ask_for_a_lower_certificate():
    stage = filed_commune()

    page = at("daklak").get(f"/thong-bao-ky/{stage.round.code}/").content.decode()

    assert "Kỳ xã Ea Kao" in page
    assert "Giấy chứng nhận cấp xã còn giá trị" not in page
