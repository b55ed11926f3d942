"""The nomination: a sealed packet from a decided round to a higher one, and the inbox it arrives in."""

from django.db import models

from apps.dossiers.models import Entry
from apps.nominations.states import InboxState, PacketState
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
