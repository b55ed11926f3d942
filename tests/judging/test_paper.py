"""Paper sheets: typed twice by different people, compared without a value, decided by a third, and locked."""

from io import BytesIO

import pytest
from browsers import at
from django.core.files.uploadedfile import SimpleUploadedFile
from exports import sheets, words_of
from PIL import Image
from stage import person, scoring

from apps.judging.making import paper_words, print_paper_sheets
from apps.judging.models import LockedVersion, Mark, Origin, PaperCase, Sheet
from apps.judging.services import declare_conflict, recuse
from apps.judging.services.paper import PRINT
from apps.judging.states import PaperState, SheetState
from apps.rounds.models import Appointment, Body, Post
from tieubieu.audit.models import Event
from tieubieu.binding import PUBLIC, bound
from tieubieu.documents.models import Document
from tieubieu.notices.models import Notice
from tieubieu.outbox.models import Message

pytestmark = pytest.mark.usefixtures("in_daklak")
BASE = "/cham-diem/ky/THU-2026/giay/"
TYPED = {"C1": "32", "C2": "31,25", "C3": "8", "C4": "8", "remark": "Chữ rất đẹp"}


@pytest.fixture
def scene():
    stage = scoring()
    stage.people = [person(f"thu-ky-{n}", name=f"Thư Ký {n}") for n in range(3)]
    for place, one in enumerate(stage.people):
        Appointment.objects.create(
            round=stage.round,
            person=one,
            body=Body.COUNCIL if place == 2 else Body.SUPPORT,
            post=Post.SECRETARY if place == 2 else Post.MEMBER,
            seat=20 + place,
        )
    stage.sheet = Sheet.objects.get(judge__person=stage.judges[1])
    stage.url = f"{BASE}{stage.sheet.pk}/"
    return stage


def photo():
    kept = BytesIO()
    Image.effect_noise((900, 1200), 40).convert("RGB").save(kept, "JPEG")
    return SimpleUploadedFile("phieu.jpg", kept.getvalue(), "image/jpeg")


def first(stage, who=0, **changes):
    return at("daklak", stage.people[who]).post(stage.url, {**TYPED, **changes, "scan": photo()})


def second(stage, who=1, **changes):
    return at("daklak", stage.people[who]).post(stage.url, {**TYPED, **changes})


def test_two_typings_that_agree_lock_the_sheet_as_paper(scene):
    assert first(scene).status_code == 302
    assert Sheet.objects.get(pk=scene.sheet.pk).state == SheetState.DRAFT

    assert second(scene).status_code == 302

    sheet = Sheet.objects.get(pk=scene.sheet.pk)
    assert (sheet.state, sheet.origin, sheet.remark) == (SheetState.LOCKED, Origin.PAPER, "Chữ rất đẹp")
    assert str(Mark.objects.get(sheet=sheet, criterion="C2").value) == "31.25"
    assert LockedVersion.objects.get().origin == Origin.PAPER
    assert "Đã khóa theo phiếu giấy" in at("daklak", scene.people[0]).get(BASE).content.decode()


def test_the_second_typist_sees_which_boxes_differ_and_never_a_value(scene):
    first(scene, C1="37,31", remark="Lời kín")

    blank = at("daklak", scene.people[1]).get(scene.url).content.decode()
    answer = second(scene)
    told = answer.content.decode()

    assert answer.status_code == 422
    assert told.count("Khác với lần nhập thứ nhất") >= 2
    for page in (blank, told):
        assert "37,31" not in page
        assert "37.31" not in page
        assert "Lời kín" not in page
    assert 'value="32"' in told
    assert PaperCase.objects.get().second == {}


def told_to_secretary(scene):
    return list(Notice.objects.filter(person=scene.people[2]).values_list("text", flat=True))


def test_values_cannot_be_found_by_trying(scene):
    first(scene, C1="37,31")

    tried = second(scene, C1="30")
    again = second(scene, C1="37,30")
    late = second(scene, C1="37,31")

    case = PaperCase.objects.get()
    assert (tried.status_code, again.status_code, late.status_code) == (422, 302, 200)
    assert (case.state, case.tries, case.second["marks"]["C1"]) == (PaperState.DIFFERENT, 1, "37.3")
    assert Sheet.objects.get(pk=scene.sheet.pk).state == SheetState.DRAFT
    assert "một lần" in tried.content.decode()


def test_somebody_else_has_no_tries_of_their_own(scene):
    first(scene, C1="37,31")
    second(scene, C1="30")

    second(scene, who=2, C1="31")

    assert PaperCase.objects.get().state == PaperState.DIFFERENT


def test_every_try_is_kept_and_the_secretary_told_without_a_value(scene):
    first(scene, C1="37,31")
    second(scene, C1="30")
    before = told_to_secretary(scene)

    second(scene, C1="36")

    events = {event.tag: event.facts for event in Event.objects.filter(tag__startswith="judging.paper.")}
    assert (events["judging.paper.tried"]["fields"], events["judging.paper.tried"]["tries"]) == (["C1"], 1)
    assert events["judging.paper.differs"]["fields"] == ["C1"]
    (told,) = told_to_secretary(scene)
    assert before == []
    assert "hai lần nhập khác nhau" in told
    assert not [value for value in ("37", "36", "30") if value in told]
    listed = at("daklak", scene.people[2]).get(BASE).content.decode()
    assert "lần hai đã nhập lại" in listed


def test_who_agrees_only_after_a_try_locks_the_sheet_and_the_secretary_hears_of_it(scene):
    first(scene, C1="37,31")
    second(scene, C1="30")

    second(scene, C1="37,31")

    assert Sheet.objects.get(pk=scene.sheet.pk).state == SheetState.LOCKED
    (told,) = told_to_secretary(scene)
    assert "rồi nhập lại thì giống" in told


def test_two_typings_that_agree_at_once_are_no_news(scene):
    first(scene)

    second(scene)

    assert told_to_secretary(scene) == []


def test_a_secretary_with_a_conflict_there_hears_nothing(scene):
    first(scene, C1="37,31")
    declare_conflict(
        scene.round.pk, facility_id=scene.entries[0].facility_id, kind="family", words="", actor=scene.people[2]
    )

    second(scene, is_compared="on")

    assert PaperCase.objects.get().state == PaperState.DIFFERENT
    assert told_to_secretary(scene) == []


def test_the_scan_is_no_answer_sheet_for_the_second_typist(scene):
    first(scene)

    seen = [at("daklak", scene.people[who]).get(f"{scene.url}ban-chup/").status_code for who in (0, 1, 2)]

    assert seen == [200, 404, 404]


def test_the_first_typist_does_not_type_again(scene):
    first(scene)

    page = second(scene, who=0)

    assert "không nhập lại" in page.content.decode()
    assert PaperCase.objects.get().state == PaperState.TYPED_ONCE


def differing_case(scene):
    first(scene, C1="37,31")
    second(scene, is_compared="on")
    return PaperCase.objects.get()


def test_a_difference_goes_to_the_secretary_who_decides_with_a_reason(scene):
    case = differing_case(scene)
    secretary = at("daklak", scene.people[2])
    page = secretary.get(scene.url).content.decode()

    silent = secretary.post(scene.url, {"C1": "37,31", "reason": ""})
    decided = secretary.post(scene.url, {"C1": "37,31", "reason": "Số 7 viết rõ trên phiếu"})

    assert case.state == PaperState.DIFFERENT
    assert "37,31" in page
    assert (silent.status_code, decided.status_code) == (422, 302)
    sheet = Sheet.objects.get(pk=scene.sheet.pk)
    assert sheet.state == SheetState.LOCKED
    assert {m.criterion: str(m.value) for m in sheet.marks.all()} == {
        "C1": "37.31", "C2": "31.25", "C3": "8.00", "C4": "8.00"
    }  # fmt: skip
    assert Event.objects.get(tag="judging.paper.decided").facts["reason"] == "Số 7 viết rõ trên phiếu"


def test_whoever_typed_it_does_not_decide_it(scene):
    differing_case(scene)

    pages = [second(scene, who=who).content.decode() for who in (0, 1)]

    assert all("Xin giao phiếu giấy cho thư ký" in page for page in pages)
    assert PaperCase.objects.get().state == PaperState.DIFFERENT


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"C1": "45"}, "từ 0 đến 40"),
        ({"C1": "9o"}, "không phải là số"),
        ({"C1": ""}, "Xin nhập điểm ghi ở ô này"),
        ({"C3": "8,123"}, "quá 2 chữ số"),
    ],
)
def test_what_is_no_mark_is_told_beside_its_box_and_stays(scene, changes, told):
    answer = first(scene, **changes)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not PaperCase.objects.exists()


def test_a_paper_without_its_scan_is_not_taken(scene):
    answer = at("daklak", scene.people[0]).post(scene.url, TYPED)

    assert answer.status_code == 422
    assert not PaperCase.objects.exists()


@pytest.mark.parametrize("who", ["officer", "judge", "chair", "member", "stranger"])
def test_nobody_else_types_paper(scene, who):
    people = {"officer": scene.officer, "judge": scene.judges[0], "chair": scene.council[0],
              "member": scene.council[1], "stranger": person("la-mat")}  # fmt: skip

    client = at("daklak", people[who])

    assert [client.get(path).status_code for path in (BASE, scene.url)] == [404, 404]
    assert client.post(scene.url, {**TYPED, "scan": photo()}).status_code == 404


def test_a_judge_who_is_also_support_types_no_paper(scene):
    Appointment.objects.create(round=scene.round, person=scene.judges[0], body=Body.SUPPORT, post=Post.MEMBER, seat=30)

    assert at("daklak", scene.judges[0]).get(BASE).status_code == 404


def test_a_sheet_of_a_recused_judge_is_not_typed(scene):
    recuse(scene.sheet.pk, reason="Người nhà", actor=scene.officer)

    assert first(scene).status_code == 404


def test_paper_is_printed_once_for_the_same_sheets_by_a_worker(scene):
    judge = scene.sheet.judge

    asked = at("daklak", scene.people[0]).post(f"{BASE}in/{judge.pk}/")
    print_paper_sheets(judge.pk)
    print_paper_sheets(judge.pk)

    with bound(PUBLIC):
        assert Message.objects.get(errand=PRINT).args == {"judge_id": str(judge.pk)}
    assert asked.status_code == 302
    assert Document.objects.get(kind="paper_sheets").pages == 1
    opened = at("daklak", scene.people[0]).get(f"{BASE}in/{judge.pk}.pdf")
    assert opened.content.startswith(b"%PDF")


def test_the_paper_says_what_the_form_asks(scene):
    judge = scene.sheet.judge

    said = paper_words(judge, [scene.sheet]).as_data()

    (page,) = said["pages"]
    assert said["judge"] == judge.person.full_name
    assert (page["code"], page["total"]) == (scene.sheet.entry.code, "100")
    assert [(row["number"], row["most"]) for row in page["rows"]] == [
        ("1", "40"),
        ("2", "40"),
        ("3", "10"),
        ("4", "10"),
    ]


def test_the_list_of_sheets_is_exported_without_a_mark_and_only_for_who_types(scene):
    first(scene, remark="Lời kín")
    path = "/cham-diem/ky/THU-2026/phieu-giay.xlsx"

    told = sheets(at("daklak", scene.people[1]).get(path))

    states = {line[2]: line[3] for line in told["Phiếu giấy"][1:]}
    assert set(states) == {judge.full_name for judge in scene.judges}
    assert states[scene.judges[1].full_name] != states[scene.judges[0].full_name] == "Chưa nhập"
    assert not {"32", "31,25", "Lời kín"} & set(words_of(told).split("\n"))
    assert at("daklak", scene.judges[0]).get(path).status_code == 404
