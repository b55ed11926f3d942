"""A campaign is sent once; then its letters leave, are printed, and are opened."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.outreach.criteria import Criteria
from apps.outreach.events import CampaignEvent
from apps.outreach.models import Campaign, Invitation
from apps.outreach.queries import Candidate, choice_for
from apps.outreach.services.campaigns import lock_draft, require_invitable
from apps.outreach.states import MOVES, CampaignState
from apps.rounds.models import Round
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.binding.signing import sign, unsign
from tieubieu.errors import DomainError, WrongState
from tieubieu.moves import move
from tieubieu.notices.services import mark_opened
from tieubieu.outbox.services import emit
from tieubieu.progress.services import open_again, start_job

POST = "notifications.post_invitations"
LETTERS = "documents.print_letters"
LINK = "outreach.invitation"
AT_ONCE = 50


@transaction.atomic
def send_campaign(campaign_id: UUID, *, province_code: str, actor: Person) -> Campaign:
    """Invite every facility that fits now, and have the letters sent; the list is fixed from here on.

    Raises `WrongState` for a campaign that was sent or a round that takes no entries any more, `DomainError` when
    nobody fits.
    """
    campaign = lock_draft(campaign_id)
    require_invitable(campaign.round)
    _require_open_filing(campaign.round)
    choice = choice_for(
        campaign.round, Criteria.of(campaign.criteria), province_code=province_code, left_out=campaign.left_out
    )
    if not choice.fitting:
        raise DomainError("Không có cơ sở nào trong danh sách mời. Xin chọn lại điều kiện.")
    invitations = [_invitation(campaign, one) for one in choice.fitting]
    Invitation.objects.bulk_create(invitations)
    move(campaign, "send", MOVES, field="state")
    campaign.sent_at = Now()
    campaign.save(update_fields=["state", "sent_at"])
    record(CampaignEvent.SENT, campaign, actor=actor, invited=len(invitations), with_address=choice.with_address)
    _post(campaign, [one.pk for one in invitations if one.address], actor)
    return campaign


def invitation_of(token: str) -> Invitation:
    """The invitation behind a link; raises `BadSignature` for what was not signed here, and `DoesNotExist`."""
    return Invitation.objects.select_related("campaign__round", "facility").get(pk=unsign(LINK, token))


@transaction.atomic
def open_invitation(invitation: Invitation) -> None:
    """The facility followed the link of its letter, or scanned it from paper; the first time counts."""
    Invitation.objects.filter(pk=invitation.pk, opened_at__isnull=True).update(opened_at=Now())
    if invitation.mail_id is not None:
        mark_opened(invitation.mail_id)


@transaction.atomic
def post_again(campaign_id: UUID, *, job_id: UUID, actor: Person) -> int:
    """Have the invitations written that could not be written; returns how many were asked for."""
    campaign = Campaign.objects.select_for_update(no_key=True, of=("self",)).get(pk=campaign_id)
    failed = open_again(job_id)
    if failed:
        _emit_posts([UUID(key) for key in failed], job_id)
        record(CampaignEvent.SENT_AGAIN, campaign, actor=actor, count=len(failed))
    return len(failed)


@transaction.atomic
def ask_for_letters(campaign_id: UUID, *, only_paper: bool, actor: Person) -> UUID:
    """Have the letters printed into one file, all of them or those of facilities without an address.

    Returns the job to watch. Raises `WrongState` before the campaign was sent, `DomainError` when there is none.
    """
    campaign = Campaign.objects.select_for_update(no_key=True, of=("self",)).get(pk=campaign_id)
    if campaign.state != CampaignState.SENT:
        raise WrongState("Danh sách mời chưa chốt. Xin gửi thư mời trước, rồi in thư giấy.")
    count = letters_of(campaign, only_paper=only_paper).count()
    if not count:
        raise DomainError("Mọi cơ sở được mời đều có thư điện tử; không có thư giấy nào để in.")
    job = start_job(LETTERS, campaign, [campaign.pk], label=f"Lập {count} thư mời để in", actor=actor)
    record(CampaignEvent.LETTERS_ASKED, campaign, actor=actor, count=count)
    emit(LETTERS, campaign_id=campaign.pk, job_id=job.pk, only_paper=int(only_paper))
    return job.pk


def letters_of(campaign: Campaign, *, only_paper: bool) -> QuerySet[Invitation]:
    """The invitations that are printed, in the register's order."""
    found = campaign.invitations.select_related("facility").order_by("facility__name_key", "facility_id")
    return found.filter(address="") if only_paper else found


def _require_open_filing(round: Round) -> None:
    """Before the round is opened one may invite; once filing is over it would be an invitation to a closed door."""
    if round.is_running and not round.may(Capability.FILE):
        raise WrongState("Kỳ bình chọn đã thôi nhận hồ sơ nên không gửi thư mời được nữa.")


def _invitation(campaign: Campaign, one: Candidate) -> Invitation:
    invitation = Invitation(campaign=campaign, facility=one.facility, reasons=one.reasons, address=one.address)
    invitation.token = sign(LINK, str(invitation.pk))
    return invitation


def _post(campaign: Campaign, ids: list[UUID], actor: Person) -> None:
    job = start_job(POST, campaign, ids, label="Gửi thư mời", actor=actor)
    _emit_posts(ids, job.pk)


def _emit_posts(ids: list[UUID], job_id: UUID) -> None:
    for start in range(0, len(ids), AT_ONCE):
        emit(POST, invitation_ids=ids[start : start + AT_ONCE], job_id=job_id)
