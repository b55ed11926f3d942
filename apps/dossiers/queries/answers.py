"""What was answered in a dossier, and how it reads to judges, officials and whoever gets the packet."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.dossiers.fieldbook import Box, fault, shown, text_of
from apps.dossiers.models import Dossier
from apps.dossiers.queries.forms import book_of, years_of


@dataclass(frozen=True)
class Answer:
    """One box with what stands in it: as it is kept, as it is typed, and in words."""

    box: Box
    value: str

    @property
    def text(self) -> str:
        return text_of(self.box.field, self.value)

    @property
    def words(self) -> str:
        return shown(self.box.field, self.value)

    @property
    def fault(self) -> str:
        return fault(self.box.field, self.value)


@dataclass(frozen=True)
class Labelled:
    """One line of a dossier as people read it."""

    section: str
    label: str
    words: str


@dataclass(frozen=True)
class Typed:
    """Who filled a box last, and when."""

    name: str
    at: datetime


def answers_of(dossier: Dossier, *, with_held: bool = False) -> dict[str, str]:
    """Box by box what was answered; `with_held` as it will be once the dossier is filed again."""
    kept = {**dossier.registration, **dossier.description}
    return {**kept, **dossier.held} if with_held else kept


def labelled(dossier: Dossier, *, without: Container[str] = ()) -> list[Labelled]:
    """The filed answers with their labels, in the order of the forms; what no form knows comes last, under its own key.

    So judges and packet readers never meet a code. `without` names sections that a reader has no need of.
    """
    answers = answers_of(dossier)
    known = list(_known(dossier, answers, without))
    codes = {box.code for box in boxes_of(dossier)}
    strange = [Labelled("", key, str(value)) for key, value in answers.items() if key not in codes and value]
    return [*known, *strange]


def boxes_of(dossier: Dossier) -> list[Box]:
    """Every box of the dossier's forms, in order."""
    years = years_of(dossier.entry.round)
    return [box for field in book_of(dossier) for box in field.boxes(years)]


def typed_by(dossier: Dossier, code: str) -> Typed | None:
    """Who filled a box last; None for what was taken from the register or copied."""
    told = dossier.typed.get(code)
    return Typed(told["name"], datetime.fromisoformat(told["at"])) if told else None


def _known(dossier: Dossier, answers: Mapping[str, Any], without: Container[str]) -> Iterator[Labelled]:
    sections = {section.code: section.label for section in book_of(dossier).sections}
    for box in boxes_of(dossier):
        if box.field.section in without:
            continue
        if words := shown(box.field, str(answers.get(box.code, ""))):
            yield Labelled(sections[box.field.section], box.full_label, words)
