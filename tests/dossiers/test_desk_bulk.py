"""Many dossiers at once, sets, and the minutes."""

from io import BytesIO
from uuid import uuid4

import pytest
from browsers import at
from desks import helper, many
from python_calamine import CalamineWorkbook
from stage import filed, person

from apps.accounts.models import Role
from apps.dossiers.models import Entry
from apps.dossiers.queries.minutes import minutes_of, sets_in
from apps.dossiers.services import accept_entry, merge_entries, refuse_entry
from apps.dossiers.states import EntryState
from apps.reporting.queries import entry_counts

pytestmark = pytest.mark.usefixtures("in_daklak")

BULK = "/kiem-tra/hang-loat/"


def states():
    return dict(Entry.objects.values_list("name", "state"))


def ids(entries):
    return [str(entry.pk) for entry in entries]


def test_many_are_accepted_after_a_look_at_the_list():
    stage = filed(3)
    client = at("daklak", stage.officer)

    asked = client.post(BULK, {"lam": "tiep-nhan", "ho-so": ids(stage.entries)})
    assert set(states().values()) == {EntryState.SUBMITTED}
    assert len(asked.context["ready"]) == 3
    client.post(BULK, {"lam": "tiep-nhan", "ho-so": ids(stage.entries), "da-hoi": "1"})

    assert set(states().values()) == {EntryState.ACCEPTED}
    assert sorted(Entry.objects.values_list("code", flat=True)) == ["THU-2026-001", "THU-2026-002", "THU-2026-003"]


def test_a_refusal_of_many_needs_a_reason_and_a_second_yes():
    stage = filed(2)
    client = at("daklak", stage.officer)

    without = client.post(BULK, {"lam": "khong-hop-le", "ho-so": ids(stage.entries), "da-hoi": "1", "ly_do": "  "})
    unasked = client.post(BULK, {"lam": "khong-hop-le", "ho-so": ids(stage.entries), "ly_do": "Sai"})
    assert (without.status_code, unasked.status_code) == (422, 200)
    assert set(states().values()) == {EntryState.SUBMITTED}
    client.post(BULK, {"lam": "khong-hop-le", "ho-so": ids(stage.entries), "da-hoi": "1", "ly_do": "Sai đối tượng"})

    assert set(Entry.objects.values_list("state", "reason")) == {(EntryState.INELIGIBLE, "Sai đối tượng")}


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.SUBMITTED, EntryState.DISSOLVED}))
def test_what_does_not_go_through_is_told_by_name_and_the_others_go_through(state):
    stage = filed(3)
    Entry.objects.filter(pk=stage.entries[1].pk).update(state=state)
    client = at("daklak", stage.officer)

    asked = client.post(BULK, {"lam": "tiep-nhan", "ho-so": ids(stage.entries)})
    done = client.post(BULK, {"lam": "tiep-nhan", "ho-so": ids(stage.entries), "da-hoi": "1"})

    assert [one.entry.name for one in asked.context["hindered"]] == ["Sản phẩm 1"]
    assert [(one.name, state.label in one.reason) for one in done.context["failed"]] == [("Sản phẩm 1", True)]
    assert states() == {"Sản phẩm 0": "accepted", "Sản phẩm 1": state, "Sản phẩm 2": "accepted"}


def test_a_dossier_that_moved_on_since_the_list_was_shown_is_left_alone():
    stage = filed(2)
    client = at("daklak", stage.officer)
    asked = client.post(BULK, {"lam": "khong-hop-le", "ho-so": ids(stage.entries)})
    seen = {f"da-thay-{one.entry.pk}": one.stamp for one in asked.context["ready"]}
    first = stage.entries[0]
    first.filings.create(number=9, filed_by=stage.officer, content={}, digest="sha256:1", receipt_code="BN-9")

    said = {"lam": "khong-hop-le", "ho-so": ids(stage.entries), "da-hoi": "1", "ly_do": "Sai"}
    done = client.post(BULK, {**said, **seen})

    assert [one.name for one in done.context["failed"]] == ["Sản phẩm 0"]
    assert states() == {"Sản phẩm 0": "submitted", "Sản phẩm 1": "ineligible"}


def test_many_are_given_to_one_person():
    stage = filed(2)
    who = helper(stage)

    at("daklak", stage.officer).post(BULK, {"lam": "giao", "ho-so": ids(stage.entries), "nguoi-kiem-tra": str(who.pk)})

    assert set(Entry.objects.values_list("officer", flat=True)) == {who.pk}


@pytest.mark.parametrize("raw", ["khong-phai-ma", "8023a8fb-e4e7-4e84-9ed5-9d8003a8f868"])
def test_nobody_is_given_work_who_may_not_do_it(raw):
    stage = filed()

    done = at("daklak", stage.officer).post(BULK, {"lam": "giao", "ho-so": ids(stage.entries), "nguoi-kiem-tra": raw})

    assert done.status_code == 200
    assert len(done.context["failed"]) == 1
    assert Entry.objects.get().officer is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"lam": "tiep-nhan"}, "Chưa chọn hồ sơ nào"),
        ({}, "Chưa chọn hồ sơ nào"),
        ({"lam": "tiep-nhan", "ho-so": ["khong-phai-ma"]}, "không hợp lệ"),
        ({"lam": "tiep-nhan", "ho-so": [str(uuid4())]}, "Không còn hồ sơ nào"),
        ({"lam": "tiep-nhan", "ho-so": [str(uuid4()) for _ in range(501)]}, "nhiều nhất 500"),
    ],
)
def test_an_empty_or_mangled_choice_is_told(said, told):
    stage = filed()

    answer = at("daklak", stage.officer).post(BULK, said, follow=True)

    assert answer.status_code == 200
    assert told in answer.content.decode()


def test_an_unknown_act_is_told():
    stage = filed()

    answer = at("daklak", stage.officer).post(BULK, {"lam": "xoa-het", "ho-so": ids(stage.entries)}, follow=True)

    assert "Xin chọn việc cần làm" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LEADER, Role.AUDITOR])
@pytest.mark.parametrize("act", ["tiep-nhan", "khong-hop-le", "giao"])
def test_who_only_looks_changes_nothing_in_bulk(role, act):
    stage = filed(2)
    client = at("daklak", person("nguoi-xem", role))

    said = {
        "lam": act,
        "ho-so": ids(stage.entries),
        "da-hoi": "1",
        "ly_do": "Sai",
        "nguoi-kiem-tra": str(stage.officer.pk),
    }
    done = client.post(BULK, said)

    assert len(done.context["failed"]) == 2
    assert set(states().values()) == {EntryState.SUBMITTED}
    assert not Entry.objects.filter(officer__isnull=False).exists()


# --- Sets ------------------------------------------------------------------------------------------


def of_one_maker():
    stage = many(8)
    mine = [stage.entries[0], stage.entries[6]]
    for entry in mine:
        accept_entry(entry.pk, actor=stage.officer)
    return stage, mine


def test_a_set_is_previewed_made_and_taken_apart():
    stage, mine = of_one_maker()
    client = at("daklak", stage.officer)

    asked = client.post(BULK, {"lam": "gop", "ho-so": ids(mine)}, follow=True)
    assert asked.context["hindrances"] == []
    made = client.post(asked.redirect_chain[-1][0], {"name": "Bộ quà", "set_case": "c"})
    merged = Entry.objects.get(name="Bộ quà")
    assert made["location"] == f"/kiem-tra/{merged.pk}/"
    page = client.get(f"/kiem-tra/{merged.pk}/").content.decode()
    assert "Tách bộ sản phẩm" in page

    client.post(f"/kiem-tra/{merged.pk}/tach/", {"ly_do": "Cơ sở đề nghị"})
    assert Entry.objects.get(name="Bộ quà").state == EntryState.DISSOLVED


def test_what_hinders_a_set_is_told_before_anything_is_typed():
    stage = many(2)

    asked = at("daklak", stage.officer).get(f"/kiem-tra/gop/?ho-so={stage.entries[0].pk}&ho-so={stage.entries[1].pk}")

    words = " ".join(asked.context["hindrances"])
    assert "nhiều cơ sở" in words
    assert "chưa được kết luận hợp lệ" in words


def test_a_bad_set_keeps_what_was_typed():
    stage, mine = of_one_maker()
    url = f"/kiem-tra/gop/?ho-so={mine[0].pk}&ho-so={mine[1].pk}"

    answer = at("daklak", stage.officer).post(url, {"name": "Bộ quà", "set_case": "x"})

    assert answer.status_code == 422
    assert "Bộ quà" in answer.content.decode()


def test_the_support_team_does_not_make_sets():
    stage, mine = of_one_maker()

    assert at("daklak", helper(stage)).get(f"/kiem-tra/gop/?ho-so={mine[0].pk}").status_code == 403
    assert at("daklak", stage.officer).get("/kiem-tra/gop/?ho-so=gi").status_code == 404


# --- Minutes ---------------------------------------------------------------------------------------


def test_the_minutes_reconcile_with_every_kind_of_end():
    stage, mine = of_one_maker()
    merge_entries([e.pk for e in mine], name="Bộ quà", set_case="c", actor=stage.officer)
    e = stage.entries
    accept_entry(e[1].pk, actor=stage.officer)
    refuse_entry(e[2].pk, reason="Sai đối tượng", actor=stage.officer)
    Entry.objects.filter(pk=e[3].pk).update(state=EntryState.WITHDRAWN)
    Entry.objects.filter(pk=e[4].pk).update(state=EntryState.SUPPLEMENT)
    Entry.objects.filter(pk=e[5].pk).update(state=EntryState.DRAFT, submitted_at=None)

    found = minutes_of(stage.round)

    assert {part.state: part.count for part in found.parts} == {
        "accepted": 1, "ineligible": 1, "withdrawn": 1, "merged": 2, "supplement": 1, "submitted": 1,
    }  # fmt: skip
    assert (found.received, found.adds_up, sets_in(stage.round)) == (7, True, 1)
    assert entry_counts(stage.round).adds_up
    page = at("daklak", stage.officer).get(f"/kiem-tra/bien-ban/{stage.round.code}/").content.decode()
    assert "Khớp" in page
    book = at("daklak", stage.officer).get(f"/kiem-tra/bien-ban/{stage.round.code}.xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert ["Đã nhận", 7.0] in [row[2:4] for row in rows]


@pytest.mark.parametrize("count", [1, 50])
def test_the_minutes_ask_the_same_questions_for_one_dossier_as_for_fifty(count, django_assert_num_queries):
    stage = many(count)
    client = at("daklak", stage.officer)

    with django_assert_num_queries(9):
        client.get(f"/kiem-tra/bien-ban/{stage.round.code}/")


def test_the_minutes_of_a_round_belong_to_who_sees_all_of_it():
    stage = filed()
    paths = [f"/kiem-tra/bien-ban/{stage.round.code}/", f"/kiem-tra/bien-ban/{stage.round.code}.xlsx"]

    for who in (person("la-mat"), stage.judges[0]):
        assert [at("daklak", who).get(path).status_code for path in paths] == [404, 404]
    for who in (person("lanh-dao", Role.LEADER), helper(stage)):
        assert [at("daklak", who).get(path).status_code for path in paths] == [200, 200]
