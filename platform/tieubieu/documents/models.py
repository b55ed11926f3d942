"""A printed document as a row: of what, from which words and which layout, and where its bytes are."""

from django.db import models
from django.db.models.functions import Now

from tieubieu.rows import Row


class Document(Row):
    """Written once by `services.make_document` and never changed: a document of record has no second edition.

    `content_hash` stands for the words and the layout, `sha256` for the bytes that came of them.
    """

    kind = models.CharField("loại", max_length=40)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    template = models.CharField("mẫu", max_length=40)
    template_version = models.CharField("phiên bản mẫu", max_length=16)
    content_hash = models.CharField("mã nội dung", max_length=71)
    sha256 = models.CharField("mã tệp", max_length=64)
    size = models.PositiveIntegerField("số byte")
    pages = models.PositiveIntegerField("số trang")
    storage_name = models.CharField(max_length=255)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    made_at = models.DateTimeField("lập lúc", db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id", "content_hash"], name="one_document_per_content"
            )
        ]

    def __str__(self) -> str:
        return self.storage_name
