"""A box of judging, of the council or of recognition that was left empty says what to write there."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from apps.judging import forms as judging
from apps.judging.frame import SheetLine
from apps.recognition import forms as recognition

ROOMS = ("apps.judging.", "apps.councils.", "apps.recognition.")
LINES = [SheetLine("C1", "C1", "", "Doanh thu", Decimal(40))]
CRITERIA = [{"code": "C1", "label": "Doanh thu"}]
SAYS_NOTHING = forms.Field.default_error_messages["required"]
# Forms whose boxes are known only when they are made.
MADE = {
    judging.PaperForm: lambda: judging.PaperForm(LINES),
    judging.FirstForm: lambda: judging.FirstForm(LINES),
    judging.DecisionForm: lambda: judging.DecisionForm(LINES),
    judging.AssignForm: lambda: judging.AssignForm(candidates=[]),
    recognition.MorePapersForm: recognition.MorePapersForm,
    recognition.ComplaintForm: lambda: recognition.ComplaintForm(criteria=CRITERIA),
    recognition.PaperComplaintForm: lambda: recognition.PaperComplaintForm(criteria=CRITERIA, entries=[]),
    recognition.AssignForm: lambda: recognition.AssignForm([], [], []),
}


def kinds(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for kind in of.__subclasses__():
        yield from kinds(kind)
        if kind.__module__.startswith(ROOMS):
            yield kind


def silent(boxes: dict[str, forms.Field]) -> list[str]:
    """The boxes that, left empty, say no more than that something is missing."""
    return [name for name, box in boxes.items() if box.required and box.error_messages["required"] == SAYS_NOTHING]


def boxes_of(kind: type[forms.BaseForm]) -> dict[str, forms.Field]:
    return MADE[kind]().fields if kind in MADE else kind.base_fields


def test_every_box_that_was_left_empty_says_what_to_write():
    assert {kind.__name__: found for kind in kinds() if (found := silent(boxes_of(kind)))} == {}


def test_every_form_with_boxes_of_its_own_is_looked_at_as_it_is_made():
    """A control: none of them has boxes that the look above would not see."""
    assert {kind for kind in kinds() if "__init__" in vars(kind)} == set(MADE)


def test_a_box_that_says_nothing_would_be_seen():
    """A control."""
    silent_box, spoken = forms.CharField(), forms.CharField(error_messages={"required": "Xin ghi tên."})

    assert silent({"a": silent_box, "b": spoken, "c": forms.CharField(required=False)}) == ["a"]
    with pytest.raises(ValidationError, match=str(SAYS_NOTHING)):
        silent_box.clean("")
