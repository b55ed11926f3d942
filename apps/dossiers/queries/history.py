"""What was filed when, and what differs: field by field between filings, place by place around a supplement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.dossiers.models import Dossier, Entry, Filing, Paper, Point, Slot, Supplement, SupplementState
from apps.dossiers.queries.places import words_of
from tieubieu.audit.models import Event
from tieubieu.audit.queries import events_of
from tieubieu.audit.tags import sentence
from tieubieu.uploads.models import StoredFile

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One paper as it was filed."""

    file_id: str
    name: str
    paper_id: UUID | None
    is_photo: bool


@dataclass(frozen=True)
class Filled:
    """What stood in one place at one filing."""

    lines: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.sheets


@dataclass(frozen=True)
class Difference:
    """One place that two filings fill differently."""

    key: str
    label: str
    before: Filled
    after: Filled


@dataclass(frozen=True)
class Filed:
    """One filing, and how it differs from the one before."""

    filing: Filing
    differences: list[Difference]


@dataclass(frozen=True)
class Mended:
    """A pinned place: what stood there when it was asked, and in the next filing (None: there is none yet)."""

    point: Point
    label: str
    before: Filled
    after: Filled | None

    @property
    def is_changed(self) -> bool:
        return self.after is not None and self.after != self.before


@dataclass(frozen=True)
class Asking:
    """A request for supplement with its places."""

    supplement: Supplement
    points: list[Mended]

    @property
    def is_new(self) -> bool:
        return self.supplement.state == SupplementState.ANSWERED and self.supplement.looked_at is None


class Reader:
    """Reads the filings of one dossier under the forms and files that it was made of; three queries for all of them."""

    def __init__(self, entry: Entry, filings: Sequence[Filing]) -> None:
        dossier: Dossier | None = getattr(entry, "dossier", None)
        self.words = words_of(dossier) if dossier else None
        self.labels = {f"field:{one.code}": one.label for one in self.words.fields} if self.words else {}
        self.labels |= {f"paper:{slot.value}": str(slot.label) for slot in Slot}
        names = {str(told["file"]) for filing in filings for told in _papers(filing.content)}
        self.files = {str(file.pk): file for file in StoredFile.objects.filter(pk__in=names)}
        rows = Paper.objects.filter(entry=entry, file_id__in=names).values_list("file_id", "pk")
        self.paper_ids = {str(file_id): pk for file_id, pk in rows}

    def label(self, key: str) -> str:
        return self.labels.get(key, key.partition(":")[2])

    def filled(self, content: Content, key: str) -> Filled:
        """What stood in a place; empty for what the filing does not know."""
        kind, _, code = key.partition(":")
        if kind == "paper":
            told = [one for one in _papers(content) if one["slot"] == code]
            return Filled(sheets=tuple(self._sheet(str(one["file"])) for one in told))
        answers = _answers(content)
        field = next((one for one in self.words.fields if one.code == code), None) if self.words else None
        if field is not None and self.words is not None:
            return Filled(self.words.of(field, answers))
        return Filled((str(answers[code]),) if answers.get(code) else ())

    def keys(self, *contents: Content) -> list[str]:
        """Every place that one of the filings fills, in the order of the forms."""
        there = {f"field:{code.partition('.')[0]}" for content in contents for code in _answers(content)}
        there |= {f"paper:{told['slot']}" for content in contents for told in _papers(content)}
        known = [key for key in self.labels if key in there]
        return [*known, *sorted(there - set(known))]

    def differences(self, before: Content, after: Content) -> list[Difference]:
        pairs = [(key, self.filled(before, key), self.filled(after, key)) for key in self.keys(before, after)]
        return [Difference(key, self.label(key), was, now) for key, was, now in pairs if was != now]

    def _sheet(self, file_id: str) -> Sheet:
        file = self.files.get(file_id)
        return Sheet(file_id, file.name if file else "", self.paper_ids.get(file_id), bool(file and file.is_photo))


def filings_of(entry: Entry) -> list[Filed]:
    """Every filing, the latest first, each with what it changed."""
    filings = list(entry.filings.select_related("filed_by").order_by("number"))
    reader = Reader(entry, filings)
    told = [
        Filed(now, reader.differences(before.content, now.content) if before else [])
        for before, now in zip([None, *filings], filings, strict=False)
    ]
    return told[::-1]


def changed_places(entry: Entry) -> frozenset[str]:
    """The places that the last filing filled differently from the one before."""
    last = list(entry.filings.order_by("-number")[:2])
    if len(last) < 2:
        return frozenset()
    return frozenset(one.key for one in Reader(entry, last).differences(last[1].content, last[0].content))


def supplements_of(entry: Entry) -> list[Asking]:
    """Every request with the state of each pinned place before and after, the latest first."""
    supplements = list(entry.supplements.select_related("asked_by").prefetch_related("points"))
    if not supplements:
        return []
    filings = list(entry.filings.order_by("number"))
    reader = Reader(entry, filings)
    return [Asking(one, list(_mended(one, filings, reader))) for one in supplements[::-1]]


def events(entry: Entry) -> list[tuple[Event, str]]:
    """What happened, the latest first, each with its sentence."""
    return [(event, sentence(event.tag)) for event in events_of(entry).order_by("-seq")]


def detail_of(event: Event) -> str:
    """The reason, the person or the number that an event carries, as the history shows it."""
    return " · ".join(str(event.facts[name]) for name in ("reason", "officer", "code") if event.facts.get(name))


def _mended(supplement: Supplement, filings: Sequence[Filing], reader: Reader) -> Iterable[Mended]:
    before = [filing for filing in filings if filing.filed_at <= supplement.asked_at]
    after = [filing for filing in filings if filing.filed_at > supplement.asked_at]
    was, now = (before[-1].content if before else {}), (after[0].content if after else None)
    for point in supplement.points.all():
        then = reader.filled(now, point.place) if now is not None else None
        yield Mended(point, reader.label(point.place), reader.filled(was, point.place), then)


def _answers(content: Content) -> Mapping[str, Any]:
    return {**content.get("registration", {}), **content.get("description", {})}


def _papers(content: Content) -> Sequence[Mapping[str, Any]]:
    return list(content.get("papers", []))
