"""What every row of the house has: a UUID made by the application.

Identity columns mean nothing and may run backwards on some engines; a UUID never does, and it can be
named in a message before the row is stored.
"""

import uuid

from django.db import models


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
