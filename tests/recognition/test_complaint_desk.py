"""The authority's desk for complaints: received, answered, told; and nothing leaks to whoever has a conflict, nor to a
partner's program."""

import io
from datetime import timedelta

import pytest
import python_calamine
from browsers import at
from cases import Case
from django.utils import timezone
from programs import answers_of, introduced
from stage import person
from verdicts import decided, published

from apps.accounts.models import Role, RoleGrant
from apps.judging.models import ConflictKind
from apps.judging.services import declare_conflict, dismiss_conflict
from apps.recognition.models import Complaint
from apps.recognition.queries.complaints import lines_of
from apps.recognition.services import receive_complaint
from apps.rounds.models import Body, Post
from tieubieu.audit.models import Event
from tieubieu.errors import WrongState
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")
PAGES = ("bao-ket-qua/", "bao-ket-qua.xlsx", "khieu-nai/", "khieu-nai.xlsx")
VERBS = ("tiep-nhan", "giao-cham-lai", "tinh-lai", "tra-loi")
ROLES = ("chair", "secretary", "judge", "officer")


def people(case):
    """One of each role; the officer sits on the council too, and the secretary keeps its minutes."""
    stage = case.scene.stage
    stage.round.appointments.filter(person=stage.council[1], body=Body.COUNCIL).update(post=Post.SECRETARY)
    RoleGrant.objects.get_or_create(person=stage.council[3], role=Role.OFFICER)
    return dict(zip(ROLES, (stage.council[0], stage.council[1], stage.judges[0], stage.council[3]), strict=True))


def text_of(answer):
    if answer.status_code == 200 and "spreadsheet" in answer["Content-Type"]:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        return "\n".join("\t".join(map(str, row)) for row in book.get_sheet_by_index(0).to_python())
    return answer.content.decode()


def tells(case, text):
    return any(
        word in text for word in (case.entry.code, case.entry.name, case.entry.facility.name, case.complaint.code)
    )


class TestNothingLeaks:
    def seen(self, case, who):
        pages = [f"/ky-binh-chon/{case.round.code}/{page}" for page in PAGES] + [case.desk, "/cham-lai/"]
        return {
            (
                role,
                page.rpartition("/khieu-nai/")[0] if page == case.desk else page.split("/")[-2] + page.split("/")[-1],
            )
            for role, one in who.items()
            for page in pages
            if tells(case, text_of(at("daklak", one).get(page)))
        }

    def test_to_anybody_with_a_conflict_the_chair_included(self, case):
        Case(case.scene, place=0)
        who = people(case)
        for one in who.values():
            declare_conflict(
                case.round.pk, facility_id=case.entry.facility_id, kind=ConflictKind.FAMILY, words="", actor=one
            )

        assert self.seen(case, who) == set()
        for one in who.values():
            client = at("daklak", one)
            assert client.get(case.desk).status_code == 404
            assert [client.post(f"{case.desk}{verb}/").status_code for verb in VERBS] == [404] * 4
        assert case.fresh.state == "filed"
        assert len(lines_of(case.round, who["officer"])) == 1

    def test_without_one_the_same_people_see_it(self, case):
        who = people(case)

        seen = self.seen(case, who)

        assert {role for role, _ in seen} == {"chair", "secretary", "officer"}
        assert len(seen) == 3 * (len(PAGES) + 1)

    def test_a_program_reads_the_same_whatever_comes_of_a_complaint(self, scene):
        program = introduced("daklak")
        before = answers_of(program)

        case = Case(scene)
        moments = [answers_of(program)]
        declare_conflict(
            case.round.pk,
            facility_id=case.entry.facility_id,
            kind=ConflictKind.FAMILY,
            words="",
            actor=scene.stage.council[0],
        )
        for step in (case.received, case.assigned, case.locked, case.computed, case.answered):
            step()
            moments.append(answers_of(program))

        assert [moment for moment in moments if moment != before] == []
        assert case.entry.code in before["/results/"]
        assert case.fresh.revised is not None
        # A control: what is public is told anew at once.
        scene.stage.session.selections.filter(entry=scene.entries[0]).update(tier="Giải A")
        assert answers_of(program) != before

    def test_a_dismissed_conflict_hides_nothing(self, case):
        chair = case.scene.stage.council[0]
        made = declare_conflict(
            case.round.pk, facility_id=case.entry.facility_id, kind=ConflictKind.FAMILY, words="", actor=chair
        )
        hidden = at("daklak", chair).get(case.desk).status_code
        dismiss_conflict(made.pk, reason="Trùng tên", actor=case.officer)

        assert (hidden, at("daklak", chair).get(case.desk).status_code) == (404, 200)

    def test_a_service_call_by_an_officer_with_a_conflict_finds_none(self, case):
        officer = people(case)["officer"]
        declare_conflict(
            case.round.pk, facility_id=case.entry.facility_id, kind=ConflictKind.FAMILY, words="", actor=officer
        )

        with pytest.raises(Complaint.DoesNotExist):
            receive_complaint(case.round, case.complaint.pk, actor=officer)

    def test_a_facility_a_judge_and_a_stranger_find_no_desk(self, case):
        for who in (case.owner, case.scene.stage.judges[1], case.scene.stage.council[4], person("ai-do")):
            assert at("daklak", who).get(f"/ky-binh-chon/{case.round.code}/khieu-nai/").status_code == 404
            assert at("daklak", who).get(case.desk).status_code == 404

    def test_the_chair_and_a_leader_see_and_do_not_act(self, case):
        for who in (case.scene.stage.council[0], person("lanh-dao", Role.LEADER)):
            client = at("daklak", who)
            assert client.get(case.desk).status_code == 200
            assert [client.post(f"{case.desk}{verb}/").status_code for verb in VERBS] == [403] * 4
        assert case.fresh.state == "filed"

    def test_before_publication_there_is_no_desk(self):
        scene = decided(1)

        for page in PAGES:
            assert at("daklak", scene.stage.officer).get(f"/ky-binh-chon/{scene.round.code}/{page}").status_code == 404


class TestHandling:
    def test_it_is_received_and_the_facility_is_told_by_when(self, case):
        at("daklak", case.officer).post(f"{case.desk}tiep-nhan/")

        assert (case.fresh.state, case.complaint.received_by) == ("received", case.officer)
        notice = Notice.objects.get(person=case.owner, key=f"recognition.complaint.received:{case.complaint.pk}")
        assert f"{case.complaint.due_on:%d/%m/%Y}" in notice.text

    def test_twice_it_is_told_and_changes_nothing(self, case):
        case.received()

        with pytest.raises(WrongState):
            case.received()

    def test_it_is_answered_and_the_facility_is_told(self, case):
        case.received()
        answer = {"verdict": "rejected", "text": "Phiếu chấm đúng khung điểm.", "number": "15/TB-HĐ"}

        at("daklak", case.officer).post(f"{case.desk}tra-loi/", answer)

        assert (case.fresh.state, case.complaint.verdict) == ("answered", "rejected")
        text = at("daklak", case.owner).get(case.own).content.decode()
        assert answer["text"] in text
        assert answer["number"] in text
        told = Notice.objects.get(person=case.owner, key=f"recognition.complaint.answered:{case.complaint.pk}")
        assert answer["text"] in told.text

    def test_a_granted_one_says_what_it_does_not_change(self, case):
        case.received().assigned().locked().computed().answered()

        assert "quyết định bổ sung" in at("daklak", case.owner).get(case.own).content.decode()
        event = Event.objects.get(tag="recognition.complaint.answered")
        assert event.facts["base"] == case.fresh.base.digest
        assert event.facts["revised"] == case.complaint.revised.digest

    @pytest.mark.parametrize(
        "bad", [{"text": " "}, {"verdict": "khac"}, {"verdict": ""}, {"text": "a" * 4001}, {"number": "1\u202e2"}]
    )
    def test_a_bad_answer_is_told_and_kept(self, case, bad):
        case.received()
        sent = {"verdict": "rejected", "text": "Đã xem xét đủ.", "number": "15/TB-HĐ"} | bad

        answer = at("daklak", case.officer).post(f"{case.desk}tra-loi/", sent)

        assert answer.status_code == 422
        assert case.fresh.state == "received"
        assert ("15/TB-HĐ" if "number" not in bad else "Đã xem xét đủ.") in answer.content.decode()

    def test_it_waits_for_what_is_marked_anew(self, case):
        case.received().assigned()
        desk, form = at("daklak", case.officer), f'action="{case.desk}tra-loi/"'

        with pytest.raises(WrongState, match="Chưa chấm lại xong"):
            case.answered("rejected")
        assert form not in desk.get(case.desk).content.decode()
        case.locked()
        with pytest.raises(WrongState, match="chưa tính xong"):
            case.answered()
        case.computed()
        assert form in desk.get(case.desk).content.decode()
        assert case.answered().fresh.state == "answered"

    def test_members_are_chosen_on_the_page(self, case):
        case.received()
        client = at("daklak", case.officer)
        first, second, _ = case.sheets()
        page = client.get(case.desk).content.decode()

        nobody = client.post(f"{case.desk}giao-cham-lai/", {})
        bad = client.post(f"{case.desk}giao-cham-lai/", {f"phieu_{first.pk.hex}": str(second.judge_id)})
        client.post(f"{case.desk}giao-cham-lai/", {f"phieu_{first.pk.hex}": str(first.judge_id)})

        assert page.count("giữ nguyên điểm") == 3
        assert (nobody.status_code, bad.status_code) == (422, 422)
        assert [one.sheet_id for one in case.reviews()] == [first.pk]

    def test_an_open_one_past_its_day_is_late_and_an_answered_one_is_not(self, case):
        other = Case(case.scene, place=0)
        yesterday = timezone.localdate() - timedelta(days=1)
        Complaint.objects.update(due_on=yesterday)
        other.received().answered("rejected")

        lines = lines_of(case.round, case.officer)

        assert [(line.complaint, line.is_late) for line in lines] == [(case.complaint, True), (other.complaint, False)]
        text = at("daklak", case.officer).get(f"/ky-binh-chon/{case.round.code}/khieu-nai/").content.decode()
        assert "Quá hạn trả lời" in text
        Complaint.objects.filter(pk=case.complaint.pk).update(due_on=yesterday + timedelta(days=1))
        assert not lines_of(case.round, case.officer)[0].is_late

    def test_the_workbook_holds_the_same_rows(self, case):
        case.received().assigned()

        answer = at("daklak", case.officer).get(f"/ky-binh-chon/{case.round.code}/khieu-nai.xlsx")

        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        head, row = book.get_sheet_by_index(0).to_python()
        told = dict(zip(head, row, strict=True))
        assert told["Mã biên nhận"] == case.complaint.code
        assert (told["Trạng thái"], told["Phiếu chấm lại"], told["Đã khóa"]) == ("Đang chấm lại", 3, 0)

    def test_the_cockpit_leads_there(self, case):
        text = at("daklak", case.officer).get(f"/ky-binh-chon/{case.round.code}/").content.decode()

        assert f"/ky-binh-chon/{case.round.code}/khieu-nai/" in text


@pytest.mark.parametrize("count", [1, 3])
def test_one_complaint_or_three_ask_the_same(count, django_assert_num_queries):
    scene = published(3)
    cases = [Case(scene, place=place) for place in range(count)]
    client = at("daklak", scene.stage.officer)
    client.get("/thong-bao/")

    with django_assert_num_queries(7):
        client.get(f"/ky-binh-chon/{scene.round.code}/khieu-nai/")
    cases[0].received()
    with django_assert_num_queries(17):
        client.get(cases[0].desk)
