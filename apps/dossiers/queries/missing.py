"""What a dossier still lacks before it can be filed."""

from dataclasses import dataclass
from typing import Literal

from apps.dossiers.fieldbook import fault
from apps.dossiers.models import Entry
from apps.dossiers.queries.answers import answers_of, boxes_of
from apps.dossiers.queries.papers import papers_of, slots_required


@dataclass(frozen=True)
class Missing:
    """A required box without an answer or one with a wrong answer, or a required slot without a paper. `code` is the
    field's or the slot's; `fault` says what is wrong with an answer that is there."""

    what: Literal["field", "paper"]
    code: str
    label: str
    fault: str = ""


def missing_of(entry: Entry) -> list[Missing]:
    """Everything required that is not there and every answer that is wrong, held edits counted in, in the order of
    the forms."""
    return [*_missing_fields(entry), *_missing_papers(entry)]


def _missing_fields(entry: Entry) -> list[Missing]:
    answers = answers_of(entry.dossier, with_held=True)
    return [
        Missing("field", box.field.code, box.full_label, wrong)
        for box, value in ((box, str(answers.get(box.code) or "")) for box in boxes_of(entry.dossier))
        if (wrong := fault(box.field, value)) or (box.field.is_required and not value)
    ]


def _missing_papers(entry: Entry) -> list[Missing]:
    there = set(papers_of(entry, with_held=True).values_list("slot", flat=True))
    return [Missing("paper", slot.value, str(slot.label)) for slot in slots_required(entry) if slot.value not in there]
