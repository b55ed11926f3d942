"""The checklist of one dossier: every place and every legal line, with what was found there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from apps.dossiers.models import Check, Entry, Paper, Verdict
from apps.dossiers.queries.legal import Legal, legal_lines
from apps.dossiers.queries.places import Place, places_of
from apps.dossiers.queries.standing import check_stamp

LEGAL = "Điều kiện theo quy định"


@dataclass(frozen=True)
class Line:
    """One line: a place of the dossier or a legal condition, and the finding that stands there, if any.

    `is_older`: the facility changed the place after the finding was written.
    """

    key: str
    label: str
    section: str
    place: Place | None
    legal: Legal | None
    check: Check | None
    is_older: bool = False

    @property
    def stamp(self) -> str:
        return check_stamp(self.check)

    @property
    def verdict(self) -> str:
        return self.check.verdict if self.check else ""

    @property
    def anchor(self) -> str:
        return f"muc-{self.key.replace(':', '-')}"


@dataclass(frozen=True)
class Section:
    label: str
    lines: list[Line]

    @property
    def anchor(self) -> str:
        """The section's name in the page: that of its first line."""
        return self.lines[0].anchor

    @property
    def lacking(self) -> int:
        return sum(1 for line in self.lines if line.verdict in (Verdict.MISSING, Verdict.WRONG))

    @property
    def looked_at(self) -> int:
        return sum(1 for line in self.lines if line.check)


def checklist(
    entry: Entry, papers: Sequence[Paper], legal: Sequence[Legal] | None = None, changed: frozenset[str] = frozenset()
) -> list[Line]:
    """Every line in order: papers and photos, the forms, the law. `changed` are the places of the last filing."""
    checks = {check.place: check for check in entry.checks.select_related("checked_by")}
    last = entry.filings.order_by("-number").values_list("filed_at", flat=True).first() if changed else None
    older = {key for key, check in checks.items() if last and key in changed and check.checked_at < last}
    places = sorted(places_of(entry, papers), key=lambda place: not place.is_paper)
    lines = [
        Line(place.key, place.label, place.section, place, None, checks.get(place.key), place.key in older)
        for place in places
    ]
    known = legal_lines(entry) if legal is None else legal
    return [*lines, *(Line(one.place, one.label, LEGAL, None, one, checks.get(one.place)) for one in known)]


def line_of(entry: Entry, papers: Sequence[Paper], key: str) -> Line | None:
    """One line of the checklist; None when the dossier has no such place."""
    return next((line for line in checklist(entry, papers) if line.key == key), None)


def sections_of(lines: Sequence[Line]) -> list[Section]:
    return [Section(label, list(some)) for label, some in groupby(lines, key=lambda line: line.section)]
