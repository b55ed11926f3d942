"""A council in session, by the services that people use. Call inside a bound tenant."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from stage import MARKS, Stage, scoring

from apps.councils.models import Ballot, Item, ItemKind, Session, Way
from apps.councils.services import Votes, close_ballot, convene, open_ballot
from apps.judging.models import Sheet
from apps.judging.services import close_scoring, compute_snapshot, lock_sheet, recuse, save_marks
from apps.rounds.models import Appointment, Body

LOW = {**MARKS, "C1": "20"}


@dataclass
class Chamber:
    stage: Stage
    session: Session

    @property
    def officer(self):
        return self.stage.officer

    @property
    def members(self) -> list[Appointment]:
        return list(self.stage.round.appointments.filter(body=Body.COUNCIL).order_by("seat"))

    @property
    def item(self) -> Item:
        return self.session.items.get(kind=ItemKind.GROUP)

    @property
    def now(self) -> Session:
        self.session.refresh_from_db()
        return self.session

    def opened(self, *entries: int, **words: object) -> Ballot:
        keys = [self.stage.entries[n].pk for n in entries or (0,)]
        return open_ballot(self.session.pk, self.item.pk, keys, actor=self.officer, **words)

    def voted(self, *entries: int, approve: int = 7, against: int = 0) -> Ballot:
        return close_ballot(self.opened(*entries).pk, hands=Votes(approve, against), actor=self.officer)


def marked(*marks: Mapping[str, str], recused: int | None = None, rules: Mapping[str, object] | None = None) -> Stage:
    """A scored round, an entry for each set of marks; the first judge may be kept out of one entry."""
    stage = scoring(len(marks))
    if rules:
        stage.refreshed().rules.update(rules)
        stage.round.save()
    given = {entry.pk: one for entry, one in zip(stage.entries, marks, strict=True)}
    sheets = Sheet.objects.filter(entry__round=stage.round).select_related("judge__person").order_by("judge__seat")
    for sheet in sheets:
        if recused is not None and sheet.judge.seat == 1 and sheet.entry_id == stage.entries[recused].pk:
            recuse(sheet.pk, reason="Người nhà", actor=stage.officer)
            continue
        judge = sheet.judge.person
        save_marks(sheet.pk, {c: Decimal(v) for c, v in given[sheet.entry_id].items()}, remark="", actor=judge)
        lock_sheet(sheet.pk, actor=judge)
    job = close_scoring(stage.round.pk, actor=stage.officer)
    compute_snapshot(stage.round.pk, job_id=job)
    return stage


def sitting(*marks: Mapping[str, str], present: int = 7, way: Way = Way.HANDS, **words: object) -> Chamber:
    """The first `present` seats of seven meet on what was marked; two equal entries unless said otherwise."""
    stage = marked(*(marks or (MARKS, MARKS)), **words)
    seats = stage.round.appointments.filter(body=Body.COUNCIL).order_by("seat")[:present]
    session = convene(stage.round.pk, present=[m.pk for m in seats], way=way, actor=stage.officer)
    return Chamber(stage, session)
