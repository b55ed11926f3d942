"""What stands where in the life of a round, as simply as it can be said."""

from dataclasses import dataclass, field

ENTRIES, JUDGES, SEATS, QUORUM, PASS, SOME_JUDGES = 3, 3, 7, 5, 70, 2
# What a judge gives, of 100: well above, at and just below the pass mark.
LEVELS = (80, 70, 69)
# What of it stands in the criterion that complaints dispute, and what a second look gives there.
DISPUTED, AGAIN = {80: 32, 70: 28, 69: 28}, (32, 40)


@dataclass
class Sheet:
    state: str = "draft"
    level: int | None = None


@dataclass
class Entry:
    state: str = "submitted"
    sheets: dict[int, Sheet] = field(default_factory=dict)

    @property
    def is_passed(self) -> bool:
        counted = [sheet.level or 0 for sheet in self.sheets.values() if sheet.state == "locked"]
        return bool(counted) and sum(counted) >= PASS * len(counted)

    @property
    def counted(self) -> list[int]:
        return [judge for judge, sheet in self.sheets.items() if sheet.state == "locked"]

    def lacks(self, each: int) -> bool:
        return sum(sheet.state in ("draft", "locked") for sheet in self.sheets.values()) < each


@dataclass
class Vote:
    entry: int
    entitled: int
    state: str = "open"
    is_adopted: bool = False


@dataclass
class Complaint:
    entry: int
    state: str = "filed"
    reviews: dict[int, int | None] = field(default_factory=dict)
    base: int | None = None
    revised: int | None = None

    @property
    def is_marked_anew(self) -> bool:
        return self.state == "rescoring" and None not in self.reviews.values()


@dataclass
class Result:
    """What was computed, as far as complaints change it: the disputed marks; and which one it cites."""

    marks: dict[tuple[int, int], int]
    cites: int | None = None


@dataclass
class Council:
    present: set[int] = field(default_factory=set)
    votes: list[Vote] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)

    @property
    def may_vote(self) -> bool:
        return len(self.present) >= QUORUM and 1 in self.present

    @property
    def open_vote(self) -> Vote | None:
        return next((vote for vote in self.votes if vote.state == "open"), None)

    def vote_on(self, entry: int) -> Vote | None:
        """The vote that stands about an entry, be it still open."""
        return next((vote for vote in self.votes if vote.entry == entry and vote.state != "annulled"), None)


@dataclass
class Life:
    phase: str = "draft"
    entries: list[Entry] = field(default_factory=list)
    council: Council = field(default_factory=Council)
    selected: set[int] = field(default_factory=set)
    certified: set[int] = field(default_factory=set)
    complaints: list[Complaint] = field(default_factory=list)
    each: int = 0  # how many judges score an entry where not the whole panel does
    results: list[Result] = field(default_factory=list)
    in_force: int = 0

    def entry(self, at: int) -> Entry | None:
        return self.entries[at] if at < len(self.entries) else None

    def is_state(self, at: int, *states: str) -> bool:
        entry = self.entry(at)
        return entry is not None and entry.state in states

    def sheet(self, at: int, judge: int) -> Sheet | None:
        entry = self.entry(at)
        return entry.sheets.get(judge) if entry else None

    def is_sheet(self, at: int, judge: int, *states: str) -> bool:
        sheet = self.sheet(at, judge)
        return self.phase == "scoring" and sheet is not None and sheet.state in states

    def is_complaint(self, number: int, *states: str) -> bool:
        return number < len(self.complaints) and self.complaints[number].state in states

    @property
    def passed(self) -> set[int]:
        return {at for at, entry in enumerate(self.entries) if entry.state == "accepted" and entry.is_passed}
