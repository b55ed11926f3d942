"""Who hears what: facilities by notice and mail, officials in the platform and once a day; never one list for both."""

from datetime import timedelta

import pytest
from desks import corrected, owner
from django.utils import timezone
from stage import filed, person

from apps.accounts.models import Role
from apps.dossiers.models import Entry, Side, Supplement
from apps.dossiers.services import accept_entry, assign_entry, refuse_entry, reopen_entry
from apps.dossiers.services.reminders import remind_supplements, send_digests
from apps.dossiers.services.supplements import Asked, ask_supplement, cancel_supplement, write_note
from apps.facilities.models import Facility
from tieubieu.notices.models import Audience, Mail, Notice

pytestmark = pytest.mark.usefixtures("in_daklak")

TODAY = timezone.localdate


def told(who):
    return list(Notice.objects.filter(person=who).order_by("created_at").values_list("subject", flat=True))


def with_owners():
    """Two facilities with an owner each: what is told to one must not reach the other."""
    stage = filed(2)
    mine = owner(stage.entries[0].facility)
    other = owner(stage.entries[1].facility, login="chu-khac", email="khac@coso.vn")
    Notice.objects.all().delete()
    Mail.objects.all().delete()
    return stage, mine, other


def waiting(days: int = 5):
    stage, mine, other = with_owners()
    due = TODAY() + timedelta(days=days)
    points = [Asked("paper:photo_front", "incorrect")]
    made = ask_supplement(stage.entries[0].pk, points=points, text="Xin bổ sung", due_on=due, actor=stage.officer)
    Supplement.objects.update(asked_at=timezone.now() - timedelta(days=2))
    return stage, mine, other, made


def test_each_decision_is_told_to_the_own_facility_with_its_reason():
    stage, mine, other = with_owners()
    entry = stage.entries[0]

    refuse_entry(entry.pk, reason="Không đúng đối tượng", actor=stage.officer)
    reopen_entry(entry.pk, reason="Xem lại", actor=stage.officer)
    accept_entry(entry.pk, actor=stage.officer)

    subjects = ["Hồ sơ không hợp lệ", "Hồ sơ được xem lại", "Hồ sơ hợp lệ"]
    assert [subject.partition(":")[0] for subject in told(mine)] == subjects
    assert "Không đúng đối tượng" in Notice.objects.filter(person=mine).earliest("created_at").text
    assert told(other) == []
    assert set(Mail.objects.values_list("address", "audience")) == {("chu@coso.vn", Audience.FACILITIES)}


def test_an_agent_who_is_not_approved_hears_nothing():
    stage, mine, _ = with_owners()
    mine.facilities_served.update(approved_at=None)

    accept_entry(stage.entries[0].pk, actor=stage.officer)

    assert told(mine) == []


def test_a_facility_without_people_is_written_to_at_its_own_address():
    stage = filed()
    Facility.objects.update(email="hop@htx.vn")

    accept_entry(stage.entries[0].pk, actor=stage.officer)

    assert list(Mail.objects.values_list("address", "audience")) == [("hop@htx.vn", Audience.FACILITIES)]


def test_a_bad_address_on_the_register_does_not_stop_a_decision():
    stage = filed()
    Facility.objects.update(email="khong phai dia chi")

    assert accept_entry(stage.entries[0].pk, actor=stage.officer).code


def test_a_request_and_its_end_are_told_with_the_day():
    stage, mine, other, made = waiting()
    cancel_supplement(stage.entries[0].pk, actor=stage.officer)

    assert [subject.partition(":")[0] for subject in told(mine)] == ["Cần bổ sung hồ sơ", "Không cần bổ sung nữa"]
    assert f"{made.due_on:%d/%m/%Y}" in Notice.objects.filter(person=mine).earliest("created_at").text
    assert told(other) == []


def test_a_note_reaches_the_other_side_and_the_officer_is_a_role_to_the_facility():
    stage, mine, _, _ = waiting()
    entry = stage.entries[0]
    assign_entry(entry.pk, officer=stage.officer, actor=stage.officer)

    write_note(entry.pk, side=Side.AUTHORITY, text="Xin gửi ảnh rõ hơn", actor=stage.officer)
    write_note(entry.pk, side=Side.FACILITY, text="Ảnh nào ạ?", actor=mine)

    heard = Notice.objects.filter(person=mine).latest("created_at")
    assert "Xin gửi ảnh rõ hơn" in heard.text
    assert str(stage.officer) not in f"{heard.subject} {heard.text}"
    assert "Ảnh nào ạ?" in Notice.objects.get(person=stage.officer).text


def test_whoever_is_given_a_dossier_hears_it_in_the_platform_only():
    stage = filed()
    other = person("chuyen-vien-hai", Role.OFFICER)
    other.email = "hai@so.vn"
    other.save()

    assign_entry(stage.entries[0].pk, officer=other, actor=stage.officer)

    assert told(other) == ["Được giao kiểm tra: Sản phẩm 0"]
    assert not Mail.objects.filter(address="hai@so.vn").exists()


def test_a_corrected_dossier_is_told_to_who_screens_it():
    stage = corrected()

    assert told(stage.officer)[-1] == "Đã bổ sung: Sản phẩm 0"
    assert not Mail.objects.filter(audience=Audience.OFFICIALS).exists()


# --- The clock -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "subjects"),
    [(9, []), (3, ["Sắp hết hạn bổ sung"]), (1, ["Sắp hết hạn bổ sung"]), (-1, ["Đã quá hạn bổ sung"])],
)
def test_a_request_is_reminded_of_before_it_is_due_and_run_twice_it_is_told_once(days, subjects):
    stage, mine, other, _ = waiting()
    Supplement.objects.update(due_on=TODAY() + timedelta(days=days))

    remind_supplements()
    remind_supplements()

    assert [subject.partition(":")[0] for subject in told(mine)[1:]] == subjects
    assert told(other) == []
    assert [s.partition(":")[0] for s in told(stage.officer)] == (["Quá hạn bổ sung"] if days < 0 else [])


def test_the_early_and_the_last_reminder_are_two_and_the_overdue_word_a_third():
    _, mine, _, made = waiting()

    for before in (3, 2, 1, 0, -1, -2):
        remind_supplements(made.due_on - timedelta(days=before))

    subjects = [subject.partition(":")[0] for subject in told(mine)[1:]]
    assert subjects == ["Sắp hết hạn bổ sung", "Sắp hết hạn bổ sung", "Đã quá hạn bổ sung"]


@pytest.mark.parametrize("state", ["answered", "cancelled"])
def test_a_request_that_is_over_is_not_reminded_of(state):
    _, mine, _, _ = waiting(days=1)
    Supplement.objects.update(state=state)

    assert remind_supplements() == 0
    assert len(told(mine)) == 1


def test_the_digest_counts_what_is_given_and_is_one_letter_a_day():
    stage, mine, _, _ = waiting()
    entry = stage.entries[0]
    assign_entry(entry.pk, officer=stage.officer, actor=stage.officer)
    Supplement.objects.update(due_on=TODAY() - timedelta(days=1))
    Entry.objects.filter(pk=stage.entries[1].pk).update(submitted_at=timezone.now() - timedelta(days=1))
    stage.officer.email = "cv@so.vn"
    stage.officer.save()

    assert (send_digests(), send_digests()) == (1, 1)

    letter = Mail.objects.get(address="cv@so.vn")
    assert letter.audience == Audience.OFFICIALS
    assert letter.body == "- 1 hồ sơ mới gửi chưa giao ai\n- 1 hồ sơ quá hạn bổ sung"
    assert not Notice.objects.filter(person=mine, audience=Audience.OFFICIALS).exists()


def test_an_empty_day_writes_nothing():
    filed()

    assert send_digests() == 0
    assert not Notice.objects.filter(subject__startswith="Việc kiểm tra").exists()
