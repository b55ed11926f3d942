"""Facilities hear of a window that moves, once, and only those whom it concerns."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from stage import acting_for, filed, person

from apps.dossiers.models import Entry, Supplement
from apps.dossiers.services.reminders import remind_supplements
from apps.dossiers.services.supplements import Asked, ask_supplement, cancel_supplement
from apps.dossiers.services.window_moves import tell_filers_of_window
from apps.dossiers.states import EntryState
from apps.rounds.models import WindowChange
from apps.rounds.queries.days import end_of
from apps.rounds.services import TELL_FILERS, Grounds, set_window
from tenants.gateways import as_owner, inside
from tieubieu.audit.queries import events_of
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


# --- What was to be mended until the window's end ----------------------------------------------------


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def sent_back(stage, number, due_on):
    asked = [Asked("field:Mô tả", "incomplete")]
    return ask_supplement(stage.entries[number].pk, points=asked, text="", due_on=due_on, actor=stage.officer)


def moved(stage, days, kind="supplement"):
    """The window's last day is so many days from today; returns the change."""
    window = stage.round.windows.get(kind=kind)
    set_window(
        stage.round.pk, kind, opens_at=timezone.now(), closes_at=end_of(in_days(days)), officer=stage.officer,
        grounds=Grounds("Mưa lũ", "231/TB-SCT", date(2026, 7, 1)), actor=stage.officer, is_shortening_confirmed=True,
    )  # fmt: skip
    return window.changes.latest("changed_at")


@pytest.fixture
def mending():
    """Three dossiers are being mended: due with the window, before its end, and after it."""
    stage = filed(3)
    moved(stage, 9)
    dues = {number: sent_back(stage, number, in_days(days)) for number, days in enumerate((9, 4, 12))}
    return stage, dues


def days_left(dues):
    return [(Supplement.objects.get(pk=one.pk).due_on - timezone.localdate()).days for one in dues.values()]


def test_what_was_due_with_the_window_is_due_at_its_new_end_and_the_facility_reads_so_once(mending):
    stage, dues = mending
    agent_of(stage.entries[0].facility, "chu-co-so")
    change = moved(stage, 20)

    tell_filers_of_window(change.pk)
    tell_filers_of_window(change.pk)

    assert days_left(dues) == [20, 4, 12]
    (notice,) = Notice.objects.filter(person__login="chu-co-so", subject__startswith="Đổi thời hạn")
    assert f"Hạn bổ sung hồ sơ “Sản phẩm 0” nay là ngày {in_days(20):%d/%m/%Y}." in notice.text
    extensions = events_of(stage.entries[0]).filter(tag="dossiers.supplement.extended")
    assert [event.facts["due"] for event in extensions] == [in_days(20).isoformat()]


def test_a_window_that_ends_earlier_takes_no_day_from_anybody(mending):
    stage, dues = mending

    tell_filers_of_window(moved(stage, 5).pk)

    assert days_left(dues) == [9, 4, 12]


def test_two_extensions_lead_to_the_last_end_in_whatever_order_they_are_followed(mending):
    stage, dues = mending
    first, second = moved(stage, 15), moved(stage, 22)

    tell_filers_of_window(second.pk)
    tell_filers_of_window(first.pk)

    assert days_left(dues) == [22, 4, 12]


def test_a_request_that_is_over_and_one_that_another_window_concerns_stay(mending):
    stage, dues = mending
    cancel_supplement(stage.entries[0].pk, actor=stage.officer)

    tell_filers_of_window(moved(stage, 20).pk)
    tell_filers_of_window(extended(stage).pk)

    assert days_left(dues) == [9, 4, 12]


def test_a_facility_is_reminded_before_the_new_due_day_though_it_was_before_the_old(mending):
    stage, _ = mending
    agent_of(stage.entries[0].facility, "chu-co-so")
    remind_supplements(in_days(9))
    tell_filers_of_window(moved(stage, 20).pk)

    remind_supplements(in_days(20))

    subjects = Notice.objects.filter(person__login="chu-co-so").values_list("subject", flat=True)
    assert [subject.startswith("Sắp hết hạn bổ sung") for subject in subjects].count(True) == 2
