"""A sealed packet to a higher round and the inbox it arrives in; within a province, a commune's proposal."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.dossiers.models import Entry
from apps.nominations.states import InboxState, PacketState, ProposalState
from apps.rounds.models import Level, Round
from tieubieu.rows import Row


class Packet(Row):
    """What this tenant sends up. The sealed bytes are in the storage under their digest."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="packet")
    target = models.CharField("nơi nhận", max_length=63)
    target_level = models.CharField("cấp đề cử", max_length=10, choices=Level.choices)
    letter_number = models.CharField("số văn bản đề nghị", max_length=60)
    letter_on = models.DateField("ngày văn bản đề nghị")
    digest = models.CharField(max_length=71)
    storage_name = models.CharField(max_length=200)
    state = models.CharField("trạng thái", max_length=10, choices=PacketState.choices, default=PacketState.SEALED)
    sealed_at = models.DateTimeField("niêm phong lúc", auto_now_add=True)
    delivered_at = models.DateTimeField("tới nơi lúc", null=True, blank=True)


class PacketEntry(Row):
    packet = models.ForeignKey(Packet, models.CASCADE, related_name="entries")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="nominated_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["packet", "entry"], name="one_place_per_nominee")]


class InboxPacket(Row):
    """What arrived. `id` is the sender's packet id, so a second delivery meets the same row."""

    sender = models.CharField("nơi gửi", max_length=63)
    sender_name = models.CharField("tên nơi gửi", max_length=200)
    province_code = models.CharField("mã tỉnh, thành phố", max_length=2)
    target_level = models.CharField("cấp đề cử", max_length=10, choices=Level.choices)
    digest = models.CharField(max_length=71)
    storage_name = models.CharField(max_length=200)
    declared_digest = models.CharField("mã băm kết quả nơi gửi công bố", max_length=71)
    recomputed_digest = models.CharField("mã băm tính lại", max_length=71)
    mismatches = models.JSONField("chỗ lệch", default=list)
    state = models.CharField("trạng thái", max_length=10, choices=InboxState.choices, default=InboxState.RECEIVED)
    received_at = models.DateTimeField("nhận lúc", auto_now_add=True)

    class Meta:
        ordering = ["province_code", "received_at"]

    @property
    def matches(self) -> bool:
        """Whether the sender's result could be recomputed to the same digest, line by line."""
        return self.declared_digest == self.recomputed_digest and not self.mismatches


class Nominee(Row):
    packet = models.ForeignKey(InboxPacket, models.CASCADE, related_name="nominees")
    entry_id = models.UUIDField("hồ sơ ở nơi gửi")
    product_name = models.CharField("tên sản phẩm", max_length=250)
    holder_name = models.CharField("tên cơ sở", max_length=250)
    tax_code = models.CharField("mã số thuế", max_length=14)
    group = models.CharField("nhóm sản phẩm", max_length=2)
    certificate_number = models.CharField("số giấy chứng nhận cấp dưới", max_length=60)
    valid_until = models.DateField("giấy chứng nhận có giá trị đến")
    total = models.CharField("điểm bình quân", max_length=20)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["packet", "entry_id"], name="one_nominee_per_entry")]


class Proposal(Row):
    """A commune's letter that proposes entries to the province's round, with its summary list (Phụ lục 5, Điều 12).

    `source` is the commune's own decided round, where there was one. Nobody adds to a letter that was sent.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals")
    source = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="proposals_from")
    commune_code = models.CharField("mã xã, phường, đặc khu", max_length=5)
    number = models.CharField("số văn bản đề nghị", max_length=60, blank=True)
    signed_on = models.DateField("ngày văn bản đề nghị", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=5, choices=ProposalState.choices, default=ProposalState.DRAFT)
    document_id = models.UUIDField("danh sách trích ngang PDF", null=True, blank=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals_begun")
    begun_at = models.DateTimeField("lập lúc", db_default=Now())
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "commune_code"],
                condition=models.Q(state="draft"),
                name="one_proposal_in_hand_per_commune",
            )
        ]

    def __str__(self) -> str:
        return f"Đề nghị {self.number}" if self.number else "Đề nghị đang lập"


class ProposedEntry(Row):
    """An entry stands in one proposal only."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="proposed_in")
    added_at = models.DateTimeField("đưa vào lúc", db_default=Now())

    class Meta:
        ordering = ["entry__group", "entry__name", "id"]
