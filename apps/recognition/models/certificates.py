"""Decisions taken outside and recorded here, the certificates they give, and the keys that sign them."""

from django.db import models

from apps.dossiers.models import Entry
from apps.facilities.models import Facility
from apps.recognition.states import CertificateState
from apps.rounds.models import Level, Round
from tieubieu.rows import Row


class Decision(Row):
    """The recognition decision as it came back: number and date are the issuing authority's (Điều 17.2)."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="decision")
    number = models.CharField("số, ký hiệu", max_length=60, unique=True)
    signed_on = models.DateField("ngày ký")
    signer = models.CharField("người ký", max_length=150)
    signer_title = models.CharField("chức vụ người ký", max_length=200)
    authority = models.CharField("cơ quan ban hành", max_length=200)
    snapshot_digest = models.CharField(max_length=71)


class NumberBook(Row):
    """A gapless series: the row is locked while a number is drawn, in the transaction that uses it."""

    series = models.CharField("dãy số", max_length=40)
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối đã cấp", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_book_per_series_and_year")]


class Certificate(Row):
    """Made here, or loaded from the province's earlier papers (then `decision` and `entry` are unknown)."""

    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="certificates")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="certificates")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, related_name="certificates")
    number = models.CharField("số giấy chứng nhận", max_length=60, unique=True)
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    year = models.PositiveSmallIntegerField("năm công nhận")
    product_name = models.CharField("tên sản phẩm", max_length=250)
    holder_name = models.CharField("tên cơ sở", max_length=250)
    holder_address = models.CharField("địa chỉ cơ sở", max_length=300)
    group = models.CharField("nhóm sản phẩm", max_length=2, blank=True)
    issued_on = models.DateField("ngày cấp")
    valid_until = models.DateField("có giá trị đến")
    state = models.CharField("trạng thái", max_length=10, choices=CertificateState.choices, default="valid")
    token = models.TextField("chữ ký của mã QR", blank=True)
    document_id = models.UUIDField("bản PDF", null=True, blank=True)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "entry"],
                condition=models.Q(state__in=["valid", "suspended"]),
                name="one_living_certificate_per_entry",
            )
        ]

    def __str__(self) -> str:
        return self.number


class SigningKey(Row):
    """An Ed25519 key of this tenant; the private half is stored encrypted, old keys are kept."""

    kid = models.CharField("mã khóa", max_length=60, unique=True)
    public = models.TextField("khóa công khai")
    sealed_private = models.TextField("khóa riêng đã mã hóa")
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)


class RecognitionHistory(Row):
    """A recognition that was published before the platform, as far as it was published, with its source."""

    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    product_name = models.CharField("tên sản phẩm", max_length=250)
    holder_name = models.CharField("tên cơ sở", max_length=250, blank=True)
    issued_under = models.CharField("địa phương lúc công nhận", max_length=100)
    source = models.CharField("nguồn", max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "product_name", "holder_name"], name="one_history_line_per_recognition"
            )
        ]


class PublishedTotal(Row):
    """A cumulative figure that an authority published; shown beside our own counts, never mixed with them."""

    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    count = models.PositiveIntegerField("số giấy chứng nhận")
    as_of = models.DateField("tính đến")
    issued_under = models.CharField("địa phương lúc công bố", max_length=100)
    source = models.CharField("nguồn", max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "as_of"], name="one_total_per_level_and_date")]
