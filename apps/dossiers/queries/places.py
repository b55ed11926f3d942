"""The places of a dossier: every field of its forms and every slot for papers, each a line that can be checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.dossiers.fieldbook import Field, shown
from apps.dossiers.models import Dossier, Entry, Paper, Slot
from apps.dossiers.queries.answers import answers_of
from apps.dossiers.queries.forms import book_of, years_of
from apps.dossiers.queries.papers import slots_required

OTHER = "Nội dung khác"
PAPERS = "Ảnh và giấy tờ"


@dataclass(frozen=True)
class Place:
    """`key` is `field:<code>` or `paper:<slot>`; `lines` are the words in it, one for each year of a yearly field."""

    key: str
    label: str
    section: str
    lines: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    is_required: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.papers

    @property
    def is_paper(self) -> bool:
        return self.key.startswith("paper:")


@dataclass(frozen=True)
class Words:
    """How the answers of one dossier read: its forms, and the years that yearly figures are asked for."""

    dossier: Dossier
    fields: Sequence[Field] = field(default_factory=tuple)
    years: tuple[int, ...] = ()

    def of(self, asked: Field, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """The words in a field, empty when nothing was answered."""
        boxes = [(box, shown(asked, str(answers.get(box.code) or ""))) for box in asked.boxes(self.years)]
        return tuple(f"{box.label}: {said}" if box.year else said for box, said in boxes if said)


def words_of(dossier: Dossier) -> Words:
    return Words(dossier, tuple(book_of(dossier)), years_of(dossier.entry.round))


def places_of(entry: Entry, papers: Sequence[Paper]) -> list[Place]:
    """Every place of a filed dossier in the order of the forms; `papers` are those that count as filed."""
    dossier = getattr(entry, "dossier", None)
    fields = list(_fields(dossier)) if dossier else []
    return [*fields, *_slots(entry, papers)]


def _fields(dossier: Dossier) -> Iterator[Place]:
    """Of a dossier that was filled under no forms only what stands in it."""
    answers, words, book = answers_of(dossier), words_of(dossier), book_of(dossier)
    sections = {section.code: section.label for section in book.sections}
    for one in words.fields:
        lines = words.of(one, answers)
        if lines or dossier.form_id:
            yield Place(f"field:{one.code}", one.label, sections[one.section], lines, is_required=one.is_required)
    codes = {box.code for one in words.fields for box in one.boxes(words.years)}
    for key, value in answers.items():
        if key not in codes and value:
            yield Place(f"field:{key}"[:60], key, OTHER, (str(value),))


def _slots(entry: Entry, papers: Sequence[Paper]) -> Iterator[Place]:
    """The slots that the law requires, and every other one that holds something."""
    required = {slot.value for slot in slots_required(entry)}
    for slot in Slot:
        there = tuple(paper for paper in papers if paper.slot == slot.value)
        if there or slot.value in required:
            yield Place(f"paper:{slot.value}", str(slot.label), PAPERS, (), there, slot.value in required)
