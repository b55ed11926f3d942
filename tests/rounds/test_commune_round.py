"""The same engine one level down: a commune's officer takes a round of the own commune to its decision."""

from datetime import date
from decimal import Decimal

import pytest
from browsers import at
from stage import MARKS, PLAN_ON, Stage, facility, person, windows

from apps.accounts.models import OrganisationalUnit, Role
from apps.councils.models import Outcome
from apps.dossiers.services import accept_entry, draft_entry, submit_entry
from apps.facilities.services import add_product
from apps.judging.models import Sheet
from apps.judging.services import compute_snapshot, lock_sheet, save_marks
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates
from apps.rounds.models import Body, Level, Post
from apps.rounds.queries.readiness import obstacles
from apps.rounds.services import appoint, approve_plan, open_round, plan_round
from apps.rounds.states import Phase
from tieubieu.progress.models import Job

pytestmark = pytest.mark.usefixtures("in_daklak")
COMMUNE = "24121"


def local_officer(login="can-bo-xa", code=COMMUNE):
    made = person(login, Role.COMMUNE_OFFICER)
    made.unit = OrganisationalUnit.objects.create(name=f"UBND xã {code}", commune_code=code)
    made.save()
    return made


def planned_commune(council=5, officer=None):
    officer = officer or local_officer()
    round = plan_round(
        code="EAKAO-2026", level=Level.COMMUNE, year=2026, ordinal=1, name="Kỳ xã Ea Kao", area_code=COMMUNE,
        actor=officer,
    )  # fmt: skip
    members = [person(f"hoi-dong-xa-{n}") for n in range(council)]
    judges = [person(f"giam-khao-xa-{n}") for n in range(3)]
    for body, people in ((Body.COUNCIL, members), (Body.PANEL, judges)):
        for seat, one in enumerate(people, 1):
            appoint(round.pk, one, body=body, post=Post.CHAIR if seat == 1 else Post.MEMBER, seat=seat, actor=officer)
    windows(round, officer)
    approve_plan(round.pk, plan_number="3/KH-UBND", plan_on=PLAN_ON, choices={}, actor=officer)
    round.refresh_from_db()
    return Stage(officer, members, judges, round)


def filed_commune(entries=1):
    stage = planned_commune()
    open_round(stage.round.pk, actor=stage.officer)
    for number in range(entries):
        maker = facility(number, actor=stage.officer)
        maker.commune_code = COMMUNE
        maker.save()
        product = add_product(maker, name=f"Sản phẩm {number}", group="2")
        entry = draft_entry(stage.round.pk, products=[product], name=product.name, actor=stage.officer)
        stage.entries.append(submit_entry(entry.pk, actor=stage.officer))
    return stage


def click(browser, stage, path, **data):
    answer = browser.post(f"/ky-binh-chon/{stage.round.code}/{path}", data, follow=True)
    assert answer.status_code == 200
    return answer


def decided_commune(entries=1):
    """By the pages of the cockpit wherever a person acts, signed in as the commune's officer."""
    stage = filed_commune(entries)
    browser = at("daklak", stage.officer)
    click(browser, stage, "lam/dong-nhan-ho-so/")
    for entry in stage.entries:
        accept_entry(entry.pk, actor=stage.officer)
    click(browser, stage, "lam/bat-dau-cham/")
    for sheet in Sheet.objects.filter(entry__round=stage.round).select_related("judge__person"):
        save_marks(sheet.pk, {c: Decimal(v) for c, v in MARKS.items()}, remark="", actor=sheet.judge.person)
        lock_sheet(sheet.pk, actor=sheet.judge.person)
    click(browser, stage, "lam/dong-cham/")
    compute_snapshot(stage.round.pk, job_id=Job.objects.latest("created_at").pk)
    present = [str(seat.pk) for seat in stage.round.appointments.filter(body=Body.COUNCIL)]
    click(browser, stage, "hoi-dong/", present=present)
    click(browser, stage, "hoi-dong/", entries=[str(entry.pk) for entry in stage.entries])
    click(
        browser, stage, "quyet-dinh/", number="12/QĐ-UBND", signed_on="03/08/2026", authority="UBND xã Ea Kao",
        signer_title="Chủ tịch", signer="Nguyễn Văn Xã",
    )  # fmt: skip
    return stage


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
    click(at("daklak", helper), stage, "lam/dong-nhan-ho-so/")
    assert stage.refreshed().phase == Phase.SCREENING


def test_the_announcement_of_a_commune_round_does_not_ask_for_a_lower_certificate():
    stage = filed_commune()

    page = at("daklak").get(f"/thong-bao-ky/{stage.round.code}/").content.decode()

    assert "Kỳ xã Ea Kao" in page
    assert "Giấy chứng nhận cấp xã còn giá trị" not in page
