"""What a partner's program may read. The client itself, its hashed secret and its tokens are the OAuth provider's."""

from django.db import models

from tieubieu.rows import Row


class ClientScope(Row):
    """One permission of one client; a client without any may read nothing."""

    client = models.ForeignKey("oauth2_provider.Application", models.CASCADE, related_name="granted_scopes")
    scope = models.CharField("phạm vi", max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "scope"], name="one_grant_per_client_and_scope")]
