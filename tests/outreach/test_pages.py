"""Campaigns as officers, leaders, commune officers, facilities and strangers meet them."""

import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
from browsers import at
from campaigns import COMMUNE, agent, drafted, maker, sent, written
from django.db.models import F
from django.test import Client
from exports import LIVE_NAME, sheets, words_of
from python_calamine import CalamineWorkbook
from stage import commune_officer, opened, person

from apps.accounts.models import OrganisationalUnit, Person, Role
from apps.outreach import pages
from apps.outreach.criteria import Criteria, Reason
from apps.outreach.models import Campaign, Invitation
from apps.outreach.services import open_invitation
from apps.outreach.states import CampaignState
from apps.rounds.models import Round, Window
from tenants.gateways import inside
from tieubieu.binding import PUBLIC, bound
from tieubieu.errors import WrongState
from tieubieu.outbox.models import Message
from workers import documents, notifications

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def stage():
    return opened()


@pytest.fixture
def officer(stage):
    return at("daklak", stage.officer)


def text(answer):
    return answer.content.decode()


def typed(**changes):
    words = {
        "name": "Mời cơ sở xuất khẩu", "reasons": ["exports", "never_entered"], "subject": "Mời tham gia",
        "text": "Sở trân trọng mời.", "issuer": "Sở Công Thương tỉnh Đắk Lắk", "version": "1",
    }  # fmt: skip
    return urlencode(words | changes, doseq=True)


def post(client, path, data="", **words):
    return client.post(path, data, content_type="application/x-www-form-urlencoded", **words)


def refuse(*_, **__):
    raise WrongState("Không được")


def rows(answer):
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def pages_of(campaign):
    return [f"/van-dong/{campaign.pk}/{path}" for path in ("", "sua/", "danh-sach.xlsx")]


def test_a_campaign_is_written_looked_over_and_sent(stage, officer):
    maker(0, actor=stage.officer, email="a@example.vn")
    page = text(officer.get(f"/van-dong/moi/{stage.round.code}/"))
    assert "Nhận hồ sơ từ" in page

    answer = post(officer, f"/van-dong/moi/{stage.round.code}/", typed())
    campaign = Campaign.objects.get()
    draft = text(officer.get(answer["location"]))
    sent_page = text(officer.post(f"/van-dong/{campaign.pk}/gui/", follow=True))

    assert Criteria.of(campaign.criteria).reasons == ("exports", "never_entered")
    assert "Hợp tác xã số 0" in draft
    assert "Chưa từng dự bình chọn" in draft
    assert "thư đang được gửi" in sent_page
    assert Campaign.objects.get().state == CampaignState.SENT


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": ""}, "Trường này là bắt buộc"),
        ({"reasons": ["la"]}, "la"),
        ({"communes": ["99999"]}, "99999"),
        ({"subject": "a" * 201}, "200"),
        ({"name": "tên\u202eđảo"}, "đổi chiều chữ"),
    ],
)
def test_what_cannot_be_used_is_told_and_what_was_typed_is_kept(stage, officer, changes, told):
    answer = post(officer, f"/van-dong/moi/{stage.round.code}/", typed(text="Lời mời viết dở", **changes))

    assert answer.status_code == 422
    assert told in text(answer)
    assert "Lời mời viết dở" in text(answer)
    assert not Campaign.objects.exists()


def test_the_second_of_two_editors_is_told(stage, officer):
    campaign = written(stage)
    path = f"/van-dong/{campaign.pk}/sua/"

    first, second = post(officer, path, typed(name="Một")), post(officer, path, typed(name="Hai"))

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Người khác vừa sửa" in text(second)
    assert 'value="Hai"' in text(second)
    assert Campaign.objects.get().name == "Một"


def test_facilities_are_left_out_and_taken_back_on_the_page(stage, officer):
    facility = maker(0, actor=stage.officer)
    campaign = written(stage)
    path = f"/van-dong/{campaign.pk}/danh-sach/"

    out = text(post(officer, path, urlencode({"co_so": [facility.pk, "khong-phai-ma"]}, doseq=True), follow=True))
    back = text(post(officer, path, urlencode({"co_so": facility.pk, "viec": "lay-lai"}), follow=True))
    nothing = post(officer, path)

    assert "Mời lại các cơ sở đã chọn" in out
    assert "Mời lại các cơ sở đã chọn" not in back
    assert (nothing.status_code, "Chưa chọn cơ sở nào" in text(nothing)) == (422, True)


def test_the_list_comes_back_where_it_was_searched_and_a_link_of_a_refused_answer_leads_to_the_campaign(stage, officer):
    facility = maker(0, actor=stage.officer)
    campaign = written(stage)
    path = f"/van-dong/{campaign.pk}/danh-sach/?tim=hop"

    shown = text(officer.get(f"/van-dong/{campaign.pk}/?tim=hop"))
    done, followed = post(officer, path, urlencode({"co_so": facility.pk})), officer.get(path)

    assert f'action="{path}"' in shown
    assert (done["location"], followed["location"]) == (f"/van-dong/{campaign.pk}/?tim=hop",) * 2


@pytest.mark.parametrize("is_sent", [True, False])
def test_what_was_ticked_on_a_list_is_kept_when_the_act_is_refused(stage, officer, monkeypatch, is_sent):
    ticked, other = maker(0, actor=stage.officer), maker(1, actor=stage.officer)
    campaign = sent(stage) if is_sent else written(stage)
    if not is_sent:
        monkeypatch.setattr(pages, "change_left_out", refuse)

    answer = post(officer, f"/van-dong/{campaign.pk}/danh-sach/", urlencode({"co_so": ticked.pk}))

    page = text(answer)
    if is_sent:  # somebody sent it in between: nothing to tick is left, so that the names are told
        assert "đã gửi nên không sửa được nữa" in page
        assert "Nội dung đã nhập: Hợp tác xã số 0<" in page
    else:
        assert "Không được" in page
        assert re.findall(r'value="([^"]+)" aria-label="Chọn[^>]+ checked', page) == [str(ticked.pk)]
        assert str(other.pk) in page
    assert answer.status_code == 409
    assert Campaign.objects.get().left_out == []


def test_a_sent_campaign_is_followed_filtered_and_exported(stage, officer):
    opens, starts = maker(0, actor=stage.officer, email="a@example.vn"), maker(1, actor=stage.officer)
    campaign = sent(stage)
    open_invitation(campaign.invitations.get(facility=opens))
    drafted(stage, starts)
    path = f"/van-dong/{campaign.pk}/"

    whole, some = text(officer.get(path)), text(officer.get(path, {"tinh-trang": "started"}))

    assert "Nhắc cơ sở chưa bắt đầu" in whole
    assert "Nhắc cơ sở chưa gửi hồ sơ đang soạn" in whole
    assert ("Hợp tác xã số 0" in some, "Hợp tác xã số 1" in some) == (False, True)
    assert "số 0" in text(officer.get(path, {"tinh-trang": "la"}))
    assert [row[7] for row in rows(officer.get(path + "danh-sach.xlsx"))[1:]] == ["Đã mở thư mời", "Đang soạn hồ sơ"]
    assert len(rows(officer.get(path + "danh-sach.xlsx", {"tinh-trang": "started"}))) == 2


def test_a_draft_list_is_exported_with_its_reasons(stage, officer):
    maker(0, actor=stage.officer)
    campaign = written(stage, Reason.NEVER_ENTERED)

    [_, row] = rows(officer.get(f"/van-dong/{campaign.pk}/danh-sach.xlsx"))

    assert (row[0], row[6]) == ("Hợp tác xã số 0", "Chưa từng dự bình chọn")


def test_reminders_are_one_click_and_the_second_says_so(stage, officer):
    maker(0, actor=stage.officer, email="a@example.vn")
    campaign = sent(stage)
    open_invitation(campaign.invitations.get())
    path = f"/van-dong/{campaign.pk}/nhac/not_started/"

    first, second = text(officer.post(path, follow=True)), text(officer.post(path, follow=True))

    assert "Đã gửi lời nhắc" in first
    assert "đã được nhắc một lần" in second
    assert officer.post(f"/van-dong/{campaign.pk}/nhac/closing/").status_code == 404


def test_letters_are_asked_for_made_and_downloaded(stage, officer):
    maker(0, actor=stage.officer)
    campaign = sent(stage)
    path = f"/van-dong/{campaign.pk}/"
    assert officer.get(path + "thu-moi.pdf").status_code == 404
    assert officer.get(path + "tien-do/in/").status_code == 404

    officer.post(path + "thu-giay/", {"nhung": "tat-ca"})
    waiting = text(officer.get(path + "tien-do/in/"))
    with bound(PUBLIC):
        args = Message.objects.get(errand="documents.print_letters").args
    documents.letters(**args)

    assert "Lập 1 thư mời để in" in waiting
    assert "Tải thư để in" in text(officer.get(path + "tien-do/in/"))
    assert officer.get(path + "thu-moi.pdf").content.startswith(b"%PDF")
    assert officer.get(path + "tien-do/khac/").status_code == 404


def test_the_progress_of_posting_is_shown(stage, officer):
    maker(0, actor=stage.officer, email="a@example.vn")
    campaign = sent(stage)

    assert "Gửi thư mời" in text(officer.get(f"/van-dong/{campaign.pk}/tien-do/gui/"))
    with bound(PUBLIC):
        args = Message.objects.get(errand="notifications.post_invitations").args
    notifications.write_invitations(**args)
    assert "Đã xong" in text(officer.get(f"/van-dong/{campaign.pk}/tien-do/gui/"))


def test_the_list_of_campaigns_is_exported_and_a_commune_gets_its_own_alone(stage, officer):
    Campaign.objects.filter(pk=written(stage).pk).update(name=LIVE_NAME)
    commune = at("daklak", commune_officer("24154"))

    told = sheets(officer.get("/van-dong/dot-van-dong.xlsx"))

    assert told["Đợt vận động"][1][:5] == [LIVE_NAME, stage.round.name, stage.round.code, "Đang soạn", ""]
    assert LIVE_NAME not in words_of(sheets(commune.get("/van-dong/dot-van-dong.xlsx")))
    assert at("daklak", stage.judges[0]).get("/van-dong/dot-van-dong.xlsx").status_code == 404


# --- The page behind a letter's link -----------------------------------------------------------------


def test_a_facility_follows_its_link_without_signing_in(stage):
    maker(0, actor=stage.officer)
    invitation = sent(stage).invitations.get()

    answer = at("daklak").get(invitation.path)

    assert at("daklak").get(f"/thong-bao-ky/{stage.round.code}/").status_code == 200
    assert f'href="/thong-bao-ky/{stage.round.code}/"' in text(answer)
    assert "Kính gửi Hợp tác xã số 0" in text(answer)
    assert "Đang nhận hồ sơ" in text(answer)
    assert answer["X-Robots-Tag"] == "noindex"
    assert Invitation.objects.get().opened_at is not None


def test_an_official_who_looks_is_not_the_facility(stage, officer):
    maker(0, actor=stage.officer)
    invitation = sent(stage).invitations.get()

    assert officer.get(invitation.path).status_code == 200
    assert Invitation.objects.get().opened_at is None


def test_after_the_deadline_the_link_says_since_when_and_whom_to_call(stage):
    Person.objects.filter(pk=stage.officer.pk).update(phone="0262 3952 345")
    maker(0, actor=stage.officer)
    invitation = sent(stage).invitations.get()
    Window.objects.filter(kind="filing").update(
        opens_at=F("opens_at") - timedelta(days=60), closes_at=F("closes_at") - timedelta(days=60)
    )

    page = text(at("daklak").get(invitation.path))

    assert "Đã hết thời gian nhận hồ sơ" in page
    assert "0262 3952 345" in page
    assert "Đăng nhập để gửi hồ sơ" not in page


def test_a_link_that_was_not_made_here_is_nothing(stage, khanhhoa):
    maker(0, actor=stage.officer)
    invitation = sent(stage).invitations.get()

    assert at("daklak").get(invitation.path[:-3] + "x/").status_code == 404
    assert at("khanhhoa").get(invitation.path).status_code == 404
    assert at("daklak").post(invitation.path).status_code == 405


# --- Who may --------------------------------------------------------------------------------------------


def test_a_page_asks_who_is_there(stage):
    campaign = written(stage)

    for path in ["/van-dong/", f"/van-dong/moi/{stage.round.code}/", *pages_of(campaign)]:
        assert at("daklak").get(path)["location"].startswith("/tai-khoan/dang-nhap/"), path


def test_whoever_is_not_of_the_authority_gets_the_404_of_nothing(stage):
    campaign = written(stage)
    judge = at("daklak", stage.judges[0])

    for path in ["/van-dong/", f"/van-dong/moi/{stage.round.code}/", *pages_of(campaign)]:
        assert judge.get(path).status_code == 404, path
    assert judge.get(f"/van-dong/{campaign.pk}/").content == judge.get("/khong-co/").content
    assert judge.post(f"/van-dong/{campaign.pk}/gui/").status_code == 404
    assert "Vận động" not in text(judge.get("/"))


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_may_only_look_sees_no_buttons_and_changes_nothing(stage, role):
    facility = maker(0, actor=stage.officer, email="a@example.vn")
    draft, looker = written(stage), at("daklak", person("xem", role))

    page = text(looker.get(f"/van-dong/{draft.pk}/"))

    assert "Hợp tác xã số 0" in page
    assert "Gửi thư mời" not in page
    assert looker.get(f"/van-dong/moi/{stage.round.code}/").status_code == 404
    assert looker.get(f"/van-dong/{draft.pk}/sua/").status_code == 403
    for verb in ("gui/", "nhac/not_started/", "thu-giay/"):
        assert looker.post(f"/van-dong/{draft.pk}/{verb}").status_code == 403
    assert post(looker, f"/van-dong/{draft.pk}/danh-sach/", urlencode({"co_so": facility.pk})).status_code == 403
    assert Campaign.objects.get().left_out == []
    assert not Invitation.objects.exists()


def test_a_commune_officer_runs_the_communes_own_campaigns_only(stage):
    theirs = written(stage)
    Round.objects.filter(pk=stage.round.pk).update(level="commune", area_code="24154")
    officer = person("xa", Role.COMMUNE_OFFICER)
    officer.unit = OrganisationalUnit.objects.create(name="UBND xã thử", commune_code=COMMUNE)
    officer.save()
    client = at("daklak", officer)

    assert client.get(f"/van-dong/{theirs.pk}/").status_code == 404
    assert "Lập đợt mời" not in text(client.get("/van-dong/"))
    Round.objects.filter(pk=stage.round.pk).update(area_code=COMMUNE)
    assert client.get(f"/van-dong/{theirs.pk}/").status_code == 200
    assert post(client, f"/van-dong/moi/{stage.round.code}/", typed()).status_code == 302
    assert Campaign.objects.count() == 2


def test_a_neighbours_campaign_is_nothing(stage, khanhhoa):
    campaign = written(stage)
    with inside(khanhhoa):
        neighbour: Client = at("khanhhoa", person("chuyen-vien", Role.OFFICER))

    assert neighbour.get(f"/van-dong/{campaign.pk}/").status_code == 404
    assert campaign.name not in text(neighbour.get("/van-dong/"))


# --- Budgets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 50])
def test_pages_ask_the_same_questions_for_one_row_as_for_fifty(stage, officer, count, django_assert_num_queries):
    for number in range(count):
        facility = maker(number, actor=stage.officer, email=f"a{number}@example.vn")
        agent(facility, person(f"chu-{number}"))
        written(stage)
    draft = written(stage)

    officer.get("/khong-co/")
    with django_assert_num_queries(7):
        officer.get("/van-dong/")
    with django_assert_num_queries(18):
        officer.get(f"/van-dong/{draft.pk}/")
    campaign = sent(stage)
    with django_assert_num_queries(14):
        officer.get(f"/van-dong/{campaign.pk}/")
    with django_assert_num_queries(7):
        officer.get(f"/van-dong/{campaign.pk}/danh-sach.xlsx")
