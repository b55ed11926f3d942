"""Only what is disputed is marked anew, by members without a conflict; a changed outcome is a new result that cites the
old one, and changes no list, decision or certificate by itself."""

from copy import deepcopy

import pytest
from browsers import at
from cases import Case

from apps.judging.models import ConflictKind, LockedVersion, Mark, Snapshot
from apps.judging.queries import latest_snapshot
from apps.judging.ranking import rank
from apps.judging.services import declare_conflict
from apps.judging.services.revising import replaced, revise_snapshot
from apps.recognition.access import own_reviews
from apps.recognition.models import Certificate, Review
from apps.recognition.queries.complaints import free_members, result_in_force, shifts
from apps.recognition.queries.following import consequences, shifts_for
from apps.recognition.services import compute_anew, compute_revision, issue_certificates
from apps.rounds.models import Body
from tieubieu.audit.models import Event
from tieubieu.binding import PUBLIC, bound
from tieubieu.errors import DomainError, NotAllowed, WrongState
from tieubieu.notices.models import Notice
from tieubieu.outbox.models import Message

pytestmark = pytest.mark.usefixtures("in_daklak")


def kept_out(case, who):
    return declare_conflict(
        case.round.pk, facility_id=case.entry.facility_id, kind=ConflictKind.FAMILY, words="", actor=who
    )


class TestAssigning:
    def test_the_disputed_criteria_go_to_the_judges_and_they_are_told(self, case):
        case.received().assigned()

        assert case.fresh.state == "rescoring"
        assert [one.member.person for one in case.reviews()] == case.scene.stage.judges
        assert Notice.objects.filter(key__startswith="recognition.review:").count() == 3

    def test_only_after_it_was_received(self, case):
        with pytest.raises(WrongState):
            case.assigned()

    def test_a_substitute_marks_in_place_of_a_judge(self, case):
        member = case.round.appointments.filter(body=Body.COUNCIL).first()

        case.received().assigned({case.sheets()[0].pk: member.pk}).locked().computed()

        line = next(e for e in case.fresh.revised.body["entries"] if e["id"] == case.entry.code)
        assert [sheet["scores"]["C1"] for sheet in line["sheets"]] == ["36", "20", "20"]
        assert [sheet["judge"] for sheet in line["sheets"]] == [str(sheet.judge_id) for sheet in case.sheets()]

    @pytest.mark.parametrize("seat", ["chair", "judge"])
    def test_whoever_has_a_conflict_is_neither_offered_nor_accepted(self, case, seat):
        stage = case.scene.stage
        who = stage.council[0] if seat == "chair" else stage.judges[0]
        before = [one.person_id for one in free_members(case.entry)]
        kept_out(case, who)
        case.received()

        assert who.pk in before
        assert who.pk not in [one.person_id for one in free_members(case.entry)]
        appointment = case.round.appointments.filter(person=who).first()
        with pytest.raises(NotAllowed, match="không có xung đột"):
            case.assigned({case.sheets()[1].pk: appointment.pk})
        assert not Review.objects.exists()

    def test_nobody_marks_twice_nor_in_place_of_a_colleague_beside_whom_they_marked(self, case):
        first, second, _ = case.sheets()
        member = case.round.appointments.filter(body=Body.COUNCIL).first()
        case.received()

        with pytest.raises(DomainError, match="chỉ chấm lại phiếu của chính mình"):
            case.assigned({first.pk: second.judge_id})
        with pytest.raises(DomainError, match="Mỗi người chỉ chấm lại một phiếu"):
            case.assigned({first.pk: member.pk, second.pk: member.pk})

    def test_a_sheet_of_another_entry_and_a_seat_of_another_body_are_refused(self, case):
        other = Case(case.scene, place=1).sheets()[0]
        case.received()

        with pytest.raises(DomainError, match="đã tính vào kết quả"):
            case.assigned({other.pk: other.judge_id})
        with pytest.raises(NotAllowed):
            case.assigned({case.sheets()[0].pk: case.entry.pk})

    def test_nothing_disputed_is_nothing_to_mark(self, scene):
        case = Case(scene, criteria=()).received()

        with pytest.raises(DomainError, match="không có gì để chấm lại"):
            case.assigned()

    def test_an_open_one_can_be_given_elsewhere_and_a_locked_one_stays(self, case):
        first, second, _ = case.sheets()
        member = case.round.appointments.filter(body=Body.COUNCIL).last()
        case.received().assigned({first.pk: first.judge_id, second.pk: second.judge_id})

        case.assigned({first.pk: member.pk})

        assert sorted(one.state for one in case.reviews()) == ["draft", "dropped", "dropped"]
        assert not own_reviews(first.judge.person).exists()
        case.locked()
        with pytest.raises(WrongState, match="đã khóa"):
            case.assigned({first.pk: first.judge_id})


class TestMarking:
    def page(self, review):
        return f"/cham-lai/{review.pk}/"

    def test_the_sheet_shows_the_disputed_criteria_and_no_other(self, case):
        case.received().assigned()
        review = case.reviews()[0]

        text = at("daklak", review.member.person).get(self.page(review)).content.decode()

        assert 'data-criterion="C1"' in text
        assert 'data-criterion="C2"' in text
        assert 'data-criterion="C3"' not in text
        assert 'data-criterion="C4"' not in text
        assert case.complaint.text in text
        assert not any(f'value="{mark}"' in text for mark in ("20", "20,00", "5", "5,00"))

    def saved(self, review, sent, who=None):
        return at("daklak", who or review.member.person).post(
            f"{self.page(review)}luu/", {"version": 0, **sent}, content_type="application/json"
        )

    def test_every_box_is_saved_as_it_is_left(self, case):
        case.received().assigned()
        review = case.reviews()[0]

        first = self.saved(review, {"criterion": "C1", "value": "35.5", "base": None})
        self.saved(review, {"criterion": "C2", "value": "30", "base": None})
        self.saved(review, {"remark": "Có chứng nhận", "base": ""})
        again = self.saved(review, {"criterion": "C1", "value": "35.5", "base": None})

        review.refresh_from_db()
        assert first.json() == {"version": 1, "total": "35,5"}
        assert again.json() == {"version": 3, "total": "65,5"}
        assert (review.state, review.marks, review.remark) == ("draft", {"C1": "35.5", "C2": "30"}, "Có chứng nhận")
        text = at("daklak", review.member.person).get(self.page(review)).content.decode()
        assert 'data-value="35,5"' in text
        assert "Có chứng nhận" in text

    def test_what_another_machine_wrote_is_not_overwritten(self, case):
        case.received().assigned()
        review = case.reviews()[0]
        self.saved(review, {"criterion": "C1", "value": "35", "base": None})

        answer = self.saved(review, {"criterion": "C1", "value": "12", "base": None})
        known = self.saved(review, {"criterion": "C1", "value": None, "base": "35"})

        assert answer.status_code == 409
        assert (answer.json()["changed"], answer.json()["value"]) == (True, "35")
        assert known.json() == {"version": 2, "total": "0"}
        assert case.reviews()[0].marks == {}

    def test_it_is_locked_with_a_receipt_and_the_old_versions_stay(self, case):
        case.received().assigned()
        review, before = case.reviews()[0], list(LockedVersion.objects.values_list("pk", "marks"))
        marks = list(Mark.objects.order_by("pk").values_list("pk", "value"))
        client = at("daklak", review.member.person)
        self.saved(review, {"criterion": "C1", "value": "35.5"})
        self.saved(review, {"criterion": "C2", "value": "30", "version": 1})

        answer = client.post(f"{self.page(review)}khoa/")

        review.refresh_from_db()
        assert answer.status_code == 302
        assert (review.state, review.marks) == ("locked", {"C1": "35.5", "C2": "30"})
        assert review.receipt_code[:4] in client.get(self.page(review)).content.decode()
        assert list(LockedVersion.objects.values_list("pk", "marks")) == before
        assert list(Mark.objects.order_by("pk").values_list("pk", "value")) == marks

    @pytest.mark.parametrize("bad", ["41", "9o", "-1", "35.555"])
    def test_a_bad_mark_is_refused_and_the_rest_is_kept(self, case, bad):
        case.received().assigned()
        review = case.reviews()[0]
        self.saved(review, {"criterion": "C2", "value": "31.25"})

        answer = self.saved(review, {"criterion": "C1", "value": bad, "base": None})

        assert answer.status_code == 422
        assert answer.json()["message"]
        assert case.reviews()[0].marks == {"C2": "31.25"}

    def test_a_criterion_that_is_not_disputed_and_nonsense_are_refused(self, case):
        case.received().assigned()
        review = case.reviews()[0]

        other = self.saved(review, {"criterion": "C3", "value": "5", "base": None})
        nothing = self.saved(review, {"version": "x"})

        assert (other.status_code, nothing.status_code) == (422, 400)
        assert case.reviews()[0].marks == {}

    def test_an_incomplete_one_is_not_locked(self, case):
        case.received().assigned()
        review = case.reviews()[0]
        self.saved(review, {"criterion": "C1", "value": "35"})
        client = at("daklak", review.member.person)

        answer = client.post(f"{self.page(review)}khoa/", follow=True)

        assert "Còn tiêu chí chưa chấm: C2" in answer.content.decode()
        assert case.reviews()[0].state == "draft"

    def test_a_locked_one_is_not_marked_again(self, case):
        case.received().assigned().locked()
        review = case.reviews()[0]

        answer = self.saved(review, {"criterion": "C1", "value": "1", "base": "36"})

        assert answer.status_code == 409
        assert case.reviews()[0].marks == {"C1": "36", "C2": "36"}

    def test_nobody_else_finds_it_and_neither_does_its_member_with_a_conflict(self, case):
        case.received().assigned()
        mine, other = case.reviews()[:2]
        who = mine.member.person
        others = (case.officer, case.owner, other.member.person, case.scene.stage.council[0])
        shown = at("daklak", who).get(self.page(mine)).status_code

        assert shown == 200
        assert [at("daklak", one).get(self.page(mine)).status_code for one in others] == [404] * 4
        assert [at("daklak", one).post(f"{self.page(mine)}khoa/").status_code for one in others] == [404] * 4
        sent = {"criterion": "C1", "value": "1"}
        assert [self.saved(mine, sent, one).status_code for one in others] == [404] * 4
        kept_out(case, who)
        assert at("daklak", who).get(self.page(mine)).status_code == 404
        assert self.saved(mine, sent).status_code == 404
        assert case.entry.code not in at("daklak", who).get("/cham-lai/").content.decode()

    def test_the_list_shows_ones_own(self, case):
        case.received().assigned()

        judge, chair = case.scene.stage.judges[0], case.scene.stage.council[0]

        assert case.entry.code in at("daklak", judge).get("/cham-lai/").content.decode()
        assert case.entry.code not in at("daklak", chair).get("/cham-lai/").content.decode()

    def test_a_closed_complaint_is_marked_no_more(self, case):
        case.received().assigned()
        review = case.reviews()[0]
        at("daklak", case.owner).post(f"{case.own}rut/")

        answer = self.saved(review, {"criterion": "C1", "value": "30", "base": None})

        assert answer.status_code == 409
        assert case.reviews()[0].state == "draft"

    def test_who_has_one_waiting_is_told_on_the_first_page_and_nobody_else(self, case):
        case.received().assigned({case.sheets()[0].pk: case.sheets()[0].judge_id})
        mine, other = case.scene.stage.judges[:2]
        waiting = "1 phiếu chấm lại theo khiếu nại"

        seen = {who: at("daklak", who).get("/").content.decode() for who in (mine, other, case.officer)}

        assert [waiting in seen[who] for who in (mine, other, case.officer)] == [True, False, False]
        assert ["/cham-lai/" in seen[who] for who in (mine, other, case.officer)] == [True, False, False]
        case.locked()
        assert "phiếu chấm lại theo khiếu nại" not in at("daklak", mine).get("/").content.decode()


class TestTheNewResult:
    def test_it_is_asked_for_when_the_last_one_is_locked(self, case):
        case.received().assigned().locked()

        with bound(PUBLIC):
            asked = Message.objects.filter(errand="scoring.revise_snapshot")
            assert [one.args for one in asked] == [{"complaint_id": str(case.complaint.pk)}]

    def test_it_is_a_new_row_that_cites_the_old_one_and_replays(self, case):
        old = latest_snapshot(case.round)
        before = deepcopy(old.body)
        case.received().assigned().locked().computed()

        new = case.fresh.revised

        assert (new.cites, case.complaint.base, new.number) == (old, old, old.number + 1)
        assert rank({"rules": new.body["rules"], "entries": new.body["entries"]})["digest"] == new.digest
        assert Snapshot.objects.get(pk=old.pk).body == before
        event = Event.objects.get(tag="judging.snapshot.revised")
        assert (event.facts["digest"], event.facts["cites"]) == (new.digest, old.digest)

    def test_only_the_disputed_marks_of_that_entry_differ(self, case):
        case.received().assigned().locked().computed()
        old, new = (one.body for one in (case.fresh.base, case.fresh.revised))

        for before, after in zip(old["entries"], new["entries"], strict=True):
            if before["id"] != case.entry.code:
                assert before == after
                continue
            for was, now in zip(before["sheets"], after["sheets"], strict=True):
                assert now["scores"] == was["scores"] | {"C1": "36", "C2": "36"}
        assert old["rules"] == new["rules"]

    def test_the_officer_sees_who_moves_and_what_is_to_be_done(self, case):
        case.received().assigned().locked().computed()

        moved = shifts(case.fresh)

        assert [(one.code, one.before["rank"], one.after["rank"]) for one in moved] == [
            (case.entry.code, 3, 2),
            (case.scene.entries[1].code, 2, 3),
        ]
        told = consequences(case.complaint, moved)
        assert "nay đạt điểm" in told[0]
        assert "quyết định bổ sung" in told[-1]
        text = at("daklak", case.officer).get(case.desk).content.decode()
        assert all(words in text for words in ("nay đạt", case.complaint.revised.digest, case.complaint.base.digest))

    def test_the_council_and_the_public_keep_the_published_result(self, case):
        issue_certificates(case.round.pk, actor=case.officer)
        issued = list(Certificate.objects.values())
        page = at("daklak", case.owner).get(f"/ky-binh-chon/{case.round.code}/ket-qua-cham/").status_code

        case.received().assigned().locked().computed().answered()

        assert page == 404
        assert latest_snapshot(case.round) == case.fresh.base
        assert list(Certificate.objects.values()) == issued
        assert case.entry.selections.get().outcome == "below"
        assert case.round.decision.snapshot_digest == case.complaint.base.digest

    def test_the_same_marks_make_no_new_row(self, case):
        case.received().assigned().locked(("20", "20")).computed()

        assert case.fresh.revised == case.complaint.base
        assert shifts(case.complaint) == []
        assert consequences(case.complaint, []) == []
        assert "không làm thay đổi" in at("daklak", case.officer).get(case.desk).content.decode()

    def test_computed_twice_is_computed_once(self, case):
        case.received().assigned().locked().computed()
        first = case.fresh.revised_id

        compute_revision(case.complaint.pk)

        assert case.fresh.revised_id == first
        assert Snapshot.objects.count() == 2

    def test_too_early_it_does_nothing(self, case):
        case.received().assigned()

        compute_revision(case.complaint.pk)

        assert case.fresh.revised is None
        with pytest.raises(WrongState, match="chưa khóa"):
            compute_anew(case.round, case.complaint.pk, actor=case.officer)

    def test_the_next_complaint_stands_on_what_was_granted_and_not_on_what_was_rejected(self, case):
        case.received().assigned().locked().computed().answered()
        granted = case.fresh.revised
        second = Case(case.scene, place=1, criteria=("C1",)).received().assigned().locked(("40",)).computed()

        assert result_in_force(case.round) == granted
        assert second.fresh.base == granted
        second.answered("rejected")
        assert result_in_force(case.round) == granted

    def test_what_it_stands_on_may_change_meanwhile_and_then_it_is_computed_anew(self, case):
        second = Case(case.scene, place=1, criteria=("C1",)).received().assigned().locked(("40",)).computed()
        case.received().assigned().locked().computed().answered()

        with pytest.raises(WrongState, match="khiếu nại khác"):
            second.answered()
        assert "đã đổi" in at("daklak", second.officer).get(second.desk).content.decode()
        at("daklak", second.officer).post(f"{second.desk}tinh-lai/")
        second.computed().answered()

        assert second.fresh.base == case.fresh.revised
        assert second.fresh.revised.cites == case.fresh.revised

    def test_a_sheet_that_did_not_count_is_not_replaced(self, case):
        base = latest_snapshot(case.round)

        with pytest.raises(DomainError, match="không có trong kết quả"):
            revise_snapshot(base, {case.entry.code: {"nobody": {"C1": "1"}}})
        assert replaced(base.body, {}) == {"rules": base.body["rules"], "entries": base.body["entries"]}

    def test_who_may_not_know_every_entry_sees_no_rank(self, case):
        case.received().assigned().locked().computed()

        seen = shifts_for(case.fresh, sees_all=False)

        assert [one.code for one in seen] == [case.entry.code]
        assert {seen[0].before["rank"], seen[0].after["rank"]} == {None}
