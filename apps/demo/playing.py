"""What the players do: the facilities file, the judges mark, the council chooses."""

from decimal import Decimal

from apps.accounts.models import Person
from apps.councils.models import Session
from apps.councils.services import Votes, conclude_session, convene
from apps.demo.casting import DemoEntry, DemoFacility, DemoSet, Play
from apps.demo.dossiers import description_of, put_papers, registration_of
from apps.demo.people import Company, owner_of
from apps.dossiers.models import Entry
from apps.dossiers.services import draft_entry, merge_entries, submit_entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.facilities.services import add_product, register_facility
from apps.judging.models import Conflict, Sheet
from apps.judging.services import close_scoring, dismiss_conflict, lock_sheet, mark_absent, recuse, save_marks
from apps.judging.states import ConflictState, SheetState
from apps.rounds.models import Body, Round
from apps.rounds.services import advance
from apps.rounds.states import Phase

DEMO = "Dữ liệu minh họa"


def close_the_filing(round: Round, play: Play, officer: Person) -> None:
    """File every entry that is not filed yet, then close the filing."""
    makers = {wanted.tax_code: _facility(wanted, play, officer) for wanted in play.facilities}
    filed = set(round.entries.exclude(state=EntryState.DRAFT).values_list("facility_id", "name"))
    for wanted in play.entries:
        maker = makers[wanted.tax_code]
        if (maker.pk, wanted.name) not in filed:
            _file(round, maker, wanted)
    advance(round.pk, "close_filing", actor=officer)


def weigh_conflicts(round: Round, officer: Person) -> None:
    """Made-up people share made-up names, and the search for conflicts of interest notices; the officer says so."""
    for found in Conflict.objects.filter(round=round, state=ConflictState.OPEN):
        dismiss_conflict(found.pk, reason="Trùng họ tên, không phải cùng một người (minh họa)", actor=officer)


def fill_sheets(round: Round, play: Play, company: Company) -> None:
    """Every judge marks and locks what is still open, those set aside are set aside; then scoring closes."""
    judges = {person.pk: judge.key for person, judge in zip(company.judges, play.judges, strict=True)}
    keys = {(entry.tax_code, entry.name): entry.key for entry in play.entries}
    waiting = Sheet.objects.filter(entry__round=round, state=SheetState.DRAFT)
    for sheet in waiting.select_related("judge__person", "entry__facility"):
        pair = judges[sheet.judge.person_id], keys[sheet.entry.facility.tax_code, sheet.entry.name]
        _fill(sheet, pair, play, company.officer)
    close_scoring(round.pk, actor=company.officer)


def choose(round: Round, play: Play, company: Company) -> None:
    """The council meets on the snapshot, joins what belongs together, and selects."""
    session = _session(round, company)
    by_key = _entries_by_key(round, play)
    for joined in play.sets:
        if joined.key not in by_key:
            by_key[joined.key] = _join(joined, by_key, company.officer)
    present = session.attendances.filter(left_at=None).count()
    votes = {by_key[key].pk: Votes(present) for key in play.selected}
    conclude_session(session.pk, votes, actor=company.officer)


def _facility(wanted: DemoFacility, play: Play, officer: Person) -> Facility:
    found = Facility.objects.filter(tax_code=wanted.tax_code).first()
    maker = found or register_facility(
        actor=officer, province_code=play.province_code, is_demo=True, **wanted.as_fields()
    )
    owner_of(maker, number=play.facilities.index(wanted) + 1, approved_by=officer)
    return maker


def _file(round: Round, maker: Facility, wanted: DemoEntry) -> None:
    owner = Person.objects.get(facilities_served__facility=maker)
    submit_entry(draft_for(round, maker, wanted, owner).pk, is_declared=True, actor=owner)


def draft_for(round: Round, maker: Facility, wanted: DemoEntry, actor: Person) -> Entry:
    """A dossier that lacks nothing but its filing; asking again finds the one that is there."""
    products = [
        add_product(maker, name=item, group=wanted.group, description=wanted.description, is_demo=True)
        for item in wanted.items
    ]
    entry = round.entries.filter(facility=maker, name=wanted.name).first() or draft_entry(
        round.pk,
        products=products,
        name=wanted.name,
        set_case=wanted.set_case,
        registration=registration_of(maker, round),
        description=description_of(wanted, round),
        actor=actor,
    )
    put_papers(entry, actor)
    return entry


def _fill(sheet: Sheet, pair: tuple[str, str], play: Play, officer: Person) -> None:
    aside = play.set_aside.get(pair)
    if aside is None:
        judge = sheet.judge.person
        save_marks(sheet.pk, {c: Decimal(v) for c, v in play.marks[pair].items()}, remark=DEMO, actor=judge)
        lock_sheet(sheet.pk, actor=judge)
    else:
        (recuse if aside.status == "recused" else mark_absent)(sheet.pk, reason=aside.reason, actor=officer)


def _session(round: Round, company: Company) -> Session:
    if round.phase == Phase.COUNCIL:
        return Session.objects.get(round=round, closed_at=None)
    members = round.appointments.filter(body=Body.COUNCIL)
    return convene(round.pk, present=[member.pk for member in members], actor=company.officer)


def _entries_by_key(round: Round, play: Play) -> dict[str, Entry]:
    stored = {(e.facility.tax_code, e.name, e.state): e for e in round.entries.select_related("facility")}
    found = {}
    for wanted in play.entries:
        for state in (EntryState.ACCEPTED, EntryState.MERGED):
            if entry := stored.get((wanted.tax_code, wanted.name, state)):
                found[wanted.key] = entry
    for joined in play.sets:
        maker = next(e.tax_code for e in play.entries if e.merge_into == joined.key)
        if entry := stored.get((maker, joined.name, EntryState.ACCEPTED)):
            found[joined.key] = entry
    return found


def _join(joined: DemoSet, by_key: dict[str, Entry], officer: Person) -> Entry:
    members = [by_key[key].pk for key in joined.members]
    return merge_entries(members, name=joined.name, set_case=joined.set_case, actor=officer)
