"""An officer enters a complaint that arrived on paper: its legal time counts from the paper's receipt, and who
entered it for whom is recorded."""

from datetime import timedelta

import pytest
from browsers import at
from cases import Case
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from specimens import photo
from stage import person

from apps.accounts.models import Role
from apps.dossiers.models import Entry
from apps.judging.models import ConflictKind
from apps.judging.services import declare_conflict
from apps.recognition.models import Complaint
from apps.recognition.queries.complaints import answer_due
from apps.recognition.services import Claim, OnPaper, enter_complaint
from apps.rounds.models import Window
from apps.rounds.services import WindowClosed
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")


def page(scene):
    return f"/ky-binh-chon/{scene.round.code}/khieu-nai/nhap-don-giay/"


def received(scene, days_ago=1):
    """A day within the time, which began a week ago."""
    now = timezone.now()
    Window.objects.filter(round=scene.round, kind="complaint").update(
        opens_at=now - timedelta(days=7), closes_at=now + timedelta(days=7)
    )
    return timezone.localdate() - timedelta(days=days_ago)


def sent(scene, **other):
    typed = {"entry": str(scene.entries[2].pk), "brought_by": "Trần Văn Nộp", "criteria": ["C1"]}
    return typed | {"received_on": f"{received(scene):%d/%m/%Y}", "text": "Chưa chấm đúng mẫu mã"} | other


def entered(scene, day, place=2, name="Trần Văn Nộp", actor=None):
    claim = Claim("Chưa chấm đúng", ("C1",))
    paper = OnPaper(name, day)
    return enter_complaint(scene.round, scene.entries[place].pk, claim, paper, actor=actor or scene.stage.officer)


def test_its_clock_starts_when_the_office_received_it(scene):
    answer = at("daklak", scene.stage.officer).post(page(scene), sent(scene))

    made = Complaint.objects.get()
    assert answer.url == f"/ky-binh-chon/{scene.round.code}/khieu-nai/{made.pk}/"
    assert timezone.localdate(made.filed_at) == timezone.localdate() - timedelta(days=1)
    assert made.due_on == answer_due(scene.round, made.filed_at)
    assert (made.brought_by, made.filed_by, made.state) == ("Trần Văn Nộp", scene.stage.officer, "filed")
    assert made.entered_at > made.filed_at


def test_who_entered_it_for_whom_is_recorded_and_told(scene):
    made = entered(scene, received(scene))

    facts = Event.objects.get(tag="recognition.complaint.entered").facts
    assert (facts["on_behalf_of"], facts["brought_by"]) == (scene.entries[2].facility.name, "Trần Văn Nộp")
    assert facts["received_on"] == f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"
    notice = Notice.objects.get(person=scene.owners[2], key=f"recognition.complaint.filed:{made.pk}")
    assert "đơn giấy" in notice.text
    assert made.code in notice.text
    own = at("daklak", scene.owners[2]).get(f"/ho-so/{made.entry_id}/khieu-nai/{made.code}/").content.decode()
    desk = at("daklak", scene.stage.officer).get(f"/ky-binh-chon/{scene.round.code}/khieu-nai/{made.pk}/")
    for text in (own, desk.content.decode()):
        assert "Trần Văn Nộp" in text
        assert scene.stage.officer.full_name in text


def test_it_is_handled_like_any_other_and_the_facility_may_withdraw_it(scene):
    made = entered(scene, received(scene))

    at("daklak", scene.owners[2]).post(f"/ho-so/{made.entry_id}/khieu-nai/{made.code}/rut/")

    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_its_scan_is_kept_with_it(scene):
    scan = SimpleUploadedFile("don.jpg", photo(), content_type="image/jpeg")
    client = at("daklak", scene.stage.officer)

    answer = client.post(page(scene), sent(scene, papers=[scan]))

    paper = Complaint.objects.get().papers.get()
    assert client.get(f"{answer.url}giay-to/{paper.pk}/").status_code == 200


def test_entered_after_the_time_a_paper_that_came_in_time_is_in_time(scene):
    day = received(scene, days_ago=3)
    Window.objects.filter(round=scene.round, kind="complaint").update(closes_at=timezone.now() - timedelta(days=1))

    assert entered(scene, day).is_on_paper
    with pytest.raises(WindowClosed):
        Case(scene, place=1)


@pytest.mark.parametrize("days_ago", [30, -1])
def test_a_paper_out_of_its_time_or_of_tomorrow_is_refused_beside_its_box(scene, days_ago):
    day = received(scene, days_ago=days_ago)
    typed = sent(scene, received_on=f"{day:%d/%m/%Y}")

    answer = at("daklak", scene.stage.officer).post(page(scene), typed)

    assert answer.status_code == 422
    assert "Trần Văn Nộp" in answer.content.decode()
    assert ("nằm ngoài thời hạn" if days_ago > 0 else "tương lai") in answer.content.decode()
    assert not Complaint.objects.exists()


def test_the_day_on_which_the_time_begins_counts_from_its_begin(scene):
    received(scene)
    opens_at = Window.objects.get(round=scene.round, kind="complaint").opens_at

    assert entered(scene, timezone.localdate(opens_at)).filed_at == opens_at


@pytest.mark.parametrize(
    "bad",
    [{"brought_by": " "}, {"brought_by": "a\u202eb"}, {"received_on": "31/02/2026"}, {"text": ""}, {"entry": "x"}],
)
def test_bad_input_is_told_and_kept(scene, bad):
    answer = at("daklak", scene.stage.officer).post(page(scene), sent(scene, **bad))

    assert answer.status_code == 422
    assert ("Chưa chấm đúng mẫu mã" if "text" not in bad else "Trần Văn Nộp") in answer.content.decode()
    assert not Complaint.objects.exists()


def test_a_service_call_without_a_name_or_with_one_open_is_refused(scene):
    day = received(scene)

    with pytest.raises(DomainError, match="họ tên"):
        entered(scene, day, name="  ")
    entered(scene, day)
    with pytest.raises(WrongState, match="đã có một khiếu nại"):
        entered(scene, day)


def test_an_entry_with_one_open_is_not_offered(scene):
    client = at("daklak", scene.stage.officer)
    Case(scene)

    text = client.get(page(scene)).content.decode()

    assert str(scene.entries[1].pk) in text
    assert str(scene.entries[2].pk) not in text


def test_an_officer_with_a_conflict_finds_no_such_entry(scene):
    officer = person("can-bo-hai", Role.OFFICER)
    stage = scene.stage
    seat = stage.council[2]
    scene.round.appointments.filter(person=seat).update(person=officer)
    before = at("daklak", officer).get(page(scene)).content.decode()
    declare_conflict(
        scene.round.pk, facility_id=scene.entries[2].facility_id, kind=ConflictKind.FAMILY, words="", actor=officer
    )

    text = at("daklak", officer).get(page(scene)).content.decode()
    answer = at("daklak", officer).post(page(scene), sent(scene))

    assert scene.entries[2].name in before
    assert scene.entries[2].name not in text
    assert scene.entries[1].name in text
    assert answer.status_code == 422
    assert scene.entries[2].name not in answer.content.decode()
    with pytest.raises(Entry.DoesNotExist):
        entered(scene, received(scene), actor=officer)


def test_only_who_handles_complaints_may_enter_one(scene):
    chair, leader = scene.stage.council[0], person("lanh-dao", Role.LEADER)
    strangers = (scene.owners[2], scene.stage.judges[0], person("ai-do"))

    assert [at("daklak", who).get(page(scene)).status_code for who in (chair, leader)] == [403, 403]
    assert [at("daklak", who).post(page(scene), sent(scene)).status_code for who in strangers] == [404] * 3
    assert not Complaint.objects.exists()


def test_the_list_leads_there_and_says_who_brought_it(scene):
    listed = f"/ky-binh-chon/{scene.round.code}/khieu-nai/"

    seen = [at("daklak", who).get(listed).content.decode() for who in (scene.stage.officer, scene.stage.council[0])]

    assert [page(scene) in text for text in seen] == [True, False]
