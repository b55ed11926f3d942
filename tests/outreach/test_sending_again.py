"""Invitations that could not be written are told on the campaign's page and can be asked for again."""

import pytest
from browsers import at
from campaigns import maker, sent
from stage import opened

from apps.outreach.criteria import Reason
from apps.outreach.services import POST
from tieubieu.binding import PUBLIC, bound
from tieubieu.outbox.models import Message
from tieubieu.progress.models import JobState
from tieubieu.progress.queries import latest_job, progress_of
from tieubieu.progress.services import fail_item

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_what_was_not_written_is_told_and_asked_for_again():
    stage = opened()
    maker(1, actor=stage.officer, email="mot@coso.vn")
    campaign = sent(stage, Reason.NEVER_ENTERED)
    job = latest_job(POST, campaign)
    invitation = campaign.invitations.get()
    fail_item(job.pk, invitation.pk, "Máy thư không nhận")
    client = at("daklak", stage.officer)

    told = client.get(f"/van-dong/{campaign.pk}/").content.decode()
    polled = client.get(f"/van-dong/{campaign.pk}/tien-do/gui/").content.decode()
    answer = client.post(f"/van-dong/{campaign.pk}/gui-lai/")

    for page in (told, polled):
        assert "1 thư chưa gửi được" in page
        assert "Gửi lại thư chưa gửi được" in page
        assert "every 2s" not in page
    assert answer.status_code == 302
    assert progress_of(job.pk).state == JobState.RUNNING
    with bound(PUBLIC):
        ids = [message.args["invitation_ids"] for message in Message.objects.filter(errand=POST)]
    assert ids == [[str(invitation.pk)]] * 2
