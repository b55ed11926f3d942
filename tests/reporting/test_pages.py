from datetime import date
from io import BytesIO

import pytest
from browsers import at
from campaigns import WORDS
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from stage import concluded, decided, filed, opened, person, planned, scored, scoring

from apps.accounts.models import Role
from apps.judging.models import Sheet
from apps.outreach.criteria import Criteria
from apps.outreach.models import Campaign
from apps.outreach.services import plan_campaign
from apps.recognition.making import make_certificate
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates, publish_results
from apps.rounds.models import Level, Round
from apps.rounds.services import plan_round
from apps.rounds.states import Phase
from tenants.gateways import as_owner, inside
from tenants.models import Tenant

pytestmark = pytest.mark.usefixtures("in_daklak")


def published(entries=2):
    stage = decided(entries)
    job = issue_certificates(stage.round.pk, actor=stage.officer)
    for certificate in Certificate.objects.all():
        make_certificate(certificate.pk, job_id=job)
    publish_results(stage.round.pk, actor=stage.officer)
    return stage


@pytest.mark.parametrize("build", [planned, filed, scoring, scored, concluded, decided])
def test_the_cockpit_shows_at_every_phase(build):
    stage = build()

    page = at("daklak", stage.officer).get(f"/ky-binh-chon/{stage.round.code}/")

    assert page.status_code == 200
    assert stage.round.name in page.content.decode()


def test_the_cockpit_offers_the_one_next_act():
    stage = planned()
    client = at("daklak", stage.officer)

    answer = client.post(f"/ky-binh-chon/{stage.round.code}/lam/mo-nhan-ho-so/", follow=True)

    assert stage.refreshed().phase == Phase.OPEN
    assert "Đóng nhận hồ sơ" in answer.content.decode()


def test_a_stale_button_changes_nothing_and_says_so():
    stage = planned()

    answer = at("daklak", stage.officer).post(f"/ky-binh-chon/{stage.round.code}/lam/cong-bo/", follow=True)

    assert stage.refreshed().phase == Phase.PLANNED
    assert "không có gì thay đổi" in answer.content.decode()


def test_a_rule_in_the_way_is_told_on_the_page():
    stage = scoring()

    answer = at("daklak", stage.officer).post(f"/ky-binh-chon/{stage.round.code}/lam/dong-cham/", follow=True)

    assert "Còn 3 phiếu chưa khóa" in answer.content.decode()


def test_a_judge_sees_the_round_but_neither_its_figures_nor_its_acts():
    stage = scored()
    client = at("daklak", stage.judges[0])

    cockpit = client.get(f"/ky-binh-chon/{stage.round.code}/").content.decode()

    assert stage.round.name in cockpit
    assert "Điểm bình quân" not in cockpit
    assert "sha256" not in cockpit
    assert "Giám Khảo" not in cockpit.replace(str(stage.judges[0]), "")
    assert client.get(f"/ky-binh-chon/{stage.round.code}/ket-qua-cham/").status_code == 404
    assert client.get(f"/ky-binh-chon/{stage.round.code}/ket-qua-cham.xlsx").status_code == 404
    assert client.get(f"/ky-binh-chon/{stage.round.code}/hoi-dong/").status_code == 404


def test_an_observer_sees_but_does_not_act():
    stage = planned()
    observer = person("theo-doi", Role.AUDITOR)
    client = at("daklak", observer)

    assert client.get(f"/ky-binh-chon/{stage.round.code}/").status_code == 200
    assert client.post(f"/ky-binh-chon/{stage.round.code}/lam/mo-nhan-ho-so/").status_code == 403
    assert stage.refreshed().phase == Phase.PLANNED


def test_a_stranger_gets_the_same_404_as_for_what_does_not_exist():
    stage = planned()
    stranger = at("daklak", person("la-mat"))

    real = stranger.get(f"/ky-binh-chon/{stage.round.code}/")
    unreal = stranger.get("/ky-binh-chon/KHONG-CO/")

    assert (real.status_code, unreal.status_code) == (404, 404)
    assert real.content == unreal.content


def test_the_results_show_every_candidate_and_export_the_same_rows():
    stage = concluded(2)
    client = at("daklak", stage.officer)

    page = client.get(f"/ky-binh-chon/{stage.round.code}/ket-qua-cham/").content.decode()
    book = client.get(f"/ky-binh-chon/{stage.round.code}/ket-qua-cham.xlsx")

    assert page.count("THU-2026-00") == 2
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["THU-2026-001", "THU-2026-002"]


def test_a_nomination_without_a_letter_keeps_who_was_picked_and_asks_before_sealing():
    stage = decided(2)
    issue_certificates(stage.round.pk, actor=stage.officer)
    client = at("daklak", stage.officer)
    url = f"/ky-binh-chon/{stage.round.code}/de-cu/"

    shown = client.get(url).content.decode()
    answer = client.post(url, {"entries": [str(stage.entries[1].pk)], "number": "", "signed_on": ""})

    assert 'form="goi-de-cu"' in shown[shown.index("<dialog") :]
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{stage.entries[1].pk}" checked' in page
    assert f'value="{stage.entries[0].pk}" checked' not in page


def test_without_certificates_there_is_nothing_to_nominate():
    stage = decided()

    page = at("daklak", stage.officer).get(f"/ky-binh-chon/{stage.round.code}/de-cu/").content.decode()

    assert "Chưa có giấy chứng nhận nào" in page
    assert "<dialog" not in page


def test_the_decision_is_expected_from_the_tenants_own_authority():
    with as_owner():
        Tenant.objects.filter(slug="daklak").update(people_committee="UBND tỉnh Đắk Lắk")
    stage = concluded()

    page = at("daklak", stage.officer).get(f"/ky-binh-chon/{stage.round.code}/quyet-dinh/").content.decode()

    assert 'value="UBND tỉnh Đắk Lắk"' in page


def test_a_decision_is_recorded_and_a_bad_date_keeps_what_was_typed():
    stage = concluded()
    client = at("daklak", stage.officer)
    url = f"/ky-binh-chon/{stage.round.code}/quyet-dinh/"
    typed = {
        "number": "77/QĐ-UBND",
        "signed_on": "31/02/2026",
        "authority": "UBND",
        "signer_title": "PCT",
        "signer": "A",
    }

    refused = client.post(url, typed)
    client.post(url, {**typed, "signed_on": "03/08/2026"})

    assert refused.status_code == 422
    assert "77/QĐ-UBND" in refused.content.decode()
    stage.refreshed()
    assert (stage.round.decision.number, stage.round.decision.signed_on) == ("77/QĐ-UBND", date(2026, 8, 3))


def test_results_are_public_only_after_publication():
    stage = decided()
    anyone = at("daklak")

    before = anyone.get(f"/ket-qua/{stage.round.code}/")
    publish_results(stage.round.pk, actor=stage.officer)
    after = anyone.get(f"/ket-qua/{stage.round.code}/")

    assert (before.status_code, after.status_code) == (404, 200)
    words = after.content.decode()
    assert "Sản phẩm 0" in words
    assert "giam-khao" not in words
    assert "80" not in words.split("<tbody>")[1].split("</tbody>")[0]


def test_nothing_of_one_province_is_found_in_another(khanhhoa):
    """The neighbour holds data that would be tempting to show."""
    stage = published()
    here = at("daklak", stage.officer)
    certificate = Certificate.objects.first()
    sheet = Sheet.objects.first()
    paths = [
        f"/ky-binh-chon/{stage.round.code}/",
        f"/ky-binh-chon/{stage.round.code}/ket-qua-cham/",
        f"/ket-qua/{stage.round.code}/",
        f"/chung-nhan/{certificate.pk}.pdf",
    ]
    assert [here.get(path).status_code for path in paths] == [200] * 4
    with inside(khanhhoa):
        officer = person("chuyen-vien", Role.OFFICER)
    there = at("khanhhoa", officer)

    answers = [there.get(path) for path in [*paths, f"/cham-diem/{sheet.pk}/"]]

    nothing = there.get("/ky-binh-chon/KHONG-CO/")
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {nothing.content}


def test_a_session_of_one_province_is_nobody_in_another(khanhhoa):
    stage = planned()
    here = at("daklak", stage.officer)
    there = Client(headers={"host": "khanhhoa.localhost"})
    there.cookies = here.cookies

    answer = there.get(f"/ky-binh-chon/{stage.round.code}/")

    assert answer.status_code == 302
    assert answer.headers["location"].startswith(reverse("accounts:sign_in", urlconf="tieubieu.urls.tenant"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_cockpit_asks_the_same_questions_for_one_entry_as_for_three(count, django_assert_num_queries):
    stage = scored(count)
    client = at("daklak", stage.officer)

    with django_assert_num_queries(21):
        client.get(f"/ky-binh-chon/{stage.round.code}/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_results_ask_the_same_questions_for_one_entry_as_for_three(count, django_assert_num_queries):
    stage = concluded(count)
    client = at("daklak", stage.officer)

    with django_assert_num_queries(11):
        client.get(f"/ky-binh-chon/{stage.round.code}/ket-qua-cham/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_results_ask_the_same_questions_for_one_product_as_for_three(count, django_assert_num_queries):
    stage = published(count)

    client = at("daklak")

    with django_assert_num_queries(4):
        client.get(f"/ket-qua/{stage.round.code}/")


def test_the_front_page_teaches_when_there_is_nothing():
    words = at("daklak").get("/").content.decode()

    assert "Chưa có kết quả nào được công bố" in words
    assert not Round.objects.exists()


def test_the_cockpit_leads_to_the_rounds_campaigns_and_to_a_new_one():
    stage, other = opened(), plan_round(
        code="KHAC", level=Level.PROVINCE, year=2025, ordinal=1, name="B", area_code="66",
        actor=person("nguoi-lap", Role.OFFICER),
    )  # fmt: skip
    mine = plan_campaign(stage.round.pk, WORDS, criteria=Criteria(), actor=stage.officer)
    theirs = Campaign.objects.create(round=other, name="Đợt của kỳ khác", created_by=stage.officer)
    path = f"/ky-binh-chon/{stage.round.code}/"

    officer = at("daklak", stage.officer).get(path).content.decode()
    leader = at("daklak", person("lanh-dao", Role.LEADER)).get(path).content.decode()
    judge = at("daklak", stage.judges[0]).get(path).content.decode()

    assert f"/van-dong/{mine.pk}/" in officer
    assert f"/van-dong/{theirs.pk}/" not in officer
    assert f"/van-dong/moi/{stage.round.code}/" in officer
    assert (f"/van-dong/{mine.pk}/" in leader, f"/van-dong/moi/{stage.round.code}/" in leader) == (True, False)
    assert "/van-dong/" not in judge
