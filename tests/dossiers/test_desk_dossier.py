"""One dossier at the desk: what is shown, what is written line by line, who may do what."""

import pytest
from browsers import at
from desks import CU_MGAR, EA_KAO, file, helper, of_commune_round
from django.urls import reverse
from django.utils import timezone
from stage import commune_officer, filed, person

from apps.accounts.models import Role
from apps.dossiers.models import Check, Entry, Note, Paper
from apps.dossiers.queries.standing import check_stamp
from apps.dossiers.services import accept_entry, refuse_entry
from apps.dossiers.services.checking import record_check
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.rounds.models import Round
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")

PLACE = "paper:photo_front"
HTMX = {"HX-Request": "true"}


def page_of(entry, *rest):
    return f"/kiem-tra/{entry.pk}/{''.join(f'{part}/' for part in rest)}"


ACTS = {
    "muc": {"muc": PLACE, "ket-qua": "good"},
    "tiep-nhan": {},
    "khong-hop-le": {"ly_do": "Không đúng đối tượng"},
    "giao": {"nguoi-kiem-tra": ""},
    "trao-doi": {"noi_dung": "Xin chào"},
    "mo-lai": {"ly_do": "Nhầm"},
    "bo-sung/rut": {},
    "tach": {"ly_do": "Nhầm"},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LEADER, Role.AUDITOR])
def test_who_only_looks_opens_the_dossier_but_changes_nothing(role, act):
    stage = filed()
    entry = stage.entries[0]
    client = at("daklak", person("nguoi-xem", role))

    assert client.get(page_of(entry)).status_code == 200
    assert client.get(page_of(entry, "lich-su")).status_code == 200
    assert client.get(page_of(entry, "bo-sung")).status_code == 403
    assert client.post(page_of(entry, *act.split("/")), ACTS[act]).status_code == 403
    assert Entry.objects.get().state == EntryState.SUBMITTED
    assert not Check.objects.exists()
    assert not Note.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_a_commune_officer_looks_into_the_provinces_round_and_changes_nothing(act):
    stage = filed()
    Facility.objects.update(commune_code=EA_KAO)
    client = at("daklak", commune_officer(EA_KAO))

    assert client.get(page_of(stage.entries[0])).status_code == 200
    assert client.post(page_of(stage.entries[0], *act.split("/")), ACTS[act]).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_a_commune_officer_of_the_neighbour_commune_finds_nothing(act):
    stage = filed()
    of_commune_round(stage)
    client = at("daklak", commune_officer(CU_MGAR))

    assert client.get(page_of(stage.entries[0])).status_code == 404
    assert client.post(page_of(stage.entries[0], *act.split("/")), ACTS[act]).status_code == 404


@pytest.mark.parametrize("act", ["muc", "tiep-nhan", "khong-hop-le", "trao-doi"])
@pytest.mark.parametrize("who", ["officer", "helper", "commune"])
def test_who_screens_may_do_it(who, act):
    stage = filed()
    entry = stage.entries[0]
    if who == "commune":
        of_commune_round(stage)
    chosen = {"officer": lambda: stage.officer, "helper": lambda: helper(stage), "commune": commune_officer}[who]()

    answer = at("daklak", chosen).post(page_of(entry, *act.split("/")), ACTS[act])

    assert answer.status_code == 302
    done = {
        "muc": lambda: Check.objects.get().checked_by == chosen,
        "tiep-nhan": lambda: Entry.objects.get().state == EntryState.ACCEPTED,
        "khong-hop-le": lambda: Entry.objects.get().state == EntryState.INELIGIBLE,
        "trao-doi": lambda: Note.objects.get().author == chosen,
    }
    assert done[act]()


def test_the_support_team_does_not_hand_out_work():
    stage = filed()

    answer = at("daklak", helper(stage)).post(page_of(stage.entries[0], "giao"), {"nguoi-kiem-tra": ""})

    assert answer.status_code == 403


def test_a_helper_of_another_round_finds_nothing():
    stage = filed()
    who = helper(stage)
    stage.round.appointments.filter(person=who).update(round=Round.objects.create(
        code="KHAC", level="province", year=2030, name="Khác", area_code="66"))  # fmt: skip

    assert at("daklak", who).get(page_of(stage.entries[0])).status_code == 404


def test_a_draft_has_no_page_at_the_desk():
    stage = filed()
    Entry.objects.update(state=EntryState.DRAFT, submitted_at=None)

    assert at("daklak", stage.officer).get(page_of(stage.entries[0])).status_code == 404


def test_the_neighbour_provinces_officer_finds_nothing(khanhhoa):
    stage = filed()
    with inside(khanhhoa):
        there = at("khanhhoa", person("chuyen-vien", Role.OFFICER))

    for act, said in ACTS.items():
        assert there.post(page_of(stage.entries[0], *act.split("/")), said).status_code == 404


# --- The checklist -------------------------------------------------------------------------------


def test_a_line_is_saved_at_once_and_comes_back_alone():
    stage = filed()
    client = at("daklak", stage.officer)

    said = {"muc": PLACE, "ket-qua": "wrong", "ghi-chu": "Ảnh mờ"}
    answer = client.post(page_of(stage.entries[0], "muc"), said, headers=HTMX)

    words = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in words
    assert "Ảnh mờ" in words
    assert 'aria-pressed="true"' in words
    assert (Check.objects.get().verdict, Check.objects.get().note) == ("wrong", "Ảnh mờ")


def test_what_follows_from_the_lines_comes_with_the_line():
    stage = filed()
    entry = stage.entries[0]
    client = at("daklak", stage.officer)
    before = client.get(page_of(entry)).content.decode()

    said = {"muc": PLACE, "ket-qua": "wrong", "ghi-chu": "Ảnh mờ"}
    words = client.post(page_of(entry, "muc"), said, headers=HTMX).content.decode()

    assert "Đã xem 0 trong" in before
    assert 'id="da-xem" hx-swap-oob="true">Đã xem 1 trong' in words
    assert "1 mục chưa đạt" in words
    decision = words.split('<div id="ket-luan" hx-swap-oob="true">')[1]
    assert reverse("desk:supplement", args=[entry.pk], urlconf="tieubieu.urls.tenant") in decision


def test_the_second_officer_sees_the_first_ones_line_and_keeps_the_own_words():
    stage = filed()
    entry = stage.entries[0]
    record_check(entry.pk, PLACE, verdict="missing", note="Chưa có", seen="", actor=person("mot", Role.OFFICER))
    client = at("daklak", stage.officer)

    said = {"muc": PLACE, "ket-qua": "good", "ghi-chu": "Đã có bản giấy", "da-thay": ""}
    answer = client.post(page_of(entry, "muc"), said, headers=HTMX)

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Mot" in words
    assert "Chưa có" in words
    assert "Đã có bản giấy" in words
    assert Check.objects.get().verdict == "missing"

    again = {**said, "da-thay": check_stamp(Check.objects.get())}
    assert client.post(page_of(entry, "muc"), again, headers=HTMX).status_code == 200
    assert Check.objects.get().note == "Đã có bản giấy"


@pytest.mark.parametrize(
    "said",
    [
        {"muc": "field:khong-co", "ket-qua": "good"},
        {"muc": "", "ket-qua": "good"},
        {"muc": PLACE, "ket-qua": "tuyet-voi"},
        {"muc": PLACE, "ket-qua": "good", "ghi-chu": "x" * 501},
        {"muc": "legal:holding", "ket-qua": "good"},
        {},
    ],
)
def test_a_mangled_line_is_told_beside_it(said):
    stage = filed()

    answer = at("daklak", stage.officer).post(page_of(stage.entries[0], "muc"), said, headers=HTMX)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Check.objects.exists()


def test_a_line_after_the_conclusion_is_told_and_not_written():
    stage = filed()
    accept_entry(stage.entries[0].pk, actor=stage.officer)

    said = {"muc": PLACE, "ket-qua": "good"}
    answer = at("daklak", stage.officer).post(page_of(stage.entries[0], "muc"), said, headers=HTMX)

    assert answer.status_code == 422
    assert "Hợp lệ" in answer.content.decode()
    assert not Check.objects.exists()


def test_without_scripts_the_page_comes_back_at_the_line():
    stage = filed()

    answer = at("daklak", stage.officer).post(page_of(stage.entries[0], "muc"), {"muc": PLACE, "ket-qua": "good"})

    assert answer.status_code == 302
    assert answer["location"].endswith("#muc-paper-photo_front")


def test_a_line_changed_by_the_facility_since_is_marked():
    stage = filed()
    entry = stage.entries[0]
    file(entry, {"description": {"summary": "Cũ"}}, stage.officer)
    record_check(entry.pk, "field:summary", verdict="wrong", note="", seen="", actor=stage.officer)
    Check.objects.update(checked_at=timezone.now() - timezone.timedelta(hours=1))
    file(entry, {"description": {"summary": "Mới"}}, stage.officer, number=2)

    sections = at("daklak", stage.officer).get(page_of(entry)).context["sections"]

    assert [line.key for section in sections for line in section.lines if line.is_older] == ["field:summary"]


# --- The queue around it, papers -----------------------------------------------------------------


def test_the_neighbours_in_the_queue_are_those_of_the_filter():
    stage = filed(4)
    client = at("daklak", stage.officer)
    ids = [entry.pk for entry in Entry.objects.order_by("submitted_at", "id")]
    refuse_entry(ids[1], reason="Nhầm", actor=stage.officer)

    around = client.get(f"/kiem-tra/{ids[0]}/?muc=chua-kiem-tra").context["around"]
    left = client.get(f"/kiem-tra/{ids[1]}/?muc=chua-kiem-tra").context["around"]

    assert (around.before, around.after, around.place, around.total) == (None, ids[2], 1, 3)
    assert (left.before, left.after, left.place, left.total) == (ids[0], ids[2], 2, 4)


def test_a_paper_of_another_dossier_or_one_not_filed_yet_is_not_served():
    stage = filed(2)
    first, second = stage.entries
    theirs = Paper.objects.create(entry=second, slot="award", file_id=second.pk, added_by=stage.officer)
    held = Paper.objects.create(entry=first, slot="award", file_id=first.pk, added_by=stage.officer, is_held=True)
    client = at("daklak", stage.officer)

    assert client.get(page_of(first, "giay-to", theirs.pk)).status_code == 404
    assert client.get(page_of(first, "giay-to", held.pk)).status_code == 404


@pytest.mark.parametrize("checks", [1, 8])
def test_the_dossier_asks_the_same_questions_however_much_was_checked(checks, django_assert_num_queries):
    stage = filed()
    entry = stage.entries[0]
    for place in ("photo_front", "photo_side", "photo_top", "business_licence", "award", "other", "quality", "food")[
        :checks
    ]:
        Check.objects.create(entry=entry, place=f"paper:{place}", verdict="good", checked_by=stage.officer)
    client = at("daklak", stage.officer)
    client.get(page_of(entry))

    with django_assert_num_queries(31):
        client.get(page_of(entry))
