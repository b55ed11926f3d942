"""Project what became public into the nation's register."""

from apps.catalogue.services import register_certificate, register_key
from apps.recognition.keys import REGISTER_KEY
from apps.recognition.making import REGISTER
from apps.recognition.models import Certificate, SigningKey
from apps.recognition.queries import register_line
from tenants.gateways import describe
from tieubieu.binding import PUBLIC, bound, current
from tieubieu.outbox.errands import errand


@errand(REGISTER, queue="catalogue")
def certificate(*, certificate_id: str) -> None:
    tenant = describe(current())
    line = register_line(
        Certificate.objects.select_related("decision").get(pk=certificate_id),
        issuer=tenant.slug,
        issuer_name=tenant.name,
        province=tenant.province_code,
    )
    with bound(PUBLIC):
        register_certificate(line)


@errand(REGISTER_KEY, queue="catalogue")
def key(*, key_id: str) -> None:
    issuer = current().slug
    row = SigningKey.objects.get(pk=key_id)
    with bound(PUBLIC):
        register_key(issuer=issuer, kid=row.kid, public=row.public)
