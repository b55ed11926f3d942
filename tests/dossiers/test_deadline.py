"""Two thousand submissions around the end of filing: the database's clock decides each, and none wrongly."""

import threading
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from stage import DESCRIPTION, REGISTRATION, facility, opened, put_papers

from apps.dossiers.models import Dossier, Entry, EntryItem, Paper
from apps.dossiers.services import draft_entry, submit_entry
from apps.dossiers.states import EntryState
from apps.facilities.services import add_product
from apps.rounds.models import Window, WindowKind
from apps.rounds.queries import filing_closes_at
from apps.rounds.services import WindowClosed, windows
from tieubieu.binding import Scope, bound
from tieubieu.moments import transaction_time

SUBMISSIONS, FILERS = 2000, 4
OPEN_FOR = timedelta(seconds=5)


@pytest.fixture
def place(django_db_setup, django_db_blocker):
    from throwaway import thrown_away

    with django_db_blocker.unblock(), thrown_away("han-nop") as [scope]:
        yield scope


def whole_drafts(stage, number):
    """So many drafts that lack nothing, after the model of one."""
    maker = facility(actor=stage.officer)
    product = add_product(maker, name="Sản phẩm", group="2")
    model = draft_entry(stage.round.pk, products=[product], name="Mẫu", actor=stage.officer)
    put_papers(model)
    papers = list(model.papers.all())
    entries = [
        Entry(round=stage.round, facility=maker, name=f"Sản phẩm {n}", group="2", begun_by=stage.officer)
        for n in range(number)
    ]
    Entry.objects.bulk_create(entries)
    answers = {"registration": REGISTRATION | model.dossier.registration, "description": DESCRIPTION}
    Dossier.objects.bulk_create([Dossier(entry=e, form=model.dossier.form, **answers) for e in entries])
    EntryItem.objects.bulk_create([EntryItem(entry=e, product=product) for e in entries])
    Paper.objects.bulk_create(
        [Paper(entry=e, slot=p.slot, file_id=p.file_id, added_by=p.added_by) for e in entries for p in papers]
    )
    return [entry.pk for entry in entries]


def file_all(scope: Scope, entries, officer):
    """Several people file at once; what became of each, with the moment at which its transaction began."""
    outcomes, next_one = {}, count()

    def file_on():
        with bound(scope):
            while (n := next(next_one)) < len(entries):
                outcomes[entries[n]] = attempt(entries[n], officer)
        connection.close()

    filers = [threading.Thread(target=file_on) for _ in range(FILERS)]
    for filer in filers:
        filer.start()
    for filer in filers:
        filer.join()
    return outcomes


def attempt(entry_id, officer):
    try:
        with transaction.atomic():
            began = transaction_time()
            submit_entry(entry_id, is_declared=True, actor=officer)
        return began, True
    except WindowClosed:
        return began, False


def around_the_deadline(scope: Scope, submissions: int = SUBMISSIONS, open_for: timedelta = OPEN_FOR):
    with bound(scope):
        stage = opened()
        entries = whole_drafts(stage, submissions)
        Window.objects.filter(round=stage.round, kind=WindowKind.FILING).update(
            opens_at=F("opens_at") - timedelta(days=1), closes_at=Now() + open_for
        )
        deadline = filing_closes_at(stage.round)
    outcomes = file_all(scope, entries, stage.officer)
    with bound(scope):
        filed = dict(Entry.objects.filter(pk__in=entries, state=EntryState.SUBMITTED).values_list("pk", "submitted_at"))
    return deadline, outcomes, filed


def test_two_thousand_submissions_around_the_deadline_are_each_decided_rightly(place):
    deadline, outcomes, filed = around_the_deadline(place)

    wrong = {pk: moment for pk, (moment, taken) in outcomes.items() if taken != (moment < deadline)}
    assert wrong == {}
    assert len(outcomes) == SUBMISSIONS
    assert filed == {pk: moment for pk, (moment, taken) in outcomes.items() if taken}
    assert min(len(filed), SUBMISSIONS - len(filed)) > 20, "the deadline was not in the middle of it"


def test_a_clock_that_is_not_the_databases_would_be_found_out(place, monkeypatch):
    """A control: an application's clock half a second slow takes what came too late."""
    monkeypatch.setattr(windows, "transaction_time", lambda: transaction_time() - timedelta(seconds=0.5))

    deadline, outcomes, _ = around_the_deadline(place, submissions=800, open_for=timedelta(seconds=2))

    assert any(taken and moment >= deadline for moment, taken in outcomes.values())
