"""What is asked of the work queue, and what is typed at the desk."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict

from apps.accounts.models import Person
from apps.dossiers.models import SetCase, Wrong
from apps.dossiers.queries.desk import GOOD, LACKING, ME, NOBODY, ORDERS, SETS, TABS, UNTOUCHED, Filters

Choices = Sequence[tuple[str, str]]

ANYTHING = ("", "Tất cả")
ORDER_NAMES: Choices = [
    ("", "Gửi trước xếp trước"),
    ("moi", "Mới gửi xếp trước"),
    ("co-so", "Tên cơ sở"),
    ("han", "Hạn bổ sung"),
    ("ma-so", "Mã số bình chọn"),
]
NAMES = {
    "round": "ky",
    "tab": "muc",
    "group": "nhom",
    "commune": "xa",
    "officer": "nguoi",
    "checked": "xem",
    "overdue": "qua-han",
    "corrected": "da-bo-sung",
    "unconfirmed": "chua-xac-nhan",
    "words": "tim",
    "order": "thu-tu",
}
MARKS = ("overdue", "corrected", "unconfirmed")
LONGEST = 100


def filters_of(asked: QueryDict | Mapping[str, str]) -> Filters:
    """The filters of an address. What is no filter value counts as not asked; nothing here can fail."""
    said = {field: str(asked.get(name, ""))[:LONGEST].replace("\0", "") for field, name in NAMES.items()}
    tabs = {tab.key for tab in TABS} | {SETS}
    return Filters(
        round=said["round"],
        tab=said["tab"] if said["tab"] in tabs else "",
        group=said["group"],
        commune=said["commune"],
        officer=said["officer"] if said["officer"] in (ME, NOBODY) or is_uuid(said["officer"]) else "",
        checked=said["checked"] if said["checked"] in (UNTOUCHED, LACKING, GOOD) else "",
        overdue=bool(said["overdue"]),
        corrected=bool(said["corrected"]),
        unconfirmed=bool(said["unconfirmed"]),
        words=said["words"].strip(),
        order=said["order"] if said["order"] in ORDERS else "",
    )


def asked_in(request: HttpRequest) -> Filters:
    """The filters that came along: in the address, or in the field `loc` of a form."""
    return filters_of(QueryDict(request.POST.get("loc", "")[:1000]) if request.method == "POST" else request.GET)


def address_of(asked: Filters, **changes: Any) -> str:
    """The query of an address that asks for these filters, without what is not asked."""
    said = {field: changes.get(field, getattr(asked, field)) for field in NAMES}
    query = QueryDict(mutable=True)
    for field, value in said.items():
        if value:
            query[NAMES[field]] = "1" if value is True else str(value)
    return query.urlencode()


def is_uuid(raw: str) -> bool:
    try:
        return bool(UUID(raw))
    except ValueError:
        return False


class FilterForm(forms.Form):
    """The row of choices above the table; only drawn, `filters_of` reads."""

    def __init__(
        self, asked: Filters, *, rounds: Choices, groups: Choices, communes: Choices, people: Iterable[Person]
    ) -> None:
        super().__init__(initial={NAMES[field]: getattr(asked, field) for field in NAMES}, auto_id="loc-%s")
        officers = [ANYTHING, (ME, "Tôi"), (NOBODY, "Chưa giao ai"), *((str(p.pk), p.full_name) for p in people)]
        checked = [ANYTHING, (UNTOUCHED, "Chưa ai xem"), (LACKING, "Còn mục chưa đạt"), (GOOD, "Mục đã xem đều đạt")]
        self._choice("round", "Kỳ bình chọn", [ANYTHING, *rounds])
        self._choice("group", "Nhóm sản phẩm", [ANYTHING, *groups])
        self._choice("commune", "Xã, phường", [ANYTHING, *communes])
        self._choice("officer", "Người kiểm tra", officers)
        self._choice("checked", "Kết quả xem", checked)
        self._choice("order", "Thứ tự", ORDER_NAMES)
        search = forms.TextInput(attrs={"type": "search", "data-key": "/"})
        self.fields["tim"] = forms.CharField(label="Tìm sản phẩm, cơ sở, mã số", required=False, widget=search)
        for field, label in zip(MARKS, ("Quá hạn bổ sung", "Mới bổ sung", "Chủ cơ sở chưa xác nhận"), strict=True):
            self.fields[NAMES[field]] = forms.BooleanField(label=label, required=False)

    def _choice(self, field: str, label: str, choices: Choices) -> None:
        self.fields[NAMES[field]] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def choices_drawn(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {"tim", *(NAMES[mark] for mark in MARKS)}]

    @property
    def told(self) -> list[str]:
        """What is asked, in words: it stands for the choices while they are folded away."""
        chosen = [(one, self._label(one.name, one.initial)) for one in self.choices_drawn if one.initial]
        marked = [str(one.label) for one in self.marks_drawn if one.initial]
        return [f"{one.label}: {label}" for one, label in chosen if label] + marked

    def _label(self, name: str, value: object) -> str:
        field = self.fields[name]
        pairs: Iterable[Any] = getattr(field, "choices", ())
        return str(dict(pairs).get(value, ""))

    @property
    def marks_drawn(self) -> list[forms.BoundField]:
        return [self[NAMES[mark]] for mark in MARKS]


class MergeForm(forms.Form):
    """The set that several entries become."""

    name = forms.CharField(label="Tên bộ sản phẩm", max_length=250)
    set_case = forms.ChoiceField(
        label="Trường hợp bộ sản phẩm (khoản 2 Điều 3)", choices=SetCase.choices, widget=forms.RadioSelect
    )


class SupplementForm(forms.Form):
    """The words and the day of a request; its points stand beside it."""

    text = forms.CharField(
        label="Lời nhắn cho cơ sở",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="Viết điều áp dụng chung; điều riêng của từng mục ghi ngay ở mục đó.",
    )
    due_on = forms.DateField(
        label="Hạn bổ sung", help_text="Ngày/tháng/năm. Cơ sở gửi lại được cả khi kỳ đã đóng nhận hồ sơ."
    )


WRONG_CHOICES: Choices = list(Wrong.choices)
