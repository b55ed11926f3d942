"""The entry (a product or a set, Điều 4.1 TT 26/2014/TT-BCT) and its dossier."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.dossiers.states import EntryState
from apps.facilities.models import Facility, Product
from apps.rounds.models import Round
from tieubieu.lib.text import fold
from tieubieu.rows import Row


class EntryKind(models.TextChoices):
    PRODUCT = "product", "Sản phẩm"
    SET = "set", "Bộ sản phẩm"


class SetCase(models.TextChoices):
    """The three legal kinds of set, Điều 3.2 TT 26/2014/TT-BCT."""

    SAME_DESIGN = "a", "Cùng mẫu mã, công dụng, làm từ nhiều vật liệu"
    ONE_MATERIAL = "b", "Khác mẫu mã, công dụng tương tự, làm từ một vật liệu"
    COMBINED = "c", "Sản phẩm khác nhau kết hợp được để tăng công dụng"


class Entry(Row):
    round = models.ForeignKey(Round, models.PROTECT, related_name="entries")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="entries")
    name = models.CharField("tên sản phẩm dự bình chọn", max_length=250)
    name_folded = models.CharField(max_length=250, editable=False, default="", db_default="")
    kind = models.CharField("loại", max_length=10, choices=EntryKind.choices, default=EntryKind.PRODUCT)
    set_case = models.CharField("trường hợp bộ sản phẩm", max_length=1, choices=SetCase.choices, blank=True)
    group = models.CharField("nhóm sản phẩm", max_length=2)
    code = models.CharField("mã số bình chọn", max_length=40, blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=EntryState.choices, default=EntryState.DRAFT)
    reason = models.CharField("lý do", max_length=500, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="entries_to_screen"
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="entries_begun"
    )
    is_assisted = models.BooleanField("cán bộ soạn giúp", default=False)
    lower_certificate = models.CharField("số giấy chứng nhận cấp dưới", max_length=60, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    started_at = models.DateTimeField("bắt đầu soạn", db_default=Now())
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)

    class Meta:
        ordering = ["code", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "code"], condition=~models.Q(code=""), name="one_entry_per_code_in_a_round"
            ),
            models.UniqueConstraint(
                fields=["round", "facility", "name"],
                condition=~models.Q(state__in=[EntryState.WITHDRAWN, EntryState.DISSOLVED]),
                name="one_entry_per_name_and_facility",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="set", set_case__gt="") | models.Q(kind="product", set_case=""),
                name="a_set_says_which_legal_case",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The search key follows the name, whichever columns are asked for."""
        self.name_folded = fold(self.name)
        if "name" in (asked := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*asked, "name_folded"}
        super().save(*args, **kwargs)

    @property
    def is_judged(self) -> bool:
        """Whether the entry, or the set that it went into, goes to the judges and the council."""
        return self.state in (EntryState.ACCEPTED, EntryState.MERGED)

    @property
    def commune_code(self) -> str:
        return self.facility.commune_code


class EntryItem(Row):
    """A product inside an entry; a product alone is a single item."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, models.PROTECT, related_name="entered_as")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "product"], name="one_item_per_product")]


class Dossier(Row):
    """The forms of Phụ lục 1 (đăng ký) and Phụ lục 2 (thuyết minh) as data: the code of a field to what was typed.

    What is typed after filing is held apart in `held` and joins the rest when the dossier is filed again. `typed` says
    of each box who filled it last, and when.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="dossier")
    form = models.ForeignKey("dossiers.FormVersion", models.PROTECT, null=True, blank=True, related_name="dossiers")
    registration = models.JSONField("phiếu đăng ký", default=dict)
    description = models.JSONField("thuyết minh sản phẩm", default=dict)
    held = models.JSONField("đang sửa sau khi gửi", default=dict)
    typed = models.JSONField("ai nhập ô nào, lúc nào", default=dict)
    updated_at = models.DateTimeField(auto_now=True)


class Confirmation(models.TextChoices):
    """How the owner confirmed what an official filed for the facility."""

    ACCOUNT = "account", "Bằng tài khoản của chủ cơ sở"
    LINK = "link", "Bằng liên kết gửi riêng cho cơ sở"


class Filing(Row):
    """One act of filing, or of filing again after a supplement: who, for whom, when, and over what content."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="filings")
    number = models.PositiveSmallIntegerField("lần gửi")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="filings")
    is_assisted = models.BooleanField("gửi giúp cơ sở", default=False)
    owner_confirmed_at = models.DateTimeField("chủ cơ sở xác nhận lúc", null=True, blank=True)
    confirmed_through = models.CharField("xác nhận bằng", max_length=7, choices=Confirmation.choices, blank=True)
    content = models.JSONField("nội dung lúc gửi")
    digest = models.CharField("mã băm nội dung", max_length=71)
    receipt_code = models.CharField("mã biên nhận", max_length=20, unique=True)
    document_id = models.UUIDField("biên nhận PDF", null=True, blank=True)
    print_failed_at = models.DateTimeField("không lập được bản PDF lúc", null=True, blank=True)
    filed_at = models.DateTimeField("gửi lúc", db_default=Now())

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_filing_per_number")]


class CodeBook(Row):
    """The last entry code given in a round; locked while a code is drawn, so codes have no gap."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="code_book")
    last = models.PositiveIntegerField(default=0)
