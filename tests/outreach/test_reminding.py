"""Reminders: who lags behind is reminded once, drafts are told before filing closes, and nobody else."""

from datetime import timedelta

import pytest
from campaigns import agent, drafted, maker, sent
from django.utils import timezone
from stage import opened, person, send

from apps.facilities.models import Facility
from apps.outreach.models import Reminder
from apps.outreach.queries import to_remind
from apps.outreach.services import open_invitation, remind, remind_before_closing, rounds_about_to_close
from apps.outreach.states import ReminderKind
from apps.rounds.models import Window
from apps.rounds.services import advance
from tenants.gateways import inside
from tieubieu.audit.models import Event
from tieubieu.binding import PUBLIC, bound
from tieubieu.celery import app
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.models import Mail, Notice
from tieubieu.outbox import clock
from tieubieu.outbox.models import Message
from workers import notifications

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def stage():
    return opened()


def closes_in(stage, **length):
    Window.objects.filter(round=stage.round, kind="filing").update(closes_at=timezone.now() + timedelta(**length))


def told():
    """What facilities were told; a round tells its officials other things by the way."""
    return list(Notice.objects.filter(audience="facilities"))


def addresses():
    return sorted(Mail.objects.values_list("address", flat=True))


def test_who_has_not_started_is_reminded_once(stage):
    lazy = maker(0, actor=stage.officer, email="lazy@example.vn")
    busy = maker(1, actor=stage.officer, email="busy@example.vn")
    campaign = sent(stage)
    open_invitation(campaign.invitations.get(facility=lazy))
    drafted(stage, busy)

    assert remind(campaign.pk, ReminderKind.NOT_STARTED, actor=stage.officer) == 1
    with pytest.raises(DomainError, match="đã được nhắc một lần"):
        remind(campaign.pk, ReminderKind.NOT_STARTED, actor=stage.officer)

    [letter] = Mail.objects.all()
    assert (letter.address, letter.audience) == ("lazy@example.vn", "facilities")
    assert letter.url == campaign.invitations.get(facility=lazy).path
    assert Event.objects.filter(tag="outreach.campaign.reminded").count() == 1


def test_a_draft_that_is_not_filed_is_reminded_through_whoever_acts_for_it(stage):
    facility = maker(0, actor=stage.officer, email="co-so@example.vn")
    owner = person("chu")
    agent(facility, owner, "chu@example.vn")
    campaign = sent(stage)
    drafted(stage, facility)

    remind(campaign.pk, ReminderKind.UNFILED, actor=stage.officer)

    [notice] = told()
    assert (notice.person, notice.audience) == (owner, "facilities")
    assert "“Bột cacao”" in notice.text
    assert addresses() == ["chu@example.vn"]


def test_the_letter_leads_to_the_page_of_ones_drafts(stage, monkeypatch):
    facility = maker(0, actor=stage.officer, email="co-so@example.vn")
    campaign = sent(stage)
    drafted(stage, facility)
    monkeypatch.setattr("apps.outreach.services.reminding.reverse", {"dossiers:home": "/ho-so/"}.get)

    remind(campaign.pk, ReminderKind.UNFILED, actor=stage.officer)

    assert Mail.objects.get().url == "/ho-so/"


def test_the_facilitys_own_address_serves_where_nobody_has_one(stage):
    facility = maker(0, actor=stage.officer, email="co-so@example.vn")
    agent(facility, person("chu"))
    campaign = sent(stage)
    drafted(stage, facility)

    remind(campaign.pk, ReminderKind.UNFILED, actor=stage.officer)

    assert (len(told()), addresses()) == (1, ["co-so@example.vn"])


def test_who_filed_is_left_in_peace(stage):
    facility = maker(0, actor=stage.officer, email="a@example.vn")
    campaign = sent(stage)
    send(drafted(stage, facility), actor=stage.officer)

    assert not to_remind(campaign, ReminderKind.NOT_STARTED)
    assert not to_remind(campaign, ReminderKind.UNFILED)


def test_two_campaigns_of_a_round_do_not_remind_twice(stage):
    maker(0, actor=stage.officer, email="a@example.vn")
    first = sent(stage)
    open_invitation(first.invitations.get())
    remind(first.pk, ReminderKind.NOT_STARTED, actor=stage.officer)

    assert Reminder.objects.count() == 1
    assert not to_remind(first, ReminderKind.NOT_STARTED)


@pytest.mark.parametrize("kind", [ReminderKind.CLOSING])
def test_the_clocks_reminder_is_not_sent_by_hand(stage, kind):
    maker(0, actor=stage.officer)
    campaign = sent(stage)

    with pytest.raises(WrongState):
        remind(campaign.pk, kind, actor=stage.officer)


def test_nobody_is_reminded_of_a_closed_door(stage):
    maker(0, actor=stage.officer, email="a@example.vn")
    campaign = sent(stage)
    open_invitation(campaign.invitations.get())
    closes_in(stage, seconds=-1)

    with pytest.raises(WrongState, match="không trong thời gian nhận hồ sơ"):
        remind(campaign.pk, ReminderKind.NOT_STARTED, actor=stage.officer)

    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("length", "is_due"), [({"hours": 47}, True), ({"hours": 49}, False), ({"seconds": -1}, False)]
)
def test_a_round_is_about_to_close_in_its_last_two_days(stage, length, is_due):
    closes_in(stage, **length)

    assert (stage.round in rounds_about_to_close()) is is_due


def test_a_round_that_took_its_last_dossier_reminds_nobody(stage):
    closes_in(stage, hours=10)
    advance(stage.round.pk, "close_filing", actor=stage.officer)

    assert not rounds_about_to_close()
    assert remind_before_closing(stage.round.pk) == 0


def test_every_draft_is_told_once_before_filing_closes_invited_or_not(stage):
    owner = person("chu")
    mine, filed = maker(0, actor=stage.officer), maker(1, actor=stage.officer, email="da-gui@example.vn")
    agent(mine, owner, "chu@example.vn")
    drafted(stage, mine, "Bột cacao")
    drafted(stage, mine, "Sô-cô-la")
    send(drafted(stage, filed), actor=stage.officer)
    closes_in(stage, hours=30)

    assert [remind_before_closing(stage.round.pk), remind_before_closing(stage.round.pk)] == [1, 0]

    notice = Notice.objects.get(person=owner)
    assert "“Bột cacao”, “Sô-cô-la”" in notice.text
    reminders = Mail.objects.exclude(subject__contains="xác nhận")  # the filed one was asked to confirm
    assert list(reminders.values_list("address", flat=True)) == ["chu@example.vn"]
    assert Event.objects.filter(tag="outreach.round.reminded").count() == 1


def test_a_closing_that_is_moved_is_another_occasion(stage):
    facility = maker(0, actor=stage.officer, email="a@example.vn")
    drafted(stage, facility)
    closes_in(stage, hours=30)
    remind_before_closing(stage.round.pk)

    closes_in(stage, hours=40)

    assert remind_before_closing(stage.round.pk) == 1
    assert Mail.objects.count() == 2


def test_drafts_of_a_merged_facility_are_told_to_the_one_that_stands_for_it(stage):
    old = maker(0, actor=stage.officer, email="cu@example.vn")
    new = maker(1, actor=stage.officer, email="moi@example.vn")
    drafted(stage, old)
    Facility.objects.filter(pk=old.pk).update(standing="merged", merged_into=new)
    closes_in(stage, hours=30)

    remind_before_closing(stage.round.pk)

    assert addresses() == ["moi@example.vn"]


def test_the_clock_asks_every_tenant_and_twice_tells_once(stage):
    drafted(stage, maker(0, actor=stage.officer, email="a@example.vn"))
    closes_in(stage, hours=30)

    with bound(PUBLIC):
        notifications.remind_tenants()
        asked = set(
            Message.objects.filter(errand="notifications.remind_before_closing").values_list("tenant", flat=True)
        )
    notifications.remind_drafts()
    notifications.remind_drafts()

    assert {"daklak", "khanhhoa", "quocgia"} <= asked
    assert "notifications.remind_tenants" in clock.scheduled()
    assert app.tasks["notifications.remind_before_closing"].queue_name == "notifications"
    assert Mail.objects.count() == 1


def test_a_neighbours_drafts_are_not_told_from_here(stage, khanhhoa):
    with inside(khanhhoa):
        notifications.remind_drafts()

    drafted(stage, maker(0, actor=stage.officer, email="a@example.vn"))
    closes_in(stage, hours=30)
    with inside(khanhhoa):
        notifications.remind_drafts()
        assert not Mail.objects.exists()

    assert not Mail.objects.exists()
