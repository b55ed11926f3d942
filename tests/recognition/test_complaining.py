"""A facility complains about its own result within the legal time, and learns nothing of anybody else's."""

from datetime import date, timedelta

import pytest
from browsers import at
from cases import Case
from django.core.files.uploadedfile import SimpleUploadedFile
from specimens import photo
from stage import acting_for, facility, person
from verdicts import decided, published

from apps.accounts.models import Role
from apps.judging.models import ConflictKind
from apps.judging.services import declare_conflict
from apps.recognition.models import Complaint, ComplaintPaper
from apps.recognition.queries.complaints import answer_due
from apps.recognition.services import Claim, add_papers, file_complaint, withdraw_complaint
from apps.rounds.models import Body, LocalDayKind, Window
from apps.rounds.services import WindowClosed, set_local_day
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, WrongState
from tieubieu.moments import transaction_time
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")
WORDS = {"criteria": ["C1"], "text": "Sản phẩm có chứng nhận mà chưa được tính điểm"}


def form(entry):
    return f"/ho-so/{entry.pk}/khieu-nai/"


def close(scene, days=1):
    end = transaction_time() - timedelta(days=days)
    Window.objects.filter(round=scene.round, kind="complaint").update(opens_at=end - timedelta(days=20), closes_at=end)


class TestFiling:
    def test_it_is_filed_with_a_receipt_and_an_answer_day(self, scene):
        client = at("daklak", scene.owners[2])

        answer = client.post(form(scene.entries[2]), WORDS)

        made = Complaint.objects.get()
        assert answer.url == f"/ho-so/{scene.entries[2].pk}/khieu-nai/{made.code}/"
        assert (made.criteria, made.text, made.state) == (["C1"], WORDS["text"], "filed")
        assert made.due_on == answer_due(scene.round, made.filed_at)
        page = client.get(answer.url).content.decode()
        assert made.code in page
        assert f"{made.due_on:%d/%m/%Y}" in page

    def test_the_answer_is_due_in_ten_working_days_with_the_holidays_of_the_place(self, scene):
        filed_at = transaction_time().replace(year=2026, month=4, day=22, hour=3)
        plain = answer_due(scene.round, filed_at)
        set_local_day(date(2026, 5, 5), kind=LocalDayKind.OFF, name="Lễ của tỉnh", actor=scene.stage.officer)

        assert plain == date(2026, 5, 11)
        assert answer_due(scene.round, filed_at) == date(2026, 5, 12)
        assert answer_due(scene.round, filed_at.replace(year=2027, month=12, day=28)) is None

    def test_the_clock_is_the_rounds_own(self, scene):
        round = scene.round
        round.rules["clocks"]["complaint_answer"]["working_days"] = 3
        filed_at = transaction_time().replace(year=2026, month=6, day=1, hour=3)

        assert answer_due(round, filed_at) == date(2026, 6, 4)

    def test_who_handles_it_is_told_and_nobody_with_a_conflict(self, scene):
        chair, secretary = scene.stage.council[:2]
        scene.round.appointments.filter(person=secretary, body=Body.COUNCIL).update(post="secretary")
        declare_conflict(
            scene.round.pk, facility_id=scene.entries[2].facility_id, kind=ConflictKind.FAMILY, words="", actor=chair
        )

        case = Case(scene)

        told = Notice.objects.filter(key=f"recognition.complaint.filed:{case.complaint.pk}")
        assert set(told.values_list("person", flat=True)) == {scene.stage.officer.pk, secretary.pk, case.owner.pk}
        assert all(case.complaint.code in one.text for one in told.filter(person=case.owner))

    def test_another_matter_needs_no_criterion(self, scene):
        at("daklak", scene.owners[2]).post(form(scene.entries[2]), {"text": "Tên cơ sở ghi sai"})

        assert Complaint.objects.get().criteria == []

    def test_without_words_it_is_refused_beside_the_box(self, scene):
        answer = at("daklak", scene.owners[2]).post(form(scene.entries[2]), {"criteria": ["C1"], "text": " "})

        assert answer.status_code == 422
        assert 'value="C1"' in answer.content.decode()
        assert "checked" in answer.content.decode()
        assert not Complaint.objects.exists()

    @pytest.mark.parametrize("bad", [{"criteria": ["C9"]}, {"text": "a" * 4001}])
    def test_bad_input_is_told_and_breaks_nothing(self, scene, bad):
        answer = at("daklak", scene.owners[2]).post(form(scene.entries[2]), WORDS | bad)

        assert answer.status_code == 422
        assert not Complaint.objects.exists()

    def test_a_service_call_with_an_unknown_criterion_or_no_words_is_refused(self, scene):
        for claim in (Claim("Chưa đúng", ("C9",)), Claim("  ")):
            with pytest.raises(DomainError):
                file_complaint(scene.entries[2].pk, claim, actor=scene.owners[2])

    def test_a_second_one_waits_for_the_first(self, case):
        with pytest.raises(WrongState, match="đã có một khiếu nại"):
            Case(case.scene)
        answer = at("daklak", case.owner).get(form(case.entry))
        assert answer.url == case.own

    def test_every_act_is_recorded(self, case):
        withdraw_complaint(case.complaint.pk, actor=case.owner)

        tags = set(Event.objects.filter(tag__startswith="recognition.complaint").values_list("tag", flat=True))
        assert tags == {"recognition.complaint.filed", "recognition.complaint.withdrawn"}


class TestTheTime:
    def test_after_it_the_page_says_when_it_closed_and_whom_to_call(self, scene):
        close(scene)
        client = at("daklak", scene.owners[2])

        shown, sent = client.get(form(scene.entries[2])), client.post(form(scene.entries[2]), WORDS)

        assert (shown.status_code, sent.status_code) == (200, 409)
        text = sent.content.decode()
        assert "đã kết thúc vào" in text
        assert scene.stage.officer.full_name in text
        assert WORDS["text"] in text, "what was typed is kept"
        assert "Thời hạn khiếu nại đã hết" in client.get(f"/ho-so/{scene.entries[2].pk}/ket-qua/").content.decode()
        assert not Complaint.objects.exists()

    def test_the_last_moment_is_in_time_and_the_next_is_not(self, scene):
        window = Window.objects.filter(round=scene.round, kind="complaint")
        now = transaction_time()
        window.update(opens_at=now - timedelta(days=20), closes_at=now)
        with pytest.raises(WindowClosed):
            Case(scene)

        window.update(closes_at=now + timedelta(microseconds=1))

        assert Case(scene).complaint.filed_at == now

    def test_before_publication_there_is_nothing_to_complain_about(self):
        scene = decided()

        assert at("daklak", scene.owners[2]).get(form(scene.entries[2])).status_code == 404
        with pytest.raises(WrongState):
            file_complaint(scene.entries[2].pk, Claim("Chưa đúng"), actor=scene.owners[2])

    def test_an_entry_that_was_never_judged_has_none(self, scene):
        scene.entries[2].selections.all().delete()

        assert at("daklak", scene.owners[2]).get(form(scene.entries[2])).status_code == 404
        with pytest.raises(WrongState, match="không có kết quả"):
            Case(scene)


class TestPapers:
    def paper(self, name="giay.jpg"):
        return SimpleUploadedFile(name, photo(), content_type="image/jpeg")

    def test_they_come_with_the_form_and_later(self, scene):
        client = at("daklak", scene.owners[2])
        answer = client.post(form(scene.entries[2]), {**WORDS, "papers": [self.paper("a.jpg"), self.paper("b.jpg")]})

        more = client.post(f"{answer.url}giay-to/", {"papers": [self.paper("c.jpg")]})

        assert more.status_code == 302
        assert ComplaintPaper.objects.count() == 3
        first = ComplaintPaper.objects.first()
        assert client.get(f"{answer.url}giay-to/{first.pk}/").status_code == 200

    def test_a_file_that_is_none_is_refused_and_the_words_stay(self, scene):
        bad = SimpleUploadedFile("anh.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")

        answer = at("daklak", scene.owners[2]).post(form(scene.entries[2]), {**WORDS, "papers": [bad]})

        assert answer.status_code == 422
        assert WORDS["text"] in answer.content.decode()
        assert "anh.jpg" in answer.content.decode()
        assert not Complaint.objects.exists()

    def test_no_file_and_too_many_are_told(self, case):
        client = at("daklak", case.owner)
        many = [self.paper(f"{n}.jpg") for n in range(11)]

        answers = [client.post(f"{case.own}giay-to/", sent) for sent in ({}, {"papers": many})]

        assert [answer.status_code for answer in answers] == [422, 422]
        assert not ComplaintPaper.objects.exists()

    def test_a_closed_complaint_takes_none(self, case):
        withdraw_complaint(case.complaint.pk, actor=case.owner)

        with pytest.raises(WrongState, match="không nhận thêm"):
            add_papers(case.complaint.pk, [], actor=case.owner)


class TestWithdrawing:
    def test_it_is_told_and_another_may_follow(self, case):
        at("daklak", case.owner).post(f"{case.own}rut/")

        assert case.fresh.state == "withdrawn"
        assert Notice.objects.filter(person=case.officer, key=f"recognition.complaint.withdrawn:{case.complaint.pk}")
        assert Case(case.scene).complaint.state == "filed"

    def test_an_answered_one_stays_answered(self, case):
        case.received().answered("rejected")

        with pytest.raises(WrongState):
            withdraw_complaint(case.complaint.pk, actor=case.owner)
        at("daklak", case.owner).post(f"{case.own}rut/")
        assert case.fresh.state == "answered"


class TestNobodyElse:
    def test_another_owner_an_officer_and_a_judge_find_no_page_and_do_nothing(self, case):
        others = (case.scene.owners[0], case.officer, case.scene.stage.judges[0])

        for who in others:
            client = at("daklak", who)
            pages = [case.own, form(case.entry), f"{case.own}giay-to/{case.complaint.pk}/"]
            assert [client.get(page).status_code for page in pages] == [404] * 3
            assert [client.post(f"{case.own}{verb}/").status_code for verb in ("rut", "giay-to")] == [404] * 2
            assert client.post(form(case.entry), WORDS).status_code == 404
        assert case.fresh.state == "filed"

    def test_a_code_under_an_entry_of_ones_own_opens_no_other_complaint(self, case):
        own = case.scene.entries[0]

        answer = at("daklak", case.scene.owners[0]).get(f"/ho-so/{own.pk}/khieu-nai/{case.complaint.code}/")

        assert answer.status_code == 404

    def test_the_neighbour_tenant_knows_none(self, case, khanhhoa):
        from tenants.gateways import inside

        with inside("khanhhoa"):
            neighbour = person("hang-xom", Role.OFFICER)
            acting_for(facility(0, actor=neighbour), neighbour)

        client = at("khanhhoa", neighbour)
        assert [client.get(page).status_code for page in (case.own, case.desk)] == [404, 404]

    def test_the_owners_page_holds_nothing_of_the_others(self, case):
        Case(case.scene, place=0, text="Khiếu nại của cơ sở khác")

        text = at("daklak", case.owner).get(case.own).content.decode()

        others = [case.scene.entries[0], case.scene.entries[1]]
        tempting = [word for one in others for word in (one.name, one.code, one.facility.name)]
        assert not [word for word in [*tempting, "Khiếu nại của cơ sở khác"] if word in text]
        assert not any(judge.full_name in text for judge in case.scene.stage.judges)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_questions_however_many_complain(count, django_assert_num_queries):
    scene = published(3)
    case = Case(scene)
    for place in range(count - 1):
        Case(scene, place=place)
    client = at("daklak", case.owner)
    client.get("/thong-bao/")

    with django_assert_num_queries(9):
        client.get(case.own)
