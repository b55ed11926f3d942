"""A dossier as its own people read it: every question with its answer, what is asked to be mended, and the talk."""

from dataclasses import dataclass

from apps.dossiers.fieldbook import Field
from apps.dossiers.models import Entry, Point, Supplement, SupplementState
from apps.dossiers.queries.answers import Answer, answers_of
from apps.dossiers.queries.files import SlotShown, slots_shown
from apps.dossiers.queries.forms import book_of, years_of
from apps.dossiers.queries.tasks import place_label
from apps.dossiers.states import EntryState


@dataclass(frozen=True)
class FieldShown:
    """One field with its boxes; `is_held` says that it was changed since it was filed."""

    field: Field
    answers: list[Answer]
    is_held: bool
    point: Point | None = None

    @property
    def is_answered(self) -> bool:
        return any(answer.value for answer in self.answers)

    @property
    def fault(self) -> str:
        """What is wrong with an answer that is kept all the same."""
        return next((answer.fault for answer in self.answers if answer.fault), "")

    @property
    def is_lacking(self) -> bool:
        return self.field.is_required and not all(answer.value for answer in self.answers)


@dataclass(frozen=True)
class SectionShown:
    code: str
    label: str
    fields: list[FieldShown]


@dataclass(frozen=True)
class PointShown:
    """One place to mend, in the page's own words."""

    point: Point
    label: str
    is_changed: bool


@dataclass(frozen=True)
class RequestShown:
    supplement: Supplement
    points: list[PointShown]


def sections_shown(entry: Entry) -> list[SectionShown]:
    """Both forms section by section; while a supplement is open, held edits stand in place of what was filed."""
    dossier = entry.dossier
    book, years = book_of(dossier), years_of(entry.round)
    answers = answers_of(dossier, with_held=entry.state == EntryState.SUPPLEMENT)
    points = points_of(entry)
    return [
        SectionShown(
            section.code,
            section.label,
            [_field(field, years, answers, dossier.held, points) for field in book.of(section.code)],
        )
        for section in book.sections
        if book.of(section.code)
    ]


def supplement_shown(entry: Entry) -> RequestShown | None:
    """The open request for supplement with its places; None when nothing is asked."""
    supplement = entry.supplements.filter(state=SupplementState.OPEN).prefetch_related("points").first()
    if supplement is None:
        return None
    slots = {f"paper:{shown.slot.value}": shown for shown in slots_shown(entry, with_held=True)}
    points = [
        PointShown(point, place_label(entry, point.place), _is_changed(entry, point, slots))
        for point in supplement.points.all()
    ]
    return RequestShown(supplement, points)


def points_of(entry: Entry) -> dict[str, Point]:
    points = Point.objects.filter(supplement__entry=entry, supplement__state=SupplementState.OPEN)
    return {point.place: point for point in points}


def _field(
    field: Field, years: tuple[int, ...], answers: dict[str, str], held: dict[str, str], points: dict[str, Point]
) -> FieldShown:
    boxes = field.boxes(years)
    return FieldShown(
        field,
        [Answer(box, str(answers.get(box.code, ""))) for box in boxes],
        any(box.code in held for box in boxes),
        points.get(f"field:{field.code}"),
    )


def _is_changed(entry: Entry, point: Point, slots: dict[str, SlotShown]) -> bool:
    kind, _, code = point.place.partition(":")
    if kind == "field":
        return any(key.partition(".")[0] == code for key in entry.dossier.held)
    shown = slots.get(point.place)
    left = entry.papers.filter(slot=code, is_leaving=True).exists()
    return left or any(one.paper.is_held for one in (shown.papers if shown else []))
