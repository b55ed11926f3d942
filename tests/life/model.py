"""Which step may be taken in the life of a round, and what it changes there."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from .standing import (
    AGAIN,
    DISPUTED,
    ENTRIES,
    JUDGES,
    LEVELS,
    QUORUM,
    SEATS,
    SOME_JUDGES,
    Complaint,
    Council,
    Entry,
    Life,
    Result,
    Sheet,
    Vote,
)


@dataclass(frozen=True, repr=False)
class Step:
    """One thing that people do: when the model allows it, and what it changes there."""

    name: str
    may: Callable[..., bool]
    change: Callable[..., None]
    ranges: tuple[range | tuple[int, ...], ...] = ()
    is_onward: bool = True

    def __repr__(self) -> str:
        return self.name

    def cases(self) -> Iterator[tuple[int, ...]]:
        return product(*self.ranges)


SOME, PANEL, ROOM = range(ENTRIES), range(1, JUDGES + 1), range(1, SEATS + 1)
FEW, OPEN = range(2), ("filed", "received", "rescoring")
APPOINTING = ("draft", "planned", "open", "screening")
SCREENING = ("open", "screening")


def _turn(phase: str) -> Callable[[Life], None]:
    return lambda life: setattr(life, "phase", phase)


def _in(*phases: str) -> Callable[..., bool]:
    return lambda life, *_: life.phase in phases


def _entry_to(state: str) -> Callable[[Life, int], None]:
    return lambda life, at: setattr(life.entries[at], "state", state)


def _sheet_to(state: str) -> Callable[[Life, int, int], None]:
    return lambda life, at, judge: setattr(life.entries[at].sheets[judge], "state", state)


def _screens(*states: str) -> Callable[[Life, int], bool]:
    return lambda life, at: life.phase in SCREENING and life.is_state(at, *states)


def _file(life: Life, at: int) -> None:
    life.entries.append(Entry())


def _may_start(life: Life) -> bool:
    states = [entry.state for entry in life.entries]
    return life.phase == "screening" and "accepted" in states and "submitted" not in states


def _start(life: Life) -> None:
    life.phase = "scoring"
    for entry in life.entries:
        if entry.state == "accepted" and not life.each:
            entry.sheets = {judge: Sheet() for judge in PANEL}


def deal(life: Life, given: Mapping[int, set[int]]) -> None:
    """Who scores what is the platform's to choose; that it is enough, and even, is the model's to say."""
    accepted = {at for at, entry in enumerate(life.entries) if entry.state == "accepted"}
    assert {at: len(judges) for at, judges in given.items()} == dict.fromkeys(accepted, life.each)
    loads = Counter(dict.fromkeys(PANEL, 0))
    loads.update(judge for judges in given.values() for judge in judges)
    assert max(loads.values()) - min(loads.values()) <= 1
    for at, judges in given.items():
        life.entries[at].sheets = {judge: Sheet() for judge in judges}


def _free_places(life: Life) -> list[tuple[int, int]]:
    """Of each entry that lacks a judge the one who is not on it, unless they were absent somewhere."""
    resting = {judge for entry in life.entries for judge, sheet in entry.sheets.items() if sheet.state == "absent"}
    short = [at for at, entry in enumerate(life.entries) if entry.state == "accepted" and entry.lacks(life.each)]
    return [(at, judge) for at in short for judge in PANEL if judge not in life.entries[at].sheets.keys() | resting]


def _balance(life: Life) -> None:
    for at, judge in _free_places(life):
        life.entries[at].sheets[judge] = Sheet()


def _mark(life: Life, at: int, judge: int) -> None:
    life.entries[at].sheets[judge].level = LEVELS[0]


def _score(life: Life, at: int, judge: int, level: int) -> None:
    life.entries[at].sheets[judge] = Sheet("locked", level)


def _may_lock(life: Life, at: int, judge: int) -> bool:
    sheet = life.sheet(at, judge)
    return life.is_sheet(at, judge, "draft") and sheet is not None and sheet.level is not None


def _may_close_scoring(life: Life) -> bool:
    waiting = any(sheet.state == "draft" for entry in life.entries for sheet in entry.sheets.values())
    return life.phase == "scoring" and not waiting


def _close_scoring(life: Life) -> None:
    life.phase = "scored"
    counted = [(at, judge) for at, entry in enumerate(life.entries) for judge in entry.counted]
    life.results = [Result({(at, j): DISPUTED[life.entries[at].sheets[j].level or 0] for at, j in counted})]


def _convene(life: Life, present: int) -> None:
    life.phase, life.council = "council", Council(set(range(1, present + 1)))


def _in_session(life: Life, *_: int) -> bool:
    return life.phase == "council" and life.council.may_vote


def _may_open_vote(life: Life, at: int) -> bool:
    council = life.council
    return _in_session(life) and at in life.passed and not council.open_vote and not council.vote_on(at)


def _open_vote(life: Life, at: int) -> None:
    life.council.votes.append(Vote(at, len(life.council.present)))


def _may_close_vote(life: Life, approve: int) -> bool:
    vote = life.council.open_vote
    return _in_session(life) and vote is not None and approve <= vote.entitled


def _close_vote(life: Life, approve: int) -> None:
    vote = life.council.open_vote
    assert vote is not None
    vote.state, vote.is_adopted = "closed", approve * 2 > vote.entitled


def _annul(life: Life, number: int) -> None:
    life.council.votes[number].state = "annulled"


def _may_annul(life: Life, number: int) -> bool:
    votes = life.council.votes
    return life.phase == "council" and number < len(votes) and votes[number].state != "annulled"


def _may_leave_out(life: Life, at: int) -> bool:
    return life.phase == "council" and at in life.passed and not life.council.vote_on(at)


def _may_conclude(life: Life) -> bool:
    council = life.council
    decided = all(council.vote_on(at) or at in council.left_out for at in life.passed)
    return _in_session(life) and not council.open_vote and decided


def _conclude(life: Life) -> None:
    life.phase = "concluded"
    votes = {at: life.council.vote_on(at) for at in life.passed}
    life.selected = {at for at, vote in votes.items() if vote and vote.is_adopted}
    life.council.present.clear()


def _certify(life: Life) -> None:
    life.certified = set(life.selected)


def _may_complain(life: Life, at: int) -> bool:
    waits = any(one.entry == at and one.state in OPEN for one in life.complaints)
    return life.phase == "published" and life.is_state(at, "accepted") and not waits


def _complaint_to(state: str) -> Callable[[Life, int], None]:
    return lambda life, number: setattr(life.complaints[number], "state", state)


def _may_rescore(life: Life, number: int) -> bool:
    return life.is_complaint(number, "received", "rescoring") and bool(
        life.entries[life.complaints[number].entry].counted
    )


def _rescore(life: Life, number: int) -> None:
    complaint = life.complaints[number]
    complaint.state = "rescoring"
    complaint.base = complaint.revised = None
    for judge in life.entries[complaint.entry].counted:
        complaint.reviews.setdefault(judge, None)
    _compute_anew(life, number)


def _may_review(life: Life, number: int, _: int = 0) -> bool:
    return life.is_complaint(number, "rescoring") and not life.complaints[number].is_marked_anew


def _review(life: Life, number: int, mark: int) -> None:
    complaint = life.complaints[number]
    complaint.reviews = {judge: mark if given is None else given for judge, given in complaint.reviews.items()}
    _compute_anew(life, number)


def _may_compute_anew(life: Life, number: int) -> bool:
    return number < len(life.complaints) and life.complaints[number].is_marked_anew


def _compute_anew(life: Life, number: int) -> None:
    """A changed outcome is a new result that cites the old one; the same marks are the result that is there."""
    if not _may_compute_anew(life, number):
        return
    complaint = life.complaints[number]
    anew = {(complaint.entry, judge): mark for judge, mark in complaint.reviews.items() if mark is not None}
    marks = life.results[life.in_force].marks | anew
    known = next((at for at, result in enumerate(life.results) if result.marks == marks), None)
    if known is None:
        life.results.append(Result(marks, cites=life.in_force))
    complaint.base, complaint.revised = life.in_force, len(life.results) - 1 if known is None else known


def _may_answer(life: Life, number: int, is_granted: int) -> bool:
    if life.is_complaint(number, "received"):
        return True
    if not life.is_complaint(number, "rescoring") or life.complaints[number].revised is None:
        return False
    return not is_granted or life.complaints[number].base == life.in_force


def _answer(life: Life, number: int, is_granted: int) -> None:
    complaint = life.complaints[number]
    complaint.state = "answered"
    if is_granted and complaint.revised is not None:
        life.in_force = complaint.revised


STEPS = (
    Step("approve_plan", _in("draft"), _turn("planned")),
    Step("revise_plan", _in("planned"), _turn("draft"), is_onward=False),
    Step("open_round", _in("planned"), _turn("open")),
    Step("file", lambda life, at: life.phase == "open" and at == len(life.entries), _file, (SOME,)),
    Step("withdraw", _screens("submitted"), _entry_to("withdrawn"), (SOME,), is_onward=False),
    Step("accept", _screens("submitted"), _entry_to("accepted"), (SOME,)),
    Step("refuse", _screens("submitted"), _entry_to("ineligible"), (SOME,), is_onward=False),
    Step("reopen", _screens("accepted", "ineligible"), _entry_to("submitted"), (SOME,), is_onward=False),
    Step("close_filing", _in("open"), _turn("screening")),
    Step("reopen_filing", _in("screening"), _turn("open"), is_onward=False),
    Step(
        "hand_out_by", lambda life, _: life.phase in APPOINTING, lambda life, each: setattr(life, "each", each),
        ((0, SOME_JUDGES),), is_onward=False,
    ),
    Step("start_scoring", _may_start, _start),
    Step(
        "balance", lambda life: life.phase == "scoring" and bool(life.each and _free_places(life)), _balance,
        is_onward=False,
    ),
    Step("mark", lambda life, *of: life.is_sheet(*of, "draft"), _mark, (SOME, PANEL), is_onward=False),
    Step("lock", _may_lock, _sheet_to("locked"), (SOME, PANEL), is_onward=False),
    Step("score", lambda life, at, j, _: life.is_sheet(at, j, "draft"), _score, (SOME, PANEL, LEVELS)),
    Step("unlock", lambda life, *of: life.is_sheet(*of, "locked"), _sheet_to("draft"), (SOME, PANEL), is_onward=False),
    Step("absent", lambda life, *of: life.is_sheet(*of, "draft"), _sheet_to("absent"), (SOME, PANEL), is_onward=False),
    Step(
        "recuse", lambda life, *of: life.is_sheet(*of, "draft", "locked"), _sheet_to("recused"), (SOME, PANEL),
        is_onward=False,
    ),
    Step("close_scoring", _may_close_scoring, _close_scoring),
    Step("convene", lambda life, n: life.phase == "scored" and n >= QUORUM, _convene, ((0, 4, 5, 7),)),
    Step(
        "arrive", lambda life, seat: life.phase == "council" and seat not in life.council.present,
        lambda life, seat: life.council.present.add(seat), (ROOM,),
    ),
    Step(
        "depart", lambda life, seat: life.phase == "council" and seat in life.council.present,
        lambda life, seat: life.council.present.discard(seat), (ROOM,), is_onward=False,
    ),
    Step("open_vote", _may_open_vote, _open_vote, (SOME,)),
    Step("close_vote", _may_close_vote, _close_vote, ((0, 3, 4, 5, 7),)),
    Step("annul_vote", _may_annul, _annul, ((0, 1),), is_onward=False),
    Step("leave_out", _may_leave_out, lambda life, at: life.council.left_out.add(at), (SOME,), is_onward=False),
    Step("conclude", _may_conclude, _conclude),
    Step("decide", _in("concluded"), _turn("decided")),
    Step("certify", _in("decided", "published"), _certify, is_onward=False),  # asked again it finds nothing to do
    Step("publish", _in("decided"), _turn("published")),
    Step("complain", _may_complain, lambda life, at: life.complaints.append(Complaint(at)), (SOME,)),
    Step("receive", lambda life, n: life.is_complaint(n, "filed"), _complaint_to("received"), (FEW,)),
    Step("rescore", _may_rescore, _rescore, (FEW,)),
    Step("review", _may_review, _review, (FEW, AGAIN)),
    Step("compute_anew", _may_compute_anew, _compute_anew, (FEW,), is_onward=False),
    Step("answer", _may_answer, _answer, (FEW, (0, 1))),
    Step(
        "take_back", lambda life, n: life.is_complaint(n, *OPEN), _complaint_to("withdrawn"), (FEW,), is_onward=False
    ),
)  # fmt: skip
