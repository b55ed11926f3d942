"""Facilities hear of a window that moves, once, and only those whom it concerns."""

from datetime import date, timedelta

import pytest
from stage import acting_for, filed, person

from apps.dossiers.models import Entry
from apps.dossiers.services.window_moves import tell_filers_of_window
from apps.dossiers.states import EntryState
from apps.rounds.models import WindowChange
from apps.rounds.services import TELL_FILERS, Grounds, set_window
from tenants.gateways import as_owner, inside
from tieubieu.notices.models import Audience, Mail, Notice
from tieubieu.outbox.models import Message

pytestmark = pytest.mark.usefixtures("in_daklak")


def agent_of(facility, login, *, approved=True):
    made = person(login)
    acting_for(facility, made, approved=approved)
    return made


def extended(stage, kind="filing"):
    window = stage.round.windows.get(kind=kind)
    set_window(
        stage.round.pk,
        kind,
        opens_at=window.opens_at,
        closes_at=window.closes_at + timedelta(days=7),
        officer=stage.officer,
        grounds=Grounds("Mưa lũ kéo dài", "231/TB-SCT", date(2026, 7, 1)),
        actor=stage.officer,
    )
    return WindowChange.objects.get(window=window, reason="Mưa lũ kéo dài")


def test_whoever_acts_for_a_facility_with_a_dossier_is_told_once_however_often_it_is_tried():
    stage = filed(2)
    owner = agent_of(stage.entries[0].facility, "chu-co-so")
    agent_of(stage.entries[1].facility, "chua-duyet", approved=False)
    change = extended(stage)

    counts = [tell_filers_of_window(change.pk) for _ in range(2)]

    assert counts == [2, 2]
    (notice,) = Notice.objects.filter(audience=Audience.FACILITIES)
    assert notice.person == owner
    assert "Theo văn bản số 231/TB-SCT ngày 01/07/2026.\nLý do: Mưa lũ kéo dài." in notice.text
    assert notice.url == f"/thong-bao-ky/{stage.round.code}/"


def test_a_facility_without_anybody_gets_its_letter():
    stage = filed(1)
    maker = stage.entries[0].facility
    maker.email = "hoptacxa@example.vn"
    maker.save()
    change = extended(stage)

    tell_filers_of_window(change.pk)
    tell_filers_of_window(change.pk)

    assert list(Mail.objects.filter(audience=Audience.FACILITIES).values_list("address", flat=True)) == [
        "hoptacxa@example.vn"
    ]


@pytest.mark.parametrize(
    ("state", "told"), [(EntryState.DRAFT, 1), (EntryState.SUBMITTED, 1), (EntryState.WITHDRAWN, 0)]
)
def test_only_dossiers_that_the_window_concerns_count(state, told):
    stage = filed(1)
    Entry.objects.update(state=state)

    assert tell_filers_of_window(extended(stage).pk) == told


def test_moving_the_filing_window_asks_for_the_telling_and_moving_the_scoring_does_not(khanhhoa):
    stage = filed(1)
    stage.refreshed()

    change = extended(stage)
    extended_scoring = stage.round.windows.get(kind="scoring")
    set_window(
        stage.round.pk,
        "scoring",
        opens_at=extended_scoring.opens_at,
        closes_at=extended_scoring.closes_at + timedelta(days=1),
        officer=stage.officer,
        grounds=Grounds("Thêm hồ sơ"),
        actor=stage.officer,
    )

    with as_owner():
        asked = list(Message.objects.filter(errand=TELL_FILERS).values_list("args", flat=True))
    assert asked == [{"change_id": str(change.pk)}]
    with inside(khanhhoa):
        assert tell_filers_of_window(change.pk) == 0
