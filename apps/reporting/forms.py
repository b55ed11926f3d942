"""What is typed into the cockpit and beside the results."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils import timezone

from apps.judging.queries.advice import DISTANCE_FROM, SPREAD_FROM
from apps.nominations.services import Letter
from apps.recognition.services import SignedDecision
from apps.rounds.models import Round
from tieubieu.lib.numbers import InvalidNumber, decimal_of
from tieubieu.ui.words import score


class DecisionForm(forms.Form):
    """The recognition decision as it came back signed."""

    number = forms.CharField(label="Số, ký hiệu quyết định", max_length=60, help_text="Ví dụ: 2150/QĐ-UBND")
    signed_on = forms.DateField(label="Ngày ký", help_text="Ngày/tháng/năm")
    authority = forms.CharField(label="Cơ quan ban hành", max_length=200)
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=200)
    signer = forms.CharField(label="Họ và tên người ký", max_length=150)

    def clean_signed_on(self) -> date:
        signed_on: date = self.cleaned_data["signed_on"]
        if signed_on > timezone.localdate():
            raise forms.ValidationError("Ngày ký không thể ở tương lai.")
        return signed_on

    def paper(self) -> SignedDecision:
        return SignedDecision(**self.cleaned_data)


class LetterForm(forms.Form):
    """The nomination letter, signed outside."""

    number = forms.CharField(label="Số, ký hiệu văn bản đề nghị", max_length=60)
    signed_on = forms.DateField(label="Ngày ký", help_text="Ngày/tháng/năm")

    def letter(self) -> Letter:
        return Letter(**self.cleaned_data)


class Points(forms.CharField):
    """A number of points from 0 to 100, with a decimal comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 5})

    def clean(self, value: Any) -> Any:
        try:
            points = Fraction(decimal_of(value))
        except InvalidNumber as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if points > 100:
            raise forms.ValidationError("Ngưỡng phải từ 0 đến 100 điểm.")
        return points


class AdviceForm(forms.Form):
    """What the reader wants to look at; nothing is saved."""

    lech = Points(label="Báo khi điểm của các giám khảo lệch nhau từ (điểm)")
    cap = Points(label="Báo cặp giám khảo cách nhau bình quân từ (điểm)")

    def __init__(self, asked: Mapping[str, Any], round: Round) -> None:
        quota = round.rules.get("quota", {})
        defaults = {"lech": score(SPREAD_FROM), "cap": score(DISTANCE_FROM)}
        defaults |= {f"chon_{code}": str(most) for code, most in quota.items() if code != "total"}
        super().__init__({**defaults, **{name: asked[name] for name in asked if asked[name] != ""}})
        for group in round.rules["groups"]:
            self.fields[f"chon_{group['code']}"] = forms.IntegerField(
                label=f"Nếu chọn nhiều nhất: {group['name']}", min_value=0, max_value=9999, required=False
            )

    def quota(self) -> dict[str, int]:
        return {
            name.removeprefix("chon_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("chon_") and value is not None
        }
