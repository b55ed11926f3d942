"""What an officer types into the cockpit."""

from datetime import date

from django import forms
from django.utils import timezone

from apps.nominations.services import Letter
from apps.recognition.services import SignedDecision


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
