"""Who may see and run a campaign: the authority, and a commune's officer for the commune's own rounds."""

from django.db.models import QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, has_tenant_wide_view, wears
from apps.accounts.models import Person
from apps.outreach.models import Campaign
from apps.rounds.models import Level, Round
from apps.rounds.queries import announced_rounds, phases_that_grant
from apps.rounds.states import NOT_OPENED, Capability

allow("outreach.campaign.see", "Xem đợt vận động cơ sở tham gia", *AUTHORITY, Hat.COMMUNE_OFFICER)
allow("outreach.campaign.run", "Soạn, gửi thư mời và lời nhắc tới cơ sở", Hat.OFFICER, Hat.COMMUNE_OFFICER)


def visible_campaigns(person: Person) -> QuerySet[Campaign]:
    """The list face of `outreach.campaign.see`."""
    found = Campaign.objects.select_related("round", "created_by")
    if has_tenant_wide_view(person):
        return found
    if wears(person, None, Hat.COMMUNE_OFFICER):
        return found.filter(round__level=Level.COMMUNE, round__area_code=person.commune_code)
    return found.none()


def rounds_to_invite_to(person: Person) -> QuerySet[Round]:
    """Rounds of facilities (not of packets from below) that are announced, take entries still, and for which the
    person may invite."""
    told = announced_rounds().filter(phase__in=[*NOT_OPENED, *phases_that_grant(Capability.FILE)])
    if wears(person, None, Hat.OFFICER):
        return told.filter(level__in=[Level.COMMUNE, Level.PROVINCE])
    if wears(person, None, Hat.COMMUNE_OFFICER):
        return told.filter(level=Level.COMMUNE, area_code=person.commune_code)
    return told.none()
