"""Two facilities that are one become one, and nothing is lost."""

import pytest
from browsers import at
from makers import CACAO, EA_KAO, TAN_LAP, made, merged
from stage import TAX_CODES, acting_for, commune_officer, filed, person

from apps.accounts.access import Hat, wears
from apps.accounts.models import Role
from apps.dossiers.access import own_entries
from apps.facilities.access import own_facilities, own_family
from apps.facilities.merging import find_distinct, merge_facilities
from apps.facilities.models import AgentKind, DistinctPair, Facility, FacilityYear, Product, Standing
from apps.facilities.queries import likely_pairs
from apps.facilities.services import revise_facility
from tenants.gateways import inside
from tieubieu.audit.queries import events_of
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


@pytest.fixture
def pair():
    return (
        made(CACAO, phone="0905000111", kind="company"),
        made("Cty Ca cao Nam Truong Son", TAX_CODES[1], phone="0905000111", email="a@example.vn"),
    )


def join(survivor, other, officer, taken=(), years=(), versions=(1, 1)):
    return merge_facilities(
        survivor.pk, other.pk, taken=taken, years_taken=years, versions=versions, actor=officer
    )  # fmt: skip


def test_the_merged_one_keeps_its_row_and_leads_to_the_survivor(pair, officer):
    survivor, other = pair

    join(survivor, other, officer, taken=["email"])

    other.refresh_from_db()
    survivor.refresh_from_db()
    assert (other.standing, other.survivor(), other.name) == (Standing.MERGED, survivor, "Cty Ca cao Nam Truong Son")
    assert (survivor.email, survivor.phone, survivor.version) == ("a@example.vn", "0905000111", 2)
    assert other.email == "a@example.vn"


def test_both_histories_tell_it(pair, officer):
    survivor, other = pair

    join(survivor, other, officer, taken=["email"])

    took, went = events_of(survivor).last(), events_of(other).last()
    assert (took.tag, took.facts["other"], took.facts["changes"]) == (
        "facilities.facility.took_in", other.name, {"email": ["", "a@example.vn"]},
    )  # fmt: skip
    assert (went.tag, went.facts["other_id"]) == ("facilities.facility.merged", str(survivor.pk))


def test_a_merge_that_changes_no_field_is_told_all_the_same(pair, officer):
    join(*pair, officer)

    assert events_of(pair[0]).last().tag == "facilities.facility.took_in"
    assert Facility.objects.get(pk=pair[0].pk).version == 1


def test_taking_the_tax_code_swaps_the_two_so_that_both_are_known(pair, officer):
    survivor, other = pair

    join(survivor, other, officer, taken=["tax_code", "name"])

    survivor.refresh_from_db()
    other.refresh_from_db()
    assert (survivor.tax_code, other.tax_code) == (TAX_CODES[1], "0100233488")
    assert survivor.name == "Cty Ca cao Nam Truong Son"


def test_products_move_and_those_of_one_name_become_one(pair, officer):
    survivor, other = pair
    mine = Product.objects.create(facility=survivor, name="Sô cô la đen", group="2")
    twin = Product.objects.create(facility=other, name="sô cô la ĐEN", group="2")
    alone = Product.objects.create(facility=other, name="Bột ca cao", group="2")

    join(survivor, other, officer)

    twin.refresh_from_db()
    alone.refresh_from_db()
    assert (twin.facility, twin.same_as) == (other, mine)
    assert (alone.facility, alone.same_as) == (survivor, None)


def test_of_a_year_that_both_have_the_chosen_figures_hold(pair, officer):
    survivor, other = pair
    for maker, year, revenue in [(survivor, 2024, 1), (other, 2024, 2), (survivor, 2025, 3), (other, 2025, 4)]:
        FacilityYear.objects.create(facility=maker, year=year, revenue=revenue)
    FacilityYear.objects.create(facility=other, year=2023, revenue=9)

    join(survivor, other, officer, years=[2025])

    assert {y.year: int(y.revenue) for y in survivor.years.all()} == {2023: 9, 2024: 1, 2025: 4}
    assert {y.year: int(y.revenue) for y in other.years.all()} == {2024: 2, 2025: 4}


def test_people_move_and_whoever_acts_for_both_keeps_the_stronger(pair, officer):
    survivor, other = pair
    both, only, asking = person("ca-hai"), person("mot"), person("hoi")
    acting_for(survivor, both, AgentKind.STAFF, approved=False)
    acting_for(other, both, AgentKind.OWNER)
    acting_for(other, only, AgentKind.STAFF)
    acting_for(other, asking, approved=False)

    join(survivor, other, officer)

    assert wears(both, survivor, Hat.OWNER)
    assert wears(only, survivor, Hat.STAFF)
    assert not wears(asking, survivor, Hat.OWNER)
    assert list(own_facilities(both)) == list(own_facilities(only)) == [survivor]


def test_entries_of_the_merged_one_stay_where_they_are_and_in_reach_of_the_survivors_people():
    """Rows of the rooms above keep pointing; the survivor's own people lose nothing and strangers gain nothing."""
    stage = filed()
    entry = stage.entries[0]
    survivor, owner, stranger = made(CACAO, TAX_CODES[1]), person("chu"), person("la")
    acting_for(survivor, owner)
    acting_for(made("Khác", TAX_CODES[2]), stranger)
    assert not owner.has_perm("dossiers.entry.fill", entry)

    join(survivor, entry.facility, stage.officer)

    entry.refresh_from_db()
    assert entry.facility.survivor() == survivor
    assert owner.has_perm("dossiers.entry.fill", entry)
    assert list(own_entries(owner)) == [entry]
    assert list(own_entries(stranger)) == []
    assert set(own_family(owner)) == {survivor, entry.facility}
    assert not stranger.has_perm("dossiers.entry.fill", entry)


def test_what_was_merged_before_leads_straight_to_the_last_survivor(pair, officer):
    survivor, other = pair
    third = made("Ca cao NTS", TAX_CODES[2])
    join(other, third, officer)

    join(survivor, other, officer, versions=(1, 1))

    third.refresh_from_db()
    assert third.merged_into == survivor


def test_nothing_merges_with_itself_or_twice(pair, officer):
    survivor, other = pair
    with pytest.raises(DomainError, match="chính nó"):
        join(survivor, survivor, officer)
    join(survivor, other, officer)

    with pytest.raises(WrongState, match="đã được gộp trước đó"):
        join(survivor, other, officer)


def test_what_was_changed_since_it_was_looked_at_is_not_merged(pair, officer):
    survivor, other = pair
    revise_facility(other.pk, {"phone": "0905000222"}, version=1, actor=officer)

    with pytest.raises(WrongState, match="vừa được sửa"):
        join(survivor, other, officer)
    assert Facility.objects.filter(standing=Standing.MERGED).count() == 0


def test_a_pair_found_to_be_two_does_not_come_again(pair, officer):
    assert len(likely_pairs()) == 1

    find_distinct(pair[1].pk, pair[0].pk, actor=officer)
    find_distinct(pair[0].pk, pair[1].pk, actor=officer)

    assert likely_pairs() == []
    assert DistinctPair.objects.count() == 1
    assert events_of(pair[0]).filter(tag="facilities.facility.found_distinct").count() == 1


# --- The pages ---------------------------------------------------------------------------------------


def address(pair, rest=""):
    return f"/co-so/trung/{pair[0].pk}/{pair[1].pk}/{rest}"


def test_an_officer_finds_compares_and_merges(pair, officer):
    client = at("daklak", officer)

    assert address(pair) in client.get("/co-so/trung/").content.decode()
    side = client.get(address(pair))
    assert "Doanh nghiệp" in side.content.decode()
    answers = {"stays": "a", **{name: "a" for name in side.context["form"].fields if name != "stays"}}
    answers["field_email"] = "b"
    look = client.get(address(pair), answers).content.decode()
    assert "không hoàn tác được" in look
    done = client.post(address(pair, "gop/"), {**answers, "version_a": 1, "version_b": 1})
    assert done.headers["location"] == f"/co-so/{pair[0].pk}/"
    assert Facility.objects.get(pk=pair[0].pk).email == "a@example.vn"
    assert client.get(address(pair)).status_code == 404


def test_the_second_may_stay_and_take_from_the_first(pair, officer):
    client = at("daklak", officer)
    names = client.get(address(pair)).context["form"].fields
    answers = dict.fromkeys(names, "b") | {"field_name": "a", "field_tax_code": "a"}

    client.post(address(pair, "gop/"), {**answers, "version_a": 1, "version_b": 1})

    kept = Facility.objects.get(merged_into=None)
    assert (kept.pk, kept.name, kept.tax_code, kept.kind) == (pair[1].pk, CACAO, "0100233488", "cooperative")


@pytest.mark.parametrize("versions", [{}, {"version_a": "2", "version_b": "1"}, {"version_a": "x", "version_b": "²"}])
def test_a_stale_page_merges_nothing_and_says_so(pair, officer, versions):
    client = at("daklak", officer)
    answers = dict.fromkeys(client.get(address(pair)).context["form"].fields, "a")

    answer = client.post(address(pair, "gop/"), {**answers, **versions}, follow=True)

    assert "vừa được sửa" in answer.content.decode()
    assert not Facility.objects.filter(standing=Standing.MERGED).exists()


@pytest.mark.parametrize("answers", [{}, {"stays": "c"}, {"stays": "a"}])
def test_choices_that_are_none_merge_nothing(pair, officer, answers):
    client = at("daklak", officer)

    client.post(address(pair, "gop/"), {**answers, "version_a": 1, "version_b": 1})

    assert not Facility.objects.filter(standing=Standing.MERGED).exists()
    assert client.get(address(pair), answers).status_code == 200


def test_two_that_are_two_are_said_to_be(pair, officer):
    client = at("daklak", officer)

    client.post(address(pair, "khac-nhau/"))

    assert address(pair) not in client.get("/co-so/trung/").content.decode()


@pytest.mark.parametrize("role", [*sorted(set(Role) - {Role.OFFICER}), None])
@pytest.mark.parametrize("rest", ["", "gop/", "khac-nhau/"])
def test_only_an_officer_merges(pair, role, rest):
    who = at("daklak", person("ai-do", *([role] if role else [])))

    assert who.get("/co-so/trung/").status_code == 404
    assert who.get("/co-so/trung/trung.xlsx").status_code == 404
    assert who.post(address(pair, rest), {"stays": "a"}).status_code == 404
    assert not Facility.objects.filter(standing=Standing.MERGED).exists()


def test_a_merged_one_and_one_from_next_door_are_nothing(pair, officer, khanhhoa):
    client = at("daklak", officer)
    with inside(khanhhoa):
        theirs = made("Khánh Hòa", province_code="56")
    gone = merged(made("Đã gộp", TAX_CODES[2]), pair[0])

    for other in (theirs, gone, pair[0]):
        assert client.get(address((pair[0], other))).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_the_pairs_ask_the_same_questions_for_one_as_for_fifty(officer, count, django_assert_num_queries):
    for number in range(count):
        made(f"Gốm {number:08b}", f"{number:010}")
        made(f"HTX Gốm {number:08b}", f"9{number:09}")
    client = at("daklak", officer)

    with django_assert_num_queries(10):
        client.get("/co-so/trung/")


# --- While writing down ------------------------------------------------------------------------------

TYPED = {
    "name": "Ca cao Nam Trường Sơn", "kind": "company", "tax_code": "0312687878", "commune_code": "24169",
    "craft_village_id": "", "address": "Buôn Mới", "representative": "", "contact_name": "", "phone": "", "email": "",
    "website": "", "version": "1",
}  # fmt: skip


def test_writing_down_a_likely_twin_asks_first(officer):
    made(CACAO)
    client = at("daklak", officer)

    asked = client.post("/co-so/moi/", TYPED)

    assert asked.status_code == 422
    assert f"Có thể đã ghi rồi: {CACAO}" in asked.content.decode()
    assert client.post("/co-so/moi/", {**TYPED, "confirmed": asked.context["form"].tick}).status_code == 302


def test_a_commune_officer_is_not_told_of_a_twin_elsewhere():
    made(CACAO, commune_code=TAN_LAP)

    assert at("daklak", commune_officer(EA_KAO)).post("/co-so/moi/", TYPED).status_code == 302
