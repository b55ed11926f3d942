"""Where a dossier stands, section by section: the list that people come back to."""

from dataclasses import dataclass
from enum import StrEnum

from apps.dossiers.fieldbook import Field, Section
from apps.dossiers.models import Entry, Slot
from apps.dossiers.queries.answers import answers_of
from apps.dossiers.queries.files import SlotShown, slots_shown
from apps.dossiers.queries.forms import book_of, years_of


class Progress(StrEnum):
    UNTOUCHED = "untouched"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True)
class Task:
    """One section of the forms: how far it is, and the question to go on with."""

    section: Section
    progress: Progress
    next_field: str
    answered: int
    asked: int


@dataclass(frozen=True)
class PaperTask:
    label: str
    progress: Progress
    there: int
    wanted: int


def tasks_of(entry: Entry) -> list[Task]:
    """The sections of both forms in order, held edits counted in."""
    book, years = book_of(entry.dossier), years_of(entry.round)
    answers = answers_of(entry.dossier, with_held=True)
    found = []
    for section in book.sections:
        fields = book.of(section.code)
        if fields:
            found.append(_task(section, fields, answers, years))
    return found


def paper_tasks(entry: Entry) -> tuple[PaperTask, PaperTask]:
    """The photos and the other papers."""
    slots = slots_shown(entry, with_held=True)
    photos = [slot for slot in slots if slot.is_photo]
    return _papers("Ảnh sản phẩm", photos), _papers("Giấy tờ kèm theo", [slot for slot in slots if not slot.is_photo])


def place_label(entry: Entry, place: str) -> str:
    """What a place is called on the page: the field's or the slot's own words."""
    kind, _, code = place.partition(":")
    if kind == "paper":
        return str(Slot(code).label) if code in Slot.values else code
    try:
        return book_of(entry.dossier).field(code).label
    except KeyError:
        return code


def _task(section: Section, fields: tuple[Field, ...], answers: dict[str, str], years: tuple[int, ...]) -> Task:
    full = [field for field in fields if all(answers.get(box.code) for box in field.boxes(years))]
    waiting = [field for field in fields if field.is_required and field not in full]
    open_field = next(iter(waiting), fields[0])
    return Task(section, _progress(bool(full), not waiting), open_field.code, len(full), len(fields))


def _papers(label: str, slots: list[SlotShown]) -> PaperTask:
    required = [slot for slot in slots if slot.is_required]
    there = sum(1 for slot in required if slot.papers)
    touched = any(slot.papers for slot in slots)
    return PaperTask(label, _progress(touched, there == len(required)), there, len(required))


def _progress(touched: bool, complete: bool) -> Progress:
    if complete and touched:
        return Progress.DONE
    return Progress.UNDER_WAY if touched else Progress.UNTOUCHED
