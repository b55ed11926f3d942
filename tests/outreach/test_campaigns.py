"""A campaign is written, sent once, posted once, opened and followed."""

from datetime import timedelta

import pytest
from campaigns import WORDS, agent, drafted, maker, sent, written
from django.core import mail as post
from django.db.models import F
from stage import opened, person, planned, send

from apps.facilities.models import Facility
from apps.outreach.criteria import Criteria, Reason
from apps.outreach.models import Campaign, Invitation
from apps.outreach.queries import counts_by_step, tracked
from apps.outreach.services import (
    LETTERS,
    POST,
    ask_for_letters,
    change_left_out,
    invitation_of,
    open_invitation,
    plan_campaign,
    revise_campaign,
    send_campaign,
    standard_text,
)
from apps.outreach.states import CampaignState, Step
from apps.rounds.models import Window
from apps.rounds.services import advance
from tenants.gateways import inside
from tieubieu.audit.models import Event
from tieubieu.binding import PUBLIC, bound
from tieubieu.binding.signing import BadSignature
from tieubieu.documents.models import Document
from tieubieu.documents.services import open_document
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.models import Mail, MailState
from tieubieu.outbox.models import Message
from tieubieu.progress.queries import latest_job, progress_of
from workers import documents, notifications

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def stage():
    return opened()


def asked(errand):
    with bound(PUBLIC):
        return [message.args for message in Message.objects.filter(errand=errand)]


def posted():
    """Let the workers write what was asked for."""
    for args in asked(POST):
        notifications.write_invitations(**args)


def steps(campaign):
    return {one.facility.name[-1]: one.step for one in tracked(campaign)}


def test_a_campaign_is_written_and_invites_nobody_yet(stage):
    maker(0, actor=stage.officer, email="a@example.vn")

    campaign = written(stage, Reason.NEVER_ENTERED)

    assert campaign.state == CampaignState.DRAFT
    assert Criteria.of(campaign.criteria) == Criteria(reasons=("never_entered",))
    assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)
    assert Event.objects.filter(tag="outreach.campaign.planned").exists()


def test_a_round_that_nobody_knows_of_yet_invites_nobody():
    stage = planned()
    Window.objects.filter(kind="announce").update(
        opens_at=F("opens_at") + timedelta(days=3), closes_at=F("closes_at") + timedelta(days=3)
    )

    with pytest.raises(WrongState, match="chưa được thông báo"):
        written(stage)


def test_an_announced_round_invites_before_it_opens():
    stage = planned()
    maker(0, actor=stage.officer, email="a@example.vn")

    assert sent(stage).state == CampaignState.SENT


def test_sending_fixes_the_list_and_has_the_letters_written(stage):
    maker(0, actor=stage.officer, email="a@example.vn")
    maker(1, actor=stage.officer)

    campaign = sent(stage)
    posted()

    [letter] = Mail.objects.all()
    assert (letter.address, letter.audience, letter.subject) == ("a@example.vn", "facilities", WORDS.subject)
    assert letter.body.startswith("Kính gửi Hợp tác xã số 0,\n\nSở trân trọng mời")
    assert letter.url.startswith("/van-dong/thu-moi/")
    assert steps(campaign) == {"0": Step.WAITING, "1": Step.PAPER}
    job = progress_of(latest_job(POST, campaign).pk)
    assert (job.done, job.total) == (1, 1)


def test_an_agents_address_serves_where_the_facility_has_none(stage):
    facility = maker(0, actor=stage.officer)
    agent(facility, person("nhan-vien"), "nhan-vien@example.vn", kind="staff")
    agent(facility, person("chu"), "chu@example.vn")

    sent(stage)

    assert Invitation.objects.get().address == "chu@example.vn"


def test_an_address_of_somebody_who_waits_for_approval_does_not_serve(stage):
    waiting = agent(maker(0, actor=stage.officer), person("la"), "la@example.vn")
    waiting.approved_at = None
    waiting.save()

    sent(stage)

    assert Invitation.objects.get().address == ""


def test_writing_the_letters_twice_writes_each_once(stage):
    for number in range(3):
        maker(number, actor=stage.officer, email=f"a{number}@example.vn")
    sent(stage)

    posted()
    posted()

    assert Mail.objects.count() == 3
    assert len(asked("notifications.send_mail")) == 3


def test_letters_that_could_not_be_written_are_told(stage):
    maker(0, actor=stage.officer, email="a@example.vn")
    campaign = sent(stage)

    notifications._say_not_written("Không ghi được", **asked(POST)[0])

    assert progress_of(latest_job(POST, campaign).pk).failed == 1


def test_a_campaign_is_sent_once(stage):
    maker(0, actor=stage.officer)
    campaign = sent(stage)

    with pytest.raises(WrongState, match="đã gửi"):
        send_campaign(campaign.pk, province_code="66", actor=stage.officer)
    with pytest.raises(WrongState, match="đã gửi"):
        revise_campaign(campaign.pk, WORDS, criteria=Criteria(), version=campaign.version, actor=stage.officer)
    with pytest.raises(WrongState, match="đã gửi"):
        change_left_out(campaign.pk, leave_out=[], actor=stage.officer)

    assert Invitation.objects.count() == 1


def test_an_empty_list_is_not_sent(stage):
    campaign = written(stage)

    with pytest.raises(DomainError, match="Không có cơ sở nào"):
        send_campaign(campaign.pk, province_code="66", actor=stage.officer)

    assert Campaign.objects.get().state == CampaignState.DRAFT


def test_nobody_is_invited_to_a_closed_door(stage):
    maker(0, actor=stage.officer)
    campaign = written(stage)
    advance(stage.round.pk, "close_filing", actor=stage.officer)

    with pytest.raises(WrongState, match="thôi nhận hồ sơ"):
        send_campaign(campaign.pk, province_code="66", actor=stage.officer)


def test_a_facility_is_invited_once_in_a_round(stage):
    maker(0, actor=stage.officer)
    sent(stage)
    second = written(stage)

    with pytest.raises(DomainError, match="Không có cơ sở nào"):
        send_campaign(second.pk, province_code="66", actor=stage.officer)


def test_who_is_left_out_is_not_invited_and_can_be_taken_back(stage):
    out, stays = maker(0, actor=stage.officer), maker(1, actor=stage.officer)
    campaign = written(stage)

    change_left_out(campaign.pk, leave_out=[out.pk, stays.pk], actor=stage.officer)
    change_left_out(campaign.pk, take_back=[stays.pk], actor=stage.officer)
    send_campaign(campaign.pk, province_code="66", actor=stage.officer)

    assert [one.facility for one in Invitation.objects.all()] == [stays]
    assert Event.objects.filter(tag="outreach.campaign.left_out").count() == 2


def test_the_second_of_two_editors_loses_nothing(stage):
    campaign = written(stage)
    revise_campaign(campaign.pk, WORDS, criteria=Criteria(kinds=("company",)), version=1, actor=stage.officer)

    with pytest.raises(WrongState, match="chưa có gì bị ghi đè"):
        revise_campaign(campaign.pk, WORDS, criteria=Criteria(), version=1, actor=stage.officer)

    assert Criteria.of(Campaign.objects.get().criteria).kinds == ("company",)


def test_the_steps_follow_letter_link_and_entries(stage):
    makers = [maker(n, actor=stage.officer, email=f"a{n}@example.vn" if n != 5 else "") for n in range(6)]
    campaign = sent(stage)
    posted()
    letters = {mail.address: mail for mail in Mail.objects.all()}
    Mail.objects.exclude(pk=letters["a1@example.vn"].pk).update(state=MailState.SENT)
    Mail.objects.filter(pk=letters["a2@example.vn"].pk).update(state=MailState.FAILED)
    open_invitation(campaign.invitations.get(facility=makers[3]))
    drafted(stage, makers[4])
    send(drafted(stage, makers[0]), actor=stage.officer)

    assert steps(campaign) == {"0": "filed", "1": "waiting", "2": "failed", "3": "opened", "4": "started", "5": "paper"}
    counts = counts_by_step(campaign)
    assert sum(counts.values()) == 6
    assert counts["sent"] == 0


def test_entries_of_whom_it_was_merged_into_count(stage):
    old, new = maker(0, actor=stage.officer), maker(1, actor=stage.officer, kind="company")
    campaign = sent(stage, kinds=("cooperative",))
    drafted(stage, new)
    Facility.objects.filter(pk=old.pk).update(standing="merged", merged_into=new)

    assert steps(campaign) == {"0": Step.STARTED}


def test_following_the_link_opens_and_the_first_time_counts(stage):
    maker(0, actor=stage.officer, email="a@example.vn")
    campaign = sent(stage)
    posted()
    invitation = campaign.invitations.get()

    open_invitation(invitation_of(invitation.token))
    first = Invitation.objects.get().opened_at
    open_invitation(invitation_of(invitation.token))

    assert Invitation.objects.get().opened_at == first
    assert Mail.objects.get().opened_at is not None


def test_a_link_is_worthless_next_door_and_when_altered(stage, khanhhoa):
    maker(0, actor=stage.officer)
    token = sent(stage).invitations.get().token

    with inside(khanhhoa), pytest.raises(BadSignature):
        invitation_of(token)
    with pytest.raises(BadSignature):
        invitation_of(token[:-1])


def test_letters_are_printed_into_one_file_with_the_links_as_codes(stage):
    maker(0, actor=stage.officer, email="a@example.vn")
    maker(1, actor=stage.officer)
    maker(2, actor=stage.officer)
    campaign = sent(stage)

    ask_for_letters(campaign.pk, only_paper=True, actor=stage.officer)
    documents.letters(**asked(LETTERS)[0])
    first = Campaign.objects.get().letters_document_id
    documents.letters(**asked(LETTERS)[0])

    assert open_document(first).startswith(b"%PDF")
    assert Campaign.objects.get().letters_document_id == first
    assert progress_of(latest_job(LETTERS, campaign).pk).is_running is False
    assert Document.objects.get().pages == 2


def test_letters_wait_for_the_list(stage):
    maker(0, actor=stage.officer, email="a@example.vn")
    campaign = written(stage)

    with pytest.raises(WrongState, match="chưa chốt"):
        ask_for_letters(campaign.pk, only_paper=False, actor=stage.officer)
    send_campaign(campaign.pk, province_code="66", actor=stage.officer)
    with pytest.raises(DomainError, match="không có thư giấy"):
        ask_for_letters(campaign.pk, only_paper=True, actor=stage.officer)


def test_letters_that_could_not_be_printed_are_told(stage):
    maker(0, actor=stage.officer)
    campaign = sent(stage)
    ask_for_letters(campaign.pk, only_paper=True, actor=stage.officer)

    documents._say_not_printed("Phông chữ thiếu", **asked(LETTERS)[0])

    assert progress_of(latest_job(LETTERS, campaign).pk).failed == 1


def test_the_standard_letter_says_until_when_and_whom_to_call(stage):
    words = standard_text(stage.round, "Sở Công Thương tỉnh Đắk Lắk")

    assert words.subject == "Mời tham gia kỳ thử THU-2026"
    assert "Nhận hồ sơ từ" in words.text
    assert stage.officer.full_name in words.text


def test_nothing_leaves_before_a_worker_sends_it(stage):
    maker(0, actor=stage.officer, email="a@example.vn")
    sent(stage)

    assert post.outbox == []
    assert plan_campaign(stage.round.pk, WORDS, criteria=Criteria(), actor=stage.officer).round == stage.round
