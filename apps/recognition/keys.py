"""The tenant's signing keys: the newest unretired one signs, all of them verify."""

from django.conf import settings
from django.db import transaction

from apps.accounts.models import Person
from apps.recognition.events import RecognitionEvent
from apps.recognition.models import SigningKey
from tieubieu.audit.services import record
from tieubieu.binding import current
from tieubieu.lib import credential
from tieubieu.outbox.services import emit

REGISTER_KEY = "catalogue.register_key"


@transaction.atomic
def ensure_key(*, actor: Person | None) -> SigningKey:
    """The key that signs now; the first call makes one and publishes its public half."""
    key = SigningKey.objects.filter(retired_at=None).order_by("-created_at").first()
    if key is not None:
        return key
    pair = credential.new_key()
    number = SigningKey.objects.count() + 1
    key = SigningKey.objects.create(
        kid=f"{current().slug}-{number}",
        public=pair.public,
        sealed_private=credential.seal_private(pair.private, settings.SECRET_KEY),
    )
    record(RecognitionEvent.KEY_MADE, key, actor=actor, kid=key.kid, public=key.public)
    emit(REGISTER_KEY, key_id=str(key.pk))
    return key


def open_private(key: SigningKey) -> credential.PrivateKey:
    return credential.open_private(key.sealed_private, settings.SECRET_KEY)
