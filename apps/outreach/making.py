"""What workers do for a campaign: write its letters, and print them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.outreach.models import Campaign, Invitation
from apps.outreach.services.sending import letters_of
from tieubieu.documents.ink.letters import Letter, letter_batch
from tieubieu.documents.services import make_document
from tieubieu.notices.services import Audience, write_mail
from tieubieu.progress.services import finish_item


def post_invitations(invitation_ids: Sequence[UUID], *, job_id: UUID) -> None:
    """Write the letters of these invitations, one transaction each; those that are written are left alone."""
    for invitation_id in invitation_ids:
        _post(invitation_id)
        finish_item(job_id, invitation_id)


def print_letters(campaign_id: UUID, *, job_id: UUID, only_paper: bool, site: str, superior: str) -> None:
    """Print the letters into one file, a page or more each, with a code that leads where the mail's link leads."""
    campaign = Campaign.objects.select_related("round").get(pk=campaign_id)
    letters = [_letter(campaign, each, site, superior) for each in letters_of(campaign, only_paper=only_paper)]
    words = letter_batch(
        letters, title=f"Thư mời: {campaign.name}", dated=_day(campaign), is_demo=campaign.round.is_demo
    )
    document = make_document("invitations", campaign, "letters", words)
    Campaign.objects.filter(pk=campaign_id).update(letters_document_id=document.pk)
    finish_item(job_id, campaign_id)


@transaction.atomic
def _post(invitation_id: UUID) -> None:
    invitation = (
        Invitation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("campaign", "facility")
        .get(pk=invitation_id)
    )
    if invitation.mail_id is not None or not invitation.address:
        return
    campaign = invitation.campaign
    invitation.mail = write_mail(
        invitation.address,
        audience=Audience.FACILITIES,
        subject=campaign.subject,
        text=f"Kính gửi {invitation.facility.name},\n\n{campaign.text}",
        url=invitation.path,
        key=f"outreach:invitation:{invitation.pk}",
    )
    invitation.save(update_fields=["mail"])


def _letter(campaign: Campaign, invitation: Invitation, site: str, superior: str) -> Letter:
    facility = invitation.facility
    return Letter(
        superior=superior,
        issuer=campaign.issuer,
        place=campaign.place,
        about=campaign.subject,
        receiver=facility.name,
        receiver_address=facility.address,
        paragraphs=[part.strip() for part in campaign.text.split("\n") if part.strip()],
        signer_title=campaign.signer_title,
        signer=campaign.signer,
        link=f"{site}{invitation.path}",
    )


def _day(campaign: Campaign) -> date:
    assert campaign.sent_at is not None
    return timezone.localdate(campaign.sent_at)
