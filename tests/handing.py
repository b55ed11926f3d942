"""Rounds in which not the whole panel scores every entry. Call inside a bound tenant."""

from io import BytesIO

from interests import accepted
from python_calamine import CalamineWorkbook

from apps.judging.access import assigned_sheets
from apps.judging.queries.assigning import plan_for
from apps.judging.services import start_scoring
from apps.rounds.models import Handing, Post
from apps.rounds.services import choose_handing

PAGE = "/cham-diem/ky/THU-2026/phan-cong/"
FILE = "/cham-diem/ky/THU-2026/phan-cong.xlsx"


def entry_page(stage, entry=0):
    return f"{PAGE}{stage.entries[entry].pk}/"


def book(answer, sheet=0):
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(sheet).to_python()


def chosen(entries=4, judges=5, each=2, *, by_expertise=False):
    """Accepted entries, and a balanced assignment chosen but not made."""
    stage = accepted(entries, judges=judges)
    choose_handing(
        stage.round.pk,
        handing=Handing.BALANCED,
        judges_per_entry=each,
        by_expertise=by_expertise,
        actor=stage.officer,
    )
    stage.refreshed()
    return stage


def begin(stage):
    """Scoring begins by the proposal as it stands."""
    start_scoring(stage.round.pk, actor=stage.officer, seen=plan_for(stage.round).digest)
    stage.refreshed()
    return stage


def handed(*args, **kwargs):
    return begin(chosen(*args, **kwargs))


def as_secretary(stage, number=1):
    """A member of the council who keeps its minutes."""
    who = stage.council[number]
    stage.round.appointments.filter(person=who).update(post=Post.SECRETARY)
    return who


def judges_of(stage, entry=0):
    """The numbers of the judges who score the entry."""
    people = assigned_sheets().filter(entry=stage.entries[entry]).values_list("judge__person", flat=True)
    return sorted(number for number, judge in enumerate(stage.judges) if judge.pk in set(people))
