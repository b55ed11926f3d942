"""A published round with the three outcomes, each of another facility with its own owner; call inside a tenant."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stage import PAPER, Stage, acting_for, person, scoring

from apps.accounts.models import Person
from apps.councils.services import Votes, conclude_session, convene
from apps.judging.models import Sheet
from apps.judging.services import close_scoring, compute_snapshot, lock_sheet, save_marks
from apps.recognition.services import publish_results, record_decision, tell_results
from apps.rounds.models import Body

# Selected; passed but left out; below the pass mark.
MARKS = (("36", "32", "8", "8"), ("32", "30.5", "8", "8"), ("20", "20", "5", "5"))
REMARKS = (("Mẫu mã đẹp, cần ghi rõ xuất xứ", "Bao bì tốt", ""), ("Khá", "Đạt yêu cầu", ""), ("Yếu", "", ""))


@dataclass
class Verdicts:
    """`owners[n]` acts for the facility of `stage.entries[n]`."""

    stage: Stage
    owners: list[Person] = field(default_factory=list)

    @property
    def entries(self) -> list[Any]:
        return self.stage.entries

    @property
    def round(self) -> Any:
        return self.stage.refreshed()

    def published(self) -> "Verdicts":
        """Everybody is told."""
        publish_results(self.stage.round.pk, actor=self.stage.officer)
        tell_results(self.stage.round.pk)
        self.stage.refreshed()
        return self


def decided(entries: int = 3, *, is_told: bool = True, remarks: Any = REMARKS, **kwargs: Any) -> Verdicts:
    """The decision is recorded, nothing published. Marks repeat after the third entry, so that no rank is tied in
    what the tests look at."""
    stage = scoring(entries, choices={"tell_scores": is_told}, **kwargs)
    for sheet in Sheet.objects.select_related("judge__person", "entry"):
        place = stage.entries.index(sheet.entry)
        marks = {f"C{n}": Decimal(mark) for n, mark in enumerate(MARKS[place % 3], 1)}
        given = remarks[place % 3]
        remark = given[(sheet.judge.seat - 1) % len(given)]
        save_marks(sheet.pk, marks, remark=remark, actor=sheet.judge.person)
        lock_sheet(sheet.pk, actor=sheet.judge.person)
    compute_snapshot(stage.round.pk, job_id=close_scoring(stage.round.pk, actor=stage.officer))
    present = [member.pk for member in stage.round.appointments.filter(body=Body.COUNCIL)]
    session = convene(stage.round.pk, present=present, actor=stage.officer)
    chosen = {entry.pk: Votes(7) for place, entry in enumerate(stage.entries) if place % 3 == 0}
    stage.session = conclude_session(session.pk, chosen, actor=stage.officer)
    record_decision(stage.round.pk, PAPER, actor=stage.officer)
    found = Verdicts(stage)
    for place, entry in enumerate(stage.entries):
        owner = person(f"chu-co-so-{place}")
        owner.email = f"chu-{place}@example.vn"
        owner.save()
        acting_for(entry.facility, owner)
        found.owners.append(owner)
    return found


def published(entries: int = 3, **kwargs: Any) -> Verdicts:
    return decided(entries, **kwargs).published()
