"""The work queue: who sees which rows, filters, counters that reconcile, saved views, export."""

from datetime import timedelta
from io import BytesIO

import pytest
from browsers import at
from desks import CU_MGAR, EA_KAO, corrected, file, helper, many, of_commune_round, owner
from django.utils import timezone
from python_calamine import CalamineWorkbook
from stage import commune_officer, filed, opened, person

from apps.accounts.models import Role
from apps.dossiers.models import Entry, SavedView, Supplement
from apps.dossiers.services import accept_entry, assign_entry, merge_entries, refuse_entry
from apps.dossiers.services.checking import record_check
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")

READERS = [Role.ADMINISTRATOR, Role.LEADER, Role.AUDITOR, Role.OFFICER]


def shown(who, query=""):
    """The names in the table, in order."""
    page = at("daklak", who).get(f"/kiem-tra/{query}")
    assert page.status_code == 200
    return [row.entry.name for row in page.context["rows"]]


@pytest.mark.parametrize("role", READERS)
def test_the_authority_sees_every_filed_dossier_and_no_draft(role):
    stage = filed(2)
    Entry.objects.filter(pk=stage.entries[1].pk).update(state=EntryState.DRAFT, submitted_at=None)
    who = stage.officer if role == Role.OFFICER else person("nguoi-xem", role)

    assert shown(who) == ["Sản phẩm 0"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LEADER, Role.AUDITOR])
def test_who_only_looks_is_offered_nothing_to_do(role):
    filed()

    page = at("daklak", person("nguoi-xem", role)).get("/kiem-tra/").content.decode()

    assert "Sản phẩm 0" in page
    assert 'name="ho-so"' not in page
    assert "Giao hồ sơ" not in page


def test_a_commune_officer_sees_the_communes_dossiers_and_only_looks_into_the_provinces_round():
    filed(2)
    who = commune_officer(EA_KAO)
    mine, theirs = Facility.objects.order_by("name_key")
    Facility.objects.filter(pk=mine.pk).update(commune_code=EA_KAO)
    Facility.objects.filter(pk=theirs.pk).update(commune_code=CU_MGAR)

    page = at("daklak", who).get("/kiem-tra/")

    assert [row.entry.facility for row in page.context["rows"]] == [mine]
    assert page.context["counts"]["received"] == 1
    assert 'name="ho-so"' not in page.content.decode()


def test_a_commune_officer_screens_the_round_that_the_commune_holds():
    stage = filed()
    of_commune_round(stage)

    page = at("daklak", commune_officer(EA_KAO)).get("/kiem-tra/").content.decode()

    assert 'name="ho-so"' in page


def test_the_support_team_sees_its_own_round():
    stage = filed()
    who = helper(stage)

    page = at("daklak", who).get("/kiem-tra/")

    assert [row.entry.name for row in page.context["rows"]] == ["Sản phẩm 0"]
    assert 'name="ho-so"' in page.content.decode()


def test_whoever_has_no_desk_gets_the_404_of_what_does_not_exist():
    stage = filed()
    strangers = [person("la-mat"), stage.judges[0], stage.council[0], owner(stage.entries[0].facility)]

    for who in strangers:
        client = at("daklak", who)
        nothing = client.get("/khong-co-gi/")
        for path in ("/kiem-tra/", "/kiem-tra/ho-so.xlsx", f"/kiem-tra/{stage.entries[0].pk}/"):
            answer = client.get(path)
            assert (answer.status_code, answer.content) == (404, nothing.content)


def test_a_neighbour_province_sees_nothing_of_it(khanhhoa):
    stage = filed()
    with inside(khanhhoa):
        there = at("khanhhoa", person("chuyen-vien", Role.OFFICER))

    assert there.get("/kiem-tra/").context["rows"] == []
    assert there.get(f"/kiem-tra/{stage.entries[0].pk}/").status_code == 404


# --- Filters and counters --------------------------------------------------------------------------


def in_every_state():
    """One dossier in each part of the counters, and a set beside them."""
    stage = many(12)
    e = stage.entries
    record_check(e[1].pk, "paper:photo_top", verdict="good", note="", seen="", actor=stage.officer)
    record_check(e[2].pk, "paper:photo_top", verdict="missing", note="", seen="", actor=stage.officer)
    Entry.objects.filter(pk=e[3].pk).update(state=EntryState.SUPPLEMENT)
    yesterday = timezone.localdate() - timedelta(days=1)
    Supplement.objects.create(entry=e[3], due_on=yesterday, asked_by=stage.officer)
    accept_entry(e[4].pk, actor=stage.officer)
    refuse_entry(e[5].pk, reason="Không đúng đối tượng", actor=stage.officer)
    Entry.objects.filter(pk=e[7].pk).update(state=EntryState.WITHDRAWN)
    members = [accept_entry(e[n].pk, actor=stage.officer).pk for n in (0, 6)]
    merge_entries(members, name="Bộ quà", set_case="c", actor=stage.officer)
    assign_entry(e[8].pk, officer=stage.officer, actor=stage.officer)
    Facility.objects.filter(pk=e[9].facility_id).update(commune_code=CU_MGAR)
    file(e[10], {}, stage.officer, is_assisted=True, owner_confirmed_at=None)
    file(e[11], {}, stage.officer, is_assisted=True, owner_confirmed_at=timezone.now())
    return stage


FILTERS = {
    "?muc=chua-kiem-tra": [8, 9, 10, 11],
    "?muc=dang-kiem-tra": [1, 2],
    "?muc=cho-bo-sung": [3],
    "?muc=hop-le": [4],
    "?muc=khong-hop-le": [5],
    "?muc=da-rut": [7],
    "?muc=da-gop": [0, 6],
    "?nguoi=toi": [8],
    "?nguoi=chua-giao&muc=chua-kiem-tra": [9, 10, 11],
    "?xem=con-thieu": [2],
    "?xem=dat-ca": [1],
    "?xem=chua-ai-xem&muc=hop-le": [4],
    "?qua-han=1": [3],
    "?chua-xac-nhan=1": [10],
    "?nhom=2&muc=hop-le": [4],
    "?nhom=1": [],
    f"?xa={CU_MGAR}&muc=dang-kiem-tra": [],
    "?ky=KHONG-CO": [],
    "?tim=san pham 11": [11],
    "?tim=SẢN PHẨM 4": [4, 10],
    "?muc=khong-hieu&nguoi=la&xem=gi&thu-tu=nguoc": list(range(12)),
    "?trang=99&muc=da-rut": [7],
}


def test_each_filter_shows_its_rows():
    stage = in_every_state()

    found = {query: sorted(shown(stage.officer, query)) for query in FILTERS}

    assert found == {query: sorted(f"Sản phẩm {n}" for n in numbers) for query, numbers in FILTERS.items()}


def test_the_counters_reconcile_and_follow_the_filter():
    stage = in_every_state()
    client = at("daklak", stage.officer)

    whole = client.get("/kiem-tra/").context
    some = client.get("/kiem-tra/?nguoi=toi").context

    assert whole["counts"]["received"] == 12 == sum(part.value for part in whole["parts"])
    assert whole["counts"]["bo"] == 1
    assert (some["counts"]["received"], [part.value for part in some["parts"]]) == (1, [1])
    for tab in whole["tabs"]:
        page = client.get(f"/kiem-tra/?{tab['address']}")
        assert len(page.context["rows"]) == tab["count"], tab["label"]


def test_the_set_made_by_merging_has_a_tab_of_its_own():
    stage = in_every_state()

    assert shown(stage.officer, "?muc=bo") == ["Bộ quà"]


def test_what_was_corrected_is_marked_until_somebody_looks():
    stage = corrected()
    client = at("daklak", stage.officer)
    assert shown(stage.officer, "?da-bo-sung=1") == ["Sản phẩm 0"]

    looker = at("daklak", person("lanh-dao", Role.LEADER))
    looker.get(f"/kiem-tra/{stage.entries[0].pk}/")
    assert shown(stage.officer, "?da-bo-sung=1") == ["Sản phẩm 0"]

    client.get(f"/kiem-tra/{stage.entries[0].pk}/")
    assert shown(stage.officer, "?da-bo-sung=1") == []


@pytest.mark.parametrize(
    "words",
    [
        "Cacao Nam Trường Sơn",
        "cacao nam truong son",
        "CACAO  NAM TRƯỜNG SƠN",
        "Cacao Nam Trươ\u0300ng Sơn",
        "0100233488",
    ],
)
def test_the_search_forgives_tones_and_spelling(words):
    stage = filed(2)
    maker = stage.entries[0].facility
    maker.name = "Công ty TNHH Cacao Nam Trường Sơn"
    maker.save()

    assert shown(stage.officer, f"?tim={words}") == ["Sản phẩm 0"]


def test_folded_filters_say_what_is_asked():
    stage = filed(1)
    client = at("daklak", stage.officer)

    asked = client.get(f"/kiem-tra/?ky={stage.round.code}&nguoi=chua-giao&qua-han=1").content.decode()

    assert f"Kỳ bình chọn: {stage.round.name} · Người kiểm tra: Chưa giao ai · Quá hạn bổ sung" in asked
    assert "Đang lọc" not in client.get("/kiem-tra/").content.decode()


@pytest.mark.parametrize("words", ["hòa", "hoà", "hoa", "Ho\u0300a"])
def test_old_and_new_places_of_the_tone_are_found_alike(words):
    stage = filed(1)
    entry = stage.entries[0]
    entry.name = "Bánh Hoà Thắng"
    entry.save(update_fields=["name"])

    assert shown(stage.officer, f"?tim={words}") == ["Bánh Hoà Thắng"]


@pytest.mark.parametrize("count", [1, 50])
def test_the_queue_asks_the_same_questions_for_one_dossier_as_for_fifty(count, django_assert_num_queries):
    stage = many(count)
    for entry in stage.entries:
        record_check(entry.pk, "paper:photo_top", verdict="good", note="", seen="", actor=stage.officer)
        file(entry, {}, stage.officer)
    client = at("daklak", stage.officer)

    with django_assert_num_queries(17):
        client.get("/kiem-tra/")


def test_the_empty_desk_teaches():
    stage = opened()
    client = at("daklak", stage.officer)

    assert "Chưa có hồ sơ nào được gửi" in client.get("/kiem-tra/").content.decode()
    assert "Không có hồ sơ nào hợp với bộ lọc" in client.get("/kiem-tra/?tim=gì đó").content.decode()


# --- Saved views and export ------------------------------------------------------------------------


def test_a_view_is_saved_used_and_dropped_by_its_person_only():
    stage = filed()
    mine, other = at("daklak", stage.officer), at("daklak", person("khac", Role.OFFICER))

    mine.post("/kiem-tra/cach-xem/", {"ten": "Việc của tôi", "nguoi": "toi", "muc": "chua-kiem-tra"})

    view = SavedView.objects.get()
    assert view.filters == {"nguoi": "toi", "muc": "chua-kiem-tra"}
    assert "nguoi=toi&amp;muc=chua-kiem-tra" in mine.get("/kiem-tra/").content.decode().replace(
        "muc=chua-kiem-tra&amp;nguoi=toi", "nguoi=toi&amp;muc=chua-kiem-tra"
    )
    assert "Việc của tôi" not in other.get("/kiem-tra/").content.decode()
    assert other.post(f"/kiem-tra/cach-xem/{view.pk}/bo/").status_code == 404
    mine.post(f"/kiem-tra/cach-xem/{view.pk}/bo/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\u200bb"])
def test_a_view_without_a_usable_name_is_told(name):
    stage = filed()

    answer = at("daklak", stage.officer).post("/kiem-tra/cach-xem/", {"ten": name, "nguoi": "toi"})

    assert answer.status_code == 422
    assert 'href="/kiem-tra/?' in answer.content.decode()
    assert not SavedView.objects.exists()


def test_the_same_name_again_replaces_the_view():
    stage = filed()
    client = at("daklak", stage.officer)

    for who in ("toi", "chua-giao"):
        client.post("/kiem-tra/cach-xem/", {"ten": "Của tôi", "nguoi": who})

    assert [view.filters for view in SavedView.objects.all()] == [{"nguoi": "chua-giao"}]


def test_the_workbook_holds_the_rows_of_the_filter():
    stage = in_every_state()

    book = at("daklak", stage.officer).get("/kiem-tra/ho-so.xlsx?muc=khong-hop-le")

    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Sản phẩm 5"]
    assert rows[1][rows[0].index("Lý do")] == "Không đúng đối tượng"


def test_the_workbook_of_a_commune_officer_holds_the_communes_rows_only():
    filed(2)
    who = commune_officer(EA_KAO)
    Facility.objects.filter(tax_code="0100233488").update(commune_code=EA_KAO)

    book = at("daklak", who).get("/kiem-tra/ho-so.xlsx")

    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Sản phẩm 0"]
