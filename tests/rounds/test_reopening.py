"""Filing that was closed by a decision is opened again by a document, before anybody scores."""

from datetime import date, timedelta

import pytest
from browsers import at
from setups import page
from stage import acting_for, commune_officer, facility, filed, opened, person, scoring, send

from apps.accounts.models import Role
from apps.dossiers.services import accept_entry, draft_entry
from apps.facilities.services import add_product
from apps.rounds.models import WindowChange
from apps.rounds.queries.timeline import timeline
from apps.rounds.services import (
    TELL_FILERS,
    DocumentMissing,
    Grounds,
    WindowClosed,
    close_filing,
    reopen_filing,
    set_window,
)
from apps.rounds.states import Phase
from tenants.gateways import as_owner
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, WrongState
from tieubieu.moments import transaction_time
from tieubieu.outbox.models import Message
from workers.notifications import tell_filers_of_window

pytestmark = pytest.mark.usefixtures("in_daklak")
GROUNDS = Grounds("Mưa lũ kéo dài", "231/TB-SCT", date(2026, 7, 1))
WORDS = {"document_number": "231/TB-SCT", "document_on": "01/07/2026", "reason": "Mưa lũ kéo dài"}


@pytest.fixture
def stage():
    return closed(filed(1))


def closed(stage):
    """The announced time has run out, and the officer has closed filing."""
    now = transaction_time()
    stage.round.windows.filter(kind="filing").update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=2)
    )
    close_filing(stage.round.pk, actor=stage.officer)
    stage.refreshed()
    return stage


def draft(stage, number=1):
    maker = facility(number, actor=stage.officer)
    product = add_product(maker, name=f"Sản phẩm {number}", group="2")
    return draft_entry(stage.round.pk, products=[product], name=product.name, actor=stage.officer)


def in_ten_days():
    return transaction_time() + timedelta(days=10)


def words_of(response):
    return " ".join(response.content.decode().split())


def test_a_draft_that_came_too_late_is_filed_after_the_reopening():
    stage = filed(1)
    late = draft(stage)
    closed(stage)
    with pytest.raises((WrongState, WindowClosed)):
        send(late, actor=stage.officer)

    reopen_filing(stage.round.pk, closes_at=in_ten_days(), grounds=GROUNDS, actor=stage.officer)

    assert stage.refreshed().phase == Phase.OPEN
    assert send(late, actor=stage.officer).state == "submitted"


def test_what_was_concluded_in_the_meantime_stays(stage):
    accept_entry(stage.entries[0].pk, actor=stage.officer)

    reopen_filing(stage.round.pk, closes_at=in_ten_days(), grounds=GROUNDS, actor=stage.officer)

    stage.entries[0].refresh_from_db()
    assert stage.entries[0].state == "accepted"


def test_the_history_the_log_and_the_timeline_tell_of_it(stage):
    before = stage.round.windows.get(kind="filing")
    until = in_ten_days()

    reopen_filing(stage.round.pk, closes_at=until, grounds=GROUNDS, actor=stage.officer)

    change = WindowChange.objects.get(window=before, reason="Mưa lũ kéo dài")
    assert (change.closed_before, change.closes_at, change.document_number) == (before.closes_at, until, "231/TB-SCT")
    (event,) = Event.objects.filter(tag="rounds.filing.reopened")
    assert event.facts["document"] == "231/TB-SCT"
    assert [step.label for step in timeline(stage.refreshed()) if step.state == "current"] == ["Nhận hồ sơ"]


def test_whoever_filed_or_began_to_is_told_once():
    stage = filed(1)
    entry = draft(stage)
    owners = []
    for number, facility_ in enumerate([stage.entries[0].facility, entry.facility]):
        owners.append(person(f"chu-{number}"))
        acting_for(facility_, owners[-1])
    closed(stage)

    reopen_filing(stage.round.pk, closes_at=in_ten_days(), grounds=GROUNDS, actor=stage.officer)

    with as_owner():
        (asked,) = Message.objects.filter(errand=TELL_FILERS).values_list("args", flat=True)
    for _ in range(2):
        tell_filers_of_window(**asked)
    told = [notice.text for owner in owners for notice in owner.notices.all()]
    assert len(told) == 2
    assert all("Theo văn bản số 231/TB-SCT ngày 01/07/2026." in text for text in told)


@pytest.mark.parametrize("build", [opened, scoring])
def test_filing_that_is_open_or_scored_already_is_not_reopened(build):
    stage = build()
    phase = stage.refreshed().phase
    events = Event.objects.count()

    with pytest.raises(WrongState):
        reopen_filing(stage.round.pk, closes_at=in_ten_days(), grounds=GROUNDS, actor=stage.officer)

    assert (stage.refreshed().phase, Event.objects.count()) == (phase, events)


def test_a_reopening_needs_reason_document_and_a_day_to_come(stage):
    refused = [
        (Grounds("", "231/TB-SCT", date(2026, 7, 1)), in_ten_days(), DomainError),
        (Grounds("Mưa lũ"), in_ten_days(), DocumentMissing),
        (GROUNDS, transaction_time(), DomainError),
    ]
    for grounds, closes_at, error in refused:
        with pytest.raises(error):
            reopen_filing(stage.round.pk, closes_at=closes_at, grounds=grounds, actor=stage.officer)

    assert stage.refreshed().phase == Phase.SCREENING


def test_supplements_are_given_more_time_even_after_their_window_has_closed(stage):
    now = transaction_time()
    stage.round.windows.filter(kind="supplement").update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )
    window = stage.round.windows.get(kind="supplement")

    set_window(
        stage.round.pk,
        "supplement",
        opens_at=window.opens_at,
        closes_at=in_ten_days(),
        officer=stage.officer,
        grounds=GROUNDS,
        actor=stage.officer,
    )

    assert "Gia hạn bổ sung hồ sơ" in words_of(at("daklak").get(f"/thong-bao-ky/{stage.round.code}/"))


def test_the_page_reopens_and_the_announcement_shows_the_extension(stage):
    client = at("daklak", stage.officer)
    until = transaction_time() + timedelta(days=10)
    path = page(stage.round.code, "mo-lai-nhan-ho-so/")
    shown = [client.get(where) for where in (f"/ky-binh-chon/{stage.round.code}/", page(stage.round.code, "thoi-han/"))]

    answer = client.post(path, WORDS | {"closes_on": f"{until:%d/%m/%Y}", "closes_time": "17:00"})

    assert all(path in response.content.decode() for response in shown)
    assert answer.headers["Location"] == page(stage.round.code, "thoi-han/")
    assert stage.refreshed().phase == Phase.OPEN
    announced = words_of(at("daklak").get(f"/thong-bao-ky/{stage.round.code}/"))
    assert "Gia hạn nhận hồ sơ" in announced
    assert "Theo văn bản số 231/TB-SCT ngày 01/07/2026; lý do: Mưa lũ kéo dài." in announced
    assert "Đang nhận hồ sơ" in announced


def test_a_round_that_was_never_extended_says_nothing_of_an_extension():
    stage = opened()

    assert "Gia hạn" not in words_of(at("daklak").get(f"/thong-bao-ky/{stage.round.code}/"))


def test_a_refused_reopening_keeps_what_was_typed(stage):
    client = at("daklak", stage.officer)
    given = WORDS | {"closes_on": "01/01/2026", "closes_time": "17:00", "document_number": ""}

    answer = client.post(page(stage.round.code, "mo-lai-nhan-ho-so/"), given)

    assert answer.status_code == 422
    assert "Mưa lũ kéo dài" in answer.content.decode()
    assert stage.refreshed().phase == Phase.SCREENING


@pytest.mark.parametrize(("role", "status"), [(Role.LEADER, 403), (Role.AUDITOR, 403), (None, 404)])
def test_only_who_runs_the_round_reopens_it(stage, role, status):
    client = at("daklak", person("nguoi-khac", *([role] if role else [])))

    answers = [client.get(page(stage.round.code, "mo-lai-nhan-ho-so/")) for _ in range(1)]
    answers.append(client.post(page(stage.round.code, "mo-lai-nhan-ho-so/"), WORDS))

    assert [answer.status_code for answer in answers] == [status, status]
    assert stage.refreshed().phase == Phase.SCREENING


def test_a_communes_officer_does_not_reopen_the_provinces_round(stage):
    answer = at("daklak", commune_officer("24121")).post(page(stage.round.code, "mo-lai-nhan-ho-so/"), WORDS)

    assert answer.status_code == 404
