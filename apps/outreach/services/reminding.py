"""Reminders: by an officer's click to those who lag behind, by the clock before filing closes; each sent once."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.outreach.events import CampaignEvent
from apps.outreach.models import Campaign, Invitation, Reminder
from apps.outreach.queries import to_remind
from apps.outreach.states import BY_HAND, CampaignState, ReminderKind
from apps.rounds.models import Round, WindowKind
from apps.rounds.queries import phases_that_grant, window_of
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.services import Audience, tell, write_mail
from tieubieu.outbox.services import later
from tieubieu.ui.words import deadline

BEFORE_CLOSING = timedelta(days=2)


@transaction.atomic
def remind(campaign_id: UUID, kind: ReminderKind, *, actor: Person) -> int:
    """Remind the invited facilities that have not started, or have a draft that is not filed; returns how many.

    Whoever got this reminder in this round gets no second one. Raises `WrongState` before the campaign was sent and
    once filing is over, `DomainError` when nobody is left to remind.
    """
    campaign = Campaign.objects.select_for_update(no_key=True, of=("self",)).select_related("round").get(pk=campaign_id)
    if kind not in BY_HAND or campaign.state != CampaignState.SENT:
        raise WrongState("Thư mời của đợt này chưa gửi nên chưa nhắc được.")
    closes = _require_open(campaign.round)
    lagging = list(to_remind(campaign, kind))
    reached = [one for one in lagging if _is_first(campaign.round, one.facility, kind, campaign=campaign, actor=actor)]
    if not reached:
        raise DomainError("Không còn cơ sở nào cần nhắc: mọi cơ sở chậm đều đã được nhắc một lần.")
    for invitation in reached:
        _write_reminder(invitation, kind, closes)
    record(CampaignEvent.REMINDED, campaign, actor=actor, kind=kind.value, count=len(reached))
    return len(reached)


def rounds_about_to_close() -> QuerySet[Round]:
    """Rounds whose filing closes within two days, on the database's clock."""
    return Round.objects.filter(
        phase__in=phases_that_grant(Capability.FILE),
        windows__kind=WindowKind.FILING,
        windows__opens_at__lte=Now(),
        windows__closes_at__gt=Now(),
        windows__closes_at__lte=later(BEFORE_CLOSING),
    )


@transaction.atomic
def remind_before_closing(round_id: UUID) -> int:
    """Tell every facility with a draft that is not filed that filing closes soon; once for each closing time.

    A closing time that is moved later is another occasion. Returns how many facilities were told now.
    """
    round = rounds_about_to_close().select_for_update(no_key=True, of=("self",)).filter(pk=round_id).first()
    if round is None:
        return 0
    window = window_of(round, WindowKind.FILING)
    assert window is not None
    occasion = window.closes_at.isoformat()
    drafts = _drafts_by_facility(round)
    told = [facility for facility in drafts if _is_first(round, facility, ReminderKind.CLOSING, occasion=occasion)]
    closes = deadline(timezone.localtime(window.closes_at))
    for facility in told:
        key = f"outreach:closing:{round.pk}:{facility.pk}:{occasion}"
        _tell_draft(round, facility, drafts[facility], closes, key=key)
    if told:
        record(CampaignEvent.ROUND_REMINDED, round, actor=None, count=len(told), closes=occasion)
    return len(told)


def _require_open(round: Round) -> str:
    window = window_of(round, WindowKind.FILING)
    if not round.may(Capability.FILE) or window is None or window.closes_at <= timezone.now():
        raise WrongState("Kỳ bình chọn không trong thời gian nhận hồ sơ nên không gửi lời nhắc.")
    return deadline(timezone.localtime(window.closes_at))


def _is_first(
    round: Round,
    facility: Facility,
    kind: ReminderKind,
    *,
    occasion: str = "",
    campaign: Campaign | None = None,
    actor: Person | None = None,
) -> bool:
    """Write the reminder down; False when it stands there already."""
    reminder = Reminder(round=round, facility=facility, kind=kind, occasion=occasion, campaign=campaign, sent_by=actor)
    Reminder.objects.bulk_create([reminder], ignore_conflicts=True)
    return Reminder.objects.filter(pk=reminder.pk).exists()


def _drafts_by_facility(round: Round) -> dict[Facility, list[str]]:
    entries = Entry.objects.filter(round=round, state=EntryState.DRAFT, submitted_at__isnull=True)
    found: dict[Facility, list[str]] = {}
    for entry in entries.select_related("facility__merged_into").order_by("name", "id"):
        found.setdefault(entry.facility.survivor(), []).append(entry.name)
    return found


def _write_reminder(invitation: Invitation, kind: ReminderKind, closes: str) -> None:
    round, facility = invitation.campaign.round, invitation.facility
    key = f"outreach:{kind}:{round.pk}:{facility.pk}"
    if kind == ReminderKind.UNFILED:
        drafts = Entry.objects.filter(round=round, facility__in=facility.family(), state=EntryState.DRAFT)
        _tell_draft(round, facility, list(drafts.values_list("name", flat=True)), closes, key=key)
    elif invitation.address:
        write_mail(
            invitation.address,
            audience=Audience.FACILITIES,
            subject=f"Nhắc: {round.name} đang nhận hồ sơ",
            text=f"Kính gửi {facility.name},\n\n{round.name} nhận hồ sơ đến {closes}. Cơ sở đã được mời tham gia nhưng"
            " chưa bắt đầu soạn hồ sơ. Cần giúp, xin gọi số điện thoại trong thư mời.",
            url=invitation.path,
            key=key,
        )


def _tell_draft(round: Round, facility: Facility, names: Sequence[str], closes: str, *, key: str) -> None:
    """Tell whoever acts for the facility; its own address only when nobody of them has one."""
    products = ", ".join(f"“{name}”" for name in names)
    subject = f"Hồ sơ chưa gửi, hạn {closes}"
    text = (
        f"Kính gửi {facility.name},\n\nHồ sơ {products} của cơ sở dự {round.name} đang soạn và chưa gửi."
        f" Hạn nhận hồ sơ: {closes}. Hồ sơ đã lưu nhưng chưa gửi thì chưa được nhận."
    )
    people = _agents(facility)
    for person in people:
        tell(person, audience=Audience.FACILITIES, subject=subject, text=text, url=_drafts(), about=facility, key=key)
    if facility.email and not any(person.email for person in people):
        write_mail(facility.email, audience=Audience.FACILITIES, subject=subject, text=text, url=_drafts(), key=key)


def _agents(facility: Facility) -> list[Person]:
    acting = Person.objects.filter(
        is_active=True, facilities_served__facility=facility, facilities_served__approved_at__isnull=False
    )
    return list(acting.distinct().order_by(F("login")))


def _drafts() -> str:
    """Where a facility finds its drafts: its own page, or the front page on a host that has none."""
    try:
        return reverse("dossiers:home")
    except NoReverseMatch:
        return "/"
