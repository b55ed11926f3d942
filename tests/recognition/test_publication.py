"""Results are pending until they are published; then every facility is told its own, and nothing of anybody else."""

import io

import pytest
import python_calamine
from browsers import at
from django.test import Client
from stage import acting_for, facility, person
from verdicts import decided, published

from apps.accounts.models import Role
from apps.accounts.services.signing_up import set_sign_up
from apps.judging.models import ConflictKind, Sheet
from apps.judging.services import declare_conflict
from apps.judging.states import SheetState
from apps.recognition.queries.naming import names_any
from apps.recognition.queries.publication import told_of
from apps.recognition.queries.results import result_of
from apps.recognition.services import tell_results
from tieubieu.binding import PUBLIC, bound
from tieubieu.notices.models import Mail, Notice
from tieubieu.notices.services import mark_opened, read_notice
from tieubieu.outbox.models import Message

pytestmark = pytest.mark.usefixtures("in_daklak")
OUTCOMES = ("được công nhận là", "không được Hội đồng chọn", "chưa đạt điểm")


def page(entry):
    return f"/ho-so/{entry.pk}/ket-qua/"


def read(scene, place):
    answer = at("daklak", scene.owners[place]).get(page(scene.entries[place]))
    return answer.status_code, answer.content.decode()


class TestBeforePublication:
    def test_the_page_is_not_there_and_nobody_was_told(self):
        scene = decided()

        assert [read(scene, place)[0] for place in range(3)] == [404] * 3
        assert not Notice.objects.filter(key__startswith="recognition").exists()

    def test_it_answers_as_a_page_that_never_was(self):
        scene = decided(1)
        client = at("daklak", scene.owners[0])

        there, nowhere = (client.get(page(entry)) for entry in (scene.entries[0], scene.round))

        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert len(there.content) == len(nowhere.content)

    def test_the_dossier_says_nothing_and_offers_no_page(self):
        scene = decided(1)

        text = at("daklak", scene.owners[0]).get(f"/ho-so/{scene.entries[0].pk}/").content.decode()

        assert "ket-qua" not in text

    def test_an_errand_that_comes_too_early_tells_nobody(self):
        scene = decided(1)

        assert tell_results(scene.round.pk) == 0
        assert not Notice.objects.filter(key__startswith="recognition").exists()


class TestTelling:
    def test_publishing_asks_for_it(self):
        scene = published(1)

        with bound(PUBLIC):
            asked = Message.objects.get(errand="notifications.tell_results")
        assert asked.args == {"round_id": str(scene.round.pk)}

    def test_every_facility_is_told_its_own_outcome(self):
        scene = published()

        for owner, outcome, entry in zip(scene.owners, OUTCOMES, scene.entries, strict=True):
            notice = Notice.objects.get(person=owner, key__startswith="recognition")
            assert outcome in notice.text
            assert entry.name in notice.text
            assert "2150/QĐ-UBND" in notice.text
            assert notice.url == page(entry)
            assert notice.mails.get().address == owner.email
            assert not any(other.name in notice.text for other in scene.entries if other != entry)

    def test_a_facility_without_an_account_gets_a_letter(self):
        scene = decided(1)
        maker = scene.entries[0].facility
        maker.agents.all().delete()
        maker.email = "htx@example.vn"
        maker.save()

        scene.published()

        letter = Mail.objects.get(address="htx@example.vn")
        assert "được công nhận" in letter.body
        assert "/dang-ky/" in letter.url
        assert Client(headers={"host": "daklak.localhost"}).get(letter.url).status_code == 200
        assert "lập tài khoản" in letter.body
        assert told_of(scene.round, scene.stage.officer)[0].state == "told"

    def test_where_only_the_invited_get_accounts_the_letter_says_whom_to_ask_and_leads_nowhere(self):
        scene = decided(1)
        maker = scene.entries[0].facility
        maker.agents.all().delete()
        maker.email = "htx@example.vn"
        maker.save()
        set_sign_up(is_open=False, actor=person("quan-tri", Role.ADMINISTRATOR))

        scene.published()

        letter = Mail.objects.get(address="htx@example.vn")
        assert letter.url == ""
        assert "gửi thư mời cấp tài khoản" in letter.body

    def test_told_twice_is_told_once(self):
        scene = published()

        tell_results(scene.round.pk)

        assert Notice.objects.filter(key__startswith="recognition").count() == 3
        assert Mail.objects.count() == len(set(Mail.objects.values_list("address", "subject")))


class TestTheResultPage:
    def test_it_says_the_outcome_why_and_by_which_decision(self):
        scene = published()

        told = [read(scene, place) for place in range(3)]

        assert [status for status, _ in told] == [200] * 3
        assert all(outcome in text for outcome, (_, text) in zip(OUTCOMES, told, strict=True))
        assert all("số 2150/QĐ-UBND ngày 03/08/2026" in text for _, text in told)
        assert "chưa đạt 70 điểm" in told[2][1]
        assert "thời hạn đến" in told[2][1]

    def test_averages_and_remarks_stand_there_where_the_province_allows_it(self):
        scene = published()

        text = read(scene, 1)[1]

        assert "30,5" in text
        assert "78,5" in text
        assert "Đạt yêu cầu" in text
        assert "Khá" in text

    def test_by_default_they_do_not(self):
        scene = published(is_told=False)

        text = read(scene, 1)[1]

        assert "30,5" not in text
        assert "78,5" not in text
        assert "Đạt yêu cầu" not in text

    def test_no_judge_is_named_and_the_order_of_remarks_follows_their_words(self):
        forward, backward = ("Một", "Hai", "Ba"), ("Ba", "Hai", "Một")
        scene = published(2, remarks=(forward, backward, ("",)))

        texts = [result_of(entry).remarks.texts for entry in scene.entries]

        assert texts[0] == texts[1] == ["Ba", "Hai", "Một"]
        assert not any(judge.full_name in read(scene, 0)[1] for judge in scene.stage.judges)

    def test_a_single_remark_is_kept_back_and_said_so(self):
        scene = published()

        text = read(scene, 2)[1]

        assert "Yếu" not in text
        assert "Có 1 nhận xét không hiện" in text

    def test_a_remark_that_names_a_judge_or_another_facility_is_kept_back(self):
        tempting = ("Kém hơn hợp tác xã SỐ 1", "Như Giam-Khao-1 đã nói", "Ổn", "Tốt")
        scene = published(2, remarks=(tempting, ("",), ("",)), judges=5)

        remarks = result_of(scene.entries[0]).remarks

        assert remarks.texts == ["Ổn", "Tốt"]
        assert remarks.kept_back == 3

    def test_with_one_counted_sheet_there_are_no_averages(self):
        scene = decided(1)
        snapshot = scene.stage.session.snapshot
        body = {**snapshot.body, "results": [{**snapshot.body["results"][0], "counted": 1}]}
        scene.stage.session.snapshot = type(snapshot)(round=scene.round, number=9, body=body, digest="sha256:0")
        scene.stage.session.snapshot.save(force_insert=True)
        scene.stage.session.save(update_fields=["snapshot"])

        scene.published()

        assert result_of(scene.entries[0]).averages == []
        assert "Chỉ có một phiếu được tính" in read(scene, 0)[1]

    def test_a_recused_judges_remark_is_not_told(self):
        scene = decided(1, remarks=(("Một", "Hai", "Ba"),) * 3)
        Sheet.objects.filter(judge__seat=1).update(state=SheetState.RECUSED)

        assert result_of(scene.published().entries[0]).remarks.texts == ["Ba", "Hai"]

    def test_the_reason_of_the_council_is_told_unless_it_names_another(self):
        scene = published()
        selection = scene.entries[1].selections.get()
        selection.reason = "Mẫu mã chưa mới"
        selection.save()
        plain = result_of(scene.entries[1]).reason
        selection.reason = "Đã chọn Hợp tác xã số 0"
        selection.save()

        assert "Mẫu mã chưa mới" in plain
        assert "Hợp tác xã số 0" not in result_of(scene.entries[1]).reason

    def test_a_dossier_that_never_came_before_the_council_has_no_result(self):
        scene = published(1)
        scene.entries[0].selections.all().delete()

        assert read(scene, 0)[0] == 404


class TestNobodyElse:
    def test_another_facilitys_owner_an_officer_and_a_judge_get_none(self):
        scene = published()
        asker = person("xin-vao")
        acting_for(scene.entries[0].facility, asker, approved=False)

        for who in (scene.owners[1], asker, scene.stage.officer, scene.stage.judges[0]):
            assert at("daklak", who).get(page(scene.entries[0])).status_code == 404

    def test_the_page_holds_nothing_of_another_facility(self):
        scene = published()

        for place, entry in enumerate(scene.entries):
            text = read(scene, place)[1]
            others = [one for one in scene.entries if one != entry]
            tempting = [word for one in others for word in (one.name, one.code, one.facility.name)]
            assert not [word for word in tempting if word in text]

    def test_the_neighbour_tenant_knows_no_such_entry(self, daklak, khanhhoa):
        from tenants.gateways import inside

        scene = published(1)
        with inside("khanhhoa"):
            neighbour = person("hang-xom", Role.OFFICER)
            acting_for(facility(0, actor=neighbour), neighbour)

        assert at("khanhhoa", neighbour).get(page(scene.entries[0])).status_code == 404

    def test_the_dossier_leads_there_once_published(self):
        scene = published(1)

        client = at("daklak", scene.owners[0])

        assert page(scene.entries[0]) in client.get(f"/ho-so/{scene.entries[0].pk}/").content.decode()
        assert "đã có kết quả" in client.get("/ho-so/").content.decode()

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_asks_the_same_questions_however_many_take_part(self, count, django_assert_num_queries):
        scene = published(count)
        client = at("daklak", scene.owners[0])
        client.get("/thong-bao/")

        with django_assert_num_queries(18):
            client.get(page(scene.entries[0]))


class TestTheOfficersPage:
    def list(self, scene, who=None, *, xlsx=False):
        client = at("daklak", who or scene.stage.officer)
        return client.get(f"/ky-binh-chon/{scene.round.code}/bao-ket-qua{'.xlsx' if xlsx else '/'}")

    def test_it_is_not_there_before_publication(self):
        scene = decided(1)

        assert [self.list(scene, xlsx=xlsx).status_code for xlsx in (False, True)] == [404, 404]

    def test_it_says_who_was_told_and_who_looked(self):
        scene = decided()
        scene.entries[2].facility.agents.all().delete()
        scene.published()
        read_notice(Notice.objects.get(person=scene.owners[0], key__startswith="recognition"))

        rows = told_of(scene.round, scene.stage.officer)

        assert [row.state for row in rows] == ["opened", "told", "untold"]
        text = self.list(scene).content.decode()
        assert scene.owners[0].full_name in text
        assert "Chưa báo được" in text

    def test_following_the_letters_link_is_opening(self):
        scene = published(1)
        mark_opened(Mail.objects.get(notice__person=scene.owners[0], notice__key__startswith="recognition").pk)

        assert told_of(scene.round, scene.stage.officer)[0].state == "opened"

    def test_the_workbook_holds_the_same_rows(self):
        scene = published()

        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.list(scene, xlsx=True).content))

        rows = book.get_sheet_by_index(0).to_python()
        assert [row[0] for row in rows[1:]] == [entry.code for entry in scene.entries]
        assert rows[1][3:6] == ["Được chọn công nhận", "Đã báo, chưa mở", scene.owners[0].full_name]

    def test_who_has_a_conflict_learns_nothing_of_that_entry(self):
        scene = decided()
        chair = scene.stage.council[0]
        declare_conflict(
            scene.round.pk, facility_id=scene.entries[0].facility_id, kind=ConflictKind.FAMILY, words="", actor=chair
        )
        scene.published()

        text = self.list(scene, chair).content.decode()

        assert scene.entries[0].code not in text
        assert scene.entries[0].facility.name not in text
        assert scene.entries[1].code in text

    def test_a_facility_and_a_judge_do_not_find_it(self):
        scene = published(1)

        for who in (scene.owners[0], scene.stage.judges[1], person("ai-do")):
            assert self.list(scene, who).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_one_row_or_three_ask_the_same(self, count, django_assert_num_queries):
        scene = published(count)
        client = at("daklak", scene.stage.officer)
        client.get("/thong-bao/")

        with django_assert_num_queries(10):
            client.get(f"/ky-binh-chon/{scene.round.code}/bao-ket-qua/")


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Giống Hợp tác xã số 1.", True),
        ("giong HOP TAC XA SO 1", True),
        ("Hợp tác xã số 10 khác", False),
        ("", False),
    ],
)
def test_a_name_is_found_by_whole_words_whatever_the_marks(text, is_named):
    assert names_any(text, ["", "Hợp tác xã số 1"]) == is_named
