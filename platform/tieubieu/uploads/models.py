"""A proven file as a row: what it is, as whom and by whom it was handed in, and where its bytes lie."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from tieubieu.rows import Row
from tieubieu.uploads.kinds import Kind


class StoredFile(Row):
    """One taking-in, written once by `services.take_in` and never changed.

    The bytes lie under their own hash and are shared by every row that names them; so nothing here deletes bytes.
    `kind` is what was handed in, `media_type`, `sha256` and `size` are of what is kept: a photo is drawn anew.
    """

    kind = models.CharField("loại tệp", max_length=5, choices=Kind.choices)
    media_type = models.CharField(max_length=100)
    name = models.CharField("tên tệp", max_length=130)
    sha256 = models.CharField("mã tệp", max_length=64, db_index=True)
    given_sha256 = models.CharField("mã tệp khi gửi", max_length=64)
    size = models.PositiveIntegerField("số byte")
    width = models.PositiveIntegerField("rộng", null=True)
    height = models.PositiveIntegerField("cao", null=True)
    pages = models.PositiveIntegerField("số trang", null=True)
    storage_name = models.CharField(max_length=255)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField("nhận lúc", db_default=Now())

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return Kind(self.kind).is_photo

    def storage_name_of(self, variant: str) -> str:
        """Where a variant of a photo lies (`screen`, `thumb`); the file itself for `""` and for what is no photo."""
        if not variant or not self.is_photo:
            return self.storage_name
        return f"{self.storage_name.rpartition('.')[0]}.{variant}.jpg"
