"""Send the mail that services wrote, one letter an errand; write invitations; remind and tell facilities."""

from collections.abc import Sequence
from datetime import time, timedelta
from uuid import UUID

from django.db import transaction

from apps.dossiers.services.window_moves import tell_filers_of_window as tell_filers
from apps.outreach.making import post_invitations
from apps.outreach.services import POST, remind_before_closing, rounds_about_to_close
from apps.recognition.services import TELL, tell_results
from apps.rounds.services import TELL_FILERS, remind_officers
from tenants.gateways import describe, each_tenant, inside, site_of
from tieubieu.binding import current
from tieubieu.notices.sending import Sender, give_up
from tieubieu.notices.sending import send_mail as send
from tieubieu.notices.services import SEND
from tieubieu.outbox.clock import Daily, Every
from tieubieu.outbox.errands import errand
from tieubieu.outbox.services import emit
from tieubieu.progress.services import fail_item


def _say_failed(error: str, *, mail_id: str) -> None:
    give_up(UUID(mail_id), error)


@errand(SEND, queue="notifications", lease=60, tries=8, parked=_say_failed)
def send_mail(*, mail_id: str) -> None:
    tenant = describe(current())
    send(UUID(mail_id), sender=Sender(name=tenant.authority or tenant.name, site=site_of(tenant)))


def _say_not_written(error: str, *, invitation_ids: Sequence[str], job_id: str) -> None:
    for invitation_id in invitation_ids:
        fail_item(job_id, invitation_id, error)


@errand(POST, queue="notifications", lease=120, parked=_say_not_written)
def write_invitations(*, invitation_ids: Sequence[str], job_id: str) -> None:
    post_invitations([UUID(each) for each in invitation_ids], job_id=UUID(job_id))


@errand("notifications.remind_tenants", lease=120, every=Every(timedelta(hours=1)))
def remind_tenants() -> None:
    """Have every tenant look whether filing closes soon; asked for in the public scope."""
    for tenant in each_tenant():
        with inside(tenant), transaction.atomic():
            emit("notifications.remind_before_closing")


@errand("notifications.remind_before_closing", lease=300)
def remind_drafts() -> None:
    """Tell facilities with drafts that filing closes within two days."""
    for round in rounds_about_to_close():
        remind_before_closing(round.pk)


@errand(TELL_FILERS, queue="notifications", lease=300)
def tell_filers_of_window(*, change_id: str) -> None:
    tell_filers(UUID(change_id))


@errand("notifications.remind_officers_of_tenants", lease=120, every=Daily(time(7, 30)))
def remind_officers_of_tenants() -> None:
    """Have every tenant look what is late; asked for in the public scope."""
    for tenant in each_tenant():
        with inside(tenant), transaction.atomic():
            emit("notifications.remind_officers")


@errand("notifications.remind_officers", lease=300)
def remind_officers_here() -> None:
    remind_officers()


@errand(TELL, queue="notifications", lease=300)
def tell_of_results(*, round_id: str) -> None:
    tell_results(UUID(round_id))
