"""`{% load dossiers %}`: the boxes of a question, and where a place of a dossier is mended."""

from typing import Any

from django import template
from django.urls import reverse

from apps.dossiers.fieldbook import Kind
from apps.dossiers.models import Entry

register = template.Library()

KEYBOARDS = {Kind.WHOLE: "numeric", Kind.YEAR: "numeric", Kind.NUMBER: "decimal", Kind.MONEY: "decimal"}
KEYBOARDS |= {Kind.EMAIL: "email", Kind.PHONE: "tel"}
# Kept right or wrong, so the page waits a moment for what the server says of them.
CHECKED = (Kind.EMAIL, Kind.PHONE)


@register.simple_tag
def place_url(entry: Entry, place: str) -> str:
    """The page on which a place (`field:<code>`, `paper:<slot>`) is mended."""
    kind, _, code = place.partition(":")
    if kind == "field":
        return reverse("dossiers:step", args=[entry.pk, code])
    page = "photos" if code.startswith("photo_") else "papers"
    return f"{reverse(f'dossiers:{page}', args=[entry.pk])}#muc-{code}"


@register.inclusion_tag("dossiers/parts/box.html")
def answer_box(box: dict[str, Any], is_alone: bool = False) -> dict[str, Any]:
    """One box with what stands in it, where it is saved, and what went wrong."""
    answer = box["answer"]
    field = answer.box.field
    return {
        "box": box,
        "answer": answer,
        "field": field,
        "id": f"o-{answer.box.code.replace('.', '-')}",
        "text": box.get("typed", answer.text),
        "base": box.get("base", box.get("kept", answer.value)),
        "is_checked": field.kind in CHECKED,
        "keyboard": KEYBOARDS.get(field.kind, ""),
        "is_long": field.kind is Kind.LONG_TEXT,
        "options": _options(field),
        "chosen": box.get("typed", answer.value),
        "is_alone": is_alone,
    }


def _options(field: Any) -> list[tuple[str, str]]:
    if field.kind is Kind.YES_NO:
        return [("yes", "Có"), ("no", "Không")]
    return [(choice, choice) for choice in field.choices] if field.kind is Kind.CHOICE else []
