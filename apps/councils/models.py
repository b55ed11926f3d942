"""The council's session as a legal object, and what it selected (Điều 17.1 TT 26/2014/TT-BCT).

What happened stands in `SessionAct`, to which rows are only added; the other tables say where the session stands.
"""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.councils.states import BallotState
from apps.dossiers.models import Entry
from apps.judging.models import Snapshot
from apps.rounds.models import Appointment, Round
from tieubieu.rows import Row


class Outcome(models.TextChoices):
    SELECTED = "selected", "Được chọn công nhận"
    PASSED_NOT_SELECTED = "passed_not_selected", "Đạt điểm, không được chọn"
    BELOW = "below", "Chưa đạt điểm"


class Way(models.TextChoices):
    OWN = "own", "Từng thành viên bỏ phiếu trên điện thoại"
    HANDS = "hands", "Biểu quyết giơ tay, thư ký ghi số phiếu"


class Session(Row):
    """`version` counts what the desk did, so that a second secretary sees that something changed; `acts` counts all.

    `digest` is set when the session closes, over everything that then stands in it.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="sessions")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="sessions")
    chair = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="sessions_chaired")
    secretary = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="sessions_kept")
    way = models.CharField("cách biểu quyết", max_length=5, choices=Way.choices, default=Way.HANDS)
    version = models.PositiveIntegerField("phiên bản", default=0)
    acts = models.PositiveIntegerField("số việc đã ghi", default=0)
    opened_at = models.DateTimeField("khai mạc lúc", db_default=Now())
    closed_at = models.DateTimeField("bế mạc lúc", null=True, blank=True)
    digest = models.CharField("mã băm", max_length=71, blank=True)
    document_id = models.UUIDField("biên bản", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(closed_at=None), name="one_open_session_per_round"
            )
        ]

    def __str__(self) -> str:
        return f"Phiên họp Hội đồng {self.round}"


class Attendance(Row):
    """One stay in the room, from arrival to departure; a member who comes back has a second one."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Appointment, models.PROTECT, related_name="attendances")
    arrived_at = models.DateTimeField("đến lúc", db_default=Now())
    left_at = models.DateTimeField("rời lúc", null=True, blank=True)

    class Meta:
        ordering = ["arrived_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "member"], condition=models.Q(left_at=None), name="one_open_stay_per_member"
            ),
        ]


class ItemKind(models.TextChoices):
    GROUP = "group", "Xét chọn một nhóm sản phẩm"
    TIE = "tie", "Xếp thứ tự sản phẩm bằng điểm"
    QUESTION = "question", "Nội dung khác"


class Item(Row):
    """One thing on the agenda: a product group as the result ranks it, or what was added during the session."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("loại", max_length=8, choices=ItemKind.choices)
    group = models.CharField("nhóm sản phẩm", max_length=2, blank=True)
    title = models.CharField("nội dung", max_length=300)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_item_per_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Ballot(Row):
    """One vote on one entry, on many at once, on the order of tied entries, or on a question.

    `entitled` is fixed when it opens; the counts when it closes. What went wrong is annulled and held again.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="ballots")
    item = models.ForeignKey(Item, models.PROTECT, related_name="ballots")
    number = models.PositiveSmallIntegerField("thứ tự")
    state = models.CharField("trạng thái", max_length=8, choices=BallotState.choices, default=BallotState.OPEN)
    tier = models.CharField("mức khen thưởng", max_length=100, blank=True)
    entitled = models.PositiveSmallIntegerField("số người được biểu quyết")
    approve = models.PositiveSmallIntegerField("tán thành", default=0)
    against = models.PositiveSmallIntegerField("không tán thành", default=0)
    abstain = models.PositiveSmallIntegerField("không biểu quyết", default=0)
    does_chair_approve = models.BooleanField("chủ tọa tán thành", default=False)
    is_adopted = models.BooleanField("được thông qua", default=False)
    reason = models.CharField("lý do hủy", max_length=500, blank=True)
    opened_at = models.DateTimeField("mở lúc", db_default=Now())
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="one_ballot_per_number"),
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(state=BallotState.OPEN), name="one_open_ballot_per_session"
            ),
            models.CheckConstraint(
                condition=models.Q(entitled__gte=models.F("approve") + models.F("against") + models.F("abstain")),
                name="no_more_votes_than_voters",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=BallotState.ANNULLED, reason=""), name="an_annulled_ballot_has_its_reason"
            ),
        ]

    @property
    def round(self) -> Round:
        return self.session.round


class BallotLine(Row):
    """An entry that the ballot is about; for tied entries `place` is the proposed order."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="lines")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="ballot_lines")
    place = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["ballot", "entry"], name="one_line_per_ballot_and_entry")]


class Choice(models.TextChoices):
    APPROVE = "approve", "Tán thành"
    AGAINST = "against", "Không tán thành"
    ABSTAIN = "abstain", "Không biểu quyết"


class Voter(Row):
    """Whoever was entitled when the ballot opened; without a choice they said nothing, or hands were counted."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="voters")
    member = models.ForeignKey(Appointment, models.PROTECT, related_name="votes")
    choice = models.CharField("ý kiến", max_length=8, choices=Choice.choices, blank=True)
    cast_at = models.DateTimeField("bỏ phiếu lúc", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="one_voter_per_ballot_and_member")]


class SessionAct(Row):
    """One line of what happened, in order; the application role may insert and read, never change."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="log")
    seq = models.PositiveIntegerField("số thứ tự")
    happened_at = models.DateTimeField("lúc", db_default=Now())
    kind = models.CharField("việc", max_length=40)
    actor_name = models.CharField("ai ghi", max_length=200)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="log")
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, related_name="log")
    member = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="session_acts")
    facts = models.JSONField("chi tiết", default=dict)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="one_act_per_number")]


class Selection(Row):
    session = models.ForeignKey(Session, models.PROTECT, related_name="selections")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="selections")
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, related_name="selections")
    outcome = models.CharField("kết quả", max_length=20, choices=Outcome.choices)
    tier = models.CharField("mức khen thưởng", max_length=100, blank=True)
    votes_for = models.PositiveSmallIntegerField("tán thành", default=0)
    votes_against = models.PositiveSmallIntegerField("không tán thành", default=0)
    abstentions = models.PositiveSmallIntegerField("không biểu quyết", default=0)
    reason = models.CharField("lý do", max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "entry"], name="one_selection_per_entry")]
