"""Send the mail that services wrote, one letter an errand."""

from uuid import UUID

from tenants.gateways import describe, site_of
from tieubieu.binding import current
from tieubieu.notices.sending import Sender, give_up
from tieubieu.notices.sending import send_mail as send
from tieubieu.notices.services import SEND
from tieubieu.outbox.errands import errand


def _say_failed(error: str, *, mail_id: str) -> None:
    give_up(UUID(mail_id), error)


@errand(SEND, queue="notifications", lease=60, tries=8, parked=_say_failed)
def send_mail(*, mail_id: str) -> None:
    tenant = describe(current())
    send(UUID(mail_id), sender=Sender(name=tenant.authority or tenant.name, site=site_of(tenant)))
