"""The errands of a morning through a real relay and a real worker: overdue reminders and digests, each told once."""

import shutil
import tempfile
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from desks import owner
from django.db import transaction
from django.utils import timezone
from stage import filed
from stations import RELAY, WORKER, Station, eventually

from apps.dossiers.models import Entry, Supplement
from apps.dossiers.services.screening import assign_entry
from apps.dossiers.services.supplements import Asked, ask_supplement
from tieubieu.binding import PUBLIC, bound
from tieubieu.engines import Engines
from tieubieu.notices.models import Mail, MailState, Notice
from tieubieu.outbox.models import Message
from tieubieu.outbox.services import emit
from workers.screening import DIGEST, REMIND

pytestmark = pytest.mark.integration
ASKED_BY_THE_CLOCK = ("screening.remind_tenants", "screening.digest_tenants")


@pytest.fixture
def place(django_db_setup, django_db_blocker):
    from throwaway import thrown_away

    with django_db_blocker.unblock(), thrown_away("buoi-sang") as [scope]:
        yield scope


@pytest.fixture
def post():
    """A folder into which the worker's letters fall."""
    top = Path(tempfile.mkdtemp(prefix="tb-"))
    top.chmod(0o711)
    yield top
    shutil.rmtree(top)


@pytest.fixture
def station(place, post):
    engines = Engines(post / "home", fsync=False)
    engines.ensure_running(database=False)
    made = Station(
        engines.valkey.url(), settings="morning_station", folder=Path(__file__).parent,
        STATION_LETTERS=str(post / "letters"),
    )  # fmt: skip
    yield made
    made.kill_all()
    engines.stop()


def overdue_and_unassigned():
    """One dossier whose supplement was due yesterday, one that came in yesterday and that nobody screens."""
    stage = filed(2)
    late, fresh = stage.entries
    mine = owner(late.facility)
    stage.officer.email = "cv@so.vn"
    stage.officer.save()
    assign_entry(late.pk, officer=stage.officer, actor=stage.officer)
    yesterday, before = timezone.now() - timedelta(days=1), timezone.now() - timedelta(days=9)
    points = [Asked("paper:photo_front", "incorrect")]
    ask_supplement(late.pk, points=points, text="Xin bổ sung", due_on=timezone.localdate() + timedelta(days=1),
                   actor=stage.officer)  # fmt: skip
    Supplement.objects.update(due_on=timezone.localdate() - timedelta(days=1), asked_at=before)
    Entry.objects.filter(pk=fresh.pk).update(submitted_at=yesterday)
    Notice.objects.all().delete()
    Mail.objects.all().delete()
    return mine, stage.officer


def morning(place, times):
    """Have the clock's errands asked for, and wait until every letter that came of them is sent."""
    with bound(PUBLIC), transaction.atomic():
        for name in ASKED_BY_THE_CLOCK:
            emit(name)
    assert eventually(lambda: done(place, REMIND) >= times and done(place, DIGEST) >= times, 120)
    assert eventually(lambda: still_open(place) == 0, 120)


def done(place, errand):
    with bound(PUBLIC):
        return Message.objects.filter(tenant=place.slug, errand=errand, done_at__isnull=False).count()


def still_open(place):
    with bound(PUBLIC):
        return Message.objects.filter(tenant=place.slug, done_at=None, failed_at=None).count()


def told(who):
    return sorted(Notice.objects.filter(person=who).values_list("subject", flat=True))


def letters_in(post):
    """To whom and about what the worker really wrote."""
    written = [message_from_bytes(path.read_bytes()) for path in (post / "letters").glob("*")]
    return sorted((letter["To"], str(make_header(decode_header(letter["Subject"])))) for letter in written)


def test_a_morning_that_comes_twice_reminds_and_reports_once(place, station, post):
    with bound(place):
        mine, officer = overdue_and_unassigned()
    with bound(PUBLIC):
        Message.objects.all().delete()
    for words in (WORKER, RELAY):
        station.start(words)

    for times in (1, 2):
        morning(place, times)

    day = f"{timezone.localdate():%d/%m/%Y}"
    with bound(place):
        assert told(mine) == ["Đã quá hạn bổ sung: Sản phẩm 0"]
        assert told(officer) == ["Quá hạn bổ sung: Sản phẩm 0", f"Việc kiểm tra hồ sơ ngày {day}"]
        assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}
        sent = sorted(Mail.objects.values_list("address", "subject"))
    assert letters_in(post) == sent
    assert ("chu@coso.vn", "Đã quá hạn bổ sung: Sản phẩm 0") in sent
    assert ("cv@so.vn", f"Việc kiểm tra hồ sơ ngày {day}") in sent
